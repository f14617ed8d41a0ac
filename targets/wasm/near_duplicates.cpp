#include "paritas/repair/near_duplicates.hpp"

#include "packed.hpp"

namespace paritas::wasm {
namespace {

/// Method and kind of shingle, then the texts.
template <class Call>
Reply asked(double threshold, double num_perm, double seed, double k, std::uintptr_t at, std::size_t bytes, Call call) {
  Unpacker in(at, bytes);
  const auto kind_word = in.text(), method_word = in.text();
  std::vector<std::string_view> texts;
  while (!in.done()) texts.push_back(in.text());
  if (!(threshold >= 0.0 && threshold <= 1.0)) {  // first, as in Python
    return failure({ErrorCode::invalid_argument, "threshold must be from 0 to 1"});
  }
  const auto kind = shingle_kind(kind_word);
  if (!kind.ok()) return failure(kind.error());
  const auto method = near_method(method_word);
  if (!method.ok()) return failure(method.error());
  NearOptions options{threshold, method.value(), {}, 1};
  options.sketch = {static_cast<std::int64_t>(num_perm), static_cast<std::int64_t>(seed), static_cast<std::int64_t>(k),
                    kind.value()};
  return call(texts, options);
}

}  // namespace

WASM(Reply, nearDuplicatePairs)
(double threshold, double num_perm, double seed, double k, std::uintptr_t at, std::size_t bytes) {
  return asked(threshold, num_perm, seed, k, at, bytes, [](const auto& texts, const NearOptions& options) {
    return outcome(near_duplicates(texts, options), [](const auto& pairs) {
      Packer out;
      for (const NearPair& pair : pairs) {
        out.u32(pair.i);
        out.u32(pair.j);
        out.f64(pair.similarity);
      }
      return out.out();
    });
  });
}
WASM(Reply, nearDuplicateGroups)
(double threshold, double num_perm, double seed, double k, std::uintptr_t at, std::size_t bytes) {
  return asked(threshold, num_perm, seed, k, at, bytes, [](const auto& texts, const NearOptions& options) {
    return outcome(near_duplicate_groups(texts, options), [](const auto& groups) {
      Packer out;
      for (const auto& group : groups) {
        out.u32(group.size());
        for (const std::size_t member : group) out.u32(member);
      }
      return out.out();
    });
  });
}
WASM(Reply, nearDuplicateKept)
(double threshold, double num_perm, double seed, double k, std::uintptr_t at, std::size_t bytes) {
  return asked(threshold, num_perm, seed, k, at, bytes, [](const auto& texts, const NearOptions& options) {
    return outcome(keep_indices(texts, options), [](const auto& kept) {
      Packer out;
      for (const std::size_t number : kept) out.u32(number);
      return out.out();
    });
  });
}
WASM(double, nearDuplicateThreshold)() { return NearOptions{}.threshold; }

}  // namespace paritas::wasm
