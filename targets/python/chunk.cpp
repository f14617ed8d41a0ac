#include "paritas/chunk/chunk.hpp"

#include <exception>
#include <string>
#include <utility>

#include "arrays.hpp"
#include "bindings.hpp"
#include "chunkers.hpp"
#include "paritas/chunk/markdown.hpp"
#include "paritas/chunk/unit_counter.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

// What a counter of this thread has raised: the core only knows that it failed.
thread_local std::exception_ptr pending;

class PythonCounter final : public Counter {
 public:
  explicit PythonCounter(py::handle function) : function_(py::reinterpret_borrow<py::object>(function)) {}
  ~PythonCounter() override {
    const py::gil_scoped_acquire hold;
    function_ = py::object();
  }
  std::optional<std::int64_t> count(std::string_view text) override {
    const py::gil_scoped_acquire hold;
    try {
      const py::str slice(text.data(), text.size());
      Whole number;
      number.read(function_(slice));
      return number;
    } catch (...) {
      pending = std::current_exception();
      return std::nullopt;
    }
  }

 private:
  py::object function_;
};

py::object interned(std::string_view name) {
  return py::reinterpret_steal<py::object>(PyUnicode_InternFromString(std::string(name).c_str()));
}

py::object kind_of(ChunkKind kind) {
  static PyObject* const names[] = {
      interned(name(ChunkKind::text)).release().ptr(), interned(name(ChunkKind::code)).release().ptr(),
      interned(name(ChunkKind::table)).release().ptr(), interned(name(ChunkKind::heading)).release().ptr()};
  return py::reinterpret_borrow<py::object>(names[static_cast<std::size_t>(kind)]);
}

py::object slice_of(py::handle source, std::size_t start, std::size_t end) {
  PyObject* slice = PyUnicode_Substring(source.ptr(), static_cast<Py_ssize_t>(start), static_cast<Py_ssize_t>(end));
  if (slice == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(slice);
}

py::object maybe(bool there, std::size_t number) {
  return there ? py::reinterpret_steal<py::object>(PyLong_FromSize_t(number)) : py::object(py::none());
}

std::vector<std::string> contexts(const ChunkerHandle& self, std::string_view text, const std::vector<Chunk>& chunks) {
  return self.chunker->contextual() ? contextual_texts(text, chunks) : std::vector<std::string>();
}

py::object chunk_of(const ChunkerHandle& self, const Source& text) {
  const std::vector<Chunk> chunks = unwrap_counted(unlocked([&] { return self.chunker->chunk(text); }));
  return chunk_records(text, chunks, self.chunker->sizer().unit, contexts(self, text, chunks));
}

py::object split_text(const ChunkerHandle& self, const Source& text) {
  const std::vector<Chunk> chunks = unwrap_counted(unlocked([&] { return self.chunker->cut(text); }));
  UnitCounter points(text);
  return list_of(chunks, [&](const Chunk& chunk) {
    const std::size_t start = points.codepoint(chunk.span.start);
    return slice_of(text.object(), start, points.codepoint(chunk.span.end));
  });
}

py::tuple spans_of(const ChunkerHandle& self, const Source& text) {
  const std::vector<Chunk> chunks = unwrap_counted(unlocked([&] { return self.chunker->cut(text); }));
  NewArray<std::uint32_t> starts({chunks.size()}), ends({chunks.size()});
  UnitCounter points(text);
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    starts.view()[i] = static_cast<std::uint32_t>(points.codepoint(chunks[i].span.start));
    ends.view()[i] = static_cast<std::uint32_t>(points.codepoint(chunks[i].span.end));
  }
  return py::make_tuple(std::move(starts).array(), std::move(ends).array());
}

py::object chunk_batch(const ChunkerHandle& self, const py::object& texts, const Whole& threads) {
  if (threads < 0) raise({ErrorCode::invalid_argument, "threads must be at least 0"});
  Texts views;
  views.read(texts);
  const auto all = unwrap_counted(
      unlocked([&] { return self.chunker->chunk_batch(views, static_cast<std::size_t>(std::int64_t{threads})); }));
  std::size_t i = 0;
  return list_of(all, [&](const std::vector<Chunk>& chunks) {
    const py::handle source = views.item(i);
    const std::string_view text = std::span<const std::string_view>(views)[i++];
    return chunk_records(source, text, chunks, self.chunker->sizer().unit, contexts(self, text, chunks));
  });
}

}  // namespace

void raise_pending() {
  if (pending) std::rethrow_exception(std::exchange(pending, nullptr));
}

void Length::read(py::handle length) {
  if (PyUnicode_Check(length.ptr())) {
    Text unit;
    unit.read(length);
    sizer_ = unwrap(Sizer::named(unit));
  } else if (length.is(py::module_::import("builtins").attr("len"))) {
    sizer_ = {LengthUnit::chars, nullptr};
  } else if (PyCallable_Check(length.ptr())) {
    sizer_ = {LengthUnit::counter, std::make_shared<PythonCounter>(length)};
  } else {
    raise_type("a str or a function", length);
  }
}

py::object chunk_records(py::handle source, std::string_view text, const std::vector<Chunk>& chunks, LengthUnit unit,
                         std::span<const std::string> contextual) {
  static const Record record("Chunk", "paritas.results_chunk");
  static PyObject* const clean = interned("clean").release().ptr();
  static PyObject* const hard = interned("hard").release().ptr();
  UnitCounter points(text);
  std::size_t index = 0;
  return list_of(chunks, [&](const Chunk& chunk) {
    const std::size_t start = points.codepoint(chunk.span.start), end = points.codepoint(chunk.span.end);
    const std::size_t i = index++;
    py::object context = py::none();
    if (!contextual.empty()) context = py::str(contextual[i]);
    return record.make(i, start, end, slice_of(source, start, end), chunk.length,
                       maybe(unit == LengthUnit::tokens, chunk.length), kind_of(chunk.kind), chunk.level,
                       list_of(chunk.headings, [](const std::string& heading) { return py::str(heading); }),
                       maybe(chunk.parent != Chunk::kNone, chunk.parent),
                       list_of(chunk.children, [](std::size_t child) { return py::int_(child); }), chunk.overlap_prev,
                       chunk.start_line, chunk.end_line, py::reinterpret_borrow<py::object>(chunk.hard ? hard : clean),
                       std::move(context));
  });
}

py::object chunk_records(const Source& source, const std::vector<Chunk>& chunks, LengthUnit unit,
                         std::span<const std::string> contextual) {
  return chunk_records(source.object(), source.view(), chunks, unit, contextual);
}

void bind_chunk(py::module_& m) {
  py::class_<ChunkerHandle>(m, "Chunker", "What cuts texts into chunks; each kind says where.")
      .def("chunk", &chunk_of, py::arg("text"),
           R"(The chunks of a text in order, as list[Chunk]; none of a blank one.

Errors: `bad_counter` for a function as length that says a negative number; what it raises passes through unchanged.)")
      .def("__call__", &chunk_of, py::arg("text"), "The same as chunk().")
      .def("split_text", &split_text, py::arg("text"), "Only the texts of the chunks.")
      .def("spans", &spans_of, py::arg("text"),
           R"(Only where the chunks are: two uint32 arrays of code points, starts and ends.

Errors: `unsupported` without NumPy.)")
      .def("chunk_batch", &chunk_batch, py::arg("texts"), py::arg("threads") = 0,
           R"(chunk() of each text, on as many threads; 0 means all cores, and a function as length one.)");
}

}  // namespace paritas::python
