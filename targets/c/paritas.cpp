#include "paritas.h"

#include "paritas/ocr/williams.hpp"
#include "paritas/stream/trend.hpp"

const char* paritas_version(void) { return PARITAS_VERSION; }

double paritas_trend_drop(const double* values, size_t count) { return paritas::trend_drop({values, count}); }

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
