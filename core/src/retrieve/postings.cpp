#include "retrieve/postings.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/bytes.hpp"

namespace paritas {
namespace {

static_assert(std::endian::native == std::endian::little, "files are read in place");

// Four lanes of 128 bits: SSE2, NEON and WASM SIMD128 have these operations, so one form serves all.
using Lanes = std::uint32_t __attribute__((vector_size(16)));

Lanes load(const std::uint32_t* at) {
  Lanes lanes;
  std::memcpy(&lanes, at, sizeof lanes);
  return lanes;
}
void store(std::uint32_t* at, Lanes lanes) { std::memcpy(at, &lanes, sizeof lanes); }

/// Row `row` of values of `bits` bits, 1 to 32. Reads the words of one row more than it needs.
Lanes row_at(const std::uint32_t* packed, unsigned row, unsigned bits, Lanes mask) {
  const unsigned bit = row * bits, shift = bit & 31;
  const Lanes low = load(packed + std::size_t{4} * (bit >> 5)), high = load(packed + std::size_t{4} * (bit >> 5) + 4);
  return (low >> shift | (high << 1) << (31 - shift)) & mask;  // in two steps: a shift by 32 has no meaning
}

Lanes all(std::uint32_t value) { return Lanes{value, value, value, value}; }

std::uint32_t mask_of(unsigned bits) { return bits == 32 ? 0xFFFFFFFFu : (1u << bits) - 1u; }

/// Documents from their distances less 1. False if they do not end at `last`.
bool unpack_docs(const std::uint32_t* packed, unsigned bits, std::uint32_t before, std::uint32_t last,
                 std::uint32_t* docs) {
  const Lanes mask = all(bits == 0 ? 0 : mask_of(bits)), one = all(1), zero = all(0);
  Lanes carry = all(before);
  for (unsigned row = 0; row < kBlock / 4; ++row) {
    Lanes x = (bits == 0 ? zero : row_at(packed, row, bits, mask)) + one;
    x += __builtin_shufflevector(zero, x, 0, 4, 5, 6);
    x += __builtin_shufflevector(zero, x, 0, 1, 4, 5);
    x += carry;
    store(docs + std::size_t{4} * row, x);
    carry = __builtin_shufflevector(x, x, 3, 3, 3, 3);
  }
  if (docs[kBlock - 1] != last) return false;
  if (bits <= 24) return true;  // 128 such distances cannot wrap round
  std::uint64_t doc = before == 0xFFFFFFFFu ? 0 : std::uint64_t{before} + 1;
  for (unsigned i = 0; i < kBlock; ++i) {
    if (docs[i] < doc) return false;
    doc = std::uint64_t{docs[i]} + 1;
  }
  return true;
}

void unpack_tfs(const std::uint32_t* packed, unsigned bits, std::uint32_t* tfs) {
  const Lanes mask = all(bits == 0 ? 0 : mask_of(bits)), one = all(1);
  if (bits == 0) {
    for (unsigned row = 0; row < kBlock / 4; ++row) store(tfs + std::size_t{4} * row, one);
    return;
  }
  for (unsigned row = 0; row < kBlock / 4; ++row)
    store(tfs + std::size_t{4} * row, row_at(packed, row, bits, mask) + one);
}

/// A row of varints; at most 128 postings.
void unpack_row(std::string_view bytes, std::uint32_t count, std::uint32_t before, std::uint32_t docs, Unpacked& out) {
  const auto* at = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::uint8_t* const end = at + bytes.size();
  std::uint64_t next = before == 0xFFFFFFFFu ? 0 : std::uint64_t{before} + 1;
  std::uint32_t most = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (at == end) return;
    std::uint64_t code = *at++;
    std::uint64_t more = 0;
    if (code >= 0x80 || (code & 3) == 3) {  // else it is all in one byte, as most are
      bytes::Reader in({reinterpret_cast<const char*>(at - 1), static_cast<std::size_t>(end - at) + 1});
      code = in.varint();
      if ((code & 3) == 3) more = in.varint();
      if (in.bad() || code >> 2 >= docs || more >= 0xFFFFFFF0u) return;
      at = end - in.left();
    }
    next += code >> 2;
    if (next >= docs) return;
    out.docs[i] = static_cast<std::uint32_t>(next++);
    out.tfs[i] = static_cast<std::uint32_t>((code & 3) + 1 + more);
    most = std::max(most, out.tfs[i]);
  }
  out.most_tf = most;
  out.count = count;
}

unsigned width(std::uint32_t value) { return static_cast<unsigned>(std::bit_width(value)); }

std::uint16_t narrow(std::uint32_t value) { return static_cast<std::uint16_t>(std::min(value, 65535u)); }

/// Of some postings those that no other exceeds, by more occurrences in a shorter document. Above 16 occurrences one
/// bound stands for all.
class Frontier {
 public:
  Frontier() { std::fill_n(shortest_, kMost + 1, 0xFFFFFFFFu); }
  void add(std::uint32_t tf, std::uint32_t length) {
    const std::uint32_t slot = std::min(tf, kMost);
    shortest_[slot] = std::min(shortest_[slot], length);
    most_ = std::max(most_, tf);
  }
  void write(std::vector<Bound>& out) const {
    std::uint32_t met = 0xFFFFFFFFu;
    for (std::uint32_t tf = kMost; tf >= 1; --tf) {
      if (shortest_[tf] >= met) continue;
      met = shortest_[tf];
      out.push_back({narrow(tf == kMost ? most_ : tf), narrow(met)});
    }
  }

