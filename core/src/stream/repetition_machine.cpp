#include "repetition_machine.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "paritas/text/unicode.hpp"

namespace paritas {
namespace {

// A code point as the window keeps it: whether it is part of a word, and of an ill-formed one how many bytes it had.
constexpr std::uint32_t kPoint = 0x1FFFFF;
constexpr std::uint32_t kWordBit = 0x80000000;
constexpr unsigned kBytesShift = 24;

constexpr std::uint64_t spread(std::uint64_t value) { return value * RepetitionMachine::kSpread; }

constexpr std::uint64_t kFirstWord = 64;    // the novelty of fewer words says nothing
constexpr std::int64_t kRuleCovered = 400;  // of a unit without letters and digits: rules and tables are meant

constexpr std::array<std::uint8_t, 128> kAsciiWord = [] {  // what it adds to a word, 0 where it ends one
  std::array<std::uint8_t, 128> parts{};
  for (unsigned c = 0; c < 128; ++c) {
    const unsigned lower = c | 0x20;
    parts[c] = static_cast<std::uint8_t>(c >= '0' && c <= '9'                       ? '0'
                                         : lower >= 'a' && lower <= 'z' && c >= 'A' ? lower
                                                                                    : 0);
  }
  return parts;
}();

constexpr std::array<std::uint32_t, 128> kAsciiKept = [] {
  std::array<std::uint32_t, 128> kept{};
  for (std::uint32_t c = 0; c < 128; ++c) kept[c] = kAsciiWord[c] != 0 ? c | kWordBit : c;
  return kept;
}();

constexpr std::array<std::uint64_t, 128> kGear = [] {
  std::array<std::uint64_t, 128> hashes{};
  for (std::size_t c = 0; c < 128; ++c) hashes[c] = spread(c + 1);
  return hashes;
}();

TextLength length_of(std::uint32_t kept) {
  const std::uint32_t c = kept & kPoint;
  const std::uint32_t ill = kept >> kBytesShift & 3;
  const std::uint64_t bytes = ill != 0 ? ill : c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  return {bytes, 1, c < 0x10000 ? 1u : 2u};
}

}  // namespace

RepetitionMachine::RepetitionMachine(const RepetitionOptions& settled)
    : options(settled),
      window(static_cast<std::size_t>(settled.window)),
      max_period(static_cast<std::size_t>(settled.max_period)),
      text(window + window / 4 + kStep),
      matches(max_period + 1),
      ngrams(static_cast<std::size_t>(settled.novelty_n), static_cast<std::size_t>(settled.novelty_window)) {
  std::size_t bits = 1024;
  while (bits < 16 * window) bits *= 2;
  for (auto& half : seen) half.resize(bits / 64);
  seen_mask = bits - 1;
  least = needed(1);
  for (std::size_t p = 2; p <= max_period; ++p) least = std::min(least, needed(p));
  // The last `least` code points contain that many whole blocks of 16 whose earlier ones have the same place modulo 16.
  ranges = least < 31 ? 0 : std::min<std::size_t>((least - 15) / 16, 32);
  reset();
}

void RepetitionMachine::reset() {
  end = 0;
  position = {};
  ngrams.clear();
  word = 0;
  in_word = false;
  held_size = 0;
  fired = finished = telling = false;
  found = {};
  hash = 0;
  hits = 0;
  hit = false;
  blocks = 0;
  next_look = 0;
  for (auto& half : seen) std::fill(half.begin(), half.end(), 0);
}

bool RepetitionMachine::end_word() {
  if (!in_word) return false;
  in_word = false;
  ngrams.add(word, word_start);
  word = 0;
  return ngrams.words() >= kFirstWord && ngrams.words() % kStep == 0;
}

/// Room for that many code points more, with the window before them.
void RepetitionMachine::make_room(std::size_t count) {
  if (end + count <= text.size()) return;
  std::memmove(text.data(), text.data() + end - window, window * sizeof text[0]);
  end = window;
}

bool RepetitionMachine::was_seen() const {
  const std::size_t place = place_of(hash);
  return (seen[0][place / 64] >> place % 64 & 1) != 0;
}

void RepetitionMachine::read(std::uint32_t kept_point, std::uint32_t part, const TextLength& size) {
  bool novelty_due = false;
  if (part != 0) {
    start_word(position);
    word = spread(word + part);
  } else if (in_word) {
    novelty_due = end_word();
  }
  make_room(1);
  text[end++] = kept_point;
  position += size;
  hash = (hash << 4) + spread((kept_point & kPoint) + 1);
  hit |= was_seen();
  const bool period_due = position.code_points % kStep == 0;
  if (period_due) note_block();
  if (period_due || novelty_due) look(period_due, novelty_due);
}

/// The same for ASCII up to the end of a stretch: first what each code point needs, then the words. How many were read.
std::size_t RepetitionMachine::read_ascii(const char* at, std::size_t most) {
  const std::size_t count = std::min<std::size_t>(most, kStep - position.code_points % kStep);
  make_room(count);
  std::uint32_t* out = text.data() + end;
  const std::uint64_t* const bits = seen[0].data();
  std::uint64_t rolled = hash, seen_any = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto byte = static_cast<unsigned char>(at[i]);
    out[i] = kAsciiKept[byte];
    rolled = (rolled << 4) + kGear[byte];
    const std::size_t place = place_of(rolled);
    seen_any |= bits[place / 64] >> place % 64;
  }
  hash = rolled;
  hit |= (seen_any & 1) != 0;
  end += count;
  const TextLength before = position;
  const auto plus = [&before](std::size_t i) {
    return TextLength{before.bytes + i, before.code_points + i, before.units + i};
  };
  bool novelty_due = false;
  for (std::size_t i = 0; i < count;) {
    const auto part = [&] { return kAsciiWord[static_cast<unsigned char>(at[i])]; };
    if (!in_word) {
      while (i < count && part() == 0) ++i;
      if (i == count) break;
      start_word(plus(i));
    }
    for (; i < count && part() != 0; ++i) word = spread(word + part());
    if (i == count) break;
    position = plus(++i);
    novelty_due = end_word();
    if (novelty_due && i < count) {
      look(false, true);
      if (fired) return i;
      novelty_due = false;
    }
  }
  position = plus(count);
  const bool period_due = position.code_points % kStep == 0;
  if (period_due) note_block();
  if (period_due || novelty_due) look(period_due, novelty_due);
  return count;
}

