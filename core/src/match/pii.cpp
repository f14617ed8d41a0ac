#include "paritas/match/pii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/parallel.hpp"
#include "match/pii_anchors.hpp"
#include "match/pii_find.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::array kNames{
#define X(id) std::string_view(#id),
    PARITAS_PII(X)
#undef X
};
constexpr std::size_t kKinds = kNames.size();
constexpr std::size_t kBytesPerThread = 65'536;  // below this a thread costs more than it saves
constexpr std::int64_t kMostVisible = 64;

constexpr std::size_t place(PiiKind kind) { return static_cast<std::size_t>(kind); }

/// Walks over the anchors of one text, and gives each to the finders that begin there.
class Scan {
 public:
  Scan(std::string_view text, PiiKinds kinds) : text_(text), kinds_(kinds) {}

  std::array<std::vector<PiiMatch>, kKinds> run() {
    for (std::size_t block = 0; block < text_.size(); block += pii::kAnchorBlock) {
      const std::size_t left = text_.size() - block;
      std::uint64_t bits = left >= pii::kAnchorBlock ? pii::anchors(text_.data() + block)
                                                     : pii::anchors_by_bytes(text_.data() + block, left);
      while (bits != 0) {
        const std::size_t at = block + static_cast<std::size_t>(__builtin_ctzll(bits));
        bits &= bits - 1;
        if (at >= next_) look(at);
      }
    }
    return std::move(found_);
  }

 private:
  void look(std::size_t at) {
    const char c = text_[at];
    if (c == '@') {
      if (kinds_.has(PiiKind::email)) take(PiiKind::email, pii::email_around(text_, at, free(PiiKind::email)));
    } else if (c == ':') {
      look_at_colon(at);
    } else {
      look_at_digits(at);
    }
  }

  void look_at_digits(std::size_t start) {
    std::size_t end = start;
    while (end < text_.size() && pii::is_digit(text_[end])) ++end;
    next_ = end;
    const char left = pii::before(text_, start);
    if (start >= 2 && pii::is_letter(left))
      try_at(PiiKind::iban, start - 2,
             [&] { return pii::is_letter(text_[start - 2]) ? pii::iban_at(text_, start - 2) : std::nullopt; });
    if (left == '+' || left == '(') try_at(PiiKind::phone, start - 1, [&] { return pii::phone_at(text_, start - 1); });
    if (pii::is_word(left)) return;
    const std::size_t digits = end - start;
    const char right = pii::char_at(text_, end);
    if (digits <= 3) {
      if (right == '.') try_at(PiiKind::ip, start, [&] { return pii::ipv4_at(text_, start); });
      if (right == '.' || right == '-') try_at(PiiKind::phone, start, [&] { return pii::phone_at(text_, start); });
    }
    if (digits == 3 || digits == 9) try_at(PiiKind::ssn, start, [&] { return pii::ssn_at(text_, start); });
    if (digits == 4 || digits == 6 || digits >= 12) {
      try_at(PiiKind::credit_card, start, [&] { return pii::card_at(text_, start); });
    }
  }

  void look_at_colon(std::size_t at) {
    if (!kinds_.has(PiiKind::ip) || at < colons_) return;
    if (!pii::is_ipv6_char(pii::before(text_, at)) && pii::char_at(text_, at + 1) != ':') return;
    Span run{at, at + 1};
    while (run.start > colons_ && pii::is_ipv6_char(text_[run.start - 1])) --run.start;
    while (run.end < text_.size() && pii::is_ipv6_char(text_[run.end])) ++run.end;
    colons_ = run.end;
    take(PiiKind::ip, pii::ipv6_in(text_, run));
  }

  template <class Find>
  void try_at(PiiKind kind, std::size_t start, const Find& find) {
    if (kinds_.has(kind) && start >= free(kind)) take(kind, find());
  }
  void take(PiiKind kind, pii::Maybe found) {
    if (!found) return;
    free_[place(kind)] = found->span.end;
    found_[place(kind)].push_back({kind, found->span, std::move(found->normalized), found->detail});
  }
  [[nodiscard]] std::size_t free(PiiKind kind) const { return free_[place(kind)]; }

  std::string_view text_;
  PiiKinds kinds_;
  std::array<std::vector<PiiMatch>, kKinds> found_;
  std::array<std::size_t, kKinds> free_{};  // where the last finding of each kind has ended
  std::size_t next_ = 0;                    // behind the digits that were looked at
  std::size_t colons_ = 0;                  // behind the run of hexadecimal digits and colons that was looked at
};

bool starts_before(const PiiMatch& a, const PiiMatch& b) { return a.span.start < b.span.start; }

/// Puts those of `weaker` that overlap nothing among `kept`; both are in order and none overlaps its neighbours.
void join(std::vector<PiiMatch>& kept, std::vector<PiiMatch> weaker) {
  const std::size_t count = kept.size();
  std::size_t at = 0;
  for (PiiMatch& match : weaker) {
    while (at < count && kept[at].span.end <= match.span.start) ++at;
    if (at < count && kept[at].span.start < match.span.end) continue;
    kept.push_back(std::move(match));
  }
  std::inplace_merge(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(count), kept.end(), starts_before);
}

