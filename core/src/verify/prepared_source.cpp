#include "paritas/verify/prepared_source.hpp"

#include <string>
#include <vector>

#include "paritas/text/offsets.hpp"
#include "verify/source_index.hpp"

namespace paritas {
namespace {

constexpr std::string_view kBetween = "\n\n";  // a blank line always ends a sentence

std::string joined(std::span<const std::string_view> passages) {
  std::size_t size = 0;
  for (const std::string_view passage : passages) size += passage.size() + kBetween.size();
  std::string text;
  text.reserve(size);
  for (std::size_t i = 0; i < passages.size(); ++i) {
    if (i != 0) text += kBetween;
    text += passages[i];
  }
  return text;
}

}  // namespace

struct PreparedSource::Impl {
  explicit Impl(std::span<const std::string_view> passages) : text(joined(passages)), index(text) {
    std::vector<Span> spans;
    std::size_t start = 0;
    for (const std::string_view passage : passages) {
      spans.push_back({start, start + passage.size()});
      start += passage.size() + kBetween.size();
      characters += OffsetMap(passage).codepoint(passage.size());
    }
    index.read();
    index.read_names();
    index.read_stems();
    index.index_stems();
    index.index_rules(spans);
    index.index_words();
  }

  std::string text;
  SourceIndex index;
  std::size_t characters = 0;
};

PreparedSource::PreparedSource(std::span<const std::string_view> passages)
    : impl_(std::make_unique<const Impl>(passages)) {}
PreparedSource::PreparedSource(PreparedSource&&) noexcept = default;
PreparedSource& PreparedSource::operator=(PreparedSource&&) noexcept = default;
PreparedSource::~PreparedSource() = default;

std::size_t PreparedSource::passages() const { return impl_->index.passages.size(); }

std::string_view PreparedSource::passage(std::size_t number) const {
  const Span span = impl_->index.passages[number];
  return std::string_view(impl_->text).substr(span.start, span.end - span.start);
}

std::size_t PreparedSource::sentences() const { return impl_->index.analysis.sentences.size(); }
std::size_t PreparedSource::characters() const { return impl_->characters; }
std::string_view PreparedSource::text() const { return impl_->text; }
std::size_t PreparedSource::start(std::size_t passage) const { return impl_->index.passages[passage].start; }
const SourceIndex& PreparedSource::index() const { return impl_->index; }

}  // namespace paritas
