#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

// Every kind of personal data that is known. The enum and its names expand from here.
#define PARITAS_PII(X) \
  X(email)             \
  X(credit_card)       \
  X(iban)              \
  X(ssn)               \
  X(phone)             \
  X(ip)

enum class PiiKind : std::uint8_t {
#define X(id) id,
  PARITAS_PII(X)
#undef X
};

/// "credit_card".
std::string_view name(PiiKind kind) noexcept;

/// A set of kinds; all of them where nothing is said.
class PiiKinds {
 public:
  constexpr PiiKinds() noexcept = default;
  /// Errors: `invalid_argument` with the index of an unknown name; the message lists the known ones.
  static Result<PiiKinds> of(std::span<const std::string_view> names);
  [[nodiscard]] constexpr bool has(PiiKind kind) const noexcept {
    return (bits_ >> static_cast<unsigned>(kind) & 1) != 0;
  }
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  std::uint32_t bits_ = 63;
};

/// Personal data in a text.
struct PiiMatch {
  PiiKind kind;
  Span span;
  /// E-mail with a lower-case domain, digits of a card, compact IBAN, "AAA-GG-SSSS", "+" and digits, IP of RFC 5952.
  std::string normalized;
  /// Scheme of a card, country of an IBAN, "international" or "north_american", kind of address ("public", "private",
  /// "loopback", "link_local", "documentation"); a word that lives for ever, empty for the others.
  std::string_view detail;
};

/// Personal data in a text, in its order; no two overlap: where kinds do, the one with more proof stays, in the order
/// iban, credit_card, email, ip, ssn, phone.
///
/// text:   UTF-8; ill-formed bytes count as U+FFFD. Linear.
/// Source: ISO/IEC 7812 (cards), ISO 13616 (IBAN), RFC 4291 and 5952 (IPv6), E.164 (phones).
std::vector<PiiMatch> scan_pii(std::string_view text, PiiKinds kinds = {});

/// scan_pii for many texts, in their order.
///
/// threads: 0 for all cores
/// Errors:  `invalid_argument` for threads below 0
Result<std::vector<std::vector<PiiMatch>>> scan_pii_batch(std::span<const std::string_view> texts, PiiKinds kinds = {},
                                                          std::int64_t threads = 0);

struct PiiMask {
  /// One code point that breaks no line.
  std::string_view mask_char = "*";
  /// How many code points stay at each end of a finding, but at most an eighth of it; 0 to 64.
  std::int64_t visible_chars = 0;
  PiiKinds kinds;
};

/// The text with its personal data masked, one mask_char for each code point: all findings count, also those that
/// scan_pii drops because they overlap others; of such nothing stays visible.
///
/// Errors: `invalid_argument` for a mask that is none
Result<std::string> mask_pii(std::string_view text, const PiiMask& mask = {});

/// mask_pii for many texts, in their order.
///
/// threads: 0 for all cores
/// Errors:  as mask_pii; `invalid_argument` for threads below 0
Result<std::vector<std::string>> mask_pii_batch(std::span<const std::string_view> texts, const PiiMask& mask = {},
                                                std::int64_t threads = 0);

}  // namespace paritas
