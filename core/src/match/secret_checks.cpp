#include "secret_checks.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "paritas/base/maths.hpp"
#include "paritas/text/utf8.hpp"
#include "secret_catalog.hpp"
#include "secret_rules.hpp"

namespace paritas::secrets {
namespace {

constexpr std::string_view kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return secrets::lowered(c); });
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

/// CRC-32 of IEEE 802.3. A few dozen bytes: a table would cost more than it saves.
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t state = 0xFFFFFFFFu;
  for (const char c : bytes) {
    state ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) state = (state >> 1) ^ (0xEDB88320u & (0u - (state & 1u)));
  }
  return ~state;
}

bool says(std::uint32_t number, std::string_view alphabet, std::string_view digits) {
  const auto base = static_cast<std::uint32_t>(alphabet.size());
  for (std::size_t i = digits.size(); i-- > 0; number /= base) {
    if (digits[i] != alphabet[number % base]) return false;
  }
  return true;
}

SecretChecksum verdict(bool right) { return right ? SecretChecksum::valid : SecretChecksum::invalid; }

SecretChecksum bech32(std::string_view value) {  // BIP 173
  const std::string text = lowered(value);
  const std::size_t one = text.rfind('1');
  std::uint32_t state = 1;
  const auto take = [&](std::uint32_t symbol) {
    constexpr std::uint32_t kGenerators[] = {0x3B6A57B2u, 0x26508E6Du, 0x1EA119FAu, 0x3D4233DDu, 0x2A1462B3u};
    const std::uint32_t top = state >> 25;
    state = ((state & 0x1FFFFFFu) << 5) ^ symbol;
    for (unsigned bit = 0; bit < 5; ++bit) state ^= (top >> bit & 1u) != 0 ? kGenerators[bit] : 0u;
  };
  const std::string_view prefix = std::string_view(text).substr(0, one);
  for (const char c : prefix) take(static_cast<unsigned char>(c) >> 5);
  take(0);
  for (const char c : prefix) take(static_cast<unsigned char>(c) & 31u);
  for (const char c : std::string_view(text).substr(one + 1)) {
    const std::size_t symbol = kBech32.find(c);
    if (symbol == std::string_view::npos) return SecretChecksum::invalid;
    take(static_cast<std::uint32_t>(symbol));
  }
  return verdict(state == 1);
}

/// Whether something stands between two marks: `<...>`.
bool has_between(std::string_view value, char open, char close) {
  for (std::size_t at = value.find(open); at != std::string_view::npos; at = value.find(open, at + 1)) {
    if (at + 1 >= value.size() || value[at + 1] == close) continue;
    return value.find(close, at + 2) != std::string_view::npos;
  }
  return false;
}

bool has_six_x(std::string_view value) {
  std::size_t count = 0;
  for (const char c : value) {
    count = c == 'x' || c == 'X' ? count + 1 : 0;
    if (count == 6) return true;
  }
  return false;
}

bool has_percent_name(std::string_view value) {
  for (std::size_t at = value.find('%'); at != std::string_view::npos; at = value.find('%', at + 1)) {
    std::size_t end = at + 1;
    while (end < value.size() && is_word_byte(value[end])) ++end;
    if (end > at + 1 && !is_digit(value[at + 1]) && end < value.size() && value[end] == '%') return true;
  }
  return false;
}

/// At most three different letters and digits behind the first `skip` code points; what is not ASCII counts as a letter.
bool is_monotonous(std::string_view value, std::size_t skip) {
  std::array<char32_t, 3> seen{};
  std::size_t count = 0;
  for (std::size_t at = 0; at < value.size();) {
    const Decoded one = decode_utf8(value, at);
    at += one.bytes;
    if (skip > 0) {
      --skip;
      continue;
    }
    if (one.code_point < 0x80) {
      const char c = static_cast<char>(one.code_point);
      if (!is_letter(c) && !is_digit(c)) continue;
    }
    if (std::find(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(count), one.code_point) !=
        seen.begin() + static_cast<std::ptrdiff_t>(count)) {
      continue;
    }
    if (count == 3) return false;
    seen[count++] = one.code_point;
  }
  return true;
}

/// Every occurrence, from the left.
void cut_out(std::string& text, std::string_view word) {
  std::size_t found = text.find(word);
  if (found == std::string::npos) return;
  std::size_t kept = found;
  while (found != std::string::npos) {
    const std::size_t from = found + word.size();
    found = text.find(word, from);
    const std::size_t to = std::min(found, text.size());
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(to),
              text.begin() + static_cast<std::ptrdiff_t>(kept));
    kept += to - from;
  }
  text.resize(kept);
}

