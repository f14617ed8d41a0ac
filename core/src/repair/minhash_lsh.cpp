#include "paritas/repair/minhash_lsh.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "base/bytes.hpp"
#include "base/sections.hpp"
#include "repair/band_keys.hpp"
#include "stream/option_range.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kMostPlaces = 65536;
constexpr const char* kSections[] = {"shape", "ids", "keys"};
constexpr FileKind kFile{"PMLS", 1, "MinHashLSH", kSections};

/// The least threshold, and the rows of a band that finds it.
constexpr std::pair<double, std::int64_t> kRows[] = {{0.0, 4},  {0.5, 5},   {0.6, 7},  {0.7, 9},
                                                     {0.8, 13}, {0.85, 16}, {0.9, 25}, {0.95, 42}};

}  // namespace

Result<BandShape> band_shape(const MinHashLshOptions& options) {
  if (!(options.threshold >= 0.0 && options.threshold <= 1.0)) {
    return Error{ErrorCode::invalid_argument, "threshold must be from 0 to 1"};
  }
  const std::int64_t places = options.num_perm;
  if (places < 1 || places > kMostPlaces) return outside_range("num_perm", 1, kMostPlaces, places);
  if (options.bands && (*options.bands < 1 || *options.bands > places)) {
    return outside_range("bands", 1, places, *options.bands);
  }
  if (options.rows && (*options.rows < 1 || *options.rows > places)) {
    return outside_range("rows", 1, places, *options.rows);
  }
  std::int64_t rows = 0, bands = 0;
  if (options.rows) {
    rows = *options.rows;
  } else if (options.bands) {
    rows = places / *options.bands;
  } else {
    for (const auto& [least, wanted] : kRows) {
      if (least <= options.threshold) rows = std::min(places, wanted);
    }
  }
  bands = options.bands ? *options.bands : places / rows;
  if (bands * rows > places) {
    return Error{ErrorCode::invalid_argument, "bands * rows must be at most num_perm, " + std::to_string(places) +
                                                  ", not " + std::to_string(bands * rows)};
  }
  return BandShape{static_cast<std::size_t>(places), static_cast<std::size_t>(bands), static_cast<std::size_t>(rows)};
}

struct MinHashLsh::Impl {
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  struct Plain {  // a key of a band is mixed well
    std::size_t operator()(std::uint64_t key) const noexcept { return static_cast<std::size_t>(key); }
  };
  using Table = std::unordered_map<std::uint64_t, std::uint32_t, Plain>;  // key to its latest slot

  explicit Impl(const BandShape& given) : shape(given), tables(given.bands) {}

  BandShape shape;
  std::vector<Table> tables;
  std::unordered_map<std::int64_t, std::uint32_t> slots;
  std::vector<std::int64_t> ids;     // of each slot
  std::vector<std::uint64_t> keys;   // of each slot, all bands
  std::vector<std::uint32_t> older;  // of each slot and band: the slot with the same key before it
  std::vector<std::uint32_t> free;

  [[nodiscard]] std::optional<Error> refusal(std::span<const std::uint32_t> signature) const {
    if (signature.size() == shape.places) return std::nullopt;
    return Error{ErrorCode::length_mismatch, "a signature must have " + std::to_string(shape.places) + " places, not " +
                                                 std::to_string(signature.size())};
  }

  void put(std::int64_t id, const std::uint64_t* own) {
    std::uint32_t slot = 0;
    if (free.empty()) {
      slot = static_cast<std::uint32_t>(ids.size());
      ids.push_back(id);
      keys.resize(keys.size() + shape.bands);
      older.resize(older.size() + shape.bands);
    } else {
      slot = free.back();
      free.pop_back();
      ids[slot] = id;
    }
    slots.emplace(id, slot);
    for (std::size_t band = 0; band < shape.bands; ++band) {
      keys[slot * shape.bands + band] = own[band];
      const auto [place, fresh] = tables[band].try_emplace(own[band], slot);
      older[slot * shape.bands + band] = fresh ? kNone : std::exchange(place->second, slot);
    }
  }

  void take(std::uint32_t slot) {
    for (std::size_t band = 0; band < shape.bands; ++band) {
      const std::size_t at = slot * shape.bands + band;
      const auto place = tables[band].find(keys[at]);
      std::uint32_t* link = &place->second;
      while (*link != slot) link = &older[*link * shape.bands + band];
      *link = older[at];
      if (place->second == kNone) tables[band].erase(place);
    }
    slots.erase(ids[slot]);
    free.push_back(slot);
  }
};

