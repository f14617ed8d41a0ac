#include "paritas/repair/near_duplicates.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "base/parallel.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/repair/simhash.hpp"
#include "repair/band_keys.hpp"

namespace paritas {
namespace {

/// What all texts have of one kind: as many bytes for each.
struct Sketches {
  std::size_t count = 0;
  std::vector<std::uint32_t> signatures;  // num_perm places each
  std::vector<std::uint64_t> prints;      // or one fingerprint each
  std::vector<std::uint64_t> keys;        // `parts` each, of which near ones share one
  std::size_t parts = 0;
  BandShape shape{};
  double threshold = 0.0;

  [[nodiscard]] std::string_view bytes(std::size_t i) const noexcept {
    if (prints.empty()) return {reinterpret_cast<const char*>(signatures.data() + i * shape.places), 4 * shape.places};
    return {reinterpret_cast<const char*>(prints.data() + i), 8};
  }
  [[nodiscard]] double similarity(std::size_t i, std::size_t j) const noexcept {
    if (!prints.empty()) return static_cast<double>(64 - simhash_hamming(prints[i], prints[j])) / 64.0;
    const std::span<const std::uint32_t> all(signatures);
    return minhash_jaccard(all.subspan(i * shape.places, shape.places), all.subspan(j * shape.places, shape.places))
        .value();
  }
  [[nodiscard]] bool shares_before(std::size_t i, std::size_t j, std::size_t part) const noexcept {
    for (std::size_t p = 0; p < part; ++p) {
      if (keys[i * parts + p] == keys[j * parts + p]) return true;
    }
    return false;
  }
};

Result<Sketches> by_minhash(std::span<const std::string_view> texts, const NearOptions& options) {
  const auto made = MinHash::create(options.sketch);
  if (!made.ok()) return made.error();
  const auto shape = band_shape({.threshold = options.threshold, .num_perm = options.sketch.num_perm});
  if (!shape.ok()) return shape.error();
  Sketches out;
  out.shape = shape.value();
  out.parts = out.shape.bands;
  out.signatures.resize(texts.size() * out.shape.places);
  out.keys.resize(texts.size() * out.parts);
  made.value().signatures(texts, out.signatures, options.threads);
  parallel_for(texts.size(), options.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      repair::band_keys(out.shape, out.signatures.data() + i * out.shape.places, out.keys.data() + i * out.parts);
    }
  });
  return out;
}

/// Within a distance d, one of d + 1 groups of bits is equal; where groups are short, all have one key.
Result<Sketches> by_simhash(std::span<const std::string_view> texts, const NearOptions& options) {
  constexpr std::size_t kMostGroups = 7;
  if (options.sketch.shingle != ShingleKind::word) {
    return Error{ErrorCode::invalid_argument, R"(method "simhash" takes shingles of words)"};
  }
  const auto made = SimHash::create(options.sketch.k);
  if (!made.ok()) return made.error();
  Sketches out;
  out.prints.resize(texts.size());
  made.value().hashes(texts, out.prints, options.threads);
  std::size_t groups = 1;
  while (groups <= 64 && static_cast<double>(64 - groups) / 64.0 >= options.threshold) ++groups;
  out.parts = groups > kMostGroups ? 1 : groups;
  out.keys.assign(texts.size() * out.parts, 0);
  if (out.parts != groups) return out;
  const std::size_t width = 64 / groups;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t part = 0; part < groups; ++part) {
      const std::uint64_t rest = out.prints[i] >> part * width;
      out.keys[i * groups + part] = part + 1 == groups ? rest : rest & ((std::uint64_t{1} << width) - 1);
    }
  }
  return out;
}

Result<Sketches> sketches_of(std::span<const std::string_view> texts, const NearOptions& options) {
  if (!(options.threshold >= 0.0 && options.threshold <= 1.0)) {
    return Error{ErrorCode::invalid_argument, "threshold must be from 0 to 1"};
  }
  auto made = options.method == NearMethod::minhash ? by_minhash(texts, options) : by_simhash(texts, options);
  if (!made.ok()) return made;
  Sketches out = std::move(made).value();
  out.count = texts.size();
  out.threshold = options.threshold;
  return out;
}

