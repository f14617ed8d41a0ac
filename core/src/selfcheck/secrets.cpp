#include "paritas/match/secrets.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

// Keys, operators, quotes, anchors and what nearly is one; the rest of a text is letters, which make values and tokens.
constexpr std::string_view kPieces[] = {
    "password",
    "api_key",
    "clientSecret",
    "PGPASSWORD",
    "token",
    "auth",
    "user",
    "--password ",
    "-u ",
    "-p ",
    "=",
    ": ",
    " = ",
    ":",
    "\"",
    "'",
    "`",
    " ",
    "\n",
    "\\n",
    ",",
    ";",
    "(",
    ")",
    "<",
    ">",
    "</",
    "{",
    "&",
    "?",
    "%20",
    "\\",
    "://",
    "postgres://",
    "https://app:",
    "@db/x",
    "Bearer ",
    "Authorization: Basic ",
    "machine a login b ",
    "gh"
    "p_",
    "AKI"
    "A",
    "sk"
    "-",
    "xox"
    "b-",
    "glp"
    "at-",
    "sk_li"
    "ve_",
    "h"
    "f_",
    "np"
    "m_",
    "AI"
    "za",
    "SG"
    ".",
    "aws ",
    "heroku",
    "ey"
    "J",
    ".ey"
    "J",
    "-----BEGIN ",
    "RSA PRIVATE"
    " KEY-----",
    "-----END ",
    "$2"
    "b$10$",
    "example",
    "xxxxxx",
    "value",
    "default",
    "\xC3\xA9",
    "\xE5\xAF\x86\xE7\xA0\x81",
    "12345678-1234-1234-1234-",
    "changeme",
    "login(",
    "is \"",
};
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/-_";
constexpr std::uint64_t kLengths[] = {4, 8, 10, 16, 20, 22, 32, 36, 40, 48, 64, 100};

}  // namespace

void check_secrets(Random& random, Digest& digest) {
  std::string text;
  for (std::uint64_t left = random.below(14); left > 0; --left) {
    if (random.below(4) > 0) {
      text += kPieces[static_cast<std::size_t>(random.below(std::size(kPieces)))];
      continue;
    }
    const std::uint64_t few = random.below(4) == 0 ? 16 : kLetters.size();  // the first ones are hexadecimal, nearly
    for (std::uint64_t letters = kLengths[random.below(std::size(kLengths))]; letters > 0; --letters) {
      text += kLetters[static_cast<std::size_t>(random.below(few))];
    }
  }
  SecretOptions options;
  options.include_placeholders = random.below(2) == 0;
  const auto found = scan_secrets(text, options);
  const OffsetMap offsets(text);
  digest.add(has_secrets(text, options).value());
  digest.add(static_cast<std::uint64_t>(found.value().size()));
  for (const SecretMatch& match : found.value()) {
    digest.add(list_secret_patterns()[match.rule].name);
    digest.add(name(match.confidence));
    digest.add(match.span, offsets);
    digest.add(static_cast<std::uint64_t>(match.line_number));
    digest.add(name(match.checksum));
    digest.add(match.placeholder);
    digest.add(match.masked_text);
  }
  digest.add(mask_secrets(text, {"#", static_cast<std::int64_t>(random.below(9))}, options).value());
}

}  // namespace paritas
