#include "paritas/repair/dedup.hpp"

#include <iterator>

#include "features.hpp"
#include "paritas/repair/content_hasher.hpp"
#include "texts.hpp"

namespace paritas {

void check_dedup(Random& random, Digest& digest) {
  constexpr std::string_view kBetween[] = {"\n\n", "\n\n", "\n", "\r\n \r\n", "\n```\n", "\n~~~ x\n", "\n\n", "``"};
  std::string block = random_text(random, 2);
  std::string text;
  for (std::uint64_t count = random.below(9); count > 0; --count) {
    text += block;
    text += kBetween[random.below(std::size(kBetween))];
    if (random.below(3) == 0) block = random_text(random, 2);
  }
  DedupOptions options;
  options.window_size = static_cast<std::int64_t>(random.below(4));
  options.min_block_length = static_cast<std::int64_t>(random.below(8));
  options.max_block = static_cast<std::int64_t>(1 + random.below(60));
  options.code = random.below(4) > 0;
  const std::size_t step = 1 + static_cast<std::size_t>(random.below(30));
  StreamingDeduplicator stream = std::move(StreamingDeduplicator::create(options)).value();
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += step) {
    out += stream.add_chunk(std::string_view(text).substr(at, step)).value().value_or("");
  }
  digest.add(out + stream.flush().value());
  digest.add(stream.stats().total_blocks);
  digest.add(stream.stats().unique_count);
  const auto blocks = rolling_hash_blocks(text, options.min_block_length);
  for (const TextBlock& found : blocks.value()) {
    digest.add(found.hash);
    digest.add(static_cast<std::uint64_t>(found.first_index));
  }
  const std::uint64_t flags = random.below(8);
  const ContentHasherOptions rules{(flags & 1) != 0, (flags & 2) != 0, 32, (flags & 4) != 0};
  digest.add(std::move(ContentHasher::create(rules)).value().hash(text));
}

}  // namespace paritas
