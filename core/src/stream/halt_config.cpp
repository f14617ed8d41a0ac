#include <cmath>
#include <limits>

#include "paritas/base/format.hpp"
#include "paritas/stream/halt.hpp"

namespace paritas {
namespace {

constexpr double kMost = 2147483647.0;
constexpr double kNoLimit = std::numeric_limits<double>::infinity();
using enum HaltField::Kind;

constexpr std::array<HaltField, kHaltFields> kFields{{
    {"hard_limit", real, 0.0, 1.0, {}},
    {"soft_limit", real, 0.0, 1.0, {}},  // from hard_limit on
    {"window_size", whole, 1.0, 4096.0, {}},
    {"window_threshold", real, 0.0, 1.0, {}},
    {"trend_window", whole, 2.0, 1024.0, {}},
    {"trend_threshold", above, 0.0, kNoLimit, {}},
    {"trend_z", real, 0.0, kNoLimit, {}},
    {"halt_mode", choice, 0.0, 1.0, "hard|soft"},
    {"soft_tail_max", whole, 0.0, 10000.0, {}},
    {"score_every_n", whole, 1.0, kMost, {}},
    {"adaptive", flag, 0.0, 1.0, {}},
    {"max_cadence", whole, 1.0, kMost, {}},
    {"on_invalid", choice, 0.0, 2.0, "halt|hold|abstain"},
    {"max_invalid", whole, 0.0, 1000.0, {}},
    {"token_timeout", real, 0.0, kNoLimit, {}},
    {"total_timeout", real, 0.0, kNoLimit, {}},
    {"release", choice, 0.0, 1.0, "token|sentence"},
    {"latch", flag, 0.0, 1.0, {}},
    {"keep_history", flag, 0.0, 1.0, {}},
    {"debug", flag, 0.0, 1.0, {}},
}};

bool is_whole(double value) { return value >= -0x1p53 && value <= 0x1p53 && value == std::floor(value); }

std::string whole_number(double value) { return std::to_string(static_cast<std::int64_t>(value)); }

/// What a field must be: a part of a sentence.
std::string rule(const HaltField& field, double hard_limit) {
  switch (field.kind) {
    case flag:
      return "true or false";
    case above:
      return "a number above 0";
    case whole:
      return std::string("a whole number from ")
          .append(whole_number(field.low))
          .append(" to ")
          .append(whole_number(field.high));
    case real: {
      if (field.high == kNoLimit) return "a number of at least 0";
      std::string out = "a number from ";
      if (field.name == "soft_limit") {
        out.append("hard_limit (").append(shortest_decimal(hard_limit)).append(")");
      } else {
        out += shortest_decimal(field.low);
      }
      return out.append(" to ").append(shortest_decimal(field.high));
    }
    case choice:
      break;
  }
  std::string out = "\"";
  const std::size_t last = field.choices.rfind('|');
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    if (field.choices[i] != '|') {
      out += field.choices[i];
    } else {
      out += i == last ? "\" or \"" : "\", \"";
    }
  }
  return out + "\"";
}

}  // namespace

const std::array<HaltField, kHaltFields>& halt_fields() noexcept { return kFields; }

std::string halt_refusal(std::size_t field, double hard_limit, std::string_view shown) {
  std::string out(kFields[field].name);
  return out.append(" must be ").append(rule(kFields[field], hard_limit)).append(", not ").append(shown);
}

HaltNumbers halt_numbers(const HaltConfig& c) noexcept {
  const auto choice_of = [](auto value) { return static_cast<double>(static_cast<std::uint8_t>(value)); };
  return {c.hard_limit,
          c.soft_limit,
          static_cast<double>(c.window_size),
          c.window_threshold,
          static_cast<double>(c.trend_window),
          c.trend_threshold,
          c.trend_z,
          choice_of(c.halt_mode),
          static_cast<double>(c.soft_tail_max),
          static_cast<double>(c.score_every_n),
          c.adaptive ? 1.0 : 0.0,
          static_cast<double>(c.max_cadence),
          choice_of(c.on_invalid),
          static_cast<double>(c.max_invalid),
          c.token_timeout,
          c.total_timeout,
          choice_of(c.release),
          c.latch ? 1.0 : 0.0,
          c.keep_history ? 1.0 : 0.0,
          c.debug ? 1.0 : 0.0};
}

Result<HaltConfig> halt_config(const HaltNumbers& n) {
  for (std::size_t i = 0; i < kHaltFields; ++i) {
    const HaltField& field = kFields[i];
    const double low = field.name == "soft_limit" ? n[0] : field.low;
    bool good = n[i] >= low && n[i] <= field.high && std::isfinite(n[i]);
    if (field.kind == above) good = good && n[i] > 0.0;
    if (field.kind != above && field.kind != real) good = good && is_whole(n[i]);
    if (!good) {
      const bool plain = field.kind == whole && is_whole(n[i]);
      return Error{ErrorCode::invalid_argument,
                   halt_refusal(i, n[0], plain ? whole_number(n[i]) : shortest_decimal(n[i]))};
    }
  }
  const auto count = [&](std::size_t i) { return static_cast<std::int32_t>(n[i]); };
  const auto place = [&](std::size_t i) { return static_cast<std::uint8_t>(n[i]); };
  // + 0.0: never -0.0
  return HaltConfig{.hard_limit = n[0] + 0.0,
                    .soft_limit = n[1] + 0.0,
                    .window_size = count(2),
                    .window_threshold = n[3] + 0.0,
                    .trend_window = count(4),
                    .trend_threshold = n[5],
                    .trend_z = n[6] + 0.0,
                    .halt_mode = static_cast<HaltMode>(place(7)),
                    .soft_tail_max = count(8),
                    .score_every_n = count(9),
                    .adaptive = n[10] != 0.0,
                    .max_cadence = count(11),
                    .on_invalid = static_cast<OnInvalid>(place(12)),
                    .max_invalid = count(13),
                    .token_timeout = n[14] + 0.0,
                    .total_timeout = n[15] + 0.0,
                    .release = static_cast<Release>(place(16)),
                    .latch = n[17] != 0.0,
                    .keep_history = n[18] != 0.0,
                    .debug = n[19] != 0.0};
}

}  // namespace paritas
