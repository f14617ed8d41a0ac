#pragma once
#include <pybind11/pybind11.h>

namespace paritas::python {

// One for each stem, in alphabetical order; module.cpp calls them.
void bind_aho_corasick(pybind11::module_& m);
void bind_analyzer(pybind11::module_& m);
void bind_batch_size(pybind11::module_& m);
void bind_bm25(pybind11::module_& m);
void bind_claims(pybind11::module_& m);
void bind_code_regions(pybind11::module_& m);
void bind_coherence(pybind11::module_& m);
void bind_cosine(pybind11::module_& m);
void bind_distance(pybind11::module_& m);
void bind_dot(pybind11::module_& m);
void bind_embedding_index(pybind11::module_& m);
void bind_entities(pybind11::module_& m);
void bind_facts(pybind11::module_& m);
void bind_field_confidence(pybind11::module_& m);
void bind_filter(pybind11::module_& m);
void bind_fold(pybind11::module_& m);
void bind_formats(pybind11::module_& m);
void bind_fusion(pybind11::module_& m);
void bind_halt(pybind11::module_& m);
void bind_hash(pybind11::module_& m);
void bind_hnsw(pybind11::module_& m);
void bind_hybrid(pybind11::module_& m);
void bind_maths(pybind11::module_& m);
void bind_matrix(pybind11::module_& m);
void bind_normalize(pybind11::module_& m);
void bind_numbers(pybind11::module_& m);
void bind_polarity(pybind11::module_& m);
void bind_prepared_source(pybind11::module_& m);
void bind_quantize(pybind11::module_& m);
void bind_random(pybind11::module_& m);
void bind_selfcheck(pybind11::module_& m);
void bind_sentences(pybind11::module_& m);
void bind_signals(pybind11::module_& m);
void bind_signature(pybind11::module_& m);
void bind_stem_english(pybind11::module_& m);
void bind_stem_light(pybind11::module_& m);
void bind_terms(pybind11::module_& m);
void bind_tesseract_words(pybind11::module_& m);
void bind_text_quality(pybind11::module_& m);
void bind_tool_name(pybind11::module_& m);
void bind_topk(pybind11::module_& m);
void bind_trend(pybind11::module_& m);
void bind_vector_index(pybind11::module_& m);
void bind_vector_ops(pybind11::module_& m);
void bind_verifier(pybind11::module_& m);
void bind_williams(pybind11::module_& m);

}  // namespace paritas::python
