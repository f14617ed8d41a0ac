#include <array>

#include "match/pii_find.hpp"

namespace paritas::pii {
namespace {

constexpr std::size_t kLongest = 45;  // eight groups of four, the last two as IPv4

using Four = std::array<unsigned, 4>;
using Six = std::array<unsigned, 8>;

/// Four numbers of 0 to 255 without leading zeros, and nothing else.
std::optional<Four> four_of(std::string_view text) {
  Four out{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i > 0 && char_at(text, at++) != '.') return std::nullopt;
    const std::size_t end = digits_end(text, at, 4);
    if (end == at || end - at > 3 || (text[at] == '0' && end - at > 1)) return std::nullopt;
    for (; at < end; ++at) out[i] = out[i] * 10 + static_cast<unsigned>(text[at] - '0');
    if (out[i] > 255) return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  return out;
}

std::string_view kind_of(const Four& n) {
  if (n[0] == 127) return "loopback";
  if (n[0] == 169 && n[1] == 254) return "link_local";
  const auto network = [&](unsigned a, unsigned b, unsigned c) { return n[0] == a && n[1] == b && n[2] == c; };
  if (network(192, 0, 2) || network(198, 51, 100) || network(203, 0, 113)) return "documentation";
  const bool shared = n[0] == 100 && n[1] >= 64 && n[1] <= 127;
  const bool inside = n[0] == 10 || (n[0] == 172 && n[1] >= 16 && n[1] <= 31) || (n[0] == 192 && n[1] == 168);
  return inside || shared || n[0] == 0 || n[0] >= 224 ? "private" : "public";
}

Four embedded(const Six& g) { return {g[6] >> 8, g[6] & 255, g[7] >> 8, g[7] & 255}; }

/// Whether the first groups, as many as are said, are 0.
bool starts_with_zeros(const Six& g, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (g[i] != 0) return false;
  }
  return true;
}

std::string_view kind_of(const Six& g) {
  if (starts_with_zeros(g, 5) && (g[5] == 0xFFFF || (g[5] == 0 && g[6] != 0))) return kind_of(embedded(g));
  if (starts_with_zeros(g, 7) && g[7] == 1) return "loopback";
  if ((g[0] & 0xFFC0u) == 0xFE80) return "link_local";
  if ((g[0] == 0x2001 && g[1] == 0xDB8) || (g[0] == 0x3FFF && g[1] < 0x1000)) return "documentation";
  return g[0] >= 0xFC00 || starts_with_zeros(g, 8) ? "private" : "public";
}

void append_number(std::string& out, unsigned value, unsigned base) {
  char room[8];
  std::size_t count = 0;
  do {
    room[count++] = "0123456789abcdef"[value % base];
    value /= base;
  } while (value != 0);
  while (count > 0) out += room[--count];
}

/// RFC 5952: small letters, the first longest run of zeros as "::"; an IPv4 inside IPv6 with points.
std::string written(const Six& g) {
  std::string out;
  if (starts_with_zeros(g, 5) && g[5] == 0xFFFF) {
    out = "::ffff:";
    const Four four = embedded(g);
    for (std::size_t i = 0; i < four.size(); ++i) {
      if (i > 0) out += '.';
      append_number(out, four[i], 10);
    }
    return out;
  }
  std::size_t best = g.size(), length = 1;
  for (std::size_t first = 0; first < g.size(); ++first) {
    std::size_t last = first;
    while (last < g.size() && g[last] == 0) ++last;
    if (last - first > length) {
      best = first;
      length = last - first;
    }
  }
  for (std::size_t i = 0; i < g.size(); ++i) {
    if (i == best) {
      out += "::";
      i += length - 1;
      continue;
    }
    if (i > 0 && out.back() != ':') out += ':';
    append_number(out, g[i], 16);
  }
  return out;
}

/// What a run says between its colons; more than can be in an address are not kept.
struct Parts {
  std::array<std::string_view, 9> part;
  std::size_t count = 0;
  std::size_t before_gap = 0;
  bool gap = false;  // "::"
};

/// Cut at ":"; nothing where an address cannot have them so.
std::optional<Parts> cut(std::string_view run) {
  Parts out;
  std::size_t at = 0;
  while (at < run.size()) {
    if (run[at] == ':') {
      const bool twice = char_at(run, at + 1) == ':';
      if (twice ? out.gap || char_at(run, at + 2) == ':' : at == 0 || at + 1 == run.size()) return std::nullopt;
      if (twice) {
        out.gap = true;
        out.before_gap = out.count;
      }
      at += twice ? 2 : 1;
      continue;
    }
    if (out.count == out.part.size()) return std::nullopt;
    std::size_t end = run.find(':', at);
    if (end == std::string_view::npos) end = run.size();
    out.part[out.count++] = run.substr(at, end - at);
    at = end;
  }
  return out;
}

/// The eight groups of any text form of RFC 4291.
std::optional<Six> six_of(const Parts& parts, bool& points) {
  std::array<unsigned, 10> said{};  // nine parts, the last of which may be two groups
  std::size_t count = 0, before_gap = parts.before_gap;
  for (std::size_t i = 0; i < parts.count; ++i) {
    const std::string_view part = parts.part[i];
    if (part.find('.') != std::string_view::npos) {
      const std::optional<Four> four = four_of(part);
      if (!four || i + 1 != parts.count || (parts.gap && i < before_gap)) return std::nullopt;
      said[count++] = (*four)[0] * 256 + (*four)[1];
      said[count++] = (*four)[2] * 256 + (*four)[3];
      points = true;
      continue;
    }
    if (part.size() > 4) return std::nullopt;
    unsigned value = 0;
    for (const char c : part) {
      value = value * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : lower(c) - 'a' + 10);
    }
    said[count++] = value;
  }
  if (parts.gap ? count >= 8 : count != 8) return std::nullopt;
  Six out{};
  if (!parts.gap) before_gap = count;
  for (std::size_t i = 0; i < count; ++i) out[i < before_gap ? i : 8 - count + i] = said[i];
  return out;
}

