#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/base/result.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

// Credentials in text: tokens of providers by their documented shapes, keys, passwords in URLs, headers and assignments.
// No regular expression runs: a shape is read once, greedily, so every call is linear in the text, whatever it holds.

enum class SecretSeverity : std::uint8_t { low, medium, high, critical };
enum class SecretConfidence : std::uint8_t { low, medium, high };
enum class SecretChecksum : std::uint8_t { none, valid, invalid };

constexpr std::string_view name(SecretSeverity severity) noexcept {
  constexpr std::string_view kNames[] = {"low", "medium", "high", "critical"};
  return kNames[static_cast<std::size_t>(severity)];
}
constexpr std::string_view name(SecretConfidence confidence) noexcept {
  constexpr std::string_view kNames[] = {"low", "medium", "high"};
  return kNames[static_cast<std::size_t>(confidence)];
}
constexpr std::string_view name(SecretChecksum checksum) noexcept {
  constexpr std::string_view kNames[] = {"none", "valid", "invalid"};
  return kNames[static_cast<std::size_t>(checksum)];
}

/// A rule that finds one kind of secret.
struct SecretPattern {
  std::string_view name;
  SecretSeverity severity;
  std::string_view provider;
  std::string_view kind;  // provider, hash, pem, jwt, url, header or assignment
  std::string
      shape;  // in the language of docs/secrets.md; several are joined by " | ", empty for what is found by code
  std::string_view description;
};

/// The rules, in their order. The reference stays good for ever.
const std::vector<SecretPattern>& list_secret_patterns();

/// The confidence of a name.
/// Errors:  invalid_argument for another name than low, medium, high
Result<SecretConfidence> secret_confidence(std::string_view name);

struct SecretOptions {
  SecretConfidence min_confidence = SecretConfidence::low;
  bool include_placeholders = false;
  /// Names of the rules to use; all of them where this is not given.
  std::optional<std::vector<std::string_view>> rules{};
};

struct SecretMatch {
  std::size_t rule;  // in list_secret_patterns()
  SecretConfidence confidence;
  Span span;                // the secret itself, not the key before it
  std::size_t line_number;  // 1-based
  SecretChecksum checksum;
  bool placeholder;
  std::string masked_text;  // what mask_secrets with its defaults makes of it alone
};

/// The secrets of a text, by start, then the longer one, then the order of rules.
///
/// Returns: what lies within a finding of an equal or higher class (provider, PEM, JWT, URL, header, assignment) is left
///          out; empty text has none
/// Errors:  not_found for an unknown rule, with its index in options.rules
Result<std::vector<SecretMatch>> scan_secrets(std::string_view text, const SecretOptions& options = {});
/// Whether scan_secrets finds any; stops at the first one.
Result<bool> has_secrets(std::string_view text, const SecretOptions& options = {});
/// The names of the rules that find something, each once, ascending.
Result<std::vector<std::string_view>> get_secret_types(std::string_view text, const SecretOptions& options = {});

/// One list for each text, equal to scan_secrets of it.
///
/// threads: 0 for all cores
/// Errors:  invalid_argument for threads below 0; as scan_secrets
Result<std::vector<std::vector<SecretMatch>>> scan_secrets_batch(std::span<const std::string_view> texts,
                                                                 const SecretOptions& options = {},
                                                                 std::int64_t threads = 0);

/// How many findings of each name.
using SecretCounts = std::vector<std::pair<std::string_view, std::size_t>>;
struct SecretSummary {
  std::size_t total_matches = 0;
  SecretCounts by_type{};            // ascending
  SecretCounts by_severity{};        // critical first
  SecretCounts by_confidence{};      // high first
  std::vector<std::size_t> lines{};  // where they begin: ascending, each once
};
Result<SecretSummary> scan_secrets_summary(std::string_view text, const SecretOptions& options = {});

struct SecretMask {
  std::string_view mask_char = "*";  // one code point, no line break
  std::int64_t visible_chars =
      4;  // at most so many stay at each end of a provider's token, and at most an eighth; 0 to 64
};

/// The text with every secret masked, code point by code point: line breaks stay, and the BEGIN and END lines of keys.
/// Errors:  invalid_argument for another mask_char, and for visible_chars outside 0 to 64; as scan_secrets
Result<std::string> mask_secrets(std::string_view text, const SecretMask& mask = {}, const SecretOptions& options = {});
Result<std::vector<std::string>> mask_secrets_batch(std::span<const std::string_view> texts,
                                                    const SecretMask& mask = {}, const SecretOptions& options = {},
                                                    std::int64_t threads = 0);

}  // namespace paritas
