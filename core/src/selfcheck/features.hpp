#pragma once
#include "digest.hpp"
#include "paritas/base/random.hpp"

namespace paritas {

// Every feature that the digest covers, in alphabetical order: check_<stem> stands in <stem>.cpp beside this file. It
// draws one small input, calls the feature and adds all bytes of the result. FEATURES of
// python/paritas/reference/selfcheck.py is the same list.
#define PARITAS_FEATURES(X) \
  X(aho_corasick)           \
  X(analyzer)               \
  X(batch_size)             \
  X(bm25)                   \
  X(claims)                 \
  X(classify)               \
  X(code)                   \
  X(coerce)                 \
  X(coherence)              \
  X(cycles)                 \
  X(dedup)                  \
  X(dot)                    \
  X(facts)                  \
  X(field_confidence)       \
  X(filter)                 \
  X(fold)                   \
  X(formats)                \
  X(fusion)                 \
  X(halt)                   \
  X(hierarchical)           \
  X(hnsw)                   \
  X(json_extract)           \
  X(json_repair)            \
  X(line_count)             \
  X(markdown)               \
  X(maths)                  \
  X(matrix)                 \
  X(minhash)                \
  X(normalize_block)        \
  X(normalize_text)         \
  X(packed_chunkers)        \
  X(pii)                    \
  X(quantize)               \
  X(recursive)              \
  X(registry)               \
  X(repetition)             \
  X(response)               \
  X(secrets)                \
  X(semantic)               \
  X(signals)                \
  X(signature)              \
  X(simhash)                \
  X(sizer)                  \
  X(stem_english)           \
  X(stem_light)             \
  X(terms)                  \
  X(text_quality)           \
  X(thinking_detector)      \
  X(thinking_filter)        \
  X(tool_name)              \
  X(topk)                   \
  X(trend)                  \
  X(vector_index)           \
  X(verifier)               \
  X(williams)

#define X(stem) void check_##stem(Random& random, Digest& digest);
PARITAS_FEATURES(X)
#undef X

}  // namespace paritas
