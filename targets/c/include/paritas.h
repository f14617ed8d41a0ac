/* Paritas for C and for everything that calls C: the same bits as from C++, Python and JavaScript.
 *
 * Every function is pure and may be called from any thread. Texts are UTF-8 with their length in bytes and need no
 * closing 0; ill-formed bytes count as U+FFFD. Nothing that is passed in is kept.
 */
#ifndef PARITAS_H
#define PARITAS_H

#include <stddef.h>

#if defined(_WIN32)
#ifdef PARITAS_C_BUILD
#define PARITAS_API __declspec(dllexport)
#else
#define PARITAS_API __declspec(dllimport)
#endif
#elif defined(PARITAS_C_BUILD)
#define PARITAS_API __attribute__((visibility("default")))
#else
#define PARITAS_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that runs, as "0.1.0". Owned by the library. */
PARITAS_API const char* paritas_version(void);

/* How far a series of scores has fallen, by the straight line that fits it best: in the unit of `values`, negative when
 * they rise, 0 for fewer than two, NaN when one of several is NaN or infinite. `values` may be null for a count of 0. */
PARITAS_API double paritas_trend_drop(const double* values, size_t count);

/* The signals of a claim against its source. Each text: its bytes and their number; null for a length of 0. */

/* How far two texts name the same things: 0 to 1, symmetric; 1 when neither names any, 0 when one does not. */
PARITAS_API double paritas_entity_overlap(const char* text_a, size_t bytes_a, const char* text_b, size_t bytes_b);
/* 1 when every hard number of the claim is matched by the source, 0 when one is not, -1 when either has none. */
PARITAS_API int paritas_numerical_consistency(const char* claim, size_t claim_bytes, const char* source,
                                              size_t source_bytes);
/* 1 when a sentence of the claim says the opposite of all source sentences that share the most with it, else 0. */
PARITAS_API int paritas_negation_flip(const char* claim, size_t claim_bytes, const char* source, size_t source_bytes);
/* The share of the claim's content stems and hard numbers that the source has: 0 to 1; 1 when there are none. */
PARITAS_API double paritas_traceability(const char* claim, size_t claim_bytes, const char* source, size_t source_bytes);

/* Dense vectors of float32: `count` items each, read in place; the same bits at every SIMD level. */

/* Inner product; 0 for no items. */
PARITAS_API float paritas_dot_product(const float* a, const float* b, size_t count);
/* Cosine of the angle, in [-1, 1]: 1 for equal vectors, 0 when one has only zeros or no items, NaN when a value is NaN or
 * infinite. */
PARITAS_API float paritas_cosine_similarity(const float* a, const float* b, size_t count);
/* 1 - cosine, in [0, 2]; 1 when one vector has only zeros. */
PARITAS_API float paritas_cosine_distance(const float* a, const float* b, size_t count);
/* Sum of the squared differences; 0 for no items. */
PARITAS_API float paritas_squared_euclidean(const float* a, const float* b, size_t count);
/* Its square root. */
PARITAS_API float paritas_euclidean_distance(const float* a, const float* b, size_t count);
/* Euclidean length; 0 for no items. */
PARITAS_API float paritas_norm(const float* v, size_t count);
/* Writes v scaled to length 1 to `out`, which holds `count` items and may be v itself; zeros stay zeros. Returns the
 * length that v had. */
PARITAS_API float paritas_normalize(const float* v, float* out, size_t count);

/* The Williams numbers, under their published names. They look at a count and never at a text, so they say nothing about
 * whether a field was read correctly. A negative number that a caller turns into size_t is a very large count. */

/* S = sqrt(t) * log2(t); 1 for t up to 1. */
PARITAS_API double williams_space_bound(size_t time_complexity);
/* S cut to a whole number; 1 for t up to 1. */
PARITAS_API size_t williams_optimal_batch_size(size_t total_items);
/* E = t / S; 1 for t up to 1. */
PARITAS_API double williams_efficiency_multiplier(size_t time_complexity);
/* R = ((t - S) / t) * 100; 0 for t up to 1. Nothing is saved by computing it. */
PARITAS_API double williams_space_saved_percent(size_t time_complexity);
/* 0.85 + 0.15 * min(1, E(n) / 30); 1 for n up to 1. The base is ignored, as published. */
PARITAS_API double williams_confidence_multiplier(size_t num_fields, double base_confidence);

#ifdef __cplusplus
}
#endif

#endif