/// Not a clock time, a slice, a name in a namespace, or the number of a network card.
bool is_meant(std::string_view text, Span span, const Parts& parts) {
  bool small_numbers = true, pairs = true, digit = false;
  for (std::size_t i = 0; i < parts.count; ++i) {
    const std::string_view part = parts.part[i];
    pairs = pairs && part.size() == 2;
    small_numbers = small_numbers && part.size() <= 2;
    for (const char c : part) {
      digit = digit || is_digit(c);
      small_numbers = small_numbers && is_digit(c);
    }
  }
  if (!parts.gap) return !pairs;
  const bool bracket = before(text, span.start) == '[';
  const char owner = before(text, span.start, 2);
  const bool indexes = bracket && (is_word(owner) || owner == ')' || owner == ']');  // a[::1]
  if (parts.count == 0) return bracket && !indexes && char_at(text, span.end) == ']';
  if (parts.count <= 3 && small_numbers) return span.of(text) == "::1" && !indexes;
  return parts.count >= 3 || digit;
}

/// "version 1.2.3.4", "version: ...", "version" = "..."; a v before the number is a letter beside it.
bool after_version(std::string_view text, std::size_t start) {
  std::size_t at = start;
  while (at > 0 && start - at < 4 && std::string_view(" \t:=\"'").find(text[at - 1]) != std::string_view::npos) --at;
  return at < start && ends_in(text, at, "version");
}

}  // namespace

Maybe ipv4_at(std::string_view text, std::size_t start) {
  if (is_word(before(text, start)) || (before(text, start) == '.' && is_digit(before(text, start, 2)))) {
    return std::nullopt;
  }
  std::size_t end = start;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && char_at(text, end++) != '.') return std::nullopt;
    const std::size_t digits = digits_end(text, end, 4);
    if (digits == end || digits - end > 3) return std::nullopt;
    end = digits;
  }
  if (is_word(char_at(text, end)) || (char_at(text, end) == '.' && is_digit(char_at(text, end + 1)))) {
    return std::nullopt;
  }
  const std::optional<Four> four = four_of(text.substr(start, end - start));
  if (!four || after_version(text, start)) return std::nullopt;
  return Found{{start, end}, std::string(text.substr(start, end - start)), kind_of(*four)};
}

Maybe ipv6_in(std::string_view text, Span run) {
  auto [start, end] = run;
  if (is_word(before(text, start))) {  // src:2001:db8::1
    const std::size_t colon = text.find(':', start);
    if (char_at(text, colon + 1) == ':') return std::nullopt;  // std::dead
    start = colon + 1;
  } else if (text[start] == ':' && char_at(text, start + 1) != ':') {
    ++start;
  }
  while (end > start && text[end - 1] == '.') --end;
  if (end > start && text[end - 1] == ':' && (end - start < 2 || text[end - 2] != ':')) --end;
  if (end - start > kLongest || is_word(char_at(text, end))) return std::nullopt;
  const Span span{start, end};
  const std::optional<Parts> parts = cut(span.of(text));
  if (!parts) return std::nullopt;
  bool points = false;
  const std::optional<Six> groups = six_of(*parts, points);
  if (!groups || !(points || is_meant(text, span, *parts))) return std::nullopt;
  return Found{span, written(*groups), kind_of(*groups)};
}

}  // namespace paritas::pii
