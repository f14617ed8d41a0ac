#include "paritas/chunk/recursive.hpp"

#include "chunkers.hpp"
#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {

WASM(Reply, chunkRecursiveDefaults)() {
  const RecursiveChunkerOptions options;
  Packer out;
  out.f64(static_cast<double>(options.chunk_size));
  out.f64(options.overlap);
  out.u8(options.strip);
  pack(out, options.separators, [&](const std::string& separator) { out.text(separator); });
  return out.out();
}

WASM(Reply, chunkLanguageSeparators)(std::uintptr_t at, std::size_t bytes) {
  return outcome(language_separators(text(at, bytes)), [](const std::vector<std::string>& separators) {
    Packer out;
    for (const std::string& separator : separators) out.text(separator);
    return out.out();
  });
}

WASM(Reply, chunkRecursiveCreate)(std::uintptr_t at, std::size_t bytes) {
  Unpacker in(at, bytes);
  RecursiveChunkerOptions options;
  options.chunk_size = in.number<std::int64_t>();
  options.overlap = in.number<double>();
  Result<Sizer> sizer = sizer_of(in.text());
  if (!sizer.ok()) return failure(sizer.error());
  const std::string_view keep = in.text();
  const Result<bool> oversize = keep_oversize_named(in.text());
  options.strip = in.number<std::uint8_t>() != 0;
  options.regex = in.number<std::uint8_t>() != 0;
  options.keep_nested = in.number<std::uint8_t>() != 0;
  if (keep.empty()) {
    options.keep_separator = KeepSeparator::no;
  } else {
    const Result<KeepSeparator> named = keep_separator_named(keep);
    if (!named.ok()) return failure(named.error());
    options.keep_separator = named.value();
  }
  if (!oversize.ok()) return failure(oversize.error());
  options.keep_oversize = oversize.value();
  options.separators.clear();
  while (!in.done()) options.separators.emplace_back(in.text());
  return chunker_handle(recursive_chunker(std::move(options), std::move(sizer).value()));
}

}  // namespace paritas::wasm