std::string masked(std::string_view text, const PiiMask& mask) {
  std::vector<PiiMatch> found = pii::find_all(text, mask.kinds);
  std::sort(found.begin(), found.end(), [](const PiiMatch& a, const PiiMatch& b) {
    return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end > b.span.end;
  });
  std::string out;
  out.reserve(text.size());
  std::size_t done = 0;
  for (std::size_t i = 0; i < found.size();) {
    Span span = found[i].span;
    bool alone = true;  // one finding covers all of it
    for (++i; i < found.size() && found[i].span.start < span.end; ++i) {
      alone = alone && found[i].span.end <= span.end;
      span.end = std::max(span.end, found[i].span.end);
    }
    std::size_t points = 0;
    for (std::size_t at = span.start; at < span.end; ++points) at += decode_utf8(text, at).bytes;
    const std::size_t shown = alone ? std::min(static_cast<std::size_t>(mask.visible_chars), points / 8) : 0;
    out += text.substr(done, span.start - done);
    std::size_t at = span.start;
    for (std::size_t point = 0; point < points; ++point) {
      const std::size_t bytes = decode_utf8(text, at).bytes;
      out += point < shown || point >= points - shown ? text.substr(at, bytes) : mask.mask_char;
      at += bytes;
    }
    done = span.end;
  }
  out += text.substr(done);
  return out;
}

std::optional<Error> refusal(const PiiMask& mask) {
  const std::string_view c = mask.mask_char;
  const char32_t point = c.empty() ? U'\n' : decode_utf8(c, 0).code_point;
  const bool breaks = (point >= 0xA && point <= 0xD) || point == 0x85 || point == 0x2028 || point == 0x2029;
  if (breaks || decode_utf8(c, 0).bytes != c.size()) {
    return Error{ErrorCode::invalid_argument, "mask_char must be one character that breaks no line"};
  }
  if (mask.visible_chars < 0 || mask.visible_chars > kMostVisible) {
    return Error{ErrorCode::invalid_argument, "visible_chars must be from 0 to 64"};
  }
  return std::nullopt;
}

template <class T, class Make>
Result<std::vector<T>> each(std::span<const std::string_view> texts, std::int64_t threads, const Make& make) {
  if (threads < 0) return Error{ErrorCode::invalid_argument, "threads must be at least 0"};
  std::vector<T> out(texts.size());
  std::size_t bytes = 0;
  for (const std::string_view text : texts) bytes += text.size();
  const std::size_t most = bytes / kBytesPerThread + 1;
  const std::size_t count = std::min(parallel_ranges(static_cast<std::size_t>(threads)), most);
  parallel_for(texts.size(), count, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = make(texts[i]);
  });
  return out;
}

}  // namespace

namespace pii {

std::vector<PiiMatch> find_all(std::string_view text, PiiKinds kinds) {
  std::vector<PiiMatch> out;
  for (std::vector<PiiMatch>& found : Scan(text, kinds).run()) {
    for (PiiMatch& match : found) out.push_back(std::move(match));
  }
  return out;
}

}  // namespace pii

std::string_view name(PiiKind kind) noexcept { return kNames[place(kind)]; }

Result<PiiKinds> PiiKinds::of(std::span<const std::string_view> names) {
  PiiKinds out;
  out.bits_ = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto known = std::find(kNames.begin(), kNames.end(), names[i]);
    if (known == kNames.end()) {
      std::string message = "kinds must be among";
      for (std::size_t at = 0; at < kKinds; ++at) {
        message += at == 0 ? " " : ", ";
        message += kNames[at];
      }
      return Error{ErrorCode::invalid_argument, std::move(message), i};
    }
    out.bits_ |= std::uint32_t{1} << (known - kNames.begin());
  }
  return out;
}

std::vector<std::string_view> PiiKinds::names() const {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < kKinds; ++i) {
    if (has(static_cast<PiiKind>(i))) out.push_back(kNames[i]);
  }
  return out;
}

std::vector<PiiMatch> scan_pii(std::string_view text, PiiKinds kinds) {
  using enum PiiKind;
  std::array<std::vector<PiiMatch>, kKinds> found = Scan(text, kinds).run();
  std::vector<PiiMatch> kept = std::move(found[place(iban)]);
  for (const PiiKind kind : {credit_card, email, ip, ssn, phone}) {  // those with more proof first
    if (!found[place(kind)].empty()) join(kept, std::move(found[place(kind)]));
  }
  return kept;
}

Result<std::vector<std::vector<PiiMatch>>> scan_pii_batch(std::span<const std::string_view> texts, PiiKinds kinds,
                                                          std::int64_t threads) {
  return each<std::vector<PiiMatch>>(texts, threads, [&](std::string_view text) { return scan_pii(text, kinds); });
}

Result<std::string> mask_pii(std::string_view text, const PiiMask& mask) {
  if (auto error = refusal(mask)) return std::move(*error);
  return masked(text, mask);
}

Result<std::vector<std::string>> mask_pii_batch(std::span<const std::string_view> texts, const PiiMask& mask,
                                                std::int64_t threads) {
  if (auto error = refusal(mask)) return std::move(*error);
  return each<std::string>(texts, threads, [&](std::string_view text) { return masked(text, mask); });
}

}  // namespace paritas
