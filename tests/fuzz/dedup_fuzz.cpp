// Any bytes as a text and as a stream, with options drawn from the first ones: cut or whole it comes out the same, what is
// kept stands in the text, and so do its blocks; any bytes as a saved index; any texts as sketches.
#include <cstddef>
#include <cstdint>
#include <string>

#include "paritas/repair/content_hasher.hpp"
#include "paritas/repair/dedup.hpp"
#include "paritas/repair/minhash_lsh.hpp"
#include "paritas/repair/near_duplicates.hpp"
#include "paritas/repair/normalize_block.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::string streamed(std::string_view text, const paritas::DedupOptions& options, std::size_t size) {
  auto stream = std::move(paritas::StreamingDeduplicator::create(options)).value();
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += size) {
    const std::string piece(text.substr(at, size));  // a block of its own
    out += stream.add_chunk(piece).value().value_or("");
    require(at + piece.size() - out.size() <= text.size());
  }
  return out + stream.flush().value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data), size), text = all.substr(4);
  const paritas::DedupOptions options{data[0] % 5, data[1] % 9, 1 + data[2] % 90, (data[0] & 64) == 0};
  const std::string whole = paritas::deduplicate(text, options).value();
  require(whole == streamed(text, options, 1));
  require(whole == streamed(text, options, 1 + data[3] % 50));
  std::size_t end = 0;
  const auto parts = paritas::unique_parts(text, options);
  for (const paritas::Span& part : parts.value()) {
    require(part.start >= end && part.end > part.start && part.end <= text.size());
    end = part.end;
  }
  end = 0;
  const auto blocks = paritas::rolling_hash_blocks(text, data[1] % 9);
  for (const paritas::TextBlock& block : blocks.value()) {
    require(block.span.start >= end && block.span.end > block.span.start && block.span.end <= text.size());
    require(block.first_index <= block.index);
    end = block.span.end;
  }
  const std::string normal = paritas::normalize_block(text);
  require(paritas::normalize_block(normal) == normal);
  (void)std::move(paritas::ContentHasher::create(paritas::ContentHasher::text_fuzzy())).value().hash(text);

  const auto index = paritas::MinHashLsh::from_bytes(all);
  if (index.ok()) require(index.value().to_bytes() == all);
  const std::size_t half = text.size() / 2;
  const std::string_view texts[] = {text, text.substr(0, half), text.substr(half), text};
  paritas::NearOptions near{data[3] / 255.0,
                            (data[0] & 128) == 0 ? paritas::NearMethod::minhash : paritas::NearMethod::simhash,
                            {.num_perm = 1 + data[1] % 64, .k = 1 + data[2] % 4},
                            1};
  const auto pairs = paritas::near_duplicates(texts, near);
  bool same = false;
  for (const paritas::NearPair& pair : pairs.value()) {
    require(pair.i < pair.j && pair.j < 4 && pair.similarity >= near.threshold && pair.similarity <= 1.0);
    same = same || (pair.i == 0 && pair.j == 3);
  }
  require(same);
  return 0;
}
