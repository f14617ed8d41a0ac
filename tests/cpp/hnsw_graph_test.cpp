#include "vectors/hnsw_graph.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <set>

#include "base/sections.hpp"
#include "paritas/base/random.hpp"
#include "vectors/hnsw_rows.hpp"

using namespace paritas;

namespace {

constexpr std::size_t kDim = 24;

std::vector<float> clustered(Random& random, std::size_t rows, std::size_t dim = kDim) {
  std::vector<float> centres(20 * dim), out(rows * dim);
  for (float& value : centres) value = static_cast<float>(random.unit() * 2 - 1);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t centre = random.below(20);
    for (std::size_t j = 0; j < dim; ++j) {
      out[i * dim + j] = centres[centre * dim + j] + static_cast<float>(random.unit() - 0.5);
    }
  }
  return out;
}

std::string image(const HnswGraph& graph) {
  std::string head, out;
  std::string_view parts[HnswGraph::kSections];
  graph.sections(head, parts);
  for (const std::string_view part : parts) out += std::string(part) + "|";
  return out;
}

struct World {
  FloatRows rows;
  HnswGraph graph;
  std::vector<float> values;
  World(std::size_t count, std::size_t threads, std::uint32_t m = 6, std::uint32_t words = 0, std::uint64_t seed = 7)
      : rows(Metric::cosine, kDim), graph({m, 40, 0, words}) {
    Random random(seed);
    values = clustered(random, count);
    for (std::size_t i = 0; i < count; ++i) rows.push_back(values.data() + i * kDim);
    graph.insert_all(rows, count, threads);
  }
  void close() {  // the holes, in the graph and in the rows
    FloatRows kept(Metric::cosine, kDim);
    for (std::uint32_t slot = 0; slot < graph.size(); ++slot) {
      if (graph.alive(slot)) kept.push_back(rows.row(slot));
    }
    graph.renumber(rows);
    rows = std::move(kept);
    REQUIRE(graph.size() == graph.live());
    REQUIRE(graph.sound());
  }
  double recall(std::size_t ef) const {
    std::size_t found = 0, wanted = 0;
    for (std::uint32_t slot = 0; slot < graph.size(); slot += 7) {
      if (!graph.alive(slot)) continue;
      GraphProbe probe;
      rows.query(rows.row(slot), probe);
      graph.sign(probe, rows.row(slot), kDim);
      std::vector<GraphHit> best, all;
      graph.search(rows, probe, 10, ef, best);
      graph.exact(rows, probe, 10, nullptr, all);
      for (const GraphHit hit : best) {
        CHECK(graph.alive(slot_of(hit)));
        found += std::find(all.begin(), all.end(), hit) != all.end();
      }
      wanted += all.size();
    }
    return static_cast<double>(found) / static_cast<double>(wanted);
  }
};

}  // namespace

