// Secrets in addresses, headers, command lines and connection strings.
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "secret_assignments.hpp"
#include "secret_rules.hpp"
#include "secret_scan.hpp"
#include "secret_text.hpp"

namespace paritas::secrets {
namespace {

constexpr std::string_view kOtherwise = "$%<{[#&@*";  // a value that begins so stands for another
constexpr std::string_view kBeforeFlag = " \t\r\n\"'`([,";

bool is_token_byte(char c) { return is_word_byte(c) || is_one_of(c, ".=+/~-"); }
bool is_base64(char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; }
bool is_argument(char c) { return is_visible(c) && !is_one_of(c, "\"'`,;<>()[]{}|\\"); }
bool is_space(char c) { return is_one_of(c, " \t\r\n"); }

bool is_token(std::string_view run, double bits) {
  return std::any_of(run.begin(), run.end(), is_digit) && entropy(run) >= bits;
}

/// Whether a password of an address is a placeholder; the three words are the real passwords of many servers.
bool stands_in(std::string_view value) {
  return is_one_of(value[0], kOtherwise) ||
         (value != "password" && value != "secret" && value != "admin" && is_placeholder(value));
}

bool is_database(std::string_view scheme) {
  static const std::vector<std::string_view> known = split(kUrlSchemes, '|');
  std::string lower(scheme);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return lowered(c); });
  return std::find(known.begin(), known.end(), lower) != known.end();
}

bool ends_word(std::string_view text, std::size_t at) { return at == 0 || !is_word_byte(text[at - 1]); }

/// Whether one of the names stands at a place of a connection string, with = behind it where it is no scheme.
bool is_field(std::string_view text, std::size_t at, std::span<const std::string_view> names) {
  const char first = at < text.size() ? lowered(text[at]) : '\0';
  for (const std::string_view name : names) {
    if (name[0] != first) continue;
    Reader reader(text, at);
    if (!reader.word_of_any_case(name)) continue;
    if (name.back() == ':') return true;
    reader.blanks(0, 4);
    if (reader.peek() == '=') return true;
  }
  return false;
}

constexpr std::string_view kUsers[] = {"user id",   "user_id",  "userid", "uid",  "user name",
                                       "user_name", "username", "user",   "login"};
constexpr std::string_view kPlaces[] = {
    "server",          "data source", "host",    "hostname", "driver", "provider",     "database",
    "initial catalog", "dsn",         "address", "addr",     "dbq",    "service name", "jdbc:"};

}  // namespace

/// at: the colon of `://`.
void Scan::read_address(std::size_t at) {
  Reader reader(text_, at + 3);
  static constexpr ByteSet kEnds("\"'`<>\\/?#,\x7f");
  const auto in_authority = [&](char c) { return is_visible(c) && !kEnds.has(c); };
  if (!reader.run(in_authority, 1, 1024)) return;
  const std::string_view authority = text_.substr(at + 3, reader.at() - at - 3);
  const std::size_t host = authority.rfind('@');
  if (host == std::string_view::npos) return;
  const std::size_t colon = authority.substr(0, host).find(':');
  if (colon == std::string_view::npos || colon + 1 >= host) return;
  std::size_t start = at;
  while (start > 0 && at - start < 32) {
    const char c = text_[start - 1];
    if (!is_letter(c) && !is_digit(c) && !is_one_of(c, "+.-")) break;
    --start;
  }
  while (start < at && !is_letter(text_[start])) ++start;
  const Span span{at + 3 + colon + 1, at + 3 + host};
  if (start == at || span.end + 1 >= text_.size()) return;
  const char next = text_[span.end + 1];
  if (!is_word_byte(next) && !is_one_of(next, "[$%{<-")) return;
  const std::string_view value = span.of(text_);
  if (is_one_of(value[0], "$%<{[#")) return;
  const bool database = is_database(text_.substr(start, at - start));
  add(database ? catalog_.code().database_url : catalog_.code().url_credentials, Rank::url, span, stands_in(value));
}

/// at: the first letter of `Bearer`.
void Scan::read_bearer(std::size_t at) {
  Reader reader(text_, at + 1);
  if (!ends_word(text_, at) || !reader.word("earer ")) return;
  const std::size_t from = reader.at();
  if (!reader.run(is_token_byte, 12, kNowhere)) return;
  const Span span{from, reader.at()};
  if (is_token(span.of(text_), 3.0))
    add(catalog_.code().bearer_token, Rank::header, span, is_placeholder(span.of(text_)));
}

/// at: the s of `Basic`.
void Scan::read_basic(std::size_t at) {
  if (at < 2 || (text_[at - 2] != 'B' && text_[at - 2] != 'b') || !ends_word(text_, at - 2)) return;
  Reader reader(text_, at - 1);
  if (!reader.word("asic ")) return;
  const std::size_t from = reader.at();
  if (!reader.run(is_base64, 8, kNowhere)) return;
  reader.run([](char c) { return c == '='; }, 0, 2);
  const Span span{from, reader.at()};
  if (holds_name_and_password(span.of(text_))) add(catalog_.code().basic_auth, Rank::header, span, false);
}