 private:
  static constexpr std::uint32_t kMost = 17;
  std::uint32_t shortest_[kMost + 1], most_ = 0;
};

}  // namespace

PostingList::PostingList(const std::uint32_t* at, std::size_t left, std::uint32_t postings, std::uint32_t documents) {
  const std::uint32_t needed = postings <= kBlock ? 0 : (postings - 1) / kBlock + 1;
  if (postings > documents || left < std::size_t{needed} * 4) return;
  words = at;
  size = static_cast<std::uint32_t>(std::min<std::size_t>(left, 0xFFFFFFFFu));
  count = postings;
  docs = documents;
  blocks = needed;
}

std::span<const Bound> PostingList::bounds(std::uint32_t block) const {
  const std::uint32_t from = block == 0 ? 0 : head(block - 1).bounds_end, to = head(block).bounds_end;
  if (from > to || to > size - blocks * 4) return {};
  return {reinterpret_cast<const Bound*>(words + std::size_t{blocks} * 4) + from, to - from};
}

std::span<const Bound> PostingList::list_bounds() const {
  const std::uint32_t from = head(blocks - 1).bounds_end, to = from + head(0).list_bounds;
  if (from > to || to > size - blocks * 4) return {};
  return {reinterpret_cast<const Bound*>(words + std::size_t{blocks} * 4) + from, to - from};
}

void unpack(const PostingList& list, std::uint32_t block, Unpacked& out) {
  out.count = 0;
  if (list.blocks == 0) {
    unpack_row({reinterpret_cast<const char*>(list.words), std::size_t{list.size} * 4}, list.count, 0xFFFFFFFFu,
               list.docs, out);
    return;
  }
  const BlockHead& head = list.head(block);
  const std::uint32_t before = block == 0 ? 0xFFFFFFFFu : list.head(block - 1).last;
  if (head.data > list.size || head.last >= list.docs || (block != 0 && before >= head.last)) return;
  const std::uint32_t count = std::min(kBlock, list.count - block * kBlock);
  const std::uint32_t* data = list.words + head.data;
  if (count < kBlock) {
    unpack_row({reinterpret_cast<const char*>(data), std::size_t{list.size - head.data} * 4}, count, before, list.docs,
               out);
    return;
  }
  const unsigned bits = head.doc_bits, tf_bits = head.tf_bits;
  if (bits > 32 || tf_bits > 32 || list.size - head.data < 4 * (bits + tf_bits)) return;
  if (!unpack_docs(data, bits, before, head.last, out.docs)) return;
  unpack_tfs(data + std::size_t{4} * bits, tf_bits, out.tfs);
  out.count = kBlock;
  out.most_tf = tf_bits < 32 ? 1u << tf_bits : 0xFFFFFFFFu;
}

