#include "paritas/repair/json_repair.hpp"

#include "json_repair.hpp"

namespace paritas::wasm {

Reply repair_reply(const RepairResult& result, std::string_view input) {
  Packer out;
  out.u8(result.same);
  if (!result.same) out.text(result.text);
  out.u8(result.ok);
  out.u8(result.changed(input));
  out.u32(result.change_count);
  out.u8(result.truncated);
  out.u8(result.depth_limited);
  if (result.changes.empty()) return out.out();
  const OffsetMap offsets(input);
  for (const Change& change : result.changes) {
    out.text(name(change.kind));
    pack(out, change.span, offsets);
  }
  return out.out();
}

Result<RepairOptions> repair_options(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  RepairOptions options;
  options.partial = in.number<std::uint8_t>() != 0;
  options.coerce = in.number<std::uint8_t>() != 0;
  options.max_depth = in.number<std::int32_t>();
  options.max_changes = in.number<std::int32_t>();
  const auto multiple = repair_multiple(in.text());
  if (!multiple.ok()) return multiple.error();
  const auto finite = non_finite(in.text());
  if (!finite.ok()) return finite.error();
  options.multiple = multiple.value();
  options.non_finite = finite.value();
  return options;
}

WASM(Reply, jsonRepairDefaults)() {
  const RepairOptions options;
  Packer out;
  out.f64(static_cast<double>(options.max_depth));
  out.f64(static_cast<double>(options.max_changes));
  return out.out();
}

WASM(Reply, jsonRepair)(std::uintptr_t at, std::size_t bytes, std::uintptr_t options_at, std::size_t options_bytes) {
  const auto options = repair_options(options_at, options_bytes);
  if (!options.ok()) return failure(options.error());
  const std::string_view input = text(at, bytes);
  return outcome(repair_json(input, options.value()),
                 [&](const RepairResult& result) { return repair_reply(result, input); });
}

}  // namespace paritas::wasm
