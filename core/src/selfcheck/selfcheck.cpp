#include "paritas/selfcheck/selfcheck.hpp"

#include <array>
#include <cstddef>
#include <string_view>

#include "features.hpp"
#include "paritas/base/hash.hpp"

namespace paritas {
namespace {

struct Feature {
  std::string_view stem;
  void (*check)(Random&, Digest&);
};

#define X(stem) Feature{#stem, &check_##stem},
constexpr std::array kFeatures{PARITAS_FEATURES(X)};
#undef X

std::string hexadecimal(std::uint64_t hash) {
  std::string out(16, '0');
  for (std::size_t i = 0; i < out.size(); ++i) out[out.size() - 1 - i] = "0123456789abcdef"[hash >> 4 * i & 15];
  return out;
}

}  // namespace

Result<SelfcheckReport> selfcheck_report(std::int64_t cases, std::uint64_t seed) {
  if (cases < 0) return Error{ErrorCode::invalid_argument, "cases must be at least 0"};
  if (cases > kMaxSelfcheckCases) return Error{ErrorCode::limit_exceeded, "cases must be at most 1000000000"};
  std::uint64_t all = 0;
  std::array<std::uint64_t, kFeatures.size()> each{};
  Digest digest;
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(cases); ++i) {
    const std::size_t at = static_cast<std::size_t>(i % kFeatures.size());
    Random random(seed + i);
    digest.clear();
    kFeatures[at].check(random, digest);
    all = xxh3_64(digest.bytes(), all);
    each[at] = xxh3_64(digest.bytes(), each[at]);
  }
  SelfcheckReport report{hexadecimal(all), {}};
  const auto count = static_cast<std::int64_t>(kFeatures.size());
  for (std::int64_t at = 0; at < count; ++at) {
    const auto index = static_cast<std::size_t>(at);
    report.features.push_back(
        {std::string(kFeatures[index].stem), (cases + count - 1 - at) / count, hexadecimal(each[index])});
  }
  return report;
}

Result<std::string> selfcheck(std::int64_t cases, std::uint64_t seed) {
  auto report = selfcheck_report(cases, seed);
  if (!report.ok()) return report.error();
  return std::move(report).value().digest;
}

}  // namespace paritas
