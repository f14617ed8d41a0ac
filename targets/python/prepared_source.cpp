#include "prepared_source.hpp"

#include <vector>

#include "bindings.hpp"

namespace paritas::python {
namespace {

[[noreturn]] void refuse(ErrorCode code, std::string message) { raise({code, std::move(message)}); }

/// The text of a passage; its id goes into `ids`.
py::object passage_of(const py::handle& item, py::list& ids) {
  if (PyUnicode_Check(item.ptr())) return py::reinterpret_borrow<py::object>(item);
  if (py::hasattr(item, "id") && py::hasattr(item, "text")) {
    ids.append(item.attr("id"));
    return item.attr("text");
  }
  if ((PyTuple_Check(item.ptr()) || PyList_Check(item.ptr())) && PySequence_Size(item.ptr()) == 2) {
    const auto pair = py::reinterpret_borrow<py::sequence>(item);
    ids.append(pair[0]);
    return pair[1];
  }
  raise_type("a str, a pair of id and text, or an object with id and text", item);
}

/// A list of our own of any iterable but text.
py::list items_of(const py::handle& items, const char* needed) {
  const bool text = PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr()) || PyByteArray_Check(items.ptr());
  if (text || !py::hasattr(items, "__iter__")) raise_type(needed, items);
  return py::list(py::reinterpret_borrow<py::object>(items));
}

}  // namespace

std::shared_ptr<SourceHandle> read_source(const py::handle& source, const py::handle& ids) {
  py::list texts, own;
  if (PyUnicode_Check(source.ptr())) {
    texts.append(source);
  } else {
    for (const py::handle item : items_of(source, "a str, passages or a PreparedSource")) {
      texts.append(passage_of(item, own));
    }
    if (!own.empty() && own.size() != texts.size()) {
      refuse(ErrorCode::invalid_argument, "either all passages or none must have an id");
    }
  }
  Texts passages;
  passages.read(texts);
  if (!ids.is_none()) {
    const py::list given = items_of(ids, "a sequence of ids");
    if (!own.empty()) refuse(ErrorCode::invalid_argument, "ids are given twice: with the passages and by themselves");
    if (given.size() != texts.size()) {
      refuse(ErrorCode::length_mismatch, "ids must be as many as passages: " + std::to_string(given.size()) + " for " +
                                             std::to_string(texts.size()));
    }
    own = given;
  }
  py::object names = own.empty() ? py::object(py::none()) : py::object(own);
  const std::span<const std::string_view> views = passages;
  std::shared_ptr<SourceHandle> handle;
  {
    const py::gil_scoped_release free;
    handle = std::make_shared<SourceHandle>(views);
  }
  handle->name(std::move(names));
  return handle;
}

void bind_prepared_source(py::module_& m) {
  py::class_<SourceHandle, std::shared_ptr<SourceHandle>>(
      m, "PreparedSource",
      R"(A source that is read and indexed once, and then serves any number of responses; it never changes.)")
      .def(py::init(&read_source), py::arg("source"), py::arg("ids") = py::none(),
           R"(source: one text, or its passages: str, or pairs of an id and a text, or objects with `id` and `text`
ids:    one for each passage, any objects; only for passages that bring none themselves
Errors: length_mismatch when there are not as many ids as passages)")
      .def_property_readonly(
          "ids",
          [](const SourceHandle& self) -> py::object {
            return self.ids().is_none() ? self.ids() : py::list(self.ids());
          },
          "The ids of the passages, None when they have none.")
      .def_property_readonly(
          "characters", [](const SourceHandle& self) { return self.source().characters(); },
          "Code points of all passages.")
      .def_property_readonly(
          "sentences", [](const SourceHandle& self) { return self.source().sentences(); },
          "How many sentences all passages have.")
      .def("__len__", [](const SourceHandle& self) { return self.source().passages(); });
}

}  // namespace paritas::python
