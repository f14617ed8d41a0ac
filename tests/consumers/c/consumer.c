/* Built by pkg-config and by CMake from the installed header alone: what a C program gets. */
#include <math.h>
#include <paritas.h>
#include <stdio.h>
#include <string.h>

static int failures = 0;

static void check(const char* what, int holds) {
  printf("%s %s\n", holds ? "ok    " : "FAILED", what);
  failures += !holds;
}

int main(void) {
  const double falling[] = {0.8, 0.2};
  check("version", strcmp(paritas_version(), PARITAS_EXPECTED_VERSION) == 0);
  check("trend_drop", paritas_trend_drop(falling, 2) == 0.6000000000000001);
  check("trend_drop of nothing", paritas_trend_drop(NULL, 0) == 0.0);
  check("williams_space_bound", williams_space_bound(1000) == 315.14577009444031);
  check("williams_space_bound of 0", williams_space_bound(0) == 1.0);
  check("williams_space_bound of the largest size", williams_space_bound((size_t)-5) == 4294967296.0 * 64.0);
  check("williams_optimal_batch_size", williams_optimal_batch_size(20000) == 2020);
  check("williams_efficiency_multiplier", williams_efficiency_multiplier(1000) == 3.1731347677626394);
  check("williams_space_saved_percent", williams_space_saved_percent(1000) == 68.485422990555961);
  check("williams_confidence_multiplier", williams_confidence_multiplier(12, 0.1) == 0.85483143354280677);
  return failures;
}
