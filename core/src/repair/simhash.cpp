#include "paritas/repair/simhash.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/parallel.hpp"
#include "repair/shingles.hpp"
#include "stream/option_range.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kMostDistance = 31;

/// Counts of 64 bits at once: plane p has bit p of each count, and adding one carries from plane to plane.
std::uint64_t majority(std::span<const std::uint64_t> items) noexcept {
  std::uint64_t planes[64] = {};
  for (std::uint64_t carry : items) {
    for (std::size_t p = 0; carry != 0; ++p) {
      const std::uint64_t both = planes[p] & carry;
      planes[p] ^= carry;
      carry = both;
    }
  }
  // Where the count is above items / 2: compared with the threshold from the highest bit on.
  const std::uint64_t half = items.size() / 2;
  std::uint64_t above = 0, equal = ~std::uint64_t{0};
  for (std::size_t p = 64; p-- > 0;) {
    if ((half >> p & 1) != 0) {
      equal &= planes[p];
    } else {
      above |= equal & planes[p];
      equal &= ~planes[p];
    }
  }
  return above;
}

}  // namespace

Result<SimHash> SimHash::create(std::int64_t k) {
  const auto size = repair::shingle_size(k);
  if (!size.ok()) return size.error();
  return SimHash(size.value());
}

std::uint64_t SimHash::hash(std::string_view text) const {
  repair::Shingler shingler(k_, ShingleKind::word);
  return majority(shingler.hashes(text));
}

void SimHash::hashes(std::span<const std::string_view> texts, std::span<std::uint64_t> out, std::size_t threads) const {
  parallel_for(texts.size(), threads, [&](std::size_t begin, std::size_t end) {
    repair::Shingler shingler(k_, ShingleKind::word);
    for (std::size_t i = begin; i < end; ++i) out[i] = majority(shingler.hashes(texts[i]));
  });
}

struct SimHashIndex::Impl {
  explicit Impl(std::size_t distance) : most(distance), tables(distance + 1) {}
  std::size_t most;
  std::unordered_map<std::int64_t, std::uint64_t> hashes;
  std::vector<std::unordered_multimap<std::uint64_t, std::pair<std::int64_t, std::uint64_t>>> tables;

  /// The bits of group `table`: the first 64 % groups ones have one more.
  [[nodiscard]] std::uint64_t part(std::uint64_t hash, std::size_t table) const noexcept {
    const std::size_t groups = tables.size(), width = 64 / groups, more = 64 % groups;
    const std::size_t start = table * width + std::min(table, more), bits = width + (table < more ? 1 : 0);
    return bits == 64 ? hash : hash >> start & ((std::uint64_t{1} << bits) - 1);
  }
};

SimHashIndex::SimHashIndex(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
SimHashIndex::SimHashIndex(SimHashIndex&&) noexcept = default;
SimHashIndex& SimHashIndex::operator=(SimHashIndex&&) noexcept = default;
SimHashIndex::~SimHashIndex() = default;

Result<SimHashIndex> SimHashIndex::create(std::int64_t max_distance) {
  if (max_distance < 0 || max_distance > kMostDistance) {
    return outside_range("max_distance", 0, kMostDistance, max_distance);
  }
  return SimHashIndex(std::make_unique<Impl>(static_cast<std::size_t>(max_distance)));
}

std::size_t SimHashIndex::max_distance() const noexcept { return impl_->most; }
std::size_t SimHashIndex::size() const noexcept { return impl_->hashes.size(); }
bool SimHashIndex::contains(std::int64_t id) const { return impl_->hashes.count(id) != 0; }

Result<bool> SimHashIndex::insert(std::int64_t id, std::uint64_t hash) {
  if (!impl_->hashes.emplace(id, hash).second) {
    return Error{ErrorCode::duplicate_key, "the id " + std::to_string(id) + " is there already: remove it first"};
  }
  for (std::size_t table = 0; table < impl_->tables.size(); ++table) {
    impl_->tables[table].emplace(impl_->part(hash, table), std::pair(id, hash));
  }
  return true;
}

std::vector<std::int64_t> SimHashIndex::query(std::uint64_t hash) const {
  std::vector<std::int64_t> out;
  for (std::size_t table = 0; table < impl_->tables.size(); ++table) {
    auto [at, end] = impl_->tables[table].equal_range(impl_->part(hash, table));
    for (; at != end; ++at) {
      const auto& [id, other] = at->second;
      if (static_cast<std::size_t>(simhash_hamming(hash, other)) <= impl_->most) out.push_back(id);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<bool> SimHashIndex::remove(std::int64_t id) {
  const auto found = impl_->hashes.find(id);
  if (found == impl_->hashes.end()) {
    return Error{ErrorCode::not_found, "no fingerprint has the id " + std::to_string(id)};
  }
  for (std::size_t table = 0; table < impl_->tables.size(); ++table) {
    auto [at, end] = impl_->tables[table].equal_range(impl_->part(found->second, table));
    while (at != end && at->second.first != id) ++at;
    impl_->tables[table].erase(at);
  }
  impl_->hashes.erase(found);
  return true;
}

}  // namespace paritas
