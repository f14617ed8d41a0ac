#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/hash.hpp"
#include "paritas/base/result.hpp"

namespace paritas {

inline constexpr std::int64_t kSignatureDigits = 32;

/// length, if a signature may have so many digits. Errors: `invalid_argument` below 8 or above 32
Result<std::size_t> signature_length(std::int64_t length);

/// The first `length` lower-case hexadecimal digits of XXH3-128 of some bytes, high half first: what identifies a tool
/// call, made of the canonical JSON of [tool_name, arguments]. Equal calls have equal signatures, whatever the order of
/// keys; unequal ones differ but for a chance of 2^-64. No defence against somebody who looks for collisions.
std::string signature_of(std::string_view canonical, std::size_t length = kSignatureDigits);

/// 1 for equal signatures, else 0: digits of hashes say nothing about likeness.
double signature_similarity(std::string_view sig1, std::string_view sig2) noexcept;

/// The (path, scalar or empty container) pairs of a canonical JSON text, each as a hash, sorted and each once.
std::vector<Hash128> canonical_leaves(std::string_view canonical);

/// Shared over all, by two sorted sets; 1 for two empty ones.
double leaves_similarity(const std::vector<Hash128>& a, const std::vector<Hash128>& b) noexcept;

/// How alike two tool calls are: 0 for different names, else leaves_similarity of the canonical JSON of their arguments.
double call_similarity(std::string_view name1, std::string_view canonical1, std::string_view name2,
                       std::string_view canonical2);

}  // namespace paritas
