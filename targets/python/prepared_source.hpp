#pragma once
#include <pybind11/pybind11.h>

#include <memory>
#include <optional>

#include "convert.hpp"
#include "paritas/verify/prepared_source.hpp"

namespace paritas::python {

/// A prepared source with what only Python knows of it: the ids of its passages, and how code points count.
class SourceHandle {
 public:
  explicit SourceHandle(std::span<const std::string_view> passages) : source_(passages), offsets_(source_.text()) {}

  [[nodiscard]] const PreparedSource& source() const { return source_; }
  [[nodiscard]] const OffsetMap& offsets() const { return offsets_; }
  /// Calls the passages; before anybody else sees the handle.
  void name(py::object ids) { ids_ = std::move(ids); }
  /// A list, or None.
  [[nodiscard]] const py::object& ids() const { return ids_; }

 private:
  PreparedSource source_;
  py::object ids_;
  OffsetMap offsets_;
};

/// Reads a str, passages with or without ids, and ids beside them.
std::shared_ptr<SourceHandle> read_source(const py::handle& source, const py::handle& ids);

}  // namespace paritas::python
