#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"

namespace paritas {

/// A quantity, ordinal, date, decade or time of day, with all that its words say about it.
struct Number {
  std::string_view kind;           // "quantity", "ordinal", "date", "decade" or "time"
  double value;                    // in the unit; a time in seconds of the day, a decade its first year, a date 0.0
  std::string unit;                // "km", "USD", "fraction"; "" when there is none
  std::string dimension;           // "length", "money", "percent"; numbers of one dimension are compared by value
  std::string per;                 // stem of the rate's unit: "month" in $99/month
  std::string_view op;             // "eq", "ge", "gt", "le", "lt" or "approx"
  bool soft;                       // "one", "half", "first": too vague to hold a claim to it
  std::vector<std::string> nouns;  // stems of what is counted
  std::uint16_t year;              // of a date; 0 when it does not say
  std::uint8_t month, day;
  bool ambiguous;  // 05/06/2026: day and month may be swapped
  Span span;
};

/// The numbers of a UTF-8 text in order, in digits or words. Ill-formed bytes count as U+FFFD. Linear.
std::vector<Number> extract_numbers(std::string_view text);

}  // namespace paritas