/// Closes a stretch of 16: what was seen in it, and its hash for those to come.
void RepetitionMachine::note_block() {
  hits = hits << 1 | (hit ? 1 : 0);
  hit = false;
  if (blocks > window / kStep) {
    std::swap(seen[0], seen[1]);
    std::fill(seen[1].begin(), seen[1].end(), 0);
    blocks = 0;
  }
  const std::size_t place = place_of(hash);
  for (auto& half : seen) half[place / 64] |= std::uint64_t{1} << place % 64;
  ++blocks;
}

void RepetitionMachine::look(bool period_due, bool novelty_due) {
  if (telling) {
    if (!novelty_due) return;
    fired = !(ngrams.novelty() < options.novelty_min);  // there the repetition has ended
    if (fired) return;
    found.covered = position - found.start;
    found.novelty = ngrams.novelty();
    return;
  }
  // Where a suffix of `least` code points stood a period earlier, so did the blocks in it.
  const std::uint32_t wanted = ranges == 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << ranges) - 1;
  if (period_due && position.code_points >= next_look && (hits & wanted) == wanted) look_at_period();
  if (novelty_due && !fired && ngrams.novelty() < options.novelty_min) {
    found = report();
    fired = true;
    found.kind = RepetitionKind::low_novelty;
    found.start = ngrams.start();
    found.covered = position - found.start;
  }
}

