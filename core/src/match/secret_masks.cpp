#include "secret_masks.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "match/secret_masks.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace paritas::secrets::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR  // a table of 16 bytes is no vector there

void Fill(const MaskTables& tables, const char* text, std::size_t blocks, Masks* out) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text);
  const auto both = [](const auto& low, const auto& high, std::uint8_t byte) {
    return low[byte & 15] & high[byte >> 4];
  };
  for (std::size_t block = 0; block < blocks; ++block) {
    out[block] = {};
    for (std::size_t i = 0; i < 64; ++i, ++bytes) {
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (both(tables.run_low, tables.run_high, bytes[0]) != 0) out[block].run |= bit;
      for (std::size_t half = 0; half < 2; ++half) {
        int all = 0xFF;
        for (std::size_t place = 0; place < 3; ++place)
          all &= both(tables.low[place][half], tables.high[place][half], bytes[place]);
        if (all != 0) out[block].word |= bit;
      }
    }
  }
}

#else

void Fill(const MaskTables& tables, const char* text, std::size_t blocks, Masks* out) {
  const hn::CappedTag<std::uint8_t, 64> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto table = [&](const std::array<std::uint8_t, 16>& of) HWY_ATTR { return hn::LoadDup128(d, of.data()); };
  const auto run_low = table(tables.run_low), run_high = table(tables.run_high);
  const auto low00 = table(tables.low[0][0]), low01 = table(tables.low[0][1]);
  const auto low10 = table(tables.low[1][0]), low11 = table(tables.low[1][1]);
  const auto low20 = table(tables.low[2][0]), low21 = table(tables.low[2][1]);
  const auto high00 = table(tables.high[0][0]), high01 = table(tables.high[0][1]);
  const auto high10 = table(tables.high[1][0]), high11 = table(tables.high[1][1]);
  const auto high20 = table(tables.high[2][0]), high21 = table(tables.high[2][1]);
  const auto fifteen = hn::Set(d, 15), zero = hn::Zero(d);
  const auto high_of = [&](auto bytes) HWY_ATTR { return hn::And(hn::ShiftRight<4>(bytes), fifteen); };
  for (std::size_t block = 0; block < blocks; ++block) {
    Masks& masks = out[block];
    auto* run = reinterpret_cast<std::uint8_t*>(&masks.run);
    auto* word = reinterpret_cast<std::uint8_t*>(&masks.word);
    for (std::size_t i = 0; i < 64; i += lanes) {
      const auto* at = reinterpret_cast<const std::uint8_t*>(text) + block * 64 + i;
      const auto b0 = hn::LoadU(d, at), b1 = hn::LoadU(d, at + 1), b2 = hn::LoadU(d, at + 2);
      const auto l0 = hn::And(b0, fifteen), l1 = hn::And(b1, fifteen), l2 = hn::And(b2, fifteen);
      const auto h0 = high_of(b0), h1 = high_of(b1), h2 = high_of(b2);
      const auto in_run = hn::And(hn::TableLookupBytes(run_low, l0), hn::TableLookupBytes(run_high, h0));
      const auto first0 = hn::And(hn::TableLookupBytes(low00, l0), hn::TableLookupBytes(high00, h0));
      const auto first1 = hn::And(hn::TableLookupBytes(low01, l0), hn::TableLookupBytes(high01, h0));
      const auto second0 = hn::And(hn::TableLookupBytes(low10, l1), hn::TableLookupBytes(high10, h1));
      const auto second1 = hn::And(hn::TableLookupBytes(low11, l1), hn::TableLookupBytes(high11, h1));
      const auto third0 = hn::And(hn::TableLookupBytes(low20, l2), hn::TableLookupBytes(high20, h2));
      const auto third1 = hn::And(hn::TableLookupBytes(low21, l2), hn::TableLookupBytes(high21, h2));
      const auto all = hn::Or(hn::And(hn::And(first0, second0), third0), hn::And(hn::And(first1, second1), third1));
      hn::StoreMaskBits(d, hn::Ne(in_run, zero), run + i / 8);
      hn::StoreMaskBits(d, hn::Ne(all, zero), word + i / 8);
    }
  }
}

#endif  // HWY_SCALAR

}  // namespace paritas::secrets::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas::secrets {
HWY_EXPORT(Fill);

void fill_masks(const MaskTables& tables, const char* text, std::size_t blocks, Masks* out) {
  HWY_DYNAMIC_DISPATCH(Fill)(tables, text, blocks, out);
}

MaskTables MaskTables::of(const std::array<std::string_view, 16>& triggers) {
  MaskTables tables;
  // One bit for each way in which a high nibble fills: what shares its low nibbles shares a bit.
  std::array<std::uint16_t, 16> filled{};
  for (unsigned byte = 0; byte < 128; ++byte) {
    if (is_run_byte(static_cast<char>(byte))) filled[byte / 16] |= static_cast<std::uint16_t>(1u << byte % 16);
  }
  unsigned bit = 0;
  for (unsigned high = 0; high < 8; ++high) {
    if (filled[high] == 0) continue;
    tables.run_high[high] = static_cast<std::uint8_t>(1u << bit);
    for (unsigned low = 0; low < 16; ++low) {
      if ((filled[high] >> low & 1u) != 0) tables.run_low[low] |= static_cast<std::uint8_t>(1u << bit);
    }
    ++bit;
  }
  for (std::size_t set = 0; set < triggers.size(); ++set) {
    const auto mark = static_cast<std::uint8_t>(1u << set % 8);
    for (std::size_t i = 0; i < triggers[set].size(); ++i) {
      const std::size_t place = i % 4;
      if (place == 3) continue;
      const auto add = [&](unsigned byte) {
        tables.low[place][set / 8][byte % 16] |= mark;
        tables.high[place][set / 8][byte / 16] |= mark;
      };
      const char c = triggers[set][i];
      if (c == '?') {
        for (unsigned byte = 0; byte < 256; byte += 17) add(byte);  // every half of a byte
      } else if (c == 'A') {
        for (unsigned letter = 'a'; letter <= 'z'; ++letter) add(letter), add(letter - 32);
      } else {
        add(static_cast<unsigned char>(c));
        if (c >= 'a' && c <= 'z') add(static_cast<unsigned char>(c - 32));
      }
    }
  }
  return tables;
}

}  // namespace paritas::secrets
#endif
