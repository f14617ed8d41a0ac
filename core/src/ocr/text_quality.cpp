#include "paritas/ocr/text_quality.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "ocr/text_quality_token.hpp"

namespace paritas {

namespace {

constexpr double kGarbage = 0.5;

/// Adds up tokens in text order.
class Total {
 public:
  void add(const QualityToken& token) {
    const auto length = static_cast<double>(token.length);
    sum_ += length * token.quality;
    length_ += token.length;
    ++tokens_;
    if (token.single) ++singles_;
  }
  [[nodiscard]] std::size_t tokens() const { return tokens_; }
  [[nodiscard]] double quality() const {
    if (tokens_ == 0) return 0.0;
    double r = sum_ / static_cast<double>(length_);
    if (tokens_ >= 8 && 4 * singles_ > tokens_) {
      const double share = static_cast<double>(singles_) / static_cast<double>(tokens_);
      r *= std::max(0.3, 1.0 - 2.0 * (share - 0.25));
    }
    return std::max(0.0, 2.0 * r - 1.0);
  }

 private:
  double sum_ = 0.0;
  std::size_t length_ = 0, tokens_ = 0, singles_ = 0;
};

double quality_of(std::string_view text, TokenReader& reader) {
  Total total;
  reader.read(text, [&](const QualityToken& token) { total.add(token); });
  return total.quality();
}

}  // namespace

std::string_view name(QualityRule rule) noexcept {
  switch (rule) {
#define X(id, meaning)  \
  case QualityRule::id: \
    return #id;
    PARITAS_QUALITY_RULES(X)
#undef X
  }
  return "unknown";
}

double text_quality(std::string_view text) {
  TokenReader reader;
  return quality_of(text, reader);
}

Result<std::vector<double>> text_quality_batch(std::span<const std::string_view> texts, std::int64_t threads) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  std::vector<double> out(texts.size());
  parallel_for(texts.size(), static_cast<std::size_t>(threads), [&](std::size_t begin, std::size_t end) {
    TokenReader reader;
    for (std::size_t i = begin; i < end; ++i) out[i] = quality_of(texts[i], reader);
  });
  return out;
}

Result<TextQuality> text_quality_report(std::string_view text, std::int64_t max_spans) {
  if (max_spans < 0) return Error{ErrorCode::invalid_argument, "max_spans must be at least 0"};
  Total total;
  TextQuality out;
  TokenReader reader;
  reader.read(text, [&](const QualityToken& token) {
    total.add(token);
    for (std::size_t rule = 0; rule < kQualityRules; ++rule) {
      if (token.rules.has(static_cast<QualityRule>(rule))) ++out.rule_tokens[rule];
    }
    if (token.quality >= kGarbage) return;
    ++out.garbage_tokens;
    if (max_spans > 0) out.spans.push_back({token.span, token.quality, token.rules});
  });
  out.quality = total.quality();
  out.tokens = total.tokens();
  const auto worse = [](const GarbageSpan& a, const GarbageSpan& b) {
    return a.quality != b.quality ? a.quality < b.quality : a.span.start < b.span.start;
  };
  const std::size_t most = std::min(out.spans.size(), static_cast<std::size_t>(max_spans));
  const auto cut = out.spans.begin() + static_cast<std::ptrdiff_t>(most);
  std::partial_sort(out.spans.begin(), cut, out.spans.end(), worse);
  out.spans.resize(most);
  return out;
}

}  // namespace paritas
