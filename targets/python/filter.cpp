#include "filter.hpp"

#include "bindings.hpp"

namespace paritas::python {
namespace {

void write(FilterBytes& out, py::handle value, const std::string& path, std::size_t nesting) {
  PyObject* item = value.ptr();
  if (value.is_none()) return out.null();
  if (PyBool_Check(item)) return out.truth(item == Py_True);
  if (PyFloat_Check(item)) return out.number(PyFloat_AS_DOUBLE(item));
  if (PyUnicode_Check(item)) {
    Text text;
    text.read(value);
    return out.text(text);
  }
  const bool deep = nesting > 2 * kFilterDepth + 2;  // the core refuses it further up; a dict may hold itself
  if (PyDict_Check(item)) {
    if (deep) return out.null();
    const auto pairs = py::reinterpret_steal<py::list>(PyDict_Items(item));  // an __index__ may change the dict
    out.object(pairs.size());
    for (const py::handle pair : pairs) {
      Text key;
      key.read(PyTuple_GET_ITEM(pair.ptr(), 0));
      out.key(key);
      write(out, PyTuple_GET_ITEM(pair.ptr(), 1), path + '.' + std::string(key.view()), nesting + 1);
    }
    return;
  }
  if (PyList_Check(item) || PyTuple_Check(item)) {
    if (deep) return out.null();
    const auto items = py::reinterpret_steal<py::tuple>(PySequence_Tuple(item));
    out.list(items.size());
    std::size_t i = 0;
    for (const py::handle one : items) write(out, one, path + '[' + std::to_string(i++) + ']', nesting + 1);
    return;
  }
  if (!PyIndex_Check(item)) {
    raise_type(("a str, int, float, bool, None, list or dict as " + path).c_str(), value);
  }
  Whole number;
  number.read(value);
  out.whole(number);
}

}  // namespace

Filter filter_from(py::handle filter) {
  if (!PyDict_Check(filter.ptr())) raise_type("a dict as filter", filter);
  FilterBytes out;
  write(out, filter, "filter", 0);
  return unwrap(Filter::parse(out.bytes()));
}

FilterArgument::FilterArgument(py::handle filter) {
  if (filter.is_none()) return;
  if (!PyDict_Check(filter.ptr()) && PyCallable_Check(filter.ptr()) != 0) {
    callable_ = py::reinterpret_borrow<py::object>(filter);
  } else if (PyDict_Check(filter.ptr())) {
    filter_ = filter_from(filter);
  } else {
    raise_type("a dict or a callable as filter", filter);
  }
}

void FilterArgument::ask(const DocId& id, std::optional<std::string_view> metadata) {
  const py::object known = metadata ? py::object(metadata_dict(*metadata)) : py::none();
  const int answer = PyObject_IsTrue(callable_(id_to(id), known).ptr());
  if (answer < 0) throw py::error_already_set();
  allowed_.push_back(static_cast<std::uint8_t>(answer));
}

Selection FilterArgument::selection() const {
  Selection out;
  if (filter_) out.filter = &*filter_;
  if (callable_) out.allowed = allowed_;
  return out;
}

void bind_filter(py::module_& m) {
  m.def(
      "matches_filter",
      [](const py::object& metadata, const py::object& filter) {
        const MetadataBytes known(metadata);
        return filter_from(filter).matches(known.view());
      },
      py::arg("metadata"), py::arg("filter"),
      R"(Whether a document of that metadata passes a filter: {"lang": "en", "year": {"$gte": 2020, "$lt": 2025}}.

All keys of a filter must hold; one without keys holds always. A value alone means $eq. Of a key: $eq $ne $gt $gte $lt
$lte $in $nin $exists $contains (an item of a list, or a part of a str) and $not (what any of these may be); of filters:
$and, $or (lists of filters) and $not. A key that is missing satisfies only $ne, $nin, $exists: False and a $not of what
fails. Numbers compare by value, exactly (1 = 1.0, True is no number), str by code points, lists item by item; values of
different kinds are never equal and have no order.

metadata: a flat dict, or None for a document without keys
Errors:   invalid_argument with the path of the wrong place ("filter.year.$gte must be a text or a number"),
          limit_exceeded for filters more than 32 deep)");
}

}  // namespace paritas::python
