#include "paritas/vectors/metric.hpp"

namespace paritas {

Result<Metric> parse_metric(std::string_view name) {
  if (name == "cosine" || name == "Cosine") return Metric::cosine;
  if (name == "dot" || name == "DotProduct") return Metric::dot;
  if (name == "euclidean" || name == "Euclidean") return Metric::euclidean;
  if (name == "squared_euclidean" || name == "SquaredEuclidean") return Metric::squared_euclidean;
  return Error{ErrorCode::invalid_argument, "metric must be cosine, dot, euclidean or squared_euclidean"};
}

}  // namespace paritas
