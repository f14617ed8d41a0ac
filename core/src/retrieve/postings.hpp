#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The lists of postings of a frozen segment, as they stand in memory and in a file, in words of 4 bytes.
//
// A list of at most 128 postings, and the last block of a longer one that is not full, is a row of varints, filled up
// with 0 to a whole word: (distance from the last document - 1) * 4 + min(tf - 1, 3), then tf - 4 where that is 3.
// A longer list begins with a BlockHead for each 128 postings; then come the bounds of all blocks, then those of the
// whole list, then the blocks:
// 128 distances less 1, then 128 tf less 1, each as wide as the widest needs, in 4 interleaved lanes: value i stands in
// lane i % 4, row i / 4 of it; word w of lane l is word 4 * w + l. (The layout of Lemire and Boytsov 2015, "SIMD-BP128".)
namespace paritas {

inline constexpr std::uint32_t kBlock = 128;

/// A posting is worth no more than one of `tf` occurrences in a document of `length` terms: every posting of a block is
/// met by one of its bounds. 65535 occurrences stand for any more, 65535 terms for that many or more.
struct __attribute__((may_alias)) Bound {
  std::uint16_t tf, length;
};

struct __attribute__((may_alias)) BlockHead {
  std::uint32_t last;        // its last document
  std::uint32_t data;        // word of the list at which its postings begin
  std::uint32_t bounds_end;  // how many bounds it and the blocks before it have
  std::uint8_t doc_bits, tf_bits;
  std::uint16_t list_bounds;  // how many bounds the list has, in its first head; else 0
};
static_assert(sizeof(BlockHead) == 16 && sizeof(Bound) == 4);

/// One list. Whatever bytes it was opened over, reading it stays inside them and gives ascending documents below `docs`.
struct PostingList {
  const std::uint32_t* words = nullptr;
  std::uint32_t size = 0;    // words from `words` to the end of all lists; 4 more may be read
  std::uint32_t count = 0;   // postings
  std::uint32_t docs = 0;    // documents of the segment
  std::uint32_t blocks = 0;  // 0: a row of varints

  PostingList() = default;
  /// An empty list if the heads do not fit in.
  PostingList(const std::uint32_t* words, std::size_t size, std::uint32_t count, std::uint32_t docs);

  [[nodiscard]] const BlockHead& head(std::uint32_t block) const {
    return reinterpret_cast<const BlockHead*>(words)[block];
  }
  [[nodiscard]] std::span<const Bound> bounds(std::uint32_t block) const;
  /// The bounds of all blocks together.
  [[nodiscard]] std::span<const Bound> list_bounds() const;
};

/// Postings that were unpacked.
struct Unpacked {
  alignas(16) std::uint32_t docs[kBlock];
  alignas(16) std::uint32_t tfs[kBlock];
  std::uint32_t count = 0;
  std::uint32_t most_tf = 0;  // at least that of each
};

/// Unpacks a block, or a whole list without blocks (block 0). Damaged: count is 0.
void unpack(const PostingList& list, std::uint32_t block, Unpacked& out);

/// The first block that may hold a document from `doc` on; `blocks` if none, looking from block `from` on.
std::uint32_t block_of(const PostingList& list, std::uint32_t from, std::uint32_t doc);

/// How often `doc` occurs in the list; 0 if not.
std::uint32_t tf_of(const PostingList& list, std::uint32_t doc);

/// Calls visit(doc, tf) for every posting in order.
template <class Visit>
void each_posting(const PostingList& list, const Visit& visit) {
  Unpacked part;
  for (std::uint32_t block = 0; block < (list.blocks == 0 ? 1 : list.blocks); ++block) {
    unpack(list, block, part);
    for (std::uint32_t i = 0; i < part.count; ++i) visit(part.docs[i], part.tfs[i]);
  }
}

/// Writes lists one behind the other.
class PostingWriter {
 public:
  /// Appends a list and returns the word it begins at. lengths: of all documents, for the bounds.
  std::uint32_t write(std::span<const std::uint32_t> docs, std::span<const std::uint32_t> tfs,
                      std::span<const std::uint32_t> lengths);
  [[nodiscard]] std::size_t words() const noexcept { return words_.size(); }
  [[nodiscard]] std::string_view bytes() const noexcept {
    return {reinterpret_cast<const char*>(words_.data()), words_.size() * 4};
  }
  /// What unpack may read behind the last list.
  void finish() { words_.insert(words_.end(), 4, 0); }

 private:
  void write_row(std::span<const std::uint32_t> docs, std::span<const std::uint32_t> tfs, std::uint32_t before);
  void write_packed(const std::uint32_t* values, unsigned bits);

  std::vector<std::uint32_t> words_;
  std::string row_;
  std::vector<Bound> bounds_;
};

}  // namespace paritas