TEST_CASE("levels of the first vectors are the published ones") {
  const auto tall = [](std::uint64_t seed, std::uint64_t count) {
    const HnswGraph graph({16, 200, seed, 0});
    std::vector<std::uint64_t> out;
    for (std::uint64_t o = 0; o < count; ++o) {
      if (graph.level_of_ordinal(o) > 0) out.push_back(o);
    }
    return out;
  };
  CHECK(tall(0, 147) == std::vector<std::uint64_t>{9, 16, 18, 27, 54, 58, 66, 118, 131, 146});
  CHECK(tall(42, 149) == std::vector<std::uint64_t>{9, 11, 13, 82, 85, 139, 145, 148});
  const HnswGraph graph({16, 200, 0, 0});
  std::size_t counts[6] = {};
  for (std::uint64_t o = 0; o < 100'000; ++o) ++counts[graph.level_of_ordinal(o)];
  CHECK(std::vector<std::size_t>(counts, counts + 6) == std::vector<std::size_t>{93704, 5924, 345, 25, 0, 2});
}

TEST_CASE("the graph has the same bytes for any number of threads") {
  const std::string one = image(World(3000, 1).graph);
  CHECK(image(World(3000, 2).graph) == one);
  CHECK(image(World(3000, 7).graph) == one);
  CHECK(image(World(3000, 3, 6, 1).graph) == image(World(3000, 1, 6, 1).graph));
}

TEST_CASE("every live slot stays linked whatever is removed") {
  for (const std::uint32_t m : {2U, 3U, 16U}) {
    World world(600, 1, m, m == 3 ? 1 : 0);
    REQUIRE(world.graph.sound());
    Random random(m);
    std::vector<std::uint32_t> live(600);
    for (std::uint32_t i = 0; i < 600; ++i) live[i] = i;
    while (!live.empty()) {
      const std::size_t at =
          random.below(4) == 0
              ? static_cast<std::size_t>(std::find(live.begin(), live.end(), world.graph.entry()) - live.begin())
              : random.below(live.size());
      world.graph.remove(world.rows, live[at]);
      live.erase(live.begin() + static_cast<std::ptrdiff_t>(at));
      REQUIRE(world.graph.live() == live.size());
      if (live.size() % 8 == 0 || live.size() < 40) REQUIRE(world.graph.sound());
    }
    CHECK(world.graph.entry() == kNoSlot);
  }
}

TEST_CASE("a thousand equal rows are all found") {
  FloatRows rows(Metric::cosine, kDim);
  HnswGraph graph({4, 20, 0, 0});
  const std::vector<float> row(kDim, 0.3F);
  for (int i = 0; i < 1000; ++i) rows.push_back(row.data());
  graph.insert_all(rows, 1000, 2);
  REQUIRE(graph.sound());
  GraphProbe probe;
  rows.query(row.data(), probe);
  std::vector<GraphHit> hits;
  graph.search(rows, probe, 1000, 10, hits);
  REQUIRE(hits.size() == 1000);
  for (std::uint32_t i = 0; i < 1000; ++i) CHECK(slot_of(hits[i]) == i);
}

TEST_CASE("recall holds, also after most are gone and the holes are closed") {
  World world(4000, 2, 16);
  CHECK(world.recall(50) >= 0.99);
  for (std::uint32_t gone = 0; gone < 3600; ++gone) {
    const auto slot = static_cast<std::uint32_t>((std::uint64_t{gone} * 7919) % world.graph.size());
    std::uint32_t live = slot;
    while (!world.graph.alive(live)) live = (live + 1) % static_cast<std::uint32_t>(world.graph.size());
    world.graph.remove(world.rows, live);
    if (world.graph.sparse()) world.close();
  }
  CHECK(world.graph.live() == 400);
  CHECK(world.graph.sound());
  CHECK(world.recall(50) >= 0.98);
  world.close();
  CHECK(world.graph.size() == 400);
  CHECK(world.recall(50) >= 0.98);
  CHECK(world.graph.rebuild(world.rows, 2) == 400);
  CHECK(world.recall(50) >= 0.99);
}

TEST_CASE("a filter never loses what it lets through while the walk goes on") {
  const World world(2000, 1, 8);
  GraphProbe probe;
  world.rows.query(world.rows.row(5), probe);
  std::vector<GraphHit> hits, all;
  std::set<std::uint32_t> asked;
  world.graph.search_filtered(
      world.rows, probe, 10, 50,
      [&](std::uint32_t slot) {
        CHECK(asked.insert(slot).second);
        return slot % 3 == 0;
      },
      hits);
  std::vector<std::uint64_t> mask(world.graph.alive_bits().size(), 0);
  for (std::uint32_t slot = 0; slot < 2000; slot += 3) mask[slot / 64] |= std::uint64_t{1} << (slot % 64);
  world.graph.exact(world.rows, probe, 10, mask.data(), all);
  CHECK(hits == all);
}

TEST_CASE("a graph is read in place, changed after a copy, and damage is seen") {
  World world(500, 1, 4, 1);
  for (std::uint32_t slot = 3; slot < 500; slot += 9) world.graph.remove(world.rows, slot);
  std::string head;
  std::string_view parts[HnswGraph::kSections];
  world.graph.sections(head, parts);
  static constexpr const char* names[] = {"graph", "levels", "links", "upper links", "signs"};
  const FileKind kind{"TEST", 1, "graph", names};
  const std::string file = write_sections(kind, parts);
  const auto opened = [&](const std::string& bytes, bool check, std::size_t& bad) {
    Image image = aligned_image(bytes, nullptr);
    const auto sections = open_sections(kind, image.bytes, false);
    if (!sections.ok()) return std::unique_ptr<HnswGraph>();
    return HnswGraph::open(sections.value(), check, image.owner, bad);
  };
  std::size_t bad = 0;
  const auto graph = opened(file, true, bad);
  REQUIRE(graph != nullptr);
  CHECK(image(*graph) == image(world.graph));
  graph->remove(world.rows, 4);
  world.graph.remove(world.rows, 4);
  CHECK(image(*graph) == image(world.graph));
  GraphProbe probe;
  world.rows.query(world.rows.row(5), probe);
  world.graph.sign(probe, world.rows.row(5), kDim);
  std::size_t refused = 0;
  for (std::size_t at = 64 + 5 * 32; at < file.size(); at += 3) {
    std::string damaged = file;
    damaged[at] = static_cast<char>(damaged[at] ^ (at % 2 == 0 ? 0x80 : 0x07));
    if (opened(damaged, true, bad) == nullptr) ++refused;
    const auto unchecked = opened(damaged, false, bad);  // may be wrong, but stays inside
    if (unchecked == nullptr || unchecked->size() != 500) continue;
    std::vector<GraphHit> hits;
    unchecked->search(world.rows, probe, 5, 20, hits);
    CHECK(hits.size() <= 5);
  }
  CHECK(refused > 100);
}
