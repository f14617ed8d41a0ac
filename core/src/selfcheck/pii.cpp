#include "paritas/match/pii.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_pii(Random& random, Digest& digest) {
  constexpr std::string_view kPieces[] = {// Findings, their parts, and what stands beside them.
                                          "ann.lee+x@Mail.example.com",
                                          "4111 1111 1111 1111",
                                          "378282246310005",
                                          "GB82 WEST 1234 5698 7654 32",
                                          "no9386011117947",
                                          "123-45-6789",
                                          "123456789",
                                          "+49 (0)30 1234567",
                                          "(415) 555-2671",
                                          "1-415-555-2671",
                                          "8.8.8.8",
                                          "127.0.0.1",
                                          "2001:db8::1",
                                          "::ffff:1.2.3.4",
                                          "fe80:0:0:1::",
                                          "::1",
                                          "@x.png",
                                          "@\xC3\xA9.org",
                                          "a@",
                                          "ssn ",
                                          "version ",
                                          "git",
                                          "1",
                                          "0",
                                          "42",
                                          "7.",
                                          ":",
                                          "::",
                                          ".",
                                          "-",
                                          " ",
                                          " ",
                                          "+",
                                          "(",
                                          ")",
                                          "a",
                                          "f",
                                          "_",
                                          "`",
                                          "'",
                                          "}",
                                          "[",
                                          "]",
                                          "\xE8\xB0\xA2",
                                          "\xF0\x9D\x94\xB8",
                                          "\xCC\x81",
                                          "\n",
                                          "\xFF",
                                          "\xE2\x80",
                                          "\x80"};
  std::string text;
  for (std::uint64_t left = random.below(9); left > 0; --left) {
    text += kPieces[static_cast<std::size_t>(random.below(std::size(kPieces)))];
    if (random.below(3) == 0) text += ' ';
  }
  std::vector<std::string_view> names;
  for (const std::string_view name : PiiKinds().names()) {
    if (random.below(8) != 0) names.push_back(name);
  }
  const PiiKinds kinds = PiiKinds::of(names).value();
  const OffsetMap offsets(text);
  for (const PiiMatch& match : scan_pii(text, kinds)) {
    digest.add(name(match.kind));
    digest.add(match.span, offsets);
    digest.add(match.normalized);
    digest.add(match.detail);
  }
  digest.add(mask_pii(text, {"#", static_cast<std::int64_t>(random.below(4)), kinds}).value());
}

}  // namespace paritas