std::uint32_t block_of(const PostingList& list, std::uint32_t from, std::uint32_t doc) {
  // Gallop: the next block is near when documents are asked for in order.
  std::uint32_t step = 1, low = from, high = from;
  while (high < list.blocks && list.head(high).last < doc) {
    low = high + 1;
    high = list.blocks - high > step ? high + step : list.blocks;
    step *= 2;
  }
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (list.head(middle).last < doc) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::uint32_t tf_of(const PostingList& list, std::uint32_t doc) {
  const std::uint32_t block = list.blocks == 0 ? 0 : block_of(list, 0, doc);
  if (list.count == 0 || (list.blocks != 0 && block == list.blocks)) return 0;
  Unpacked part;
  unpack(list, block, part);
  const std::uint32_t* end = part.docs + part.count;
  const std::uint32_t* at = std::lower_bound(static_cast<const std::uint32_t*>(part.docs), end, doc);
  return at != end && *at == doc ? part.tfs[at - part.docs] : 0;
}

void PostingWriter::write_row(std::span<const std::uint32_t> docs, std::span<const std::uint32_t> tfs,
                              std::uint32_t before) {
  row_.clear();
  for (std::size_t i = 0; i < docs.size(); ++i) {
    const std::uint64_t distance = docs[i] - before - 1u;  // wraps at the first one: -1 is 2^32 - 1
    bytes::put_varint(row_, distance << 2 | (tfs[i] < 4 ? tfs[i] - 1u : 3u));
    if (tfs[i] > 3) bytes::put_varint(row_, tfs[i] - 4u);
    before = docs[i];
  }
  row_.resize((row_.size() + 3) / 4 * 4, '\0');
  const std::size_t at = words_.size();
  words_.resize(at + row_.size() / 4);
  std::memcpy(words_.data() + at, row_.data(), row_.size());
}

void PostingWriter::write_packed(const std::uint32_t* values, unsigned bits) {
  const std::size_t start = words_.size();
  words_.resize(start + std::size_t{4} * bits, 0);
  std::uint32_t* packed = words_.data() + start;
  for (unsigned row = 0; row < kBlock / 4 && bits != 0; ++row) {
    const unsigned bit = row * bits, shift = bit & 31;
    std::uint32_t* low = packed + std::size_t{4} * (bit >> 5);
    const Lanes value = load(values + std::size_t{4} * row);
    store(low, load(low) | value << shift);
    if (shift + bits > 32) store(low + 4, value >> (32 - shift));  // shift is at least 1 here
  }
}

std::uint32_t PostingWriter::write(std::span<const std::uint32_t> docs, std::span<const std::uint32_t> tfs,
                                   std::span<const std::uint32_t> lengths) {
  const std::size_t start = words_.size();
  if (docs.size() <= kBlock) {
    write_row(docs, tfs, 0xFFFFFFFFu);
    return static_cast<std::uint32_t>(start);
  }
  const std::size_t blocks = (docs.size() - 1) / kBlock + 1;
  std::vector<BlockHead> heads(blocks);
  bounds_.clear();
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t from = block * kBlock, count = std::min<std::size_t>(kBlock, docs.size() - from);
    Frontier frontier;
    for (std::size_t i = from; i < from + count; ++i) frontier.add(tfs[i], lengths[docs[i]]);
    frontier.write(bounds_);
    heads[block].last = docs[from + count - 1];
    heads[block].bounds_end = static_cast<std::uint32_t>(bounds_.size());
  }
  Frontier whole;
  for (const Bound& bound : bounds_) whole.add(bound.tf, bound.length);
  const std::size_t of_blocks = bounds_.size();
  whole.write(bounds_);
  heads[0].list_bounds = static_cast<std::uint16_t>(bounds_.size() - of_blocks);
  words_.resize(start + blocks * 4 + bounds_.size());
  std::memcpy(words_.data() + start + blocks * 4, bounds_.data(), bounds_.size() * sizeof(Bound));
  std::uint32_t before = 0xFFFFFFFFu;
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t from = block * kBlock, count = std::min<std::size_t>(kBlock, docs.size() - from);
    BlockHead& head = heads[block];
    head.data = static_cast<std::uint32_t>(words_.size() - start);
    if (count < kBlock) {
      write_row(docs.subspan(from), tfs.subspan(from), before);
      break;
    }
    std::uint32_t values[kBlock], most = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      values[i] = docs[from + i] - before - 1u;
      most |= values[i];
      before = docs[from + i];
    }
    head.doc_bits = static_cast<std::uint8_t>(width(most));
    write_packed(values, head.doc_bits);
    most = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      values[i] = tfs[from + i] - 1u;
      most |= values[i];
    }
    head.tf_bits = static_cast<std::uint8_t>(width(most));
    write_packed(values, head.tf_bits);
  }
  std::memcpy(words_.data() + start, heads.data(), blocks * sizeof(BlockHead));
  return static_cast<std::uint32_t>(start);
}

}  // namespace paritas