/// The Z-function of the window read backwards: how long the text and the text p earlier agree, for each p.
void RepetitionMachine::look_at_period() {
  const std::uint32_t* last = text.data() + end - 1;
  const auto point = [last](std::size_t back) { return *(last - back) & kPoint; };
  const std::size_t kept = std::min(end, window);
  std::size_t left = 0, right = 0;
  std::size_t slack = least;
  bool word_in_unit = false;
  for (std::size_t p = 1; p <= max_period && p < kept; ++p) {
    std::size_t same = p < right ? std::min<std::size_t>(right - p, matches[p - left]) : 0;
    while (p + same < kept && point(same) == point(p + same)) ++same;
    matches[p] = static_cast<std::uint32_t>(same);
    if (p + same > right) {
      left = p;
      right = p + same;
    }
    word_in_unit = word_in_unit || (*(last - p + 1) & kWordBit) != 0;
    const std::size_t wanted = needed(p);
    if (same < wanted) {
      slack = std::min(slack, wanted - same);
      continue;
    }
    slack = 0;
    if (!word_in_unit && same < needed(p, std::max(options.min_covered, kRuleCovered))) continue;
    found = report();
    fired = true;
    found.kind = RepetitionKind::period;
    found.repeats = same / p + 1;
    const std::size_t covered = same + p;
    for (std::size_t i = 0; i < covered; ++i) {
      const std::uint32_t code = text[end - covered + i];
      found.covered += length_of(code);
      if (i >= p) continue;
      found.period += length_of(code);
      append_utf8(found.unit, code & kPoint);
    }
    found.start = found.position - found.covered;
    return;
  }
  next_look = position.code_points + slack;  // a suffix grows by one with each code point
}

RepetitionReport RepetitionMachine::report() const {
  if (fired) return found;
  RepetitionReport now;
  now.position = position;
  now.novelty = ngrams.novelty();
  return now;
}

// ---- many

void RepetitionMachine::read_any(const Decoded& next, bool ill_formed) {
  const char32_t c = next.code_point;
  std::uint32_t kept_point = c;
  std::uint32_t part = 0;
  TextLength size{next.bytes, 1, c < 0x10000 ? 1u : 2u};
  if (ill_formed) {
    kept_point |= static_cast<std::uint32_t>(next.bytes) << kBytesShift;
  } else {
    const Category kind = category(c);
    if (is_letter(kind)) {
      kept_point |= kWordBit;
      std::u32string lower;
      append_lower(lower, c);
      // All but the last go into the word here, the last with the code point.
      for (std::size_t i = 0; i + 1 < lower.size(); ++i) {
        start_word(position);
        word = spread(word + lower[i]);
      }
      part = lower.back();
    } else if (kind == Category::Nd) {
      kept_point |= kWordBit;
      part = '0';
    }
  }
  read(kept_point, part, size);
}

void RepetitionMachine::read_all(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size() && !fired;) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte < 0x80) {
      std::size_t ascii = at + 1;
      while (ascii < utf8.size() && ascii < at + kStep && static_cast<unsigned char>(utf8[ascii]) < 0x80) ++ascii;
      at += read_ascii(utf8.data() + at, ascii - at);
      continue;
    }
    const Decoded next = decode_utf8(utf8, at);
    read_any(next, next.code_point == kReplacement && utf8.substr(at, 3) != "\xEF\xBF\xBD");
    at += next.bytes;
  }
}

/// Completes the bytes that were held back, as far as there are more.
void RepetitionMachine::read_held(std::string_view& utf8) {
  while (held_size > 0 && !utf8.empty() && !fired) {
    held[held_size++] = utf8.front();
    const std::string_view all(held, held_size);
    if (unfinished_utf8(all) == held_size) {
      utf8.remove_prefix(1);
      continue;
    }
    const Decoded next = decode_utf8(all, 0);
    if (next.bytes == held_size) {
      utf8.remove_prefix(1);
    }  // else the new byte was no part of it
    held_size = 0;
    read_any(next, next.code_point == kReplacement && all.substr(0, 3) != "\xEF\xBF\xBD");
  }
}

}  // namespace paritas
