#include "paritas/match/tool_name.hpp"

#include "features.hpp"
#include "texts.hpp"

namespace paritas {

void check_tool_name(Random& random, Digest& digest) {
  constexpr std::string_view kPieces[] = {"read", "_", "-", ".", "7", "Z", " ", "\xC3\xA9", "github.search", "\xFF"};
  std::string name;
  for (std::uint64_t left = random.below(12); left > 0; --left)
    name += kPieces[static_cast<std::size_t>(random.below(std::size(kPieces)))];
  digest.add(tool_name_fault(name));
}

}  // namespace paritas
