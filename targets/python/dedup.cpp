#include "paritas/repair/dedup.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

constexpr const char* kModule = "paritas.results_dedup";

py::str to_str(std::string_view text) { return {text.data(), text.size()}; }

py::object pairs_of(const Text& content, const Whole& min_block_length) {
  static const Record record("HashedBlock", kModule);
  const std::string_view all = content;
  const auto blocks = unwrap(unlocked([&] { return rolling_hash_blocks(all, min_block_length); }));
  return list_of(blocks, [&](const TextBlock& block) {
    return record.make(block.hash, block.span.of(all), block.is_duplicate());
  });
}

py::object duplicates_of(const Text& content, const Whole& min_block_length) {
  static const Record record("DuplicateBlock", kModule);
  const std::string_view all = content;
  const auto blocks = unwrap(unlocked([&] { return find_duplicate_blocks(all, min_block_length); }));
  const OffsetMap offsets(all);
  return list_of(blocks, [&](const TextBlock& block) {
    const Span span = offsets.codepoints(block.span);
    return record.make(block.index, block.hash, span.start, span.end, block.first_index);
  });
}

DedupOptions options_of(const Whole& window_size, const Whole& min_block_length, const Whole& max_block,
                        const Flag& code) {
  return {window_size, min_block_length, max_block, code};
}

py::object deduplicated(const py::object& text, const Whole& window_size, const Whole& min_block_length,
                        const Whole& max_block, const Flag& code) {
  Text utf8;
  utf8.read(text);
  const DedupOptions options = options_of(window_size, min_block_length, max_block, code);
  const std::string_view all = utf8;
  const std::vector<Span> parts = unwrap(unlocked([&] { return unique_parts(all, options); }));
  const bool ascii = PyUnicode_IS_ASCII(text.ptr()) != 0;  // holds no lone surrogate
  if (ascii && PyUnicode_CheckExact(text.ptr()) && parts.size() == 1 && parts[0].size() == all.size()) return text;
  std::string out;
  for (const Span& part : parts) out += part.of(all);
  return to_str(out);
}

py::dict stats_of(const DedupStats& stats) {
  py::dict out;
  out["total_blocks"] = stats.total_blocks;
  out["duplicates_removed"] = stats.duplicates_removed;
  out["bytes_saved"] = stats.bytes_saved;
  out["unique_count"] = stats.unique_count;
  out["dedup_ratio"] = stats.dedup_ratio();
  return out;
}

}  // namespace

void bind_dedup(py::module_& m) {
  constexpr DedupOptions kDefaults;
  m.def("rolling_hash_blocks", &pairs_of, py::arg("content"), py::arg("min_block_length") = kMinBlockLength,
        R"(All blocks of a text, in order, as (hash, block, is_duplicate).

A code block is a fence from its opening to its closing line, or to the end of the text; a prose block is a run of lines
outside fences that are not blank, and a fence ends it. Prose blocks are equal when normalize_block says so, code blocks
when they differ in no more than white space at line ends; blocks with a normal form of fewer than `min_block_length`
characters are equal to none, and their hash is "".

Errors: invalid_argument for min_block_length below 0)");
  m.def("find_duplicate_blocks", &duplicates_of, py::arg("content"), py::arg("min_block_length") = kMinBlockLength,
        R"(The blocks of a text that are equal to an earlier one, as rolling_hash_blocks compares them.

Errors: invalid_argument for min_block_length below 0)");
  m.def("deduplicate", &deduplicated, py::arg("text"), py::kw_only(), py::arg("window_size") = kDefaults.window_size,
        py::arg("min_block_length") = kDefaults.min_block_length, py::arg("max_block") = kDefaults.max_block,
        py::arg("code") = kDefaults.code,
        R"(A text without the blocks that are equal to one of the last distinct ones.

Each goes with the separator before it, and everything else stays as it is: a text that repeats nothing comes out unchanged.

window_size:      distinct blocks that are remembered, 0 for 4,096
min_block_length: shorter normal forms are never compared
max_block:        longer blocks are never compared
code:             False leaves code blocks alone
Errors:           invalid_argument: window_size or min_block_length below 0, max_block below 1)");
  py::class_<StreamingDeduplicator>(m, "StreamingDeduplicator",
                                    R"(deduplicate for a text that comes in pieces.

However it is cut, the outputs joined are the same. At most three times `max_block` characters are held back.

window_size:      distinct blocks that are remembered, 0 for 4,096
min_block_length: shorter normal forms are never compared
max_block:        longer blocks are passed on as they come and never compared
code:             False leaves code blocks alone
Errors:           invalid_argument: window_size or min_block_length below 0, max_block below 1)")
      .def(py::init([](const Whole& window_size, const Whole& min_block_length, const Whole& max_block,
                       const Flag& code) {
             return unwrap(StreamingDeduplicator::create(options_of(window_size, min_block_length, max_block, code)));
           }),
           py::arg("window_size") = kStreamWindow, py::arg("min_block_length") = kDefaults.min_block_length,
           py::kw_only(), py::arg("max_block") = kDefaults.max_block, py::arg("code") = kDefaults.code)
      .def(
          "add_chunk", [](StreamingDeduplicator& self, const Text& chunk) { return unwrap(self.add_chunk(chunk)); },
          py::arg("chunk"),
          R"(What a piece decides: None for nothing yet, else the text that passes, "" for duplicates alone.

Errors: stream_finished after flush())")
      .def(
          "flush", [](StreamingDeduplicator& self) { return unwrap(self.flush()); },
          "Ends the stream: what was held back. Errors: stream_finished for a second time")
      .def("reset", &StreamingDeduplicator::reset, "Makes it equal to a new one.")
      .def(
          "get_stats", [](const StreamingDeduplicator& self) { return stats_of(self.stats()); },
          R"(total_blocks, duplicates_removed, bytes_saved (of UTF-8, with separators), unique_count (compared and let
through) and dedup_ratio, duplicates_removed / total_blocks.)");
  py::class_<OutputDeduplicator>(m, "OutputDeduplicator",
                                 R"(Lets outputs through, one after the other, without blocks that an earlier one had.

The last 4,096 distinct blocks of all outputs are remembered.

min_block_length:     shorter normal forms are never compared
normalize_whitespace: whether runs of white space in prose are equal; False: only what is around a block is dropped
Errors:               invalid_argument for min_block_length below 0)")
      .def(py::init([](const Whole& min_block_length, const Flag& normalize_whitespace) {
             return unwrap(OutputDeduplicator::create(min_block_length, normalize_whitespace));
           }),
           py::arg("min_block_length") = kMinBlockLength, py::arg("normalize_whitespace") = true)
      .def(
          "process", [](OutputDeduplicator& self, const Text& text) { return self.process(text); }, py::arg("text"),
          "The rest of an output, and its end.")
      .def(
          "process_chunk", [](OutputDeduplicator& self, const Text& chunk) { return self.process_chunk(chunk); },
          py::arg("chunk"), R"(What a piece of an output decides: None for nothing yet, else the text that passes.)")
      .def("flush", &OutputDeduplicator::flush, "Ends an output: what was held back. Its blocks stay known.")
      .def("reset", &OutputDeduplicator::reset, "Makes it equal to a new one.")
      .def(
          "get_stats", [](const OutputDeduplicator& self) { return stats_of(self.stats()); },
          "The same counts as those of StreamingDeduplicator, over all outputs.")
      .def_property_readonly(
          "duplicates_removed", [](const OutputDeduplicator& self) { return self.stats().duplicates_removed; },
          "How many blocks were taken away.");
}

}  // namespace paritas::python
