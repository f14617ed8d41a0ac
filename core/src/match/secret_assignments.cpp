// Secrets that are assigned: a key that ends in a name such as password, an operator, a value.
#include "secret_assignments.hpp"

#include <algorithm>
#include <optional>

#include "paritas/text/utf8.hpp"
#include "secret_scan.hpp"
#include "secret_text.hpp"

namespace paritas::secrets {
namespace {

constexpr std::size_t kLongestKey = 64, kMost = 512;  // code points of a value
constexpr std::size_t kMostBytes = 4 * kMost;
constexpr std::size_t kMostEscapes = 8;
constexpr std::string_view kQuotes = "\"'`", kBeforeQuote = "bBuUrRnNL@";
constexpr ByteSet kDelimiters{{" \t\r\n\v\f\0\"'`,;<>()[]{}|\\", 22}};

bool is_white(char c) { return is_one_of(c, " \t\r\n\v\f"); }
bool is_value_byte(char c) { return !kDelimiters.has(c); }
bool is_identifier_byte(char c) { return is_word_byte(c); }
bool begins_identifier(char c) { return is_letter(c) || c == '_'; }

enum class Form : std::uint8_t {
  assigned,
  argument,  // a password must have a digit
  said,      // `password is "..."`
  spaced,    // `password "..."`, first on its line
};

/// Where a value stands, and how it is written.
struct Value {
  Span span;
  bool quoted = false;
  bool tight = false;  // `key=value` with nothing between
  bool whole = true;   // it ends as it must
  bool alone = false;  // key and value fill their line
  Form form = Form::assigned;
};

/// A quote that begins a value, with what may stand before it; false leaves the reader where it was.
bool open_quote(Reader& reader, std::string_view text, std::string_view& mark) {
  const Reader before = reader;
  for (const bool prefixed : {true, false}) {
    reader = before;
    if (prefixed && !reader.one_of(kBeforeQuote)) continue;
    const std::size_t from = reader.at();
    reader.run([](char c) { return c == '\\'; }, 0, kMostEscapes);
    if (reader.one_of(kQuotes)) {
      mark = text.substr(from, reader.at() - from);
      return true;
    }
  }
  reader = before;
  return false;
}

bool quote_follows(Reader reader, bool prefix) {
  if (prefix) {
    Reader prefixed = reader;
    if (prefixed.one_of(kBeforeQuote) && prefixed.one_of(kQuotes)) return true;
  }
  return reader.one_of(kQuotes);
}

/// Without one pair of quotes inside the quotes.
Span unwrapped(std::string_view text, Span span) {
  const std::string_view inner = span.of(text);
  const std::size_t size = inner.starts_with('\\') ? 2 : 1;
  if (inner.size() < 2 * size || !is_one_of(inner[size - 1], kQuotes) || !inner.ends_with(inner.substr(0, size)))
    return span;
  return {span.start + size, span.end - size};
}

std::optional<Value> read_value(std::string_view text, std::size_t at, bool tight, bool in_query) {
  Reader reader(text, at);
  std::string_view mark;
  if (open_quote(reader, text, mark)) {
    const std::size_t start = reader.at();
    for (std::size_t end = start;
         end < text.size() && end - start <= kMostBytes && text[end] != '\r' && text[end] != '\n';) {
      if (text.substr(end).starts_with(mark)) return Value{unwrapped(text, {start, end}), true, tight};
      end += text[end] == '\\' && mark.size() == 1 ? 2 : 1;
    }
    return std::nullopt;
  }
  if (!reader.run([in_query](char c) { return is_value_byte(c) && !(in_query && (c == '&' || c == '#')); }, 1,
                  kNowhere)) {
    return std::nullopt;
  }
  Value value{{at, reader.at()}, false, tight};
  value.whole = !(is_one_of(reader.peek(), "([{\\") && !reader.done()) && !is_one_of(text[at], "$%&*@#");
  return value;
}

/// An operator with the spaces around it.
struct Operator {
  std::string_view sign;
  bool tight = false;
};

std::optional<Operator> read_operator(Reader& reader) {
  const std::size_t from = reader.at();
  reader.blanks(0, kNowhere);
  for (const std::string_view sign : {"===", "!==", "==", "!=", "=>", ":=", "?=", "=", ":"}) {
    if (!reader.word(sign)) continue;
    const bool close = reader.at() - from == sign.size();
    reader.blanks(0, kNowhere);
    return Operator{sign, close && sign == "=" && reader.at() - from == 1};
  }
  return std::nullopt;
}

/// `: type = "value"`: to the value, or nowhere.
bool skip_type(Reader& reader) {
  const Reader before = reader;
  if (begins_identifier(reader.peek())) {
    reader.run([](char c) { return is_word_byte(c) || c == '.' || c == '?'; }, 1, 32);
    reader.blanks(0, kNowhere);
    if (reader.word("=") && reader.peek() != '=') {
      reader.blanks(0, kNowhere);
      if (quote_follows(reader, true)) return true;
    }
  }
  reader = before;
  return false;
}

/// `value =` behind a name that is a value itself: white space, quotes and braces between.
bool skip_to_named_value(Reader& reader, std::string_view text) {
  reader.run([](char c) { return is_white(c) || is_one_of(c, "\"'`,{("); }, 0, 80);
  if (reader.at() == 0 || is_word_byte(text[reader.at() - 1])) return false;
  if (!reader.word_of_any_case("value") && !reader.word_of_any_case("default") && !reader.word_of_any_case("val") &&
      !reader.word_of_any_case("content")) {
    return false;
  }
  const Reader before = reader;
  reader.run([](char c) { return c == '\\'; }, 0, kNowhere);
  if (!reader.one_of(kQuotes)) reader = before;
  reader.blanks(0, kNowhere);
  if (!reader.one_of("=:")) return false;
  reader.blanks(0, kNowhere);
  return true;
}

/// Whether nothing but at most 64 blanks stand before on the line.
bool begins_line(std::string_view text, std::size_t at) {
  const std::size_t least = at - std::min<std::size_t>(at, 64);
  while (at > least && is_one_of(text[at - 1], " \t")) --at;
  return at == 0 || (at > least && text[at - 1] == '\n');
}

/// Whether `name:` or `key =` stands before, with nothing but spaces between.
bool is_named(std::string_view before) {
  if (before.ends_with('\n')) before.remove_suffix(1);
  const auto drop_blanks = [&before] {
    while (before.ends_with(' ') || before.ends_with('\t')) before.remove_suffix(1);
  };
  drop_blanks();
  if (!before.ends_with(':') && !before.ends_with('=')) return false;
  before.remove_suffix(1);
  drop_blanks();
  if (before.ends_with('"') || before.ends_with('\'')) before.remove_suffix(1);
  for (const std::string_view word : {"name", "key"}) {
    if (before.size() < word.size()) continue;
    const std::size_t at = before.size() - word.size();
    if (Reader(before, at).word_of_any_case(word) && (at == 0 || !is_word_byte(before[at - 1]))) return true;
  }
  return false;
}

/// What is assigned to the key text[start, end); run: where its dashes and dots began.
std::optional<Value> value_of_key(std::string_view text, std::size_t run, std::size_t start, std::size_t end) {
  Reader closing(text, end);
  closing.run([](char c) { return c == '\\'; }, 0, kNowhere);
  const bool quote_closed = closing.one_of(kQuotes);
  if (!quote_closed) closing = Reader(text, end);
  closing.word("]");
  const std::size_t at = closing.at();
  const bool closed = at > end;
  const char opening = start > 0 ? text[start - 1] : '\0';
  const std::string_view before_key =
      text.substr(start - std::min<std::size_t>(start, 32), std::min<std::size_t>(start, 32));
  if (start > 0 && (opening == '<' || (opening == ':' && before_key.find('<') != std::string_view::npos)) &&
      closing.peek() == '>') {
    const std::size_t stop = text.substr(0, at + 2 * kMost).find('<', at);
    if (stop == std::string_view::npos || !text.substr(stop).starts_with("</")) return std::nullopt;
    const std::string_view inner = text.substr(at + 1, stop - at - 1);
    Value value{{at + 1, stop}};
    value.whole = !inner.empty() && std::all_of(inner.begin(), inner.end(), is_value_byte);
    return value;
  }
  Reader reader = closing;
  if (const auto sign = read_operator(reader); sign && !(sign->sign == ":" && is_one_of(reader.peek(), ":="))) {
    if (sign->sign == ":") skip_type(reader);
    const bool in_query = run > 0 && (text[run - 1] == '?' || text[run - 1] == '&');
    auto value = read_value(text, reader.at(), sign->tight, in_query);
    if (value && value->quoted && !quote_closed && start > 0 && is_one_of(opening, kQuotes) &&
        text[value->span.start - 1] == opening) {
      value->whole = false;
    } else if (value && (run == 0 || text[run - 1] == '\n')) {
      value->alone = value->span.end == text.size() || is_one_of(text[value->span.end], "\r\n");
    }
    return value;
  }
  const std::string_view named =
      text.substr(start - std::min<std::size_t>(start, 16), std::min<std::size_t>(start, 16));
  reader = closing;
  if (skip_to_named_value(reader, text) && (quote_closed || is_named(named))) {
    return read_value(text, reader.at(), false, false);
  }
  reader = closing;
  if (quote_closed) {
    reader.blanks(0, kNowhere);
    if (reader.word(",")) {
      reader.blanks(0, kNowhere);
      if (quote_follows(reader, false)) {
        auto value = read_value(text, reader.at(), false, false);
        if (value) value->form = Form::argument;
        return value;
      }
    }
    reader = closing;
  }
  if (!closed) {
    if (reader.word("(")) {
      reader.blanks(0, kNowhere);
      if (quote_follows(reader, false)) {
        auto value = read_value(text, reader.at(), false, false);
        if (!value) return std::nullopt;
        Reader after(text, value->span.end);
        after.run([](char c) { return c == '\\'; }, 0, kNowhere);
        if (!after.one_of(kQuotes)) return std::nullopt;
        after.blanks(0, kNowhere);
        if (!after.word(")")) return std::nullopt;
        value->form = Form::argument;
        return value;
      }
    }
    reader = closing;
    if (reader.blanks(1, kNowhere)) {
      Reader is = reader;
      if (is.word("is ") && quote_follows(is, false)) {
        auto value = read_value(text, is.at(), false, false);
        if (value) value->form = Form::said;
        return value;
      }
      const std::string_view next = text.substr(reader.at(), 2);  // prose says: Pass `--flag`
      if (run == start && begins_line(text, start) && next.size() == 2 && is_one_of(next[0], "\"'") && next[1] != '-') {
        auto value = read_value(text, reader.at(), false, false);
        if (value) value->form = Form::spaced;
        return value;
      }
      const std::string_view dashes = text.substr(run, start - run);
      const bool free = run == 0 || is_one_of(text[run - 1], " \t\r\n\"'`([,=");
      if ((dashes == "-" || dashes == "--") && free && reader.peek() != '-') {
        return read_value(text, reader.at(), false, false);
      }
    }
  }
  return std::nullopt;
}

enum Kinds : unsigned { kLower = 1, kUpper = 2, kDigit = 4, kOther = 8 };

unsigned kinds_of(std::string_view value) {
  unsigned kinds = 0;
  for (const char c : value) {
    if (is_lower(c)) {
      kinds |= kLower;
    } else if (is_upper(c)) {
      kinds |= kUpper;
    } else if (is_digit(c)) {
      kinds |= kDigit;
    } else if (!is_one_of(c, "_./:#-")) {
      kinds |= kOther;
    }
  }
  return kinds;
}

std::size_t points_of(std::string_view value) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < value.size(); ++count) at += decode_utf8(value, at).bytes;
  return count;
}

