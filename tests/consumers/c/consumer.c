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

/* A text and its length. */
#define TEXT(text) (text), strlen(text)

int main(void) {
  const double falling[] = {0.8, 0.2};
  const float a[] = {3.0F, 4.0F};
  const float b[] = {4.0F, 3.0F};
  float unit[2];
  check("version", strcmp(paritas_version(), PARITAS_EXPECTED_VERSION) == 0);
  check("trend_drop", paritas_trend_drop(falling, 2) == 0.6000000000000001);
  check("trend_drop of nothing", paritas_trend_drop(NULL, 0) == 0.0);
  check("entity_overlap", paritas_entity_overlap(TEXT("Alice met Bob."), TEXT("Bob met Alice.")) == 1.0);
  check("entity_overlap of nothing", paritas_entity_overlap(NULL, 0, NULL, 0) == 1.0);
  check("numerical_consistency",
        paritas_numerical_consistency(TEXT("It costs 30 dollars."), TEXT("It costs 40 dollars.")) == 0);
  check("numerical_consistency, equal",
        paritas_numerical_consistency(TEXT("It costs 30 dollars."), TEXT("It costs 30 dollars.")) == 1);
  check("numerical_consistency of no number",
        paritas_numerical_consistency(TEXT("It is free."), TEXT("It is free.")) == -1);
  check("negation_flip", paritas_negation_flip(TEXT("The drug is not safe."), TEXT("The drug is safe.")) == 1);
  check("negation_flip, none", paritas_negation_flip(TEXT("The drug is safe."), TEXT("The drug is safe.")) == 0);
  check("traceability", paritas_traceability(TEXT("The drug is safe."), TEXT("The drug is safe.")) == 1.0);
  check("dot_product", paritas_dot_product(a, b, 2) == 24.0F);
  check("cosine_similarity", paritas_cosine_similarity(a, b, 2) == 0.96F);
  check("cosine_similarity of nothing", paritas_cosine_similarity(NULL, NULL, 0) == 0.0F);
  check("cosine_distance", fabsf(paritas_cosine_distance(a, b, 2) - 0.04F) < 1e-7F);
  check("squared_euclidean", paritas_squared_euclidean(a, b, 2) == 2.0F);
  check("euclidean_distance", paritas_euclidean_distance(a, b, 2) == 1.41421354F);
  check("norm", paritas_norm(a, 2) == 5.0F);
  check("normalize", paritas_normalize(a, unit, 2) == 5.0F && unit[0] == 0.6F && unit[1] == 0.8F);
  check("williams_space_bound", williams_space_bound(1000) == 315.14577009444031);
  check("williams_space_bound of 0", williams_space_bound(0) == 1.0);
  check("williams_space_bound of the largest size", williams_space_bound((size_t)-5) == 4294967296.0 * 64.0);
  check("williams_optimal_batch_size", williams_optimal_batch_size(20000) == 2020);
  check("williams_efficiency_multiplier", williams_efficiency_multiplier(1000) == 3.1731347677626394);
  check("williams_space_saved_percent", williams_space_saved_percent(1000) == 68.485422990555961);
  check("williams_confidence_multiplier", williams_confidence_multiplier(12, 0.1) == 0.85483143354280677);
  return failures;
}
