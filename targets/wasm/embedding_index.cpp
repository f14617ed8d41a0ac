#include "paritas/vectors/embedding_index.hpp"

#include <emscripten/bind.h>

#include "floats.hpp"
#include "hits.hpp"

namespace paritas::wasm {
namespace {

val add(EmbeddingIndex& self, std::uintptr_t at, std::size_t rows, std::size_t dim, std::size_t labels) {
  return outcome(self.add(matrix(at, rows, dim), labels), same);
}
val query(const EmbeddingIndex& self, std::uintptr_t at, std::size_t dim, std::int32_t k, double threshold) {
  return outcome(self.query(floats(at, dim), k, threshold), [](const auto& hits) {
    std::vector<double> flat;
    append_hits(hits, flat);
    return typed(flat);
  });
}
val similarities(const EmbeddingIndex& self, std::uintptr_t at, std::size_t dim) {
  return outcome(self.similarities(floats(at, dim)), typed);
}

}  // namespace

EMSCRIPTEN_BINDINGS(paritas_embedding_index) {
  emscripten::class_<EmbeddingIndex>("EmbeddingIndex")
      .smart_ptr<std::shared_ptr<EmbeddingIndex>>("EmbeddingIndexHandle")
      .class_function(
          "create", +[] { return std::make_shared<EmbeddingIndex>(); })
      .function("add", &add)
      .function("query", &query)
      .function("similarities", &similarities)
      .function("size", &EmbeddingIndex::size)
      .function("dim", &EmbeddingIndex::dim);
}

}  // namespace paritas::wasm
