#include "paritas.h"

#include <optional>

#include "paritas/ocr/williams.hpp"
#include "paritas/stream/trend.hpp"
#include "paritas/vectors/cosine.hpp"
#include "paritas/vectors/distance.hpp"
#include "paritas/vectors/dot.hpp"
#include "paritas/vectors/normalize.hpp"
#include "paritas/verify/signals.hpp"

const char* paritas_version(void) { return PARITAS_VERSION; }

double paritas_trend_drop(const double* values, size_t count) { return paritas::trend_drop({values, count}); }

double paritas_entity_overlap(const char* text_a, size_t bytes_a, const char* text_b, size_t bytes_b) {
  return paritas::entity_overlap({text_a, bytes_a}, {text_b, bytes_b});
}

int paritas_numerical_consistency(const char* claim, size_t claim_bytes, const char* source, size_t source_bytes) {
  const std::optional<bool> consistent = paritas::numerical_consistency({claim, claim_bytes}, {source, source_bytes});
  return consistent.has_value() ? static_cast<int>(*consistent) : -1;
}

int paritas_negation_flip(const char* claim, size_t claim_bytes, const char* source, size_t source_bytes) {
  return static_cast<int>(paritas::negation_flip({claim, claim_bytes}, {source, source_bytes}));
}

double paritas_traceability(const char* claim, size_t claim_bytes, const char* source, size_t source_bytes) {
  return paritas::traceability({claim, claim_bytes}, {source, source_bytes});
}

// Two vectors of one count: their lengths cannot differ, which is all that these functions refuse.
float paritas_dot_product(const float* a, const float* b, size_t count) {
  return paritas::dot_product({a, count}, {b, count}).value();
}

float paritas_cosine_similarity(const float* a, const float* b, size_t count) {
  return paritas::cosine_similarity({a, count}, {b, count}).value();
}

float paritas_cosine_distance(const float* a, const float* b, size_t count) {
  return paritas::cosine_distance({a, count}, {b, count}).value();
}

float paritas_squared_euclidean(const float* a, const float* b, size_t count) {
  return paritas::squared_euclidean({a, count}, {b, count}).value();
}

float paritas_euclidean_distance(const float* a, const float* b, size_t count) {
  return paritas::euclidean_distance({a, count}, {b, count}).value();
}

float paritas_norm(const float* v, size_t count) { return paritas::norm({v, count}); }

float paritas_normalize(const float* v, float* out, size_t count) {
  return paritas::normalize({v, count}, {out, count});
}

// size_t reaches beyond the counts of the core, which rounds them to a double anyway.
double williams_space_bound(size_t time_complexity) {
  return paritas::space_numbers(static_cast<double>(time_complexity)).bound;
}

size_t williams_optimal_batch_size(size_t total_items) {
  return static_cast<size_t>(williams_space_bound(total_items));
}

double williams_efficiency_multiplier(size_t time_complexity) {
  return paritas::space_numbers(static_cast<double>(time_complexity)).efficiency;
}

double williams_space_saved_percent(size_t time_complexity) {
  return paritas::space_numbers(static_cast<double>(time_complexity)).reduction;
}

double williams_confidence_multiplier(size_t num_fields, double) {
  return paritas::confidence_base(static_cast<double>(num_fields));
}
