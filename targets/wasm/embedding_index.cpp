#include "paritas/vectors/embedding_index.hpp"

#include "floats.hpp"
#include "hits.hpp"

namespace paritas::wasm {

WASM(EmbeddingIndex*, embeddingIndexCreate)() { return new EmbeddingIndex; }
WASM(void, embeddingIndexDelete)(EmbeddingIndex* self) { delete self; }

WASM(Reply, embeddingIndexAdd)
(EmbeddingIndex& self, std::uintptr_t at, std::size_t rows, std::size_t dim, std::size_t labels) {
  return outcome(self.add(matrix(at, rows, dim), labels), number);
}
WASM(Reply, embeddingIndexQuery)
(const EmbeddingIndex& self, std::uintptr_t at, std::size_t dim, std::int32_t k, double threshold) {
  return outcome(self.query(floats(at, dim), k, threshold), [](const auto& hits) {
    Packer out;
    pack(out, hits);
    return out.out();
  });
}
WASM(Reply, embeddingIndexSimilarities)(const EmbeddingIndex& self, std::uintptr_t at, std::size_t dim) {
  return outcome(self.similarities(floats(at, dim)), typed);
}
WASM(double, embeddingIndexSize)(const EmbeddingIndex& self) { return static_cast<double>(self.size()); }
WASM(double, embeddingIndexDim)(const EmbeddingIndex& self) { return static_cast<double>(self.dim()); }

}  // namespace paritas::wasm
