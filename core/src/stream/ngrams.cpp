#include "ngrams.hpp"

#include <algorithm>

namespace paritas {
namespace {

std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ (hash >> 32)) * 0xbf58476d1ce4e5b9u;
  return hash ^ (hash >> 29);
}

}  // namespace

Ngrams::Ngrams(std::size_t n, std::size_t window) : n_(n), window_(window) {
  std::size_t places = 2;
  while (places < window) places *= 2;
  ring_.resize(places);
  slots_.resize(4 * places);
  std::uint64_t factor = 1;
  for (std::uint64_t& each : factors_) each = factor *= 0x9e3779b97f4a7c15u;
}

void Ngrams::clear() {
  std::fill(slots_.begin(), slots_.end(), Slot{0, 0});
  words_ = 0;
  distinct_ = 0;
}

/// The slot of an n-gram, or the free one where it belongs.
std::size_t Ngrams::find(std::uint64_t gram) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(gram) & mask;
  while (slots_[at].count != 0 && ring_[slots_[at].word].gram != gram) at = (at + 1) & mask;
  return at;
}

void Ngrams::erase(std::uint64_t gram) noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t hole = find(gram);
  if (--slots_[hole].count != 0) return;
  --distinct_;
  // What follows may have been pushed past the hole, and must be found without it.
  for (std::size_t at = (hole + 1) & mask; slots_[at].count != 0; at = (at + 1) & mask) {
    const std::size_t home = static_cast<std::size_t>(ring_[slots_[at].word].gram) & mask;
    if (((at - home) & mask) < ((at - hole) & mask)) continue;
    slots_[hole] = slots_[at];
    slots_[at].count = 0;
    hole = at;
  }
}

void Ngrams::add(std::uint64_t word, const TextLength& start) {
  // The oldest n-gram goes with its first word, which leaves the window.
  if (words_ >= window_) erase(ring_[ring_place(words_ + n_ - 1 - window_)].gram);
  const std::size_t place = ring_place(words_);
  ring_[place].hash = mixed(word);
  ring_[place].start = start;
  ++words_;
  if (words_ < n_) return;
  std::uint64_t gram = 0;
  for (std::size_t i = 0; i < n_; ++i) gram += ring_[ring_place(words_ - 1 - i)].hash * factors_[i];
  gram = mixed(gram);
  Slot& slot = slots_[find(gram)];
  ring_[place].gram = gram;
  distinct_ += slot.count == 0 ? 1 : 0;
  slot = {static_cast<std::uint32_t>(place), slot.count + 1};
}

double Ngrams::novelty() const noexcept {
  const std::uint64_t kept = words_ < window_ ? words_ : window_;
  if (kept < n_) return 1.0;
  return static_cast<double>(distinct_) / static_cast<double>(kept - n_ + 1);
}

const TextLength& Ngrams::start() const noexcept {
  return ring_[ring_place(words_ < window_ ? 0 : words_ - window_)].start;
}

std::size_t Ngrams::memory_bytes() const noexcept { return ring_.size() * sizeof(Word) + slots_.size() * sizeof(Slot); }

}  // namespace paritas
