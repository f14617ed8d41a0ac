#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "match/aho_corasick_impl.hpp"
#include "paritas/base/hash.hpp"

// "PACM", version, kind, folding and whole_words as a byte each; the number of patterns and their lengths as varints; the
// patterns; XXH3-64 of all before. The automaton is built anew: it would be ten times as large as what it is made of, and
// to check one takes as long as to make it.
namespace paritas {
namespace {

constexpr std::string_view kMagic = "PACM";
constexpr std::uint8_t kVersion = 1;

Error corrupt(std::size_t offset, const char* what) {
  return {ErrorCode::corrupt_data, std::string("these are no bytes of AhoCorasick.to_bytes: ") + what, offset};
}

}  // namespace

std::string AhoCorasick::to_bytes() const {
  std::string out(kMagic);
  out.push_back(static_cast<char>(kVersion));
  out.push_back(static_cast<char>(impl_->options.match_kind));
  out.push_back(static_cast<char>(impl_->options.case_insensitive));
  out.push_back(impl_->options.whole_words ? 1 : 0);
  bytes::put_varint(out, pattern_count());
  for (std::size_t i = 0; i < pattern_count(); ++i) bytes::put_varint(out, pattern(i).size());
  out += impl_->bytes;
  bytes::put_u64(out, xxh3_64(out));
  return out;
}

Result<AhoCorasick> AhoCorasick::from_bytes(std::string_view data) {
  if (data.substr(0, 4) != kMagic) return corrupt(0, "they do not begin with PACM");
  if (data.size() < 4 + 4 + 1 + 8) return corrupt(data.size(), "the end is missing");
  if (static_cast<std::uint8_t>(data[4]) != kVersion) return corrupt(4, "another version wrote them");
  const std::size_t end = data.size() - 8;
  bytes::Reader sum(data.substr(end));
  if (sum.u64() != xxh3_64(data.substr(0, end))) return corrupt(end, "the check sum differs");
  bytes::Reader in(data.substr(0, end));
  in.take(5);
  const std::uint8_t kind = in.u8(), folding = in.u8(), whole_words = in.u8();
  if (kind > 3) return corrupt(5, "no match kind has this number");
  if (folding > 2) return corrupt(6, "no case folding has this number");
  if (whole_words > 1) return corrupt(7, "whole_words is neither 0 nor 1");
  const auto here = [&] { return end - in.left(); };
  const std::uint64_t count = in.varint();
  if (in.bad() || count > in.left()) return corrupt(8, "there cannot be so many patterns");
  std::vector<std::size_t> sizes(static_cast<std::size_t>(count));
  for (std::size_t& size : sizes) {
    const std::size_t at = here();
    const std::uint64_t wanted = in.varint();
    if (in.bad() || wanted == 0 || wanted > in.left()) return corrupt(at, "no pattern has this length");
    size = static_cast<std::size_t>(wanted);
  }
  std::vector<std::string_view> patterns;
  patterns.reserve(sizes.size());
  for (const std::size_t size : sizes) {
    const std::size_t at = here();
    const std::string_view pattern = in.take(size);
    if (in.bad()) return corrupt(at, "a pattern is cut off");
    std::string clean;
    match::append_prepared(clean, pattern, false, false);
    if (clean != pattern) return corrupt(at, "a pattern is not well-formed UTF-8");
    patterns.push_back(pattern);
  }
  if (in.left() != 0) return corrupt(here(), "bytes are left over");
  return build(patterns, {static_cast<MatchKind>(kind), static_cast<CaseFolding>(folding), whole_words == 1});
}

}  // namespace paritas
