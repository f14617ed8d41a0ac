#include "prepared_source.hpp"

#include "packed.hpp"

namespace paritas::wasm {

WASM(Reply, preparedSourceCreate)(std::uintptr_t passages, std::size_t bytes) {
  const std::vector<std::string_view> views = texts(passages, bytes);
  return number(reinterpret_cast<std::uintptr_t>(new SourceHandle{PreparedSource(views)}));
}
WASM(void, preparedSourceDelete)(SourceHandle* self) { delete self; }

/// Sentences, code points.
WASM(Reply, preparedSourceCounts)(const SourceHandle& self) {
  Packer out;
  out.f64(static_cast<double>(self.source.sentences()));
  out.f64(static_cast<double>(self.source.characters()));
  return out.out();
}

}  // namespace paritas::wasm
