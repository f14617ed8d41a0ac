#include "vectors.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace paritas::tests {

std::string vectors_folder() { return PARITAS_VECTORS "/"; }

/// Catch runs a test case once for each of its sections, and each run loads anew: one reading has to do.
Json load_vectors(const std::string& stem) {
  static std::map<std::string, Json> known;
  const auto found = known.find(stem);
  if (found != known.end()) return found->second;
  std::ifstream file(vectors_folder() + stem + ".json");
  const Json document = Json::parse(file, nullptr, false);  // a parse error gives a discarded value
  INFO(stem);
  REQUIRE((document.size() == 2 && document.contains("feature") && document.contains("cases")));
  std::set<std::string> ids;
  for (const Json& entry : document["cases"]) {
    INFO(entry.dump());
    for (const char* key : {"id", "why", "given", "expect"}) REQUIRE(entry.contains(key));
    REQUIRE((entry.size() == 4 && ids.insert(entry["id"]).second));
  }
  REQUIRE_FALSE(ids.empty());
  if (const char* folder = std::getenv("PARITAS_SEEN")) {  // for tests/meta, which compares what every runner saw
    std::filesystem::create_directories(folder);
    std::ofstream(std::filesystem::path(folder) / (stem + ".json")) << Json(ids);
  }
  return known.emplace(stem, document["cases"]).first->second;
}

}  // namespace paritas::tests
