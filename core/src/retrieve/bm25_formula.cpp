#include "retrieve/bm25_formula.hpp"

#include <algorithm>

#include "paritas/base/maths.hpp"

namespace paritas {

std::optional<Variant> variant_of(std::string_view name) {
  if (name == "lucene") return Variant::lucene;
  if (name == "okapi") return Variant::okapi;
  if (name == "robertson") return Variant::robertson;
  if (name == "atire") return Variant::atire;
  if (name == "bm25l") return Variant::bm25l;
  if (name == "bm25+") return Variant::bm25_plus;
  return std::nullopt;
}

double Bm25Formula::idf(std::uint64_t documents, std::uint64_t df) const {
  const double n = static_cast<double>(documents), d = static_cast<double>(df);
  switch (variant) {
    case Variant::lucene:
    case Variant::okapi:
      return log(1.0 + (n - d + 0.5) / (d + 0.5));
    case Variant::robertson:
      return log(std::max((n - d + 0.5) / (d + 0.5), 1.0));
    case Variant::atire:
      return log(n / d);
    case Variant::bm25l:
      return log((n + 1.0) / (d + 0.5));
    case Variant::bm25_plus:
      return log((n + 1.0) / d);
  }
  return 0.0;
}

double Bm25Formula::tf_part(std::uint32_t count, std::uint32_t length, double mean) const {
  const double tf = count;
  const double size = (1.0 - b) + b * (static_cast<double>(length) / mean);
  if (variant == Variant::bm25l) {
    const double c = tf / size;
    return (k1 + 1.0) * (c + delta) / (k1 + c + delta);
  }
  const double damping = k1 * size;
  switch (variant) {
    case Variant::okapi:
    case Variant::atire:
      return tf * (k1 + 1.0) / (tf + damping);
    case Variant::bm25_plus:
      return tf * (k1 + 1.0) / (tf + damping) + delta;
    default:
      return tf / (tf + damping);
  }
}

const double* TfTable::get(const Bm25Formula& formula, double mean, std::uint32_t longest, std::uint64_t reads) const {
  if (ready_.load(std::memory_order_acquire)) return values_.data();
  // It is made when as many postings have been read without it as it has values.
  const std::uint32_t lengths = std::min(longest, kLengths - 1) + 1;
  if (work_.fetch_add(reads, std::memory_order_relaxed) + reads < std::uint64_t{lengths} * kTf) return nullptr;
  const std::lock_guard lock(mutex_);
  if (!ready_.load(std::memory_order_acquire)) {
    values_.resize(std::size_t{kLengths} * kTf);
    for (std::uint32_t length = 0; length < lengths; ++length) {
      for (std::uint32_t tf = 1; tf <= kTf; ++tf) {
        values_[(tf - 1) * kLengths + length] = formula.tf_part(tf, length, mean);
      }
    }
    ready_.store(true, std::memory_order_release);
  }
  return values_.data();
}

}  // namespace paritas
