#include "paritas/repair/json_stream.hpp"

#include "json_repair.hpp"

namespace paritas::wasm {
namespace {

Reply said(std::string_view words) {
  Packer out;
  out.text(words);
  return out.out();
}

}  // namespace

WASM(Reply, jsonStreamCreate)(std::uintptr_t at, std::size_t bytes) {
  const auto options = repair_options(at, bytes);
  if (!options.ok()) return failure(options.error());
  return outcome(JsonStream::create(options.value()), handle);
}
WASM(void, jsonStreamDelete)(JsonStream* self) { delete self; }
WASM(Reply, jsonStreamFeed)(JsonStream& self, std::uintptr_t at, std::size_t bytes) {
  if (const auto error = self.feed(text(at, bytes))) return failure(*error);
  return said({});
}
WASM(Reply, jsonStreamSnapshot)(const JsonStream& self) { return said(self.snapshot()); }
WASM(Reply, jsonStreamPath)(const JsonStream& self) { return said(self.path()); }
WASM(bool, jsonStreamComplete)(const JsonStream& self) { return self.complete(); }
WASM(Reply, jsonStreamFinish)(JsonStream& self) {
  return outcome(self.finish(), [&](RepairResult result) {
    if (result.same) {  // there is no input at hand that could be given back
      result.same = false;
      result.text = self.text();
    }
    return repair_reply(result, self.text());
  });
}
WASM(void, jsonStreamReset)(JsonStream& self) { self.reset(); }

}  // namespace paritas::wasm