/// at: the r of `Authorization` that riz begins with.
void Scan::read_authorization(std::size_t at) {
  if (at < 5) return;
  const std::size_t start = at - 5;
  Reader reader(text_, start + 1);
  if (start < authorization_ || (text_[start] != 'A' && text_[start] != 'a') || !ends_word(text_, start) ||
      !reader.word("uthorization")) {
    return;
  }
  reader.run([](char c) { return is_one_of(c, "\"']\\"); }, 0, 3);
  reader.blanks(0, 4);
  if (!reader.word("=>") && !reader.one_of(":=,")) return;
  reader.blanks(0, 4);
  reader.word("\\");
  reader.one_of("\"'");
  const Reader scheme = reader;
  const bool named = reader.run(is_letter, 2, 16) && reader.word(" ");
  const std::string_view name = text_.substr(scheme.at(), named ? reader.at() - 1 - scheme.at() : 0);
  if (!named) reader = scheme;
  std::size_t from = reader.at();
  if (!reader.run(is_token_byte, 16, kNowhere)) {
    // Sixteen letters and a space may have been taken for a name: they are a token without a digit.
    if (name.size() == 16) authorization_ = scheme.at() + name.size();
    return;
  }
  authorization_ = reader.at();
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return lowered(c); });
  if (lower == "bearer" || lower == "basic") return;
  const Span span{from, reader.at()};
  if (is_token(span.of(text_), named ? 3.0 : 3.5)) {
    add(catalog_.code().bearer_token, Rank::header, span, is_placeholder(span.of(text_)));
  }
}

/// at: what -u or /u begins with, or the second dash of --u.
void Scan::read_flag(std::size_t at) {
  std::size_t start = at;
  if (at > 0 && text_[at] == '-' && text_[at - 1] == '-') start = at - 1;
  if (start > 0 && !is_one_of(text_[start - 1], kBeforeFlag)) return;
  if (start >= user_) {  // -u name:password
    Reader reader(text_, start);
    bool fits = (reader.word("-u") || reader.word("--user")) && (reader.blanks(1, 4) || reader.word("="));
    reader.one_of("\"'");
    const std::size_t name = reader.at();
    fits =
        fits && reader.run([](char c) { return is_word_byte(c) || is_one_of(c, ".@+-"); }, 1, 64) && reader.word(":");
    const Span user{name, reader.at() - (fits ? 1 : 0)};
    const std::size_t from = reader.at();
    fits = fits && reader.run(is_argument, 4, 256);
    if (fits) reader.to_code_point();
    const Span span{from, reader.at()};
    if (fits && span.size() >= 4) {
      user_ = span.end;
      const std::string_view value = span.of(text_);
      if (user.of(text_) != value && !std::all_of(value.begin(), value.end(), is_digit) &&
          !is_one_of(value[0], kOtherwise)) {
        add(catalog_.code().curl_user, Rank::header, span, stands_in(value));
      }
    }
  }
  if (start < flags_) return;
  for (const std::string_view flag :
       {"-u", "-U", "--user", "--username", "-user", "/user", ""}) {  // -u name -p password
    Reader name(text_, start);
    const bool stuck = flag.empty();
    if (stuck ? !name.word("-u") : !name.word(flag) || !(name.blanks(1, 4) || name.one_of("=:"))) continue;
    if (!name.run(is_visible, 1, 128) || !name.blanks(1, 4)) continue;
    for (const std::string_view second : {"-p", "-P", "--password", "-pw", "-password", ""}) {
      Reader password = name;
      const bool glued = second.empty();
      if (glued ? !password.word("-p") : !password.word(second) || !(password.blanks(1, 4) || password.word("=")))
        continue;
      const std::size_t end = read_password(password, glued || second.ends_with("word"));
      if (end == 0) continue;
      flags_ = end;
      return;
    }
  }
}

/// What stands behind -p; the end of what was taken, 0 where there is no password.
/// strict: where prose may stand as well
std::size_t Scan::read_password(Reader reader, bool strict) {
  reader.one_of("\"'");
  const std::size_t from = reader.at();
  if (!reader.run(is_argument, 4, 128)) return 0;
  reader.to_code_point();
  const Span span{from, reader.at()};
  if (span.size() < 4) return 0;
  const std::string_view value = span.of(text_);
  const bool number = value.find_first_not_of("0123456789:./") == std::string_view::npos;
  if (strict && !is_password(value, false)) return span.end;
  if (!is_one_of(value[0], kOtherwise) && value[0] != '-' && value[0] != '/' && !number) {
    add(catalog_.code().command_password, Rank::header, span, stands_in(value));
  }
  return span.end;
}

/// at: the p of `sshpass`.
void Scan::read_ssh_password(std::size_t at) {
  if (at < 3 || at - 3 < ssh_ || !ends_word(text_, at - 3)) return;
  Reader reader(text_, at - 3);
  if (!reader.word("sshpass") || !reader.blanks(1, 4) || !reader.word("-p")) return;
  reader.blanks(0, 4);
  ssh_ = std::max(ssh_, read_password(reader, false));
}

