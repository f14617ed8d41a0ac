#include "paritas/chunk/markdown.hpp"

#include <memory>
#include <string>
#include <vector>

#include "exact.hpp"
#include "paritas/base/random.hpp"
#include "paritas/chunk/code.hpp"
#include "paritas/chunk/doc_type.hpp"
#include "paritas/chunk/hierarchical.hpp"
#include "paritas/chunk/line_chunks.hpp"
#include "paritas/chunk/pack.hpp"
#include "paritas/chunk/semantic.hpp"

namespace paritas::tests {
namespace {

template <class T>
void take(const Json& given, const char* key, T& option) {
  if (given.contains(key)) option = given[key].get<T>();
}

Result<Sizer> sizer_of(const Json& given) {
  return Sizer::named(given.contains("length") ? given["length"].get<std::string>() : "chars");
}

Json row(const Exact& text, const Chunk& chunk) {
  return Json::array({text.span(chunk.span), chunk.length, chunk.hard ? "hard" : "clean", name(chunk.kind),
                      chunk.headings, chunk.overlap_prev, chunk.start_line, chunk.end_line});
}

template <class Chunks>
Json rows(const Exact& text, const Chunks& chunks) {
  return Exact::list(chunks, [&](const Chunk& chunk) { return row(text, chunk); });
}

template <class Row>
Json outcome_of(const Result<std::unique_ptr<Chunker>>& made, const Exact& text, Row make) {
  if (!made.ok()) return outcome(Result<double>(made.error()));
  const Result<std::vector<Chunk>> chunks = made.value()->chunk(text.view());
  if (!chunks.ok()) return outcome(Result<double>(chunks.error()));
  return {{"value", Exact::list(chunks.value(), [&](const Chunk& chunk) { return make(text, chunk); })}};
}

Result<std::unique_ptr<Chunker>> markdown_of(const Json& given) {
  const Result<Sizer> sizer = sizer_of(given);
  if (!sizer.ok()) return sizer.error();
  MarkdownChunkerOptions options;
  take(given, "chunk_size", options.chunk_size);
  take(given, "overlap", options.overlap);
  take(given, "headings", options.headings);
  take(given, "include_headings", options.include_headings);
  take(given, "keep_code", options.keep_code);
  take(given, "keep_tables", options.keep_tables);
  take(given, "strip", options.strip);
  return markdown_chunker(options, sizer.value());
}

bool is_blank(std::string_view text) { return trimmed(text, {0, text.size()}).size() == 0; }

/// Slices, limit, nothing lost, order.
void check_chunks(std::string_view text, const std::vector<Chunk>& chunks, std::size_t size) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const Chunk& chunk = chunks[i];
    REQUIRE(chunk.span.start < chunk.span.end);
    REQUIRE(chunk.span.end <= text.size());
    CHECK((chunk.length <= size || chunk.span.size() <= 4));
    if (i > 0) CHECK((chunk.span.start > chunks[i - 1].span.start && chunk.span.end > chunks[i - 1].span.end));
    if (chunk.span.start > end) CHECK(is_blank(text.substr(end, chunk.span.start - end)));
    end = std::max(end, chunk.span.end);
  }
  CHECK(is_blank(text.substr(end)));
}

}  // namespace

TEST_CASE("markdown agrees with its vectors") {
  for (const auto& test : load_vectors("markdown")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      CHECK(outcome_of(markdown_of(given), text, [&](const Exact& all, const Chunk& chunk) {
              Json out = row(all, chunk);
              if (given.value("include_headings", false)) out.push_back(contextual_texts(all.view(), {&chunk, 1})[0]);
              return out;
            }) == test.at("expect"));
    }
  }
}

