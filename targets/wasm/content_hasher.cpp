#include "paritas/repair/content_hasher.hpp"

#include "canonical.hpp"

namespace paritas::wasm {
namespace {

ContentHasherOptions options_of(std::uint32_t flags, double digits) {
  return {(flags & 1) != 0, (flags & 2) != 0, static_cast<std::int64_t>(digits), (flags & 4) != 0};
}

Reply told(std::string_view text) {
  Packer out;
  out.text(text);
  return out.out();
}

}  // namespace

/// 0 for what a hasher is by default, then the presets: text_fuzzy, text_strict, exact_match, query_semantic.
WASM(Reply, hashPreset)(std::uint32_t number) {
  const ContentHasherOptions all[] = {{},
                                      ContentHasher::text_fuzzy(),
                                      ContentHasher::text_strict(),
                                      ContentHasher::exact_match(),
                                      ContentHasher::query_semantic()};
  const ContentHasherOptions& options = all[number];
  Packer out;
  out.u8(options.normalize_whitespace);
  out.u8(options.case_insensitive);
  out.f64(static_cast<double>(options.hash_length));
  out.u8(options.remove_punctuation);
  return out.out();
}
WASM(Reply, hashCheck)(double digits) {
  return outcome(ContentHasher::create(options_of(0, digits)), [](const ContentHasher&) { return told({}); });
}
WASM(Reply, hashNormalize)(std::uint32_t flags, double digits, std::uintptr_t at, std::size_t bytes) {
  return outcome(ContentHasher::create(options_of(flags, digits)),
                 [&](const ContentHasher& self) { return told(self.normalize(text(at, bytes))); });
}
/// Nothing for a text that is shorter than `least`.
WASM(Reply, hashContent)(std::uint32_t flags, double digits, double least, std::uintptr_t at, std::size_t bytes) {
  return outcome(ContentHasher::create(options_of(flags, digits)), [&](const ContentHasher& self) {
    return outcome(self.hash_block(text(at, bytes), static_cast<std::int64_t>(least)), [](const auto& hash) {
      Packer out;
      out.optional(hash);
      return out.out();
    });
  });
}
WASM(Reply, hashValue)(double digits, std::uintptr_t at, std::size_t bytes) {
  CanonicalReader in(at, bytes);
  CanonicalWriter writer;
  in.read(writer);
  if (writer.failed()) return failure(writer.error());
  return outcome(ContentHasher::create(options_of(0, digits)),
                 [&](const ContentHasher& self) { return told(self.hash_canonical(writer.written())); });
}

}  // namespace paritas::wasm