/// at: the p of `password` in `machine M login L password P`.
void Scan::read_login(std::size_t at) {
  Reader reader(text_, at);
  if (!reader.word("password") || !reader.run(is_space, 1, 64)) return;
  const std::size_t from = reader.at();
  if (!reader.run([](char c) { return is_visible(c) && !is_one_of(c, "\"'`"); }, 1, 256)) return;
  reader.to_code_point();
  const Span span{from, reader.at()};
  if (span.size() == 0) return;
  // Backwards, where every piece has one reading.
  std::size_t place = at;
  const auto back = [&](bool (*in)(char), std::size_t most) {
    const std::size_t end = place;
    while (place > 0 && in(text_[place - 1]) && end - place <= most) --place;
    return place < end && end - place <= most;
  };
  const auto word = [&](std::string_view expected) {
    if (!text_.substr(0, place).ends_with(expected)) return false;
    place -= expected.size();
    return true;
  };
  if (!back(is_space, 64) || !back(is_visible, 256) || !back(is_space, 64) || !word("login") || !back(is_space, 64))
    return;
  const std::size_t entry = place;
  const bool machine =
      back(is_visible, 256) && back(is_space, 64) && word("machine") && ends_word(text_, place) && place >= login_;
  if (!machine) {
    place = entry;
    if (!word("default") || !ends_word(text_, place) || place < login_) return;
  }
  login_ = span.end;
  const std::string_view value = span.of(text_);
  if (!is_one_of(value[0], kOtherwise)) add(catalog_.code().netrc, Rank::header, span, stands_in(value));
}

/// Whether a field of these names stands in a part of the text, behind no letter or digit of that part.
bool Scan::has_field(std::size_t from, std::size_t to, Next& next, std::string_view first_letters,
                     std::span<const std::string_view> names) {
  const std::string_view part = text_.substr(0, to);
  if (from < next.from || from > next.at) next = {from, from};
  while (next.at < to) {
    const char before = next.at > from ? text_[next.at - 1] : ' ';
    const std::size_t at = next.at;
    if (is_one_of(lowered(text_[at]), first_letters) && is_field(text_, at, names)) {
      if (!is_letter(before) && !is_digit(before) && is_field(part, at, names)) return true;
      // Not for this part, perhaps for another: it stays the next one, and the search goes on behind it.
      for (std::size_t other = at + 1; other < to; ++other) {
        if (is_one_of(lowered(text_[other]), first_letters) && !is_letter(text_[other - 1]) &&
            !is_digit(text_[other - 1]) && is_field(part, other, names)) {
          return true;
        }
      }
      return false;
    }
    ++next.at;
  }
  return false;
}

/// at: the p of `Password=` or `Pwd=` in a string that names a user and a place as well.
void Scan::read_connection(std::size_t at) {
  if (at < connection_ || (at > 0 && (is_word_byte(text_[at - 1]) || text_[at - 1] == '.'))) return;
  Reader reader(text_, at);
  if (!reader.word_of_any_case("password") && !reader.word_of_any_case("pwd")) return;
  reader.blanks(0, 4);
  if (!reader.word("=")) return;
  reader.blanks(0, 4);
  const std::size_t from = reader.at();
  static constexpr ByteSet kEnds("\"'`;<&");
  const auto in_value = [&](char c) { return static_cast<unsigned char>(c) >= 0x20 && !kEnds.has(c); };
  if (!reader.run(in_value, 1, 128)) return;
  reader.to_code_point();
  const std::size_t end = reader.at();
  connection_ = end;
  std::string_view value = text_.substr(from, end - from);
  while (!value.empty() && is_one_of(value.back(), " \t\\")) value.remove_suffix(1);
  if (value.empty() || is_one_of(value[0], "$%<{[&@*") || value.starts_with("#{")) return;
  const std::size_t least = at - std::min<std::size_t>(at, 200);
  line_read_ = std::max(line_read_, least);  // each byte is read once, however often a text asks
  for (; line_read_ < at; ++line_read_) {
    if (text_[line_read_] == '\n') line_from_ = line_read_ + 1;
  }
  const std::size_t first = std::max(line_from_, least);
  const std::string_view before = text_.substr(first, at - first);
  std::string_view after = text_.substr(end, 200);
  after = after.substr(0, std::min(after.find('\n'), after.size()));
  if (before.find(';') == std::string_view::npos && !after.starts_with(';')) return;
  const auto one_has = [&](Next(&next)[2], std::string_view letters, std::span<const std::string_view> names) {
    return has_field(at - before.size(), at, next[0], letters, names) ||
           has_field(end, end + after.size(), next[1], letters, names);
  };
  if (!one_has(user_fields_, "ul", kUsers) || !one_has(place_fields_, "sdhpija", kPlaces) || is_marked(value)) return;
  add(catalog_.code().connection_password, Rank::url, {from, from + value.size()}, false);
}

}  // namespace paritas::secrets
