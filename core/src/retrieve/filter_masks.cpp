#include "retrieve/filter_masks.hpp"

namespace paritas {
namespace {

constexpr std::size_t kMasks = 8;     // queries of a service ask for few filters again and again
constexpr std::size_t kColumns = 16;  // a stranger's filter may name any keys

/// A leaf without which the filter fails, and which names values: these have lists.
const FilterNode* equality(const FilterNode& node) {
  if (node.negated) return nullptr;
  if (node.kind == FilterNode::Kind::equal || node.kind == FilterNode::Kind::one_of) return &node;
  if (node.kind != FilterNode::Kind::all) return nullptr;
  for (const FilterNode& child : node.children) {
    if (const FilterNode* leaf = equality(child)) return leaf;
  }
  return nullptr;
}

}  // namespace

FilterMasks::Column::Chain& FilterMasks::Column::chain(std::uint64_t hash) {
  if (4 * (used + 1) > 3 * chains.size()) {
    std::vector<Chain> old(chains.empty() ? 16 : 2 * chains.size());
    old.swap(chains);
    for (const Chain& one : old) {
      if (one.first == 0) continue;
      std::size_t at = one.hash & (chains.size() - 1);
      while (chains[at].first != 0) at = (at + 1) & (chains.size() - 1);
      chains[at] = one;
    }
  }
  std::size_t at = hash & (chains.size() - 1);
  while (chains[at].first != 0 && chains[at].hash != hash) at = (at + 1) & (chains.size() - 1);
  return chains[at];
}

void FilterMasks::Column::extend(std::size_t count, const void* owner, MetadataAt metadata_at) {
  for (std::size_t i = next.size(); i < count; ++i) {
    next.push_back(0);
    const auto metadata = metadata_at(owner, i);
    if (!metadata) continue;
    const auto value = find_item(*metadata, key);
    if (!value || value->tag == FilterTag::list) continue;  // a list equals no value
    const auto name = static_cast<std::uint32_t>(i + 1);
    const std::uint64_t hash = value->hash();
    Chain& found = chain(hash);
    if (found.first == 0) {
      found.hash = hash;
      found.first = name;
      ++used;
    } else {
      next[found.last - 1] = name;
    }
    found.last = name;
  }
}

FilterMasks::Column& FilterMasks::column(std::string_view key) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].key == key) return columns_[i];
  }
  if (columns_.size() == kColumns) columns_.erase(columns_.begin());
  Column& made = columns_.emplace_back();
  made.key = key;
  return made;
}

std::shared_ptr<const Mask> FilterMasks::of(const Filter& filter, std::size_t count, const void* owner,
                                            MetadataAt metadata_at) {
  const std::lock_guard lock(mutex_);
  const std::string& name = filter.impl_->bytes;
  std::size_t place = 0;
  while (place < kept_.size() && kept_[place].filter != name) ++place;
  Kept kept;
  if (place < kept_.size()) {
    kept = std::move(kept_[place]);
    kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(place));
  } else {
    if (kept_.size() == kMasks) kept_.erase(kept_.begin());
    kept = {name, std::make_shared<Mask>()};
  }
  if (kept.mask->count < count) {
    if (kept.mask.use_count() > 1) kept.mask = std::make_shared<Mask>(*kept.mask);  // a query still reads the old one
    Mask& mask = *kept.mask;
    std::size_t from = mask.count;
    mask.grow(count);
    const auto ask = [&](std::size_t i) {
      if (filter.matches(metadata_at(owner, i))) mask.set(i);
    };
    // The lists begin at the first ordinal: what comes behind an old mask is looked at one by one.
    const FilterNode* leaf = from == 0 ? equality(filter.impl_->root) : nullptr;
    if (leaf != nullptr) {
      Column& values = column(leaf->key);
      values.extend(count, owner, metadata_at);
      for (const FilterItem& operand : leaf->operands) {
        for (std::uint32_t at = values.chain(operand.hash()).first; at != 0 && at <= count; at = values.next[at - 1]) {
          if (!mask[at - 1]) ask(at - 1);
        }
      }
      from = count;
    }
    for (; from < count; ++from) ask(from);
  }
  kept_.push_back(kept);
  return kept.mask;
}

void FilterMasks::clear() {
  const std::lock_guard lock(mutex_);
  columns_.clear();
  kept_.clear();
}

std::size_t FilterMasks::heap_bytes() const {
  const std::lock_guard lock(mutex_);
  std::size_t total = 0;
  for (const Column& one : columns_) total += 4 * one.next.capacity() + sizeof(Column::Chain) * one.chains.capacity();
  for (const Kept& one : kept_) total += one.filter.size() + 8 * one.mask->words.capacity();
  return total;
}

}  // namespace paritas
