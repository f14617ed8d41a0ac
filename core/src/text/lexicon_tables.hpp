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
  k_strong = 1u << 24,
  k_first_person = 1u << 25,
  k_opinion = 1u << 26,
  k_negative_verb = 1u << 27,
};

// Numbers of the words that the sources call by name.
namespace word {
inline constexpr std::uint16_t k_a = 4;
inline constexpr std::uint16_t k_about = 6;
inline constexpr std::uint16_t k_above = 8;
inline constexpr std::uint16_t k_absenc = 9;
inline constexpr std::uint16_t k_after = 20;
inline constexpr std::uint16_t k_ago = 23;
inline constexpr std::uint16_t k_almost = 33;
inline constexpr std::uint16_t k_am = 40;
inline constexpr std::uint16_t k_an = 45;
inline constexpr std::uint16_t k_and = 47;
inline constexpr std::uint16_t k_approx = 53;
inline constexpr std::uint16_t k_approximately = 55;
inline constexpr std::uint16_t k_around = 63;
inline constexpr std::uint16_t k_at = 70;
inline constexpr std::uint16_t k_below = 98;
inline constexpr std::uint16_t k_but = 129;
inline constexpr std::uint16_t k_by = 131;
inline constexpr std::uint16_t k_celsius = 144;
inline constexpr std::uint16_t k_cent = 145;
inline constexpr std::uint16_t k_circa = 156;
inline constexpr std::uint16_t k_cubic = 181;
inline constexpr std::uint16_t k_declin = 192;
inline constexpr std::uint16_t k_degre = 199;
inline constexpr std::uint16_t k_doubt = 242;
inline constexpr std::uint16_t k_dozen = 244;
inline constexpr std::uint16_t k_each = 258;
inline constexpr std::uint16_t k_every = 292;
inline constexpr std::uint16_t k_exceed = 300;
inline constexpr std::uint16_t k_exceeded = 301;
inline constexpr std::uint16_t k_exceeding = 302;
inline constexpr std::uint16_t k_exceeds = 303;
inline constexpr std::uint16_t k_excess = 305;
inline constexpr std::uint16_t k_fahrenheit = 313;
inline constexpr std::uint16_t k_fail = 314;
inline constexpr std::uint16_t k_far = 321;
inline constexpr std::uint16_t k_fewer = 335;
inline constexpr std::uint16_t k_first = 346;
inline constexpr std::uint16_t k_for = 354;
inline constexpr std::uint16_t k_from = 368;
inline constexpr std::uint16_t k_greater = 393;
inline constexpr std::uint16_t k_half = 402;
inline constexpr std::uint16_t k_halves = 404;
inline constexpr std::uint16_t k_higher = 432;
inline constexpr std::uint16_t k_hundred = 450;
inline constexpr std::uint16_t k_in = 464;
inline constexpr std::uint16_t k_instead = 487;
inline constexpr std::uint16_t k_just = 511;
inline constexpr std::uint16_t k_lack = 524;
inline constexpr std::uint16_t k_larger = 528;
inline constexpr std::uint16_t k_later = 533;
inline constexpr std::uint16_t k_least = 537;
inline constexpr std::uint16_t k_less = 545;
inline constexpr std::uint16_t k_limited = 552;
inline constexpr std::uint16_t k_longer = 556;
inline constexpr std::uint16_t k_lower = 564;
inline constexpr std::uint16_t k_matter = 580;
inline constexpr std::uint16_t k_maximum = 584;
inline constexpr std::uint16_t k_mention = 595;
inline constexpr std::uint16_t k_merely = 597;
inline constexpr std::uint16_t k_minimum = 619;
inline constexpr std::uint16_t k_month = 628;
inline constexpr std::uint16_t k_more = 631;
inline constexpr std::uint16_t k_most = 633;
inline constexpr std::uint16_t k_nearly = 648;
inline constexpr std::uint16_t k_neither = 650;
inline constexpr std::uint16_t k_no = 662;
inline constexpr std::uint16_t k_nor = 666;
inline constexpr std::uint16_t k_not = 670;
inline constexpr std::uint16_t k_nothing = 672;
inline constexpr std::uint16_t k_of = 683;
inline constexpr std::uint16_t k_one = 688;
inline constexpr std::uint16_t k_only = 690;
inline constexpr std::uint16_t k_or = 698;
inline constexpr std::uint16_t k_over = 706;
inline constexpr std::uint16_t k_per = 716;
inline constexpr std::uint16_t k_percentage = 719;
inline constexpr std::uint16_t k_pm = 725;
inline constexpr std::uint16_t k_point = 726;
inline constexpr std::uint16_t k_rather = 753;
inline constexpr std::uint16_t k_refus = 759;
inline constexpr std::uint16_t k_roughly = 779;
inline constexpr std::uint16_t k_s = 786;
inline constexpr std::uint16_t k_second = 800;
inline constexpr std::uint16_t k_shorter = 829;
inline constexpr std::uint16_t k_simply = 839;
inline constexpr std::uint16_t k_smaller = 855;
inline constexpr std::uint16_t k_some = 864;
inline constexpr std::uint16_t k_square = 874;
inline constexpr std::uint16_t k_than = 920;
inline constexpr std::uint16_t k_the = 922;
inline constexpr std::uint16_t k_times = 954;
inline constexpr std::uint16_t k_to = 956;
inline constexpr std::uint16_t k_unabl = 975;
inline constexpr std::uint16_t k_under = 977;
inline constexpr std::uint16_t k_up = 986;
inline constexpr std::uint16_t k_wonder = 1057;
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

inline constexpr unsigned kWords = 1085, kSlots = 2048, kBuckets = 256;
inline constexpr unsigned kSymbolBits = 9, kUnits = 82;
inline constexpr std::uint32_t kSymbolMix = 0x9e377ebfu;
inline constexpr std::uint64_t kMixHigh = 0x9e3779b97f4a7c15u, kMix = 0xd6e8feb86659fd93u;

}  // namespace paritas::lexicon
