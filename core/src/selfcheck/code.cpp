#include "paritas/chunk/code.hpp"

#include <array>

#include "features.hpp"
#include "structured.hpp"

namespace paritas {

void check_code(Random& random, Digest& digest) {
  static constexpr std::array<std::string_view, 8> kLanguages = {"py", "js", "rs", "sh", "cpp", "sql", "html", "c#"};
  const std::string text = structured_text(random);
  CodeChunkerOptions options;
  options.chunk_size = static_cast<std::int64_t>(1 + random.below(60));
  options.overlap = static_cast<double>(random.below(static_cast<std::uint64_t>(options.chunk_size)));
  const auto chunker = code_chunker(kLanguages[random.below(kLanguages.size())], options, {});
  if (chunker.ok()) add_structured(digest, chunker.value()->chunk(text), text);
}

}  // namespace paritas
