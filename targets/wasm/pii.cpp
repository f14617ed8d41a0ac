#include "pii.hpp"

#include "spans.hpp"

namespace paritas::wasm {
namespace {

/// Kinds, mask_char or nothing, visible_chars or -1.
Result<PiiMask> mask_of(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  auto kinds = kinds_of(in);
  if (!kinds.ok()) return kinds.error();
  PiiMask out;
  out.kinds = kinds.value();
  if (const auto mask_char = in.optional()) out.mask_char = *mask_char;
  if (in.number<std::uint8_t>() != 0) out.visible_chars = in.number<std::int32_t>();
  return out;
}

void pack_matches(Packer& out, std::string_view text, const std::vector<PiiMatch>& found) {
  const OffsetMap offsets(found.empty() ? std::string_view() : text);
  pack(out, found, [&](const PiiMatch& match) {
    out.text(name(match.kind));
    pack(out, match.span, offsets);
    out.text(match.normalized);
    out.text(match.detail);
  });
}

}  // namespace

WASM(Reply, piiScan)(std::uintptr_t at, std::size_t bytes, std::uintptr_t kinds_at, std::size_t kinds_bytes) {
  Unpacker in(kinds_at, kinds_bytes);
  return outcome(kinds_of(in), [&](PiiKinds kinds) {
    const std::vector<std::string_view> all = texts(at, bytes);
    Packer out;
    for (const std::string_view each : all) pack_matches(out, each, scan_pii(each, kinds));
    return out.out();
  });
}

WASM(Reply, piiMask)(std::uintptr_t at, std::size_t bytes, std::uintptr_t mask_at, std::size_t mask_bytes) {
  return outcome(mask_of(mask_at, mask_bytes), [&](const PiiMask& mask) {
    return outcome(mask_pii_batch(texts(at, bytes), mask), [](const std::vector<std::string>& masked) {
      Packer out;
      for (const std::string& text : masked) out.text(text);
      return out.out();
    });
  });
}

}  // namespace paritas::wasm
