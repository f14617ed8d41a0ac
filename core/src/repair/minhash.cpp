#include "paritas/repair/minhash.hpp"

#include <algorithm>
#include <utility>

#include "base/parallel.hpp"
#include "paritas/base/random.hpp"
#include "repair/minhash_kernels.hpp"
#include "repair/shingles.hpp"
#include "stream/option_range.hpp"

namespace paritas {
namespace {

constexpr std::int64_t kMostPlaces = 65536;
constexpr std::uint32_t kEmpty = 0xFFFFFFFFU;

}  // namespace

struct MinHash::Impl {
  MinHashOptions options;
  std::size_t places = 0, k = 0;
  std::vector<std::uint64_t> factors, sums;  // padded to what the kernel takes at once
  std::vector<std::uint32_t> own;            // the sketch
  repair::Shingler shingler{1, ShingleKind::word};

  /// `room` has the padded length.
  void add(repair::Shingler& with, std::string_view text, std::uint32_t* room) const {
    const std::span<const std::uint64_t> items = with.hashes(text);
    repair::minimise(factors.data(), sums.data(), factors.size(), items.data(), items.size(), room);
  }
};

MinHash::MinHash(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
MinHash::MinHash(MinHash&&) noexcept = default;
MinHash& MinHash::operator=(MinHash&&) noexcept = default;
MinHash::~MinHash() = default;

Result<MinHash> MinHash::create(const MinHashOptions& options) {
  if (options.num_perm < 1 || options.num_perm > kMostPlaces) {
    return outside_range("num_perm", 1, kMostPlaces, options.num_perm);
  }
  const auto k = repair::shingle_size(options.k);
  if (!k.ok()) return k.error();
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->places = static_cast<std::size_t>(options.num_perm);
  impl->k = k.value();
  const std::size_t step = repair::kPermutationStep, padded = (impl->places + step - 1) / step * step;
  impl->factors.assign(padded, 1);
  impl->sums.assign(padded, 0);
  impl->own.assign(padded, kEmpty);
  Random random(static_cast<std::uint64_t>(options.seed));
  for (std::size_t i = 0; i < impl->places; ++i) {
    impl->factors[i] = random.next() | 1;
    impl->sums[i] = random.next();
  }
  impl->shingler = repair::Shingler(impl->k, options.shingle);
  return MinHash(std::move(impl));
}

const MinHashOptions& MinHash::options() const noexcept { return impl_->options; }
std::size_t MinHash::num_perm() const noexcept { return impl_->places; }

void MinHash::signature(std::string_view text, std::span<std::uint32_t> out) const {
  signatures(std::span<const std::string_view>(&text, 1), out, 1);
}

void MinHash::signatures(std::span<const std::string_view> texts, std::span<std::uint32_t> out,
                         std::size_t threads) const {
  parallel_for(texts.size(), threads, [&](std::size_t begin, std::size_t end) {
    repair::Shingler shingler(impl_->k, impl_->options.shingle);
    std::vector<std::uint32_t> room(impl_->factors.size());
    for (std::size_t i = begin; i < end; ++i) {
      std::fill(room.begin(), room.end(), kEmpty);
      impl_->add(shingler, texts[i], room.data());
      std::copy_n(room.begin(), impl_->places, out.begin() + static_cast<std::ptrdiff_t>(i * impl_->places));
    }
  });
}

void MinHash::update(std::string_view text) { impl_->add(impl_->shingler, text, impl_->own.data()); }

Result<bool> MinHash::merge(const MinHash& other) {
  const MinHashOptions &mine = impl_->options, &theirs = other.impl_->options;
  if (mine.num_perm != theirs.num_perm || mine.seed != theirs.seed || mine.k != theirs.k ||
      mine.shingle != theirs.shingle) {
    return Error{ErrorCode::invalid_argument, "only sketches of the same num_perm, seed, k and shingle can be merged"};
  }
  for (std::size_t i = 0; i < impl_->own.size(); ++i) impl_->own[i] = std::min(impl_->own[i], other.impl_->own[i]);
  return true;
}

std::span<const std::uint32_t> MinHash::digest() const noexcept { return {impl_->own.data(), impl_->places}; }

Result<double> minhash_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (a.size() != b.size()) {
    return Error{ErrorCode::length_mismatch, "both signatures must have as many places, not " +
                                                 std::to_string(a.size()) + " and " + std::to_string(b.size())};
  }
  if (a.empty()) return 1.0;
  const auto empty = [](std::span<const std::uint32_t> places) {
    return std::all_of(places.begin(), places.end(), [](std::uint32_t place) { return place == kEmpty; });
  };
  if (empty(a) != empty(b)) return 0.0;
  return static_cast<double>(repair::equal_places(a.data(), b.data(), a.size())) / static_cast<double>(a.size());
}

}  // namespace paritas
