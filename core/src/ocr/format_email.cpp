#include <cstddef>

#include "ocr/format_text.hpp"

namespace paritas::format {
namespace {

constexpr std::string_view kSpecials = "!#$%&'*+-/=?^_`{|}~";

/// A piece between dots: letters and digits of any script, marks behind them, and these signs. Counts its code points.
struct Piece {
  bool holds = true;    // nothing else, and no mark first
  bool letters = true;  // letters and marks alone
  std::size_t count = 0;
};
Piece piece_of(std::string_view text, std::string_view signs) {
  Piece out;
  for (std::size_t at = 0; at < text.size() && out.holds; ++out.count) {
    const auto [c, bytes] = decode_utf8(text, at);
    at += bytes;
    const Category kind = category(c);
    const bool word = is_word_part(kind);
    out.letters = out.letters && word;
    const bool sign = c < 0x80 && signs.find(static_cast<char>(c)) != std::string_view::npos;
    out.holds = (word && !(out.count == 0 && is_mark(kind))) || kind == Category::Nd || sign;
  }
  return out;
}

/// Calls `accepts(piece)` for each piece between dots until one is refused.
template <class Accepts>
bool all_pieces(std::string_view text, Accepts accepts) {
  while (true) {
    const std::size_t dot = text.find('.');
    if (!accepts(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

void read(std::string_view text, FormatResult& out) {
  refuse(out, "email_form");
  const std::size_t sign = text.find('@');
  if (sign == std::string_view::npos) return;
  const std::string_view local = text.substr(0, sign), domain = text.substr(sign + 1);
  std::size_t before = 0;  // code points, the dots among them
  const bool local_holds = all_pieces(local, [&](std::string_view atom) {
    const Piece piece = piece_of(atom, kSpecials);
    before += piece.count + 1;
    return piece.holds && piece.count > 0;
  });
  if (!local_holds || before - 1 > 64) return;
  std::size_t behind = 0;
  bool last = false;  // what the last label asks for
  const bool domain_holds = all_pieces(domain, [&](std::string_view label) {
    const Piece piece = piece_of(label, "-");
    behind += piece.count + 1;
    last = piece.letters && piece.count >= 2;
    const std::string_view prefix = label.substr(0, 4);
    last =
        last || (prefix.size() == 4 && upper(prefix[0]) == 'X' && upper(prefix[1]) == 'N' && prefix.substr(2) == "--");
    return piece.holds && piece.count >= 1 && piece.count <= 63 && label.front() != '-' && label.back() != '-';
  });
  if (!domain_holds || !last || domain.find('.') == std::string_view::npos) return;
  if (before + behind - 1 > 254) return;  // the dots that each side counted too many stand for the @
  std::string normalized(local);
  normalized += '@';
  normalized += lower(domain);
  accept(out, "email_valid", std::move(normalized));
}

}  // namespace

void read_email(std::string_view text, FormatResult& out) {
  read(text, out);
  if (out.valid || text.find_first_of(" ,") == std::string_view::npos) return;
  std::string mended;
  for (const char c : text) {
    if (c != ' ') mended += c == ',' ? '.' : c;
  }
  suggest(out, mended, read);
}

}  // namespace paritas::format
