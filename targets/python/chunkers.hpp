#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "convert.hpp"
#include "integers.hpp"
#include "paritas/chunk/chunk.hpp"
#include "paritas/chunk/sizer.hpp"

// What all chunkers share in Python. A new one is a struct of its own, so that it is a class of its own there:
//   struct MarkdownHandle : ChunkerHandle {};
//   py::class_<MarkdownHandle, ChunkerHandle>(m, "MarkdownChunker").def(py::init([](...) {
//     return chunker_handle<MarkdownHandle>(markdown_chunker({...}, length));
//   }), ...);
// chunk, __call__, spans, split_text and chunk_batch come from the base.
namespace paritas::python {

struct ChunkerHandle {
  std::shared_ptr<const Chunker> chunker;
};

template <class Handle>
Handle chunker_handle(Result<std::unique_ptr<Chunker>> made) {
  Handle handle;
  handle.chunker = unwrap(std::move(made));
  return handle;
}

/// `length`: the name of a unit, or a function of a str that gives an int. `len` itself is "chars".
class Length {
 public:
  void read(py::handle length);
  operator const Sizer&() const { return sizer_; }

 private:
  Sizer sizer_;
};

/// A str of the caller's, which chunks are slices of.
class Source : public Text {
 public:
  void read(py::handle text) {
    Text::read(text);
    object_ = text;
  }
  [[nodiscard]] py::handle object() const { return object_; }

 private:
  py::handle object_;  // the caller holds it during the call
};

/// A list of paritas.results_chunk.Chunk. contextual: a text for each chunk, or none at all.
py::object chunk_records(const Source& source, const std::vector<Chunk>& chunks, LengthUnit unit,
                         std::span<const std::string> contextual = {});
py::object chunk_records(py::handle source, std::string_view text, const std::vector<Chunk>& chunks, LengthUnit unit,
                         std::span<const std::string> contextual = {});

/// The value; or the exception that a counter raised meanwhile, unchanged; or the error.
void raise_pending();
template <class T>
T unwrap_counted(Result<T> result) {
  if (!result.ok()) raise_pending();
  return unwrap(std::move(result));
}

}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Length> : paritas_caster<paritas::python::Length> {
  static constexpr auto name = const_name("str | collections.abc.Callable[[str], int]");
};
template <>
struct type_caster<paritas::python::Source> : paritas_caster<paritas::python::Source> {
  static constexpr auto name = const_name("str");
};

}  // namespace pybind11::detail
