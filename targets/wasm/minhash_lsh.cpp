#include "paritas/repair/minhash_lsh.hpp"

#include "packed.hpp"

namespace paritas::wasm {
namespace {

std::span<const std::uint32_t> places(std::uintptr_t at, std::size_t count) {
  return {reinterpret_cast<const std::uint32_t*>(at), count};
}

/// 0 stands for what was not given: the wrapper refuses it as a number.
std::optional<std::int64_t> given(double number) {
  if (number == 0.0) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

}  // namespace

WASM(Reply, minhashLshDefaults)() {
  const MinHashLshOptions defaults;
  Packer out;
  out.f64(defaults.threshold);
  out.f64(static_cast<double>(defaults.num_perm));
  return out.out();
}
WASM(Reply, minhashLshCreate)(double threshold, double num_perm, double bands, double rows) {
  return outcome(MinHashLsh::create({threshold, static_cast<std::int64_t>(num_perm), given(bands), given(rows)}),
                 handle);
}
WASM(void, minhashLshDelete)(MinHashLsh* self) { delete self; }
/// Number of permutations, bands, rows, signatures.
WASM(Reply, minhashLshShape)(const MinHashLsh& self) {
  Packer out;
  for (const std::size_t number : {self.shape().places, self.shape().bands, self.shape().rows, self.size()}) {
    out.u32(number);
  }
  return out.out();
}
WASM(bool, minhashLshHas)(const MinHashLsh& self, double id) { return self.contains(static_cast<std::int64_t>(id)); }
WASM(Reply, minhashLshInsert)(MinHashLsh& self, double id, std::uintptr_t at, std::size_t count) {
  return outcome(self.insert(static_cast<std::int64_t>(id), places(at, count)), number);
}
WASM(Reply, minhashLshQuery)(const MinHashLsh& self, std::uintptr_t at, std::size_t count) {
  return outcome(self.query(places(at, count)), typed);
}
WASM(Reply, minhashLshRemove)(MinHashLsh& self, double id) {
  return outcome(self.remove(static_cast<std::int64_t>(id)), number);
}
WASM(Reply, minhashLshKeys)(const MinHashLsh& self, std::uintptr_t at, std::size_t count) {
  return outcome(self.band_keys(places(at, count)), typed);
}
WASM(Reply, minhashLshToBytes)(const MinHashLsh& self) { return typed(self.to_bytes()); }
WASM(Reply, minhashLshFromBytes)(std::uintptr_t at, std::size_t bytes) {
  return outcome(MinHashLsh::from_bytes(text(at, bytes)), handle);
}

}  // namespace paritas::wasm
