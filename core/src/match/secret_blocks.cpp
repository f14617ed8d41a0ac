// Secrets that are found by their form as a whole: PEM and PuTTY blocks, JSON Web Tokens.
#include <algorithm>
#include <string>

#include "secret_scan.hpp"
#include "secret_text.hpp"

namespace paritas::secrets {
namespace {

constexpr std::size_t kCap = 65536;
constexpr std::size_t kBody = 40;
constexpr std::string_view kDashes = "-----", kPutty = "PuTTY-User-Key-File-", kPemInBase64 = "LS0tLS1CRUdJTi";

bool is_base64(char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; }
bool is_base64url(char c) { return is_word_byte(c) || c == '-'; }

/// Whether 40 bytes of base64 stand in a row.
bool has_body(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    count = is_base64(c) ? count + 1 : 0;
    if (count == kBody) return true;
  }
  return false;
}

bool line_break(Reader& reader) {
  const Reader before = reader;
  reader.blanks(0, kNowhere);
  if (reader.word("\n") || reader.word("\r\n") || reader.word("\\r\\n") || reader.word("\\n") || reader.word("\\r")) {
    return true;
  }
  reader = before;
  return false;
}

/// The end of the lines of base64 that follow, line breaks real or written as \n; `at` where there are none.
std::size_t lines_end(std::string_view text, std::size_t at) {
  Reader reader(text, at);
  std::size_t end = at;
  while (line_break(reader)) {
    while (line_break(reader)) {
    }
    if (!reader.run(is_base64, 1, kNowhere)) break;
    reader.run([](char c) { return c == '='; }, 0, 2);
    end = reader.at();
  }
  return end;
}

}  // namespace

/// at: the last dash of `-----BEGIN `.
void Scan::read_block(std::size_t at) {
  if (at < 4) return;
  const std::size_t start = at - 4;
  Reader reader(text_, start);
  if (start < block_ || !reader.word("-----BEGIN ")) return;
  const std::size_t label_from = reader.at();
  reader.run([](char c) { return is_upper(c) || is_digit(c) || c == ' '; }, 0, 57);
  const std::string_view label = text_.substr(label_from, reader.at() - label_from);
  std::string_view kind = label;
  if (kind.ends_with(" BLOCK")) kind.remove_suffix(6);
  if (!kind.ends_with("PRIVATE KEY") || kind.size() > 40 + 11 || !reader.word(kDashes)) return;
  const std::size_t begin = reader.at();
  block_ = begin;
  const std::string_view within = text_.substr(0, start + kCap);
  const std::size_t dashes = within.find(kDashes, begin);
  const Span first{start, begin};
  Finding found{start, start, catalog_.code().private_key, Rank::pem, SecretConfidence::high};
  if (dashes != std::string_view::npos) {
    Reader closing(within, dashes);
    if (closing.word("-----END ") && closing.word(label) && closing.word(kDashes)) {
      found.end = closing.at();
      found.kept[0] = first;
      found.kept[1] = {dashes, found.end};
      if (has_body(text_.substr(begin, dashes - begin))) add(found);
      return;
    }
  }
  found.end = lines_end(within, begin);
  found.confidence = SecretConfidence::medium;
  found.kept[0] = first;
  if (has_body(text_.substr(begin, found.end - begin))) add(found);
}

/// at: the y of `PuTTY-User-Key-File-`.
void Scan::read_putty(std::size_t at) {
  if (at < 4 || !text_.substr(at - 4).starts_with(kPutty)) return;
  const std::size_t start = at - 4;
  std::string_view within = text_.substr(start, kCap);
  if (const std::size_t next = text_.substr(start, kCap + kPutty.size()).find(kPutty, kPutty.size());
      next != std::string_view::npos) {
    within = within.substr(0, next);
  }
  const std::size_t mac = within.find("Private-MAC");
  if (mac == std::string_view::npos) return;
  const std::string_view body = within.substr(0, mac);
  if (!has_body(body) || body.find("Private-Lines") == std::string_view::npos) return;
  const std::size_t end = std::min(within.find_first_of("\r\n", mac), within.size());
  const std::size_t first = std::min(within.find_first_of("\r\n"), mac);
  Finding found{start, start + end, catalog_.code().private_key, Rank::pem, SecretConfidence::high};
  found.kept[0] = {start, start + first};
  add(found);
}

void Scan::find_block_in_base64(std::size_t from, std::size_t to) {
  for (std::size_t at = text_.substr(0, to).find(kPemInBase64, from); at != std::string_view::npos;) {
    Reader reader(text_, at + kPemInBase64.size());
    std::size_t next = at + 1;
    if (reader.run(is_base64, 100, kNowhere)) {
      reader.run([](char c) { return c == '='; }, 0, 2);
      next = reader.at();
      if (left_edge(at) && from_base64(text_.substr(at, 64)).find("PRIVATE KEY") != std::string::npos) {
        add({at, next, catalog_.code().private_key_base64, Rank::pem, SecretConfidence::high});
      }
    }
    if (next >= to) return;
    at = text_.substr(0, to).find(kPemInBase64, next);
  }
}

/// Three parts in base64url, the first of which says with what algorithm the third was made.
void Scan::find_web_token(std::size_t from, std::size_t to) {
  constexpr std::string_view kSecond = ".eyJ";
  constexpr std::size_t kMost = 4096;
  const std::string_view text = text_.substr(0, to);
  for (std::size_t dot = text.find(kSecond, from); dot != std::string_view::npos; dot = text.find(kSecond, dot + 1)) {
    Reader reader(text_, dot + 1);
    if (!reader.run(is_base64url, 10, kNowhere) || !reader.word(".") || !reader.run(is_base64url, 20, kNowhere))
      continue;
    // Where "alg" ends what a first part may begin with, for each of the four ways to group the letters.
    std::size_t first = dot;
    while (first > from && first + kMost > dot && is_base64url(text_[first - 1])) --first;
    first = std::max(first, web_token_);
    std::size_t last[4] = {};
    for (std::size_t start = first; start + 10 <= dot; ++start) {
      if (start >= first + 4) break;
      if ((dot - start) % 4 == 1) continue;
      const std::size_t said = from_base64(text_.substr(start, dot - start)).rfind("\"alg\"");
      if (said != std::string::npos) last[start % 4] = start + said / 3 * 4 + 1;  // a start before this one sees it
    }
    std::size_t least = 12;  // letters of the first part that is tried
    for (std::size_t start = text_.find("eyJ", first); start != std::string_view::npos && start + least <= dot;
         start = text_.find("eyJ", start + 3)) {
      least = 10;
      if (start >= last[start % 4] || !left_edge(start)) continue;
      add(catalog_.code().jwt_token, Rank::jwt, {start, reader.at()}, false);
      web_token_ = reader.at();
      break;
    }
  }
}

}  // namespace paritas::secrets
