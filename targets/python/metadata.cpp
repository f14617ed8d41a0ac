#include "metadata.hpp"

namespace paritas::python {
namespace {

std::string text(py::handle value) {
  Text lent;
  lent.read(value);
  return std::string(lent.view());
}

MetadataScalar scalar(py::handle value) {
  if (value.is_none()) return std::monostate{};
  if (PyBool_Check(value.ptr())) return value.ptr() == Py_True;
  if (PyUnicode_Check(value.ptr())) return text(value);
  if (PyFloat_Check(value.ptr())) return PyFloat_AS_DOUBLE(value.ptr());
  if (!PyIndex_Check(value.ptr())) raise_type("a str, int, float, bool, None or a list of these as metadata", value);
  Whole number;
  number.read(value);
  return static_cast<std::int64_t>(number);
}

py::object object(const MetadataScalar& item) {
  switch (item.index()) {
    case 0:
      return py::none();
    case 1:
      return py::bool_(*std::get_if<bool>(&item));
    case 2:
      return py::int_(*std::get_if<std::int64_t>(&item));
    case 3:
      return py::float_(*std::get_if<double>(&item));
    default:
      return py::str(*std::get_if<std::string>(&item));
  }
}

}  // namespace

std::string metadata_bytes(py::handle metadata) {
  if (!PyDict_Check(metadata.ptr())) raise_type("a dict as metadata", metadata);
  Metadata out;
  for (const auto& [key, value] : py::reinterpret_borrow<py::dict>(metadata)) {
    MetadataValue item;
    item.is_list = PyList_Check(value.ptr()) || PyTuple_Check(value.ptr());
    if (item.is_list) {
      for (const py::handle part : py::reinterpret_borrow<py::sequence>(value)) item.items.push_back(scalar(part));
    } else {
      item.items.push_back(scalar(value));
    }
    out.emplace_back(text(key), std::move(item));
  }
  return unwrap(encode_metadata(out));
}

py::dict metadata_dict(std::string_view bytes) {
  py::dict out;
  for (const auto& [key, value] : unwrap(decode_metadata(bytes))) {
    if (value.is_list) {
      py::list items;
      for (const MetadataScalar& item : value.items) items.append(object(item));
      out[py::str(key)] = items;
    } else {
      out[py::str(key)] = object(value.items[0]);
    }
  }
  return out;
}

}  // namespace paritas::python