TEST_CASE("code agrees with its vectors") {
  for (const auto& test : load_vectors("code")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      if (given.contains("path")) {
        const Exact path(given.at("path"));
        CHECK(Json{{"value", detect_doc_type(path.view())}} == test.at("expect"));
        continue;
      }
      const Exact text(given.at("text"));
      CodeChunkerOptions options;
      take(given, "chunk_size", options.chunk_size);
      take(given, "overlap", options.overlap);
      const std::string language = given.value("language", "");
      CHECK(outcome_of(given.contains("language") ? code_chunker(language, options, {}) : code_chunker({}, options, {}),
                       text, &row) == test.at("expect"));
    }
  }
}

TEST_CASE("semantic agrees with its vectors") {
  for (const auto& test : load_vectors("semantic")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      SemanticChunkerOptions options;
      take(given, "chunk_size", options.chunk_size);
      take(given, "method", options.method);
      take(given, "threshold", options.threshold);
      take(given, "window", options.window);
      take(given, "min_sentences", options.min_sentences);
      take(given, "max_sentences", options.max_sentences);
      std::vector<float> values;
      std::size_t count = 0;
      for (const Json& embedding : given.at("embeddings")) {
        ++count;
        for (const Json& value : embedding) values.push_back(static_cast<float>(number(value)));
      }
      const Matrix rows_given{values.data(), count, count == 0 ? 0 : values.size() / count};
      const Result<SemanticChunker> chunker = SemanticChunker::create(options, {});
      if (!chunker.ok()) {
        CHECK(outcome(Result<double>(chunker.error())) == test.at("expect"));
        continue;
      }
      const Result<std::vector<Chunk>> chunks = chunker.value().chunk(text.view(), rows_given);
      CHECK((chunks.ok() ? Json{{"value", rows(text, chunks.value())}} : outcome(Result<double>(chunks.error()))) ==
            test.at("expect"));
    }
  }
}

TEST_CASE("hierarchical agrees with its vectors") {
  for (const auto& test : load_vectors("hierarchical")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const Exact text(given.at("text"));
      HierarchicalChunkerOptions options;
      take(given, "sizes", options.sizes);
      take(given, "overlaps", options.overlaps);
      CHECK(outcome_of(hierarchical_chunker(options, {}), text, [](const Exact& all, const Chunk& chunk) {
              return Json::array({all.span(chunk.span), chunk.length, name(chunk.kind), chunk.level,
                                  chunk.parent == Chunk::kNone ? Json() : Json(chunk.parent), chunk.children,
                                  chunk.headings, chunk.overlap_prev});
            }) == test.at("expect"));
    }
  }
}

TEST_CASE("line_chunks agrees with its vectors") {
  for (const auto& test : load_vectors("line_chunks")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      const std::string call = given.at("call");
      const Exact text(given.at("text"));
      if (call == "chunk_with_overlap") {
        LineChunksOptions options;
        take(given, "chunk_size", options.chunk_size);
        take(given, "overlap", options.overlap);
        const auto chunks = chunk_with_overlap(text.view(), options);
        const auto said = [&](const Chunk& chunk) {
          return Json::array({text.span(chunk.span), chunk.start_line, chunk.end_line, chunk.overlap_prev});
        };
        CHECK((chunks.ok() ? Json{{"value", Exact::list(chunks.value(), said)}}
                           : outcome(Result<double>(chunks.error()))) == test.at("expect"));
      } else if (call == "find_line_boundaries") {
        CHECK(Json{{"value", find_line_boundaries(text.view())}} == test.at("expect"));
      } else if (call == "line_at_offset") {
        CHECK(outcome(line_at_offset(text.view(), given.at("offset"), given.at("offset"))) == test.at("expect"));
      } else if (call == "chunk_id") {
        const std::string source = given.at("source_id");
        CHECK(Json{{"value", chunk_id(source, given.at("index"), text.view())}} == test.at("expect"));
      } else {
        CHECK(test.at("expect").size() == 1);  // a wrapper of Python and of JavaScript
      }
    }
  }
}

