// Written by tools/lexicon/make_lexicon.py from the word lists of the reference.
#pragma once
#include <cstdint>

namespace paritas::lexicon {

enum Flag : std::uint32_t {
  k_stop = 1u << 0,
  k_negative = 1u << 1,
  k_cue = 1u << 2,
  k_month_name = 1u << 3,
  k_before_month = 1u << 4,
  k_before_year = 1u << 5,
  k_before_decade = 1u << 6,
  k_not_one_after = 1u << 7,
  k_not_one_before = 1u << 8,
  k_skipped_before_noun = 1u << 9,
  k_article = 1u << 10,
  k_connector = 1u << 11,
  k_scope_end = 1u << 12,
  k_title = 1u << 13,
  k_abbreviation = 1u << 14,
  k_ordinal_suffix = 1u << 15,
  k_spoken_scale = 1u << 16,
  k_time_stem = 1u << 17,
  k_stop_like = 1u << 18,
  k_cue_stem = 1u << 19,
  k_operator_end = 1u << 20,
};

// Numbers of the words that the sources call by name.
namespace word {
inline constexpr std::uint16_t k_a = 4;
inline constexpr std::uint16_t k_about = 6;
inline constexpr std::uint16_t k_above = 8;
inline constexpr std::uint16_t k_absenc = 9;
inline constexpr std::uint16_t k_after = 20;
inline constexpr std::uint16_t k_ago = 23;
inline constexpr std::uint16_t k_almost = 31;
inline constexpr std::uint16_t k_am = 37;
inline constexpr std::uint16_t k_an = 40;
inline constexpr std::uint16_t k_and = 42;
inline constexpr std::uint16_t k_approx = 48;
inline constexpr std::uint16_t k_approximately = 50;
inline constexpr std::uint16_t k_around = 55;
inline constexpr std::uint16_t k_at = 62;
inline constexpr std::uint16_t k_below = 80;
inline constexpr std::uint16_t k_but = 102;
inline constexpr std::uint16_t k_by = 104;
inline constexpr std::uint16_t k_celsius = 113;
inline constexpr std::uint16_t k_cent = 114;
inline constexpr std::uint16_t k_circa = 121;
inline constexpr std::uint16_t k_cubic = 144;
inline constexpr std::uint16_t k_declin = 155;
inline constexpr std::uint16_t k_degre = 162;
inline constexpr std::uint16_t k_doubt = 203;
inline constexpr std::uint16_t k_dozen = 205;
inline constexpr std::uint16_t k_each = 212;
inline constexpr std::uint16_t k_every = 240;
inline constexpr std::uint16_t k_exceed = 244;
inline constexpr std::uint16_t k_exceeded = 245;
inline constexpr std::uint16_t k_exceeding = 246;
inline constexpr std::uint16_t k_exceeds = 247;
inline constexpr std::uint16_t k_excess = 249;
inline constexpr std::uint16_t k_fahrenheit = 257;
inline constexpr std::uint16_t k_fail = 258;
inline constexpr std::uint16_t k_far = 264;
inline constexpr std::uint16_t k_fewer = 270;
inline constexpr std::uint16_t k_first = 280;
inline constexpr std::uint16_t k_for = 285;
inline constexpr std::uint16_t k_from = 295;
inline constexpr std::uint16_t k_greater = 304;
inline constexpr std::uint16_t k_half = 310;
inline constexpr std::uint16_t k_halves = 312;
inline constexpr std::uint16_t k_higher = 335;
inline constexpr std::uint16_t k_hundred = 349;
inline constexpr std::uint16_t k_in = 362;
inline constexpr std::uint16_t k_instead = 385;
inline constexpr std::uint16_t k_just = 407;
inline constexpr std::uint16_t k_lack = 415;
inline constexpr std::uint16_t k_larger = 418;
inline constexpr std::uint16_t k_later = 422;
inline constexpr std::uint16_t k_least = 424;
inline constexpr std::uint16_t k_less = 428;
inline constexpr std::uint16_t k_limited = 433;
inline constexpr std::uint16_t k_longer = 437;
inline constexpr std::uint16_t k_lower = 443;
inline constexpr std::uint16_t k_matter = 454;
inline constexpr std::uint16_t k_maximum = 458;
inline constexpr std::uint16_t k_mention = 463;
inline constexpr std::uint16_t k_merely = 465;
inline constexpr std::uint16_t k_minimum = 485;
inline constexpr std::uint16_t k_month = 493;
inline constexpr std::uint16_t k_more = 496;
inline constexpr std::uint16_t k_most = 497;
inline constexpr std::uint16_t k_nearly = 511;
inline constexpr std::uint16_t k_neither = 513;
inline constexpr std::uint16_t k_no = 523;
inline constexpr std::uint16_t k_nor = 527;
inline constexpr std::uint16_t k_not = 531;
inline constexpr std::uint16_t k_nothing = 533;
inline constexpr std::uint16_t k_of = 544;
inline constexpr std::uint16_t k_one = 549;
inline constexpr std::uint16_t k_only = 551;
inline constexpr std::uint16_t k_or = 559;
inline constexpr std::uint16_t k_over = 567;
inline constexpr std::uint16_t k_per = 574;
inline constexpr std::uint16_t k_percentage = 577;
inline constexpr std::uint16_t k_pm = 582;
inline constexpr std::uint16_t k_point = 583;
inline constexpr std::uint16_t k_rather = 607;
inline constexpr std::uint16_t k_refus = 612;
inline constexpr std::uint16_t k_roughly = 626;
inline constexpr std::uint16_t k_s = 631;
inline constexpr std::uint16_t k_second = 639;
inline constexpr std::uint16_t k_shorter = 659;
inline constexpr std::uint16_t k_simply = 666;
inline constexpr std::uint16_t k_smaller = 677;
inline constexpr std::uint16_t k_some = 682;
inline constexpr std::uint16_t k_square = 686;
inline constexpr std::uint16_t k_than = 712;
inline constexpr std::uint16_t k_the = 714;
inline constexpr std::uint16_t k_times = 741;
inline constexpr std::uint16_t k_to = 743;
inline constexpr std::uint16_t k_unabl = 759;
inline constexpr std::uint16_t k_under = 761;
inline constexpr std::uint16_t k_up = 769;
inline constexpr std::uint16_t k_wonder = 827;
}  // namespace word

enum class Dimension : std::uint8_t {
  none,
  celsius,
  data,
  degree,
  energy,
  fahrenheit,
  frequency,
  kph,
  length,
  mass,
  money,
  month,
  mph,
  percent,
  point,
  power,
  time,
  times,
  voltage,
  volume
};

// Numbers of units.
namespace unit {
inline constexpr std::uint8_t k_percent = 64;
inline constexpr std::uint8_t k_permille = 63;
inline constexpr std::uint8_t k_degree = 12;
inline constexpr std::uint8_t k_celsius = 1;
inline constexpr std::uint8_t k_fahrenheit = 15;
inline constexpr std::uint8_t k_point = 65;
inline constexpr std::uint8_t k_times = 78;
inline constexpr std::uint8_t k_fraction = 82;
inline constexpr std::uint8_t k_AUD = 38;
inline constexpr std::uint8_t k_BRL = 39;
inline constexpr std::uint8_t k_CAD = 40;
inline constexpr std::uint8_t k_CHF = 41;
inline constexpr std::uint8_t k_CNY = 42;
inline constexpr std::uint8_t k_DKK = 43;
inline constexpr std::uint8_t k_EUR = 44;
inline constexpr std::uint8_t k_GBP = 45;
inline constexpr std::uint8_t k_HKD = 46;
inline constexpr std::uint8_t k_INR = 47;
inline constexpr std::uint8_t k_JPY = 48;
inline constexpr std::uint8_t k_KRW = 49;
inline constexpr std::uint8_t k_MXN = 50;
inline constexpr std::uint8_t k_NOK = 51;
inline constexpr std::uint8_t k_RUB = 52;
inline constexpr std::uint8_t k_SEK = 53;
inline constexpr std::uint8_t k_SGD = 54;
inline constexpr std::uint8_t k_TRY = 55;
inline constexpr std::uint8_t k_USD = 56;
inline constexpr std::uint8_t k_ZAR = 57;
}  // namespace unit

inline constexpr unsigned kWords = 848, kSlots = 2048, kBuckets = 256;
inline constexpr unsigned kSymbols = 80, kUnits = 82;
inline constexpr std::uint64_t kMixHigh = 0x9e3779b97f4a7c15u, kMix = 0xd6e8feb86659fd93u;

}  // namespace paritas::lexicon