bool is_sample(std::string_view value) {
  static const std::vector<std::string> samples = [] {
    std::vector<std::string> made;
    for (const std::string_view one : split(kSampleKeys, '|')) made.push_back(from_base64(one));
    return made;
  }();
  return std::find(samples.begin(), samples.end(), value) != samples.end();
}

}  // namespace

std::string from_base64(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(c == '-' ? '+' : c == '_' ? '/' : c);
    if (value == std::string_view::npos) break;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) out.push_back(static_cast<char>(bits >> (count -= 8) & 255u));
  }
  return out;
}

double entropy(std::string_view value) {
  if (value.empty()) return 0.0;
  double total = 0.0, all = 0.0;
  const auto add = [&](double count) {
    total += count * log2(count);
    all += count;
  };
  if (is_ascii(value)) {
    std::array<std::uint32_t, 128> counts{};
    for (const char c : value) ++counts[static_cast<unsigned char>(c)];
    for (const std::uint32_t count : counts) {
      if (count != 0) add(count);
    }
  } else {
    std::vector<char32_t> points;
    for (std::size_t at = 0; at < value.size();) {
      const Decoded one = decode_utf8(value, at);
      points.push_back(one.code_point);
      at += one.bytes;
    }
    std::sort(points.begin(), points.end());
    for (std::size_t from = 0; from < points.size();) {
      std::size_t to = from;
      while (to < points.size() && points[to] == points[from]) ++to;
      add(static_cast<double>(to - from));
      from = to;
    }
  }
  return log2(all) - total / all;
}

bool holds_name_and_password(std::string_view text) {
  const std::string_view body = text.substr(0, text.find_last_not_of('=') + 1);
  const bool base64 =
      std::all_of(body.begin(), body.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; });
  if (!base64 || body.size() % 4 == 1) return false;
  const std::string decoded = from_base64(body);
  return decoded.find(':') != std::string::npos &&
         std::all_of(decoded.begin(), decoded.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool is_marked(std::string_view value) {
  for (const std::string_view mark : {"***", "...", "{{", "${"}) {
    if (value.find(mark) != std::string_view::npos) return true;
  }
  const std::string low = lowered(value);
  return low.find("a1b2c3d4") != std::string::npos || low.find("d4c3b2a1") != std::string::npos || has_six_x(value) ||
         has_between(value, '<', '>') || has_between(value, '[', ']') || has_percent_name(value);
}

bool is_placeholder(std::string_view value, std::size_t skip, bool aws) {
  static const std::vector<std::string_view> words = split(kPlaceholderWords, '|');
  if (is_monotonous(value, skip) || is_marked(value) || is_sample(value) || (aws && value.ends_with("EXAMPLE"))) {
    return true;
  }
  std::string rest;
  for (const char c : value) {
    if (is_letter(c) || is_digit(c)) rest.push_back(secrets::lowered(c));
  }
  const std::size_t reduced = rest.size();
  for (const std::string_view word : words) cut_out(rest, word);
  return rest.size() < 4 && 3 * rest.size() < reduced;
}

SecretChecksum checksum(Check check, std::string_view value) {
  switch (check) {
    case Check::none:
      return SecretChecksum::none;
    case Check::crc: {  // GitHub, npm: 30 letters and digits, then their CRC-32 in base 62
      const std::string_view body = value.substr(value.rfind('_') + 1);
      if (body.size() != 36) return SecretChecksum::none;
      return verdict(says(crc32(body.substr(0, 30)), kBase62, body.substr(30)));
    }
    case Check::crc_gitlab: {  // routable tokens: the CRC-32 of all before it in base 36
      if (value.size() < 10 || value[value.size() - 10] != '.') return SecretChecksum::none;
      const std::string_view end = value.substr(value.size() - 9);
      if (!std::all_of(end.begin(), end.end(), [](char c) { return is_digit(c) || is_lower(c); })) {
        return SecretChecksum::none;
      }
      return verdict(says(crc32(value.substr(0, value.size() - 7)), kBase36, end.substr(2)));
    }
    case Check::crc_grafana: {  // the CRC-32 of all before the last _, its lowest byte first, in hexadecimal
      const std::size_t mark = value.rfind('_');
      const std::uint32_t sum = crc32(value.substr(0, mark));
      const std::uint32_t turned = (sum >> 24) | (sum >> 8 & 0xFF00u) | (sum << 8 & 0xFF0000u) | (sum << 24);
      const std::string digits = lowered(value.substr(mark + 1));
      return verdict(digits.size() == 8 && says(turned, kBase36.substr(0, 16), digits));
    }
    case Check::bech32:
      return bech32(value);
  }
  return SecretChecksum::none;
}

}  // namespace paritas::secrets
