#pragma once
#include <cstdint>
#include <string_view>

#include "paritas/base/result.hpp"

namespace paritas {

/// What nearness means.
enum class Metric : std::uint8_t { cosine, dot, euclidean, squared_euclidean };

/// "cosine", "dot", "euclidean", "squared_euclidean", or the published "Cosine", "DotProduct", "Euclidean",
/// "SquaredEuclidean". Errors: `invalid_argument` for another name.
Result<Metric> parse_metric(std::string_view name);

}  // namespace paritas
