#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

namespace paritas {

// Every format that is known. The enum and its names expand from here.
#define PARITAS_FORMATS(X) \
  X(date)                  \
  X(amount)                \
  X(number)                \
  X(iban)                  \
  X(mrz)                   \
  X(email)                 \
  X(phone)                 \
  X(card)                  \
  X(country)               \
  X(currency)

enum class FormatType : std::uint8_t {
#define X(id) id,
  PARITAS_FORMATS(X)
#undef X
};

/// "iban".
std::string_view name(FormatType type) noexcept;

/// The type of that name. Errors: `invalid_argument`, which lists the known ones.
Result<FormatType> format_type(std::string_view name);

struct FormatOptions {
  /// Whether 03/04/2024 is the third of April; without a value such a date is ambiguous.
  std::optional<bool> day_first;
};

/// What a text is as a value of one type.
struct FormatResult {
  bool valid = false;
  FormatType type{};
  /// ISO date, plain decimal, compact IBAN and card, `+` digits `;ext=`, alpha-2, upper-case code or symbol of a currency,
  /// e-mail with a lower-case domain, kind of MRZ. Empty where the text is invalid or a date is ambiguous.
  std::string normalized;
  /// "iban_valid", "iban_checksum": a word that lives for ever.
  std::string_view reason;
  /// "two_digit_year".
  std::span<const std::string_view> notes;
  /// Sums that were right, and sums that the format has; 0 where the text has not the form that has any.
  int checks_passed = 0;
  int checks = 0;
  /// What would be valid in place of an invalid text, by the letters and digits that are misread most.
  std::optional<std::string> suggestion;
};

/// Whether a text is a well-formed value, by its form and its check digits.
///
/// text:    UTF-8 of any length; ill-formed bytes count as U+FFFD. Read after NFKC, every decimal digit as ASCII, runs of
///          White_Space as one space, trimmed; hyphens, short dashes and the minus sign count as `-` but in an e-mail.
/// Returns: never an error: what is no value has a reason that says why. Linear; no clock, no check of "in the future".
/// Source:  ISO 13616 (iban), ISO/IEC 7812 (card), ICAO 9303 (mrz), ISO 8601 (date), ISO 3166-1, ISO 4217.
FormatResult validate_format(std::string_view text, FormatType type, const FormatOptions& options = {});

/// validate_format for many texts, on all cores when there are thousands.
///
/// types:  one for each text
/// Errors: `length_mismatch` for another number of types
Result<std::vector<FormatResult>> validate_format_batch(std::span<const std::string_view> texts,
                                                        std::span<const FormatType> types,
                                                        const FormatOptions& options = {});
/// The same with one type for all texts; never an error.
Result<std::vector<FormatResult>> validate_format_batch(std::span<const std::string_view> texts, FormatType type,
                                                        const FormatOptions& options = {});

}  // namespace paritas
