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
  k_conjunction = 1u << 21,
  k_joiner = 1u << 22,
  k_clause_start = 1u << 23,
};

// Numbers of the words that the sources call by name.
namespace word {
inline constexpr std::uint16_t k_a = 4;
inline constexpr std::uint16_t k_about = 6;
inline constexpr std::uint16_t k_above = 8;
inline constexpr std::uint16_t k_absenc = 9;
inline constexpr std::uint16_t k_after = 20;
inline constexpr std::uint16_t k_ago = 23;
inline constexpr std::uint16_t k_almost = 32;
inline constexpr std::uint16_t k_am = 38;
inline constexpr std::uint16_t k_an = 41;
inline constexpr std::uint16_t k_and = 43;
inline constexpr std::uint16_t k_approx = 49;
inline constexpr std::uint16_t k_approximately = 51;
inline constexpr std::uint16_t k_around = 59;
inline constexpr std::uint16_t k_at = 66;
inline constexpr std::uint16_t k_below = 89;
inline constexpr std::uint16_t k_but = 119;
inline constexpr std::uint16_t k_by = 121;
inline constexpr std::uint16_t k_celsius = 133;
inline constexpr std::uint16_t k_cent = 134;
inline constexpr std::uint16_t k_circa = 145;
inline constexpr std::uint16_t k_cubic = 169;
inline constexpr std::uint16_t k_declin = 180;
inline constexpr std::uint16_t k_degre = 187;
inline constexpr std::uint16_t k_doubt = 229;
inline constexpr std::uint16_t k_dozen = 231;
inline constexpr std::uint16_t k_each = 245;
inline constexpr std::uint16_t k_every = 275;
inline constexpr std::uint16_t k_exceed = 279;
inline constexpr std::uint16_t k_exceeded = 280;
inline constexpr std::uint16_t k_exceeding = 281;
inline constexpr std::uint16_t k_exceeds = 282;
inline constexpr std::uint16_t k_excess = 284;
inline constexpr std::uint16_t k_fahrenheit = 292;
inline constexpr std::uint16_t k_fail = 293;
inline constexpr std::uint16_t k_far = 300;
inline constexpr std::uint16_t k_fewer = 310;
inline constexpr std::uint16_t k_first = 321;
inline constexpr std::uint16_t k_for = 329;
inline constexpr std::uint16_t k_from = 343;
inline constexpr std::uint16_t k_greater = 363;
inline constexpr std::uint16_t k_half = 371;
inline constexpr std::uint16_t k_halves = 373;
inline constexpr std::uint16_t k_higher = 401;
inline constexpr std::uint16_t k_hundred = 416;
inline constexpr std::uint16_t k_in = 429;
inline constexpr std::uint16_t k_instead = 452;
inline constexpr std::uint16_t k_just = 474;
inline constexpr std::uint16_t k_lack = 487;
inline constexpr std::uint16_t k_larger = 491;
inline constexpr std::uint16_t k_later = 495;
inline constexpr std::uint16_t k_least = 499;
inline constexpr std::uint16_t k_less = 507;
inline constexpr std::uint16_t k_limited = 513;
inline constexpr std::uint16_t k_longer = 517;
inline constexpr std::uint16_t k_lower = 524;
inline constexpr std::uint16_t k_matter = 539;
inline constexpr std::uint16_t k_maximum = 543;
inline constexpr std::uint16_t k_mention = 552;
inline constexpr std::uint16_t k_merely = 554;
inline constexpr std::uint16_t k_minimum = 576;
inline constexpr std::uint16_t k_month = 584;
inline constexpr std::uint16_t k_more = 587;
inline constexpr std::uint16_t k_most = 589;
inline constexpr std::uint16_t k_nearly = 604;
inline constexpr std::uint16_t k_neither = 606;
inline constexpr std::uint16_t k_no = 616;
inline constexpr std::uint16_t k_nor = 620;
inline constexpr std::uint16_t k_not = 624;
inline constexpr std::uint16_t k_nothing = 626;
inline constexpr std::uint16_t k_of = 637;
inline constexpr std::uint16_t k_one = 642;
inline constexpr std::uint16_t k_only = 644;
inline constexpr std::uint16_t k_or = 652;
inline constexpr std::uint16_t k_over = 660;
inline constexpr std::uint16_t k_per = 670;
inline constexpr std::uint16_t k_percentage = 673;
inline constexpr std::uint16_t k_pm = 679;
inline constexpr std::uint16_t k_point = 680;
inline constexpr std::uint16_t k_rather = 706;
inline constexpr std::uint16_t k_refus = 711;
inline constexpr std::uint16_t k_roughly = 731;
inline constexpr std::uint16_t k_s = 738;
inline constexpr std::uint16_t k_second = 752;
inline constexpr std::uint16_t k_shorter = 781;
inline constexpr std::uint16_t k_simply = 791;
inline constexpr std::uint16_t k_smaller = 807;
inline constexpr std::uint16_t k_some = 813;
inline constexpr std::uint16_t k_square = 823;
inline constexpr std::uint16_t k_than = 867;
inline constexpr std::uint16_t k_the = 869;
inline constexpr std::uint16_t k_times = 901;
inline constexpr std::uint16_t k_to = 903;
inline constexpr std::uint16_t k_unabl = 922;
inline constexpr std::uint16_t k_under = 924;
inline constexpr std::uint16_t k_up = 932;
inline constexpr std::uint16_t k_wonder = 1001;
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

inline constexpr unsigned kWords = 1027, kSlots = 2048, kBuckets = 256;
inline constexpr unsigned kSymbolBits = 9, kUnits = 82;
inline constexpr std::uint32_t kSymbolMix = 0x9e377ebfu;
inline constexpr std::uint64_t kMixHigh = 0x9e3779b97f4a7c15u, kMix = 0xd6e8feb86659fd93u;

}  // namespace paritas::lexicon
