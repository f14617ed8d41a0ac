#include "bindings.hpp"

// One for each stem, in alphabetical order: bind_<stem> stands in <stem>.cpp. The last of the vectors, vector_ops, shows the
// functions of those before it.
#define PARITAS_BINDINGS(X) \
  X(aho_corasick)           \
  X(analyzer)               \
  X(batch_size)             \
  X(bm25)                   \
  X(chunk)                  \
  X(claims)                 \
  X(classify)               \
  X(code)                   \
  X(code_regions)           \
  X(coerce)                 \
  X(coherence)              \
  X(content_hasher)         \
  X(cosine)                 \
  X(cycles)                 \
  X(dedup)                  \
  X(distance)               \
  X(dot)                    \
  X(embedding_index)        \
  X(entities)               \
  X(facts)                  \
  X(field_confidence)       \
  X(filter)                 \
  X(fold)                   \
  X(formats)                \
  X(fusion)                 \
  X(halt)                   \
  X(hash)                   \
  X(hierarchical)           \
  X(hnsw)                   \
  X(hybrid)                 \
  X(json_extract)           \
  X(json_repair)            \
  X(json_scan)              \
  X(json_stream)            \
  X(line_chunks)            \
  X(line_count)             \
  X(markdown)               \
  X(maths)                  \
  X(matrix)                 \
  X(minhash)                \
  X(minhash_lsh)            \
  X(near_duplicates)        \
  X(normalize)              \
  X(normalize_block)        \
  X(normalize_text)         \
  X(numbers)                \
  X(packed_chunkers)        \
  X(pii)                    \
  X(polarity)               \
  X(prepared_source)        \
  X(quantize)               \
  X(random)                 \
  X(recursive)              \
  X(registry)               \
  X(repetition)             \
  X(response)               \
  X(secrets)                \
  X(selfcheck)              \
  X(semantic)               \
  X(sentences)              \
  X(signals)                \
  X(signature)              \
  X(simhash)                \
  X(sizer)                  \
  X(stem_english)           \
  X(stem_light)             \
  X(terms)                  \
  X(tesseract_words)        \
  X(text_quality)           \
  X(thinking_detector)      \
  X(thinking_filter)        \
  X(tool_name)              \
  X(topk)                   \
  X(trend)                  \
  X(vector_index)           \
  X(vector_ops)             \
  X(verifier)               \
  X(williams)

namespace paritas::python {
#define X(stem) void bind_##stem(pybind11::module_& m);
PARITAS_BINDINGS(X)
#undef X
}  // namespace paritas::python

PYBIND11_MODULE(_native, m) {
  using namespace paritas::python;
#define X(stem) bind_##stem(m);
  PARITAS_BINDINGS(X)
#undef X
}