TEST_CASE("structured chunkers keep the invariants on random pieces") {
  const std::vector<std::string> pieces = {"# A\n",
                                           "## B *x*\n",
                                           "### C\n",
                                           "Title\n===\n",
                                           "para one. Two! ",
                                           "word ",
                                           "日本語。",
                                           "😀👩‍👩‍👧",
                                           "\n",
                                           "\n\n",
                                           "\r\n",
                                           "```py\n",
                                           "```\n",
                                           "~~~\n",
                                           "````\n",
                                           "    code\n",
                                           "| a | b |\n",
                                           "|---|---|\n",
                                           "| 1 | 2 |\n",
                                           "- item\n",
                                           "  cont\n",
                                           "1. x\n",
                                           "> q\n",
                                           "<div>\n",
                                           "<!-- x\n",
                                           "-->\n",
                                           "---\n",
                                           "{",
                                           ")",
                                           "'",
                                           "\"",
                                           "/*",
                                           "\xff",
                                           "\\",
                                           "`"};
  Random random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t i = random.below(40); i > 0; --i) text += pieces[random.below(pieces.size())];
    const auto size = static_cast<std::int64_t>(1 + random.below(60));
    const auto overlap = static_cast<double>(random.below(static_cast<std::size_t>(size)));
    INFO(text << " size " << size << " overlap " << overlap);
    const Exact exact(text);
    const auto markdown = markdown_chunker({size, overlap}, {});
    REQUIRE(markdown.ok());
    const auto sections = markdown.value()->chunk(exact.view());
    check_chunks(exact.view(), sections.value(), static_cast<std::size_t>(size));
    const auto code = code_chunker("js", {size, overlap}, {});
    REQUIRE(code.ok());
    const auto blocks = code.value()->chunk(exact.view());
    check_chunks(exact.view(), blocks.value(), static_cast<std::size_t>(size));
  }
}

TEST_CASE("hostile Markdown and code are linear") {
  const auto times = [](std::string_view piece) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    return text;
  };
  for (const std::string_view piece :
       {"# ",     "# \n",     "#",          "`",
        "``` \n", ">",        "> ",         "- ",
        "- a\n",  "|",        "|-",         "[x](",
        "[",      "<!--",     "<a ",        "(",
        "/",      "/ ",       "'",          "<<A ",
        "r#\"",   "R\"(",     "\\",         "a",
        " ",      "\n",       "\r\n",       "# a\n## b\n### c\n#### d\n##### e\n###### f\n",
        "---\n",  "a\n---\n", "a|b\n-|-\n", "    a\n\n",
        "{-",     "\xff",     "e\xcc\x81"}) {
    const std::string text = times(piece);
    INFO(piece);
    for (const std::int64_t size : {40, 1344}) {
      CHECK_FALSE(markdown_chunker({size}, {}).value()->cut(text).value().empty() != is_blank(text));
      CHECK_FALSE(code_chunker("rs", {size}, {}).value()->cut(text).value().empty() != is_blank(text));
      CHECK_FALSE(code_chunker("js", {size}, {}).value()->cut(text).value().empty() != is_blank(text));
    }
  }
  std::string title = "# " + times("[x](") + "\n\n" + times("word ");
  CHECK(markdown_chunker({1000}, {}).value()->cut(title).value().size() > 1000);
}

TEST_CASE("semantic groups of a hostile order are linear") {
  std::string text;
  std::vector<float> values;
  for (int i = 0; i < 20'000; ++i) {
    text += "One word. ";
    values.push_back(1.0F);
    values.push_back(static_cast<float>(i * i));  // distances that fall all along
  }
  SemanticChunkerOptions options;
  options.chunk_size = 20;
  options.window = 500;
  const auto chunks = SemanticChunker::create(options, {}).value().chunk(text, {values.data(), 20'000, 2});
  REQUIRE(chunks.ok());
  check_chunks(text, chunks.value(), 20);
}

}  // namespace paritas::tests
