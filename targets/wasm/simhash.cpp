#include "paritas/repair/simhash.hpp"

#include "packed.hpp"

namespace paritas::wasm {

WASM(Reply, simhashCreate)(double k) { return outcome(SimHash::create(static_cast<std::int64_t>(k)), handle); }
WASM(void, simhashDelete)(SimHash* self) { delete self; }
WASM(Reply, simhashHashes)(const SimHash& self, std::uintptr_t at, std::size_t bytes) {
  const auto all = texts(at, bytes);
  std::vector<std::uint64_t> out(all.size());
  self.hashes(all, out);
  return typed(out);
}
WASM(Reply, simhashIndexCreate)(double distance) {
  return outcome(SimHashIndex::create(static_cast<std::int64_t>(distance)), handle);
}
WASM(void, simhashIndexDelete)(SimHashIndex* self) { delete self; }
WASM(double, simhashIndexDistance)(const SimHashIndex& self) { return static_cast<double>(self.max_distance()); }
WASM(double, simhashIndexSize)(const SimHashIndex& self) { return static_cast<double>(self.size()); }
WASM(bool, simhashIndexHas)(const SimHashIndex& self, double id) {
  return self.contains(static_cast<std::int64_t>(id));
}
WASM(Reply, simhashIndexInsert)(SimHashIndex& self, double id, std::uint64_t hash) {
  return outcome(self.insert(static_cast<std::int64_t>(id), hash), number);
}
WASM(Reply, simhashIndexQuery)(const SimHashIndex& self, std::uint64_t hash) { return typed(self.query(hash)); }
WASM(Reply, simhashIndexRemove)(SimHashIndex& self, double id) {
  return outcome(self.remove(static_cast<std::int64_t>(id)), number);
}

}  // namespace paritas::wasm
