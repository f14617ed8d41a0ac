#include "paritas/match/secrets.hpp"

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

/// What web/src/secrets.ts has packed: the confidence, whether placeholders are told, whether rules are named, their names.
Result<SecretOptions> options_of(std::uintptr_t at, std::size_t bytes) {
  Unpacker input(at, bytes);
  const auto least = secret_confidence(input.text());
  if (!least.ok()) return least.error();
  SecretOptions options{least.value()};
  options.include_placeholders = input.number<std::uint8_t>() != 0;
  if (input.number<std::uint8_t>() != 0) {
    options.rules.emplace();
    while (!input.done()) options.rules->push_back(input.text());
  }
  return options;
}

/// What the call says under the options, or their failure.
template <class Call, class Cross>
Reply asked(std::uintptr_t at, std::size_t bytes, const Call& call, const Cross& cross) {
  return outcome(options_of(at, bytes), [&](const SecretOptions& options) { return outcome(call(options), cross); });
}

void pack(Packer& out, const std::vector<SecretMatch>& matches, std::string_view text) {
  out.u32(matches.size());
  if (matches.empty()) return;
  const OffsetMap offsets(text);
  for (const SecretMatch& match : matches) {
    const SecretPattern& pattern = list_secret_patterns()[match.rule];
    out.text(pattern.name);
    out.text(name(pattern.severity));
    out.text(name(match.confidence));
    pack(out, match.span, offsets);
    out.u32(match.line_number);
    out.text(name(match.checksum));
    out.u8(match.placeholder);
    out.text(match.masked_text);
  }
}

void pack(Packer& out, const SecretCounts& counts) {
  out.u32(counts.size());
  for (const auto& [name, count] : counts) {
    out.text(name);
    out.u32(count);
  }
}

}  // namespace

WASM(Reply, secretsScan)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t options_at, std::size_t options_bytes) {
  const std::string_view all = text(at, bytes);
  return asked(
      options_at, options_bytes, [&](const SecretOptions& options) { return scan_secrets(all, options); },
      [&](const std::vector<SecretMatch>& matches) {
        Packer out;
        pack(out, matches, all);
        return out.out();
      });
}

WASM(Reply, secretsScanBatch)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t options_at, std::size_t options_bytes) {
  const std::vector<std::string_view> all = texts(at, bytes);
  return asked(
      options_at, options_bytes, [&](const SecretOptions& options) { return scan_secrets_batch(all, options, 1); },
      [&](const std::vector<std::vector<SecretMatch>>& found) {
        Packer out;
        for (std::size_t i = 0; i < found.size(); ++i) pack(out, found[i], all[i]);
        return out.out();
      });
}

WASM(Reply, secretsHas)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t options_at, std::size_t options_bytes) {
  return asked(
      options_at, options_bytes, [&](const SecretOptions& options) { return has_secrets(text(at, bytes), options); },
      number);
}

WASM(Reply, secretsTypes)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t options_at, std::size_t options_bytes) {
  return asked(
      options_at, options_bytes,
      [&](const SecretOptions& options) { return get_secret_types(text(at, bytes), options); },
      [](const std::vector<std::string_view>& names) {
        Packer out;
        for (const std::string_view name : names) out.text(name);
        return out.out();
      });
}

WASM(Reply, secretsSummary)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t options_at, std::size_t options_bytes) {
  return asked(
      options_at, options_bytes,
      [&](const SecretOptions& options) { return scan_secrets_summary(text(at, bytes), options); },
      [](const SecretSummary& summary) {
        Packer out;
        out.u32(summary.total_matches);
        pack(out, summary.by_type);
        pack(out, summary.by_severity);
        pack(out, summary.by_confidence);
        for (const std::size_t line : summary.lines) out.u32(line);
        return out.out();
      });
}

WASM(Reply, secretsMask)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t mask_at, std::size_t mask_bytes, std::int32_t visible_chars,
 std::uintptr_t options_at, std::size_t options_bytes) {
  return asked(
      options_at, options_bytes,
      [&](const SecretOptions& options) {
        return mask_secrets(text(at, bytes), {text(mask_at, mask_bytes), visible_chars}, options);
      },
      [](const std::string& masked) {
        Packer out;
        out.text(masked);
        return out.out();
      });
}

WASM(Reply, secretsMaskBatch)
(std::uintptr_t at, std::size_t bytes, std::uintptr_t mask_at, std::size_t mask_bytes, std::int32_t visible_chars,
 std::uintptr_t options_at, std::size_t options_bytes) {
  const std::vector<std::string_view> all = texts(at, bytes);
  return asked(
      options_at, options_bytes,
      [&](const SecretOptions& options) {
        return mask_secrets_batch(all, {text(mask_at, mask_bytes), visible_chars}, options, 1);
      },
      [](const std::vector<std::string>& masked) {
        Packer out;
        for (const std::string& one : masked) out.text(one);
        return out.out();
      });
}

WASM(Reply, secretPatterns)() {
  Packer out;
  for (const SecretPattern& pattern : list_secret_patterns()) {
    out.text(pattern.name);
    out.text(name(pattern.severity));
    out.text(pattern.provider);
    out.text(pattern.kind);
    out.text(pattern.shape);
    out.text(pattern.description);
  }
  return out.out();
}

}  // namespace paritas::wasm
