#include "paritas/repair/normalize_text.hpp"

#include <algorithm>
#include <utility>

#include "base/parallel.hpp"
#include "paritas/text/utf8.hpp"
#include "repair/normalize_machine.hpp"

namespace paritas {
namespace {

using normalize::Machine;
using normalize::Plan;
using normalize::Sink;

std::optional<Error> refusal(const NormalizeOptions& options) {
  if (options.max_blank_lines >= 0) return std::nullopt;
  return Error{ErrorCode::invalid_argument, "max_blank_lines must be at least 0"};
}

NormalizedText normalized(std::string_view text, const Plan& plan, std::vector<TextEdit>* edits) {
  Machine machine(plan, Sink(text, edits));
  machine.feed(text);
  machine.finish();
  return machine.sink().take();
}

MappedText mapped(std::string_view text, const Plan& plan) {
  MappedText out;
  out.text = normalized(text, plan, &out.map.edits);
  out.map.result_size = out.text.changed ? out.text.text.size() : text.size();
  out.map.source_size = text.size();
  return out;
}

template <class Item, class Make>
Result<std::vector<Item>> each(std::span<const std::string_view> texts, const NormalizeOptions& options,
                               std::int64_t threads, Make make) {
  if (auto error = refusal(options)) return *std::move(error);
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  const Plan plan(options);
  std::vector<Item> out(texts.size());
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = make(texts[i], plan);
  });
  return out;
}

/// own, other: the two sides of an edit.
Span through(const std::vector<TextEdit>& edits, Span TextEdit::*own, Span TextEdit::*other, Span span,
             std::size_t size) {
  const std::size_t start = std::min(span.start, size), end = std::clamp(span.end, start, size);
  // The start lies behind what was removed there, the end before it: a span grows by nothing that it does not touch.
  std::size_t first = start, last = end;
  auto at = std::upper_bound(edits.begin(), edits.end(), start,
                             [&](std::size_t x, const TextEdit& edit) { return x < (edit.*own).start; });
  if (at != edits.begin()) {
    const TextEdit& edit = *--at;
    first = start < (edit.*own).end ? (edit.*other).start : (edit.*other).end + (start - (edit.*own).end);
  }
  at = std::lower_bound(edits.begin(), edits.end(), end,
                        [&](const TextEdit& edit, std::size_t x) { return (edit.*own).start < x; });
  if (at != edits.begin()) {
    const TextEdit& edit = *--at;
    last = end <= (edit.*own).end ? (edit.*other).end : (edit.*other).end + (end - (edit.*own).end);
  }
  return {first, std::max(first, last)};
}

}  // namespace

std::optional<Error> choose(NormalizeOptions& options, std::size_t choice, std::string_view word) {
  const NormalizeChoice& known = kNormalizeChoices[choice];
  std::size_t number = 0;
  while (number < known.words.size() && (known.words[number] != word || word.empty())) ++number;
  if (number == known.words.size()) {
    std::string message(known.name);
    message += " must be ";
    for (std::size_t i = 0; i < known.words.size() && !known.words[i].empty(); ++i) {
      const bool last = i + 1 == known.words.size() || known.words[i + 1].empty();
      if (i != 0) message += last ? " or " : ", ";
      message += known.words[i];
    }
    return Error{ErrorCode::invalid_argument, std::move(message)};
  }
  switch (choice) {
    case 0:
      options.form = static_cast<NormalForm>(number);
      break;
    case 1:
      options.newlines = static_cast<Newlines>(number);
      break;
    case 2:
      options.controls = static_cast<Controls>(number);
      break;
    case 3:
      options.zero_width = static_cast<ZeroWidth>(number);
      break;
    case 4:
      options.spaces = static_cast<Spaces>(number);
      break;
    case 5:
      options.collapse = static_cast<Collapse>(number);
      break;
    case 6:
      options.quotes = static_cast<Quotes>(number);
      break;
    case 7:
      options.dashes = static_cast<Dashes>(number);
      break;
    default:
      options.ellipsis = static_cast<Ellipsis>(number);
      break;
  }
  return std::nullopt;
}

std::string_view chosen(const NormalizeOptions& options, std::size_t choice) {
  const std::uint8_t numbers[] = {
      static_cast<std::uint8_t>(options.form),     static_cast<std::uint8_t>(options.newlines),
      static_cast<std::uint8_t>(options.controls), static_cast<std::uint8_t>(options.zero_width),
      static_cast<std::uint8_t>(options.spaces),   static_cast<std::uint8_t>(options.collapse),
      static_cast<std::uint8_t>(options.quotes),   static_cast<std::uint8_t>(options.dashes),
      static_cast<std::uint8_t>(options.ellipsis)};
  return kNormalizeChoices[choice].words[numbers[choice]];
}

Span TextMap::to_source(Span result) const noexcept {
  return through(edits, &TextEdit::result, &TextEdit::source, result, result_size);
}
Span TextMap::to_result(Span source) const noexcept {
  return through(edits, &TextEdit::source, &TextEdit::result, source, source_size);
}

Result<NormalizedText> normalize_text(std::string_view text, const NormalizeOptions& options) {
  if (auto error = refusal(options)) return *std::move(error);
  return normalized(text, Plan(options), nullptr);
}

Result<MappedText> normalize_text_mapped(std::string_view text, const NormalizeOptions& options) {
  if (auto error = refusal(options)) return *std::move(error);
  return mapped(text, Plan(options));
}

Result<std::vector<NormalizedText>> normalize_texts(std::span<const std::string_view> texts,
                                                    const NormalizeOptions& options, std::int64_t threads) {
  return each<NormalizedText>(texts, options, threads,
                              [](std::string_view text, const Plan& plan) { return normalized(text, plan, nullptr); });
}

Result<std::vector<MappedText>> normalize_texts_mapped(std::span<const std::string_view> texts,
                                                       const NormalizeOptions& options, std::int64_t threads) {
  return each<MappedText>(texts, options, threads, mapped);
}

struct TextNormalizer::Impl {
  explicit Impl(const NormalizeOptions& options) : plan(options), machine(plan, Sink()) {}
  Plan plan;
  Machine machine;
  std::string held, joined;  // an unfinished code point; it and the piece behind it
  bool finished = false;

  void feed(std::string_view piece, bool last) {
    if (!held.empty()) {
      joined = held;
      joined += piece;
      piece = joined;
    }
    const std::size_t rest = last ? 0 : unfinished_utf8(piece);
    machine.feed(piece.substr(0, piece.size() - rest));
    held = piece.substr(piece.size() - rest);
  }
};

TextNormalizer::TextNormalizer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
TextNormalizer::TextNormalizer(TextNormalizer&&) noexcept = default;
TextNormalizer& TextNormalizer::operator=(TextNormalizer&&) noexcept = default;
TextNormalizer::~TextNormalizer() = default;

Result<TextNormalizer> TextNormalizer::create(const NormalizeOptions& options) {
  if (auto error = refusal(options)) return *std::move(error);
  return TextNormalizer(std::make_unique<Impl>(options));
}

Result<std::string> TextNormalizer::feed(std::string_view piece) {
  if (impl_->finished) {
    return Error{ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"};
  }
  impl_->feed(piece, false);
  return impl_->machine.sink().take().text;
}

Result<std::string> TextNormalizer::finish(std::string_view last) {
  if (impl_->finished) {
    return Error{ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"};
  }
  impl_->finished = true;
  impl_->feed(last, true);
  impl_->machine.finish();
  return impl_->machine.sink().take().text;
}

void TextNormalizer::reset() { impl_ = std::make_unique<Impl>(impl_->plan.options); }

}  // namespace paritas