/// Whether a value stands for another one, or is an address or a path.
bool is_reference(std::string_view value) {
  Reader reader(value, 0);
  for (const std::string_view mark : {"${", "$(", "{{", "#{", "<", "&lt;", "arn:", "~/", "\\\\"}) {
    if (value.starts_with(mark)) return true;
  }
  if ((value[0] == '$' || value[0] == '%') && value.size() > 1 && begins_identifier(value[1])) return true;
  if (value.starts_with('/') || value.starts_with("./") || value.starts_with("../")) return true;
  if (!is_letter(value[0])) return false;
  if (value.size() > 2 && value[1] == ':' && (value[2] == '\\' || value[2] == '/')) return true;
  reader.run([](char c) { return is_letter(c) || is_digit(c) || is_one_of(c, "+.-"); }, 1, kNowhere);
  return reader.word("://");
}

/// `os.environ.x`, `a->b`, `A::b`, `a?.b`.
bool is_dotted(std::string_view value) {
  if (!begins_identifier(value[0]) && value[0] != '$') return false;
  std::size_t links = 0;
  Reader reader(value, 1);
  reader.run(is_identifier_byte, 0, kNowhere);
  while (!reader.done()) {
    if (!reader.word(".") && !reader.word("->") && !reader.word("::") && !reader.word("?.")) return false;
    if (!begins_identifier(reader.peek()) || !reader.run(is_identifier_byte, 1, kNowhere)) return false;
    ++links;
  }
  return links > 0;
}