MinHashLsh::MinHashLsh(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
MinHashLsh::MinHashLsh(MinHashLsh&&) noexcept = default;
MinHashLsh& MinHashLsh::operator=(MinHashLsh&&) noexcept = default;
MinHashLsh::~MinHashLsh() = default;

Result<MinHashLsh> MinHashLsh::create(const MinHashLshOptions& options) {
  const auto shape = band_shape(options);
  if (!shape.ok()) return shape.error();
  return MinHashLsh(std::make_unique<Impl>(shape.value()));
}

const BandShape& MinHashLsh::shape() const noexcept { return impl_->shape; }
std::size_t MinHashLsh::size() const noexcept { return impl_->slots.size(); }
bool MinHashLsh::contains(std::int64_t id) const { return impl_->slots.count(id) != 0; }

Result<std::vector<std::uint64_t>> MinHashLsh::band_keys(std::span<const std::uint32_t> signature) const {
  if (const auto refusal = impl_->refusal(signature)) return *refusal;
  std::vector<std::uint64_t> keys(impl_->shape.bands);
  repair::band_keys(impl_->shape, signature.data(), keys.data());
  return keys;
}

Result<bool> MinHashLsh::insert(std::int64_t id, std::span<const std::uint32_t> signature) {
  const auto keys = band_keys(signature);
  if (!keys.ok()) return keys.error();
  if (contains(id)) {
    return Error{ErrorCode::duplicate_key, "the id " + std::to_string(id) + " is there already: remove it first"};
  }
  impl_->put(id, keys.value().data());
  return true;
}

Result<std::vector<std::int64_t>> MinHashLsh::query(std::span<const std::uint32_t> signature) const {
  const auto keys = band_keys(signature);
  if (!keys.ok()) return keys.error();
  std::vector<std::int64_t> out;
  for (std::size_t band = 0; band < impl_->shape.bands; ++band) {
    const auto found = impl_->tables[band].find(keys.value()[band]);
    if (found == impl_->tables[band].end()) continue;
    for (std::uint32_t slot = found->second; slot != Impl::kNone;
         slot = impl_->older[slot * impl_->shape.bands + band]) {
      out.push_back(impl_->ids[slot]);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<bool> MinHashLsh::remove(std::int64_t id) {
  const auto found = impl_->slots.find(id);
  if (found == impl_->slots.end()) {
    return Error{ErrorCode::not_found, "no signature has the id " + std::to_string(id)};
  }
  impl_->take(found->second);
  return true;
}

std::string MinHashLsh::to_bytes() const {
  const BandShape& own = impl_->shape;
  std::string shape, ids, keys;
  for (const std::size_t number : {own.places, own.bands, own.rows, std::size_t{0}}) {
    bytes::put_u32(shape, static_cast<std::uint32_t>(number));
  }
  bytes::put_u64(shape, size());
  std::vector<std::pair<std::int64_t, std::uint32_t>> all(impl_->slots.begin(), impl_->slots.end());
  std::sort(all.begin(), all.end());
  for (const auto& [id, slot] : all) {
    bytes::put_u64(ids, static_cast<std::uint64_t>(id));
    for (std::size_t band = 0; band < own.bands; ++band) bytes::put_u64(keys, impl_->keys[slot * own.bands + band]);
  }
  const std::string_view sections[] = {shape, ids, keys};
  return write_sections(kFile, sections);
}

Result<MinHashLsh> MinHashLsh::from_bytes(std::string_view data) {
  const auto opened = open_sections(kFile, data, true);
  if (!opened.ok()) return opened.error();
  const std::vector<std::string_view>& sections = opened.value();
  const auto damaged = [&](std::size_t number) { return damaged_section(kFile, data, sections[number], number); };
  bytes::Reader shape(sections[0]), ids(sections[1]), keys(sections[2]);
  const std::uint64_t places = shape.u32(), bands = shape.u32(), rows = shape.u32(), zero = shape.u32();
  const std::uint64_t count = shape.u64();
  const bool fits = places >= 1 && places <= static_cast<std::uint64_t>(kMostPlaces) && bands >= 1 && bands <= places &&
                    rows >= 1 && bands * rows <= places;
  if (shape.bad() || !shape.done() || zero != 0 || !fits) return damaged(0);
  if (sections[1].size() % 8 != 0 || sections[1].size() / 8 != count) return damaged(1);
  if (sections[2].size() % (8 * bands) != 0 || sections[2].size() / (8 * bands) != count) return damaged(2);
  auto impl = std::make_unique<Impl>(
      BandShape{static_cast<std::size_t>(places), static_cast<std::size_t>(bands), static_cast<std::size_t>(rows)});
  std::vector<std::uint64_t> own(static_cast<std::size_t>(bands));
  std::int64_t last = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto id = static_cast<std::int64_t>(ids.u64());
    if (i > 0 && id <= last) return damaged(1);
    last = id;
    for (std::uint64_t& key : own) key = keys.u64();
    impl->put(id, own.data());
  }
  return MinHashLsh(std::move(impl));
}

}  // namespace paritas
