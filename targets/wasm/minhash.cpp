#include "paritas/repair/minhash.hpp"

#include "packed.hpp"

namespace paritas::wasm {
namespace {

std::span<const std::uint32_t> places(std::uintptr_t at, std::size_t count) {
  return {reinterpret_cast<const std::uint32_t*>(at), count};
}

}  // namespace

WASM(Reply, minhashDefaults)() {
  constexpr MinHashOptions kDefaults;
  Packer out;
  for (const std::int64_t number : {kDefaults.num_perm, kDefaults.seed, kDefaults.k}) {
    out.f64(static_cast<double>(number));
  }
  return out.out();
}
/// At `at` is the kind of shingle.
WASM(Reply, minhashCreate)(double num_perm, double seed, double k, std::uintptr_t at, std::size_t bytes) {
  return outcome(shingle_kind(text(at, bytes)), [&](ShingleKind kind) {
    return outcome(MinHash::create({static_cast<std::int64_t>(num_perm), static_cast<std::int64_t>(seed),
                                    static_cast<std::int64_t>(k), kind}),
                   handle);
  });
}
WASM(void, minhashDelete)(MinHash* self) { delete self; }
WASM(double, minhashPlaces)(const MinHash& self) { return static_cast<double>(self.num_perm()); }
WASM(Reply, minhashSignatures)(const MinHash& self, std::uintptr_t at, std::size_t bytes) {
  const auto all = texts(at, bytes);
  std::vector<std::uint32_t> out(all.size() * self.num_perm());
  self.signatures(all, out);
  return typed(out);
}
WASM(void, minhashUpdate)(MinHash& self, std::uintptr_t at, std::size_t bytes) { self.update(text(at, bytes)); }
WASM(Reply, minhashMerge)(MinHash& self, const MinHash& other) { return outcome(self.merge(other), number); }
WASM(Reply, minhashDigest)(const MinHash& self) { return typed(self.digest()); }
WASM(Reply, minhashJaccard)(std::uintptr_t a, std::size_t a_count, std::uintptr_t b, std::size_t b_count) {
  return outcome(minhash_jaccard(places(a, a_count), places(b, b_count)), number);
}

}  // namespace paritas::wasm