/// `a/b/c#d`: letters between two slashes or more.
bool is_route(std::string_view value) {
  std::size_t slashes = 0;
  bool empty = true;
  for (const char c : value) {
    if (c == '/') {
      if (empty) return false;
      ++slashes;
      empty = true;
    } else if (is_letter(c) || is_one_of(c, "_.-") || (c == '#' && slashes > 0)) {
      empty = false;
    } else {
      return false;
    }
  }
  return slashes >= 2 && !empty;
}

bool is_api_key(std::string_view value) {
  if (value.size() < 16 || !std::all_of(value.begin(), value.end(),
                                        [](char c) { return is_word_byte(c) || is_one_of(c, "+/=.~!@#$%^&*:-"); })) {
    return false;
  }
  if (std::none_of(value.begin(), value.end(), is_letter) || std::none_of(value.begin(), value.end(), is_digit)) {
    return false;
  }
  const bool hex = std::all_of(value.begin(), value.end(), [](char c) { return is_hex(c) || c == '-'; });
  return entropy(value) >= (hex ? 3.0 : 3.3);
}

/// A word of small letters, the first of which may be a capital: a label in some language.
bool is_label(std::string_view value) {
  if (is_upper(value[0])) value.remove_prefix(1);
  return !value.empty() &&
         std::all_of(value.begin(), value.end(), [](char c) { return is_lower(c) || static_cast<signed char>(c) < 0; });
}

