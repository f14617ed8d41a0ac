#include "paritas/verify/facts.hpp"

#include "packed.hpp"

namespace paritas::wasm {

namespace {

void pack(Packer& out, const Fact& fact) {
  pack(out, fact.id);
  out.text(fact.text);
  out.f64(fact.score);
  out.optional(fact.metadata);
}

}  // namespace

WASM(Reply, factStoreDefaults)() {
  const FactStoreOptions options;
  Packer out;
  out.f64(options.k1);
  out.f64(options.b);
  out.f64(static_cast<double>(options.k));
  return out.out();
}

WASM(Reply, factStoreCreate)(double k1, double b) {
  FactStoreOptions options;
  options.k1 = k1;
  options.b = b;
  return outcome(FactStore::create(options), handle);
}
WASM(Reply, factStoreFromBytes)(std::uintptr_t at, std::size_t bytes) {
  return outcome(FactStore::from_bytes(text(at, bytes)), handle);
}
WASM(void, factStoreDelete)(FactStore* self) { delete self; }

/// One block: id, tenant, text, metadata.
WASM(Reply, factStoreAdd)(FactStore& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  const std::string_view tenant = in.text(), body = in.text();
  return outcome(self.add(id, body, tenant, in.optional()), number);
}

/// One block: id, tenant.
WASM(bool, factStoreRemove)(FactStore& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  return self.remove(id, in.text());
}

/// One block: id, tenant. Nothing, or a fact.
WASM(Reply, factStoreGet)(const FactStore& self, std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  const DocId id = in.id();
  Packer out;
  if (const auto found = self.get(id, in.text())) pack(out, *found);
  return out.out();
}

WASM(double, factStoreCount)(const FactStore& self, std::uintptr_t at, std::size_t bytes) {
  return static_cast<double>(self.count(text(at, bytes)));
}

WASM(void, factStoreClear)(FactStore& self, std::uintptr_t at, std::size_t bytes) { self.clear(text(at, bytes)); }

WASM(Reply, factStoreTenants)(const FactStore& self) {
  Packer out;
  for (const std::string& name : self.tenants()) out.text(name);
  return out.out();
}

/// One block: tenant, text.
WASM(Reply, factStoreQuery)(const FactStore& self, std::uintptr_t at, std::size_t bytes, std::int32_t k) {
  Unpacker in(at, bytes);
  const std::string_view tenant = in.text();
  return outcome(self.query(in.text(), k, tenant), [](const std::vector<Fact>& facts) {
    Packer out;
    for (const Fact& fact : facts) pack(out, fact);
    return out.out();
  });
}

/// One block: tenant, text. Nothing, or a text.
WASM(Reply, factStoreContext)(const FactStore& self, std::uintptr_t at, std::size_t bytes, std::int32_t top_k) {
  Unpacker in(at, bytes);
  const std::string_view tenant = in.text();
  return outcome(self.retrieve_context(in.text(), top_k, tenant), [](const std::optional<std::string>& found) {
    Packer out;
    if (found) out.text(*found);
    return out.out();
  });
}

WASM(Reply, factStoreToBytes)(const FactStore& self) { return typed(self.to_bytes()); }

}  // namespace paritas::wasm
