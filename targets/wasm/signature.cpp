#include "paritas/stream/signature.hpp"

#include "canonical.hpp"
#include "packed.hpp"

namespace paritas::wasm {
namespace {

Reply refused(const CanonicalWriter& writer, std::size_t offset = 0) {
  Error error = writer.error();
  error.offset = offset;
  return failure(error);
}

}  // namespace

WASM(Reply, canonicalJson)(std::uintptr_t at, std::size_t bytes) {
  CanonicalReader in(at, bytes);
  CanonicalWriter writer;
  in.read(writer);
  if (writer.failed()) return refused(writer);
  Packer out;
  out.text(writer.written());
  return out.out();
}

WASM(std::size_t, signatureDigits)() { return kSignatureDigits; }

/// Of each [name, arguments] in the block, digits in a row.
WASM(Reply, signatureCompute)(std::uintptr_t at, std::size_t bytes, double length) {
  return outcome(signature_length(static_cast<std::int64_t>(length)), [&](std::size_t digits) {
    CanonicalReader in(at, bytes);
    CanonicalWriter writer(1);
    std::string all;
    for (std::size_t offset = 0; !in.done(); ++offset) {
      writer.clear();
      in.read(writer);
      if (writer.failed()) return refused(writer, offset);
      all += signature_of(writer.written(), digits);
    }
    Packer out;
    out.text(all);
    return out.out();
  });
}

WASM(double, signatureSimilarity)(std::uintptr_t at, std::size_t bytes) {
  const auto both = texts(at, bytes);
  return signature_similarity(both[0], both[1]);
}

/// In the block: both names, then the arguments of both.
WASM(Reply, signatureCallSimilarity)(std::uintptr_t at, std::size_t bytes) {
  CanonicalReader in(at, bytes);
  CanonicalWriter parts[4];
  for (CanonicalWriter& part : parts) {
    in.read(part);
    if (part.failed()) return refused(part);
  }
  return number(call_similarity(parts[0].written(), parts[2].written(), parts[1].written(), parts[3].written()));
}

}  // namespace paritas::wasm