/// For each text the first one with the same sketch.
std::vector<std::size_t> first_equal(const Sketches& all) {
  std::vector<std::pair<std::uint64_t, std::size_t>> hashed(all.count);
  for (std::size_t i = 0; i < all.count; ++i) hashed[i] = {xxh3_64(all.bytes(i)), i};
  std::sort(hashed.begin(), hashed.end());
  std::vector<std::size_t> first(all.count);
  std::vector<std::size_t> kinds;  // of those with one hash
  for (std::size_t at = 0; at < hashed.size(); ++at) {
    if (at == 0 || hashed[at].first != hashed[at - 1].first) kinds.clear();
    const std::size_t own = hashed[at].second;
    const auto same =
        std::find_if(kinds.begin(), kinds.end(), [&](std::size_t other) { return all.bytes(other) == all.bytes(own); });
    first[own] = same == kinds.end() ? own : *same;
    if (same == kinds.end()) kinds.push_back(own);
  }
  return first;
}

/// Calls seen(i, j) for each two of the first ones that share a key, each pair once.
template <class Seen>
void each_candidate(const Sketches& all, const std::vector<std::size_t>& first, const Seen& seen) {
  std::vector<std::pair<std::uint64_t, std::size_t>> sorted;
  for (std::size_t part = 0; part < all.parts; ++part) {
    sorted.clear();
    for (std::size_t i = 0; i < all.count; ++i) {
      if (first[i] == i) sorted.emplace_back(all.keys[i * all.parts + part], i);
    }
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
      while (end < sorted.size() && sorted[end].first == sorted[begin].first) ++end;
      for (std::size_t a = begin; a < end; ++a) {
        for (std::size_t b = a + 1; b < end; ++b) seen(sorted[a].second, sorted[b].second, part);
      }
    }
  }
}

}  // namespace

Result<NearMethod> near_method(std::string_view word) {
  if (word == "minhash") return NearMethod::minhash;
  if (word == "simhash") return NearMethod::simhash;
  return Error{ErrorCode::invalid_argument, R"(method must be "minhash" or "simhash")"};
}

Result<std::vector<NearPair>> near_duplicates(std::span<const std::string_view> texts, const NearOptions& options) {
  const auto made = sketches_of(texts, options);
  if (!made.ok()) return made.error();
  const Sketches& all = made.value();
  const std::vector<std::size_t> first = first_equal(all);
  std::vector<std::vector<std::size_t>> same(all.count);  // of a first one: all that are equal to it
  for (std::size_t i = 0; i < all.count; ++i) same[first[i]].push_back(i);
  std::vector<NearPair> out;
  for (const auto& members : same) {
    for (std::size_t a = 0; a < members.size(); ++a) {
      for (std::size_t b = a + 1; b < members.size(); ++b) out.push_back({members[a], members[b], 1.0});
    }
  }
  each_candidate(all, first, [&](std::size_t i, std::size_t j, std::size_t part) {
    if (all.shares_before(i, j, part)) return;
    const double similarity = all.similarity(i, j);
    if (!(similarity >= all.threshold)) return;
    for (const std::size_t a : same[i]) {
      for (const std::size_t b : same[j]) out.push_back({std::min(a, b), std::max(a, b), similarity});
    }
  });
  std::sort(out.begin(), out.end(),
            [](const NearPair& a, const NearPair& b) { return a.i != b.i ? a.i < b.i : a.j < b.j; });
  return out;
}

Result<std::vector<std::vector<std::size_t>>> near_duplicate_groups(std::span<const std::string_view> texts,
                                                                    const NearOptions& options) {
  const auto made = sketches_of(texts, options);
  if (!made.ok()) return made.error();
  const Sketches& all = made.value();
  const std::vector<std::size_t> first = first_equal(all);
  std::vector<std::size_t> above = first;  // the lowest of each group is its root
  const auto root = [&](std::size_t i) {
    while (above[i] != i) i = above[i] = above[above[i]];
    return i;
  };
  each_candidate(all, first, [&](std::size_t i, std::size_t j, std::size_t part) {
    const std::size_t one = root(i), other = root(j);
    if (one == other || all.shares_before(i, j, part) || !(all.similarity(i, j) >= all.threshold)) return;
    above[std::max(one, other)] = std::min(one, other);
  });
  std::vector<std::vector<std::size_t>> out;
  std::vector<std::size_t> place(all.count);
  for (std::size_t i = 0; i < all.count; ++i) {
    const std::size_t own = root(i);
    if (own == i) {
      place[i] = out.size();
      out.emplace_back();
    }
    out[place[own]].push_back(i);
  }
  return out;
}

Result<std::vector<std::size_t>> keep_indices(std::span<const std::string_view> texts, const NearOptions& options) {
  const auto groups = near_duplicate_groups(texts, options);
  if (!groups.ok()) return groups.error();
  std::vector<std::size_t> out;
  for (const auto& group : groups.value()) out.push_back(group.front());
  return out;
}

}  // namespace paritas
