#include "bindings.hpp"

PYBIND11_MODULE(_native, m) {
  using namespace paritas::python;
  bind_aho_corasick(m);
  bind_analyzer(m);
  bind_batch_size(m);
  bind_bm25(m);
  bind_claims(m);
  bind_code_regions(m);
  bind_coherence(m);
  bind_cosine(m);
  bind_distance(m);
  bind_dot(m);
  bind_embedding_index(m);
  bind_entities(m);
  bind_facts(m);
  bind_field_confidence(m);
  bind_filter(m);
  bind_fold(m);
  bind_formats(m);
  bind_fusion(m);
  bind_halt(m);
  bind_hash(m);
  bind_hnsw(m);
  bind_hybrid(m);
  bind_maths(m);
  bind_matrix(m);
  bind_normalize(m);
  bind_numbers(m);
  bind_polarity(m);
  bind_prepared_source(m);
  bind_quantize(m);
  bind_random(m);
  bind_selfcheck(m);
  bind_sentences(m);
  bind_signals(m);
  bind_signature(m);
  bind_stem_english(m);
  bind_stem_light(m);
  bind_terms(m);
  bind_tesseract_words(m);
  bind_text_quality(m);
  bind_tool_name(m);
  bind_topk(m);
  bind_trend(m);
  bind_vector_index(m);
  bind_verifier(m);
  bind_williams(m);
  bind_vector_ops(m);  // last of its room: it shows the functions above
}