/// `db.example.com:5432`
bool is_host(std::string_view value) {
  if (const std::size_t colon = value.rfind(':'); colon != std::string_view::npos) {
    const std::string_view port = value.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit)) return false;
    value = value.substr(0, colon);
  }
  std::size_t labels = 0, size = 0, letters = 0;
  for (const char c : value) {
    if (c == '.') {
      if (size == 0) return false;
      ++labels;
      size = letters = 0;
    } else if (is_lower(c) || is_digit(c) || c == '-') {
      ++size;
      if (is_lower(c)) ++letters;
    } else {
      return false;
    }
  }
  return labels >= 2 && size >= 2 && letters == size;
}

/// Whether an identifier names another variable or a label: `currentPassword`, `imdsv2_session_token`.
bool is_name(std::string_view identifier, KeyKind kind, bool quoted) {
  const auto digits = static_cast<std::size_t>(std::count_if(identifier.begin(), identifier.end(), is_digit));
  if ((digits == 0 || !quoted) && has_words(identifier) && key_kind(identifier) != KeyKind::none) return true;
  if (!quoted && identifier.find_first_of("./-") != std::string_view::npos) return false;
  return digits > 0 && kind != KeyKind::password && !quoted && identifier.find('_') != std::string_view::npos &&
         8 * digits < identifier.size();
}

/// `0x84F5`, which no secret is.
bool is_hex_number(std::string_view value) {
  Reader reader(value, 0);
  return reader.word_of_any_case("0x") && reader.run(is_hex, 1, 16) &&
         reader.run([](char c) { return is_one_of(c, "uUlLnN"); }, 0, 3) && reader.done();
}

/// Eight small letters or more.
bool is_small(std::string_view value) { return value.size() >= 8 && std::all_of(value.begin(), value.end(), is_lower); }

/// `SecretVolumeSource`, `Secret`: words that a capital begins.
bool is_type(std::string_view value) {
  if (!is_upper(value[0]) || !is_lower(value.back())) return false;
  for (std::size_t at = 1; at < value.size(); ++at) {
    if (!is_lower(value[at]) && !(is_upper(value[at]) && is_lower(value[at - 1]))) return false;
  }
  return true;
}

bool is_accepted(std::string_view text, std::string_view key, KeyKind kind, const Value& value) {
  if (!value.whole || value.span.size() > kMostBytes) return false;
  const std::string_view said = value.span.of(text);
  const std::size_t points = points_of(said);
  if (points < 6 || points > kMost || std::any_of(said.begin(), said.end(), is_white)) return false;
  const auto slashes = static_cast<std::size_t>(std::count(said.begin(), said.end(), '/'));
  if (slashes >= 3 && points < 16 * slashes) return false;  // a path without a beginning
  if (is_reference(said) || is_route(said) || is_host(said) ||
      (!value.quoted && (is_dotted(said) || is_hex_number(said))))
    return false;
  const auto in_name = [](char c) { return is_identifier_byte(c) || is_one_of(c, "./-"); };
  if (begins_identifier(said[0]) && std::all_of(said.begin(), said.end(), in_name) &&
      is_name(said, kind, value.quoted)) {
    return false;
  }
  if (kind == KeyKind::basic) return points >= 8 && holds_name_and_password(said);
  const unsigned kinds = kinds_of(said);
  const int count = __builtin_popcount(kinds);
  const bool argument = value.form == Form::argument;
  if (kind == KeyKind::password) {
    if (argument && !((kinds & kDigit) != 0 && count >= 2)) return false;
    if (value.form == Form::spaced && is_small(said)) return false;
    if (is_password(said, value.quoted)) return true;
    const bool letters = said.size() >= 8 && std::all_of(said.begin(), said.end(), is_letter);
    if (!letters) return false;
    return value.form == Form::said ||
           (value.tight && !value.quoted && (value.alone || std::none_of(key.begin(), key.end(), is_lower)));
  }
  if (kind == KeyKind::secret && value.quoted && !argument && points >= 8) {
    const bool ascii = points == said.size();
    if (count >= 3 || (value.form == Form::assigned && ascii && !is_type(said))) return true;
  }
  if (argument && 8 * static_cast<std::size_t>(std::count_if(said.begin(), said.end(), is_digit)) < points)
    return false;
  return is_api_key(said);
}

}  // namespace

bool is_password(std::string_view value, bool quoted) {
  const unsigned kinds = kinds_of(value);
  const std::size_t points = points_of(value);
  std::size_t foreign = 0;
  for (std::size_t at = 0; at < value.size();) {
    const Decoded one = decode_utf8(value, at);
    if (one.code_point >= 0x80) ++foreign;
    at += one.bytes;
  }
  if (points < 6 || foreign >= 8 || 2 * foreign > points) return false;  // prose of other scripts has no spaces
  if (__builtin_popcount(kinds) >= 2 && !is_label(value)) return quoted || (kinds & (kDigit | kOther)) != 0;
  return quoted && (points >= 12 || is_small(value));
}

/// at: within a run of letters, digits and _ . - that may be a key.
void Scan::read_key(std::size_t at) {
  if (at < key_done_) return;
  std::size_t from = at, to = at;
  while (from > key_done_ && has_trait(text_[from - 1], kKeyByte)) --from;
  while (to < text_.size() && has_trait(text_[to], kKeyByte)) ++to;
  key_done_ = to;
  if (from < assigned_ || to - from > kLongestKey + 2 || from == to) return;
  std::size_t start = from;
  while (start < to && !is_letter(text_[start])) ++start;
  if (start == to || to - start > kLongestKey || (start > from && is_digit(text_[start - 1]))) return;
  const std::string_view key = text_.substr(start, to - start);
  if (key != last_key_) last_key_ = key, last_kind_ = key_kind(key);
  const KeyKind kind = last_kind_;
  if (kind == KeyKind::none) return;
  const auto value = value_of_key(text_, from, start, to);
  if (!value) return;
  assigned_ = value->span.end;
  if (!is_accepted(text_, key, kind, *value)) return;
  const Catalog::Code& code = catalog_.code();
  if (kind == KeyKind::basic) return add(code.basic_auth, Rank::header, value->span, false);
  const std::uint16_t rule = kind == KeyKind::password ? code.generic_password
                             : kind == KeyKind::secret ? code.generic_secret
                                                       : code.generic_api_key;
  add(rule, Rank::assignment, value->span, is_placeholder(value->span.of(text_)));
}

}  // namespace paritas::secrets
