#pragma once
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// How the index writes numbers: little-endian, and varints of 7 bits a byte, low ones first.
namespace paritas::bytes {

template <class Sink>
void put_varint(Sink& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<typename Sink::value_type>(static_cast<std::uint8_t>(value | 0x80)));
    value >>= 7;
  }
  out.push_back(static_cast<typename Sink::value_type>(static_cast<std::uint8_t>(value)));
}

/// Reads what put_varint wrote; the memory is our own.
inline std::uint64_t get_varint(const std::uint8_t*& at) noexcept {
  std::uint64_t value = *at++;
  if (value < 0x80) return value;
  value &= 0x7F;
  for (unsigned shift = 7;; shift += 7) {
    const std::uint64_t byte = *at++;
    value |= (byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
}

inline void put_u32(std::string& out, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) out.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> 8 * i)));
}
inline void put_u64(std::string& out, std::uint64_t value) {
  for (unsigned i = 0; i < 8; ++i) out.push_back(static_cast<char>(static_cast<std::uint8_t>(value >> 8 * i)));
}
inline void put_f64(std::string& out, double value) { put_u64(out, __builtin_bit_cast(std::uint64_t, value)); }

/// Reads bytes of a stranger: past the end or malformed sets `bad`, and from there on everything reads as 0 or empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool bad() const noexcept { return bad_; }
  [[nodiscard]] bool done() const noexcept { return bad_ || at_ == bytes_.size(); }
  [[nodiscard]] std::size_t left() const noexcept { return bad_ ? 0 : bytes_.size() - at_; }
  void fail() noexcept { bad_ = true; }

  std::string_view take(std::uint64_t count) {
    if (bad_ || count > bytes_.size() - at_) {
      bad_ = true;
      return {};
    }
    at_ += static_cast<std::size_t>(count);
    return bytes_.substr(at_ - static_cast<std::size_t>(count), static_cast<std::size_t>(count));
  }
  std::uint64_t little(unsigned count) {
    const std::string_view part = take(count);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < part.size(); ++i) {
      value |= std::uint64_t{static_cast<std::uint8_t>(part[i])} << 8 * i;
    }
    return value;
  }
  std::uint8_t u8() { return static_cast<std::uint8_t>(little(1)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(little(4)); }
  std::uint64_t u64() { return little(8); }
  double f64() { return __builtin_bit_cast(double, little(8)); }
  /// Only the shortest form is well formed, so that equal contents have equal bytes.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = u8();
      if (bad_) return 0;
      if (shift == 63 && byte > 1) break;
      value |= (byte & 0x7F) << shift;
      if (byte < 0x80) {
        if (byte == 0 && shift != 0) break;
        return value;
      }
    }
    bad_ = true;
    return 0;
  }
  std::string_view text() { return take(varint()); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool bad_ = false;
};

/// A growing list of bytes in 16: up to 8 stand in the object itself, as most posting lists are that short.
class List {
 public:
  using value_type = std::uint8_t;
  List() = default;
  List(List&& other) noexcept { swap(other); }
  List& operator=(List&& other) noexcept {
    swap(other);
    return *this;
  }
  List(const List&) = delete;
  List& operator=(const List&) = delete;
  ~List() {
    if (room_ != kInside) delete[] heap();
  }

  [[nodiscard]] const std::uint8_t* data() const noexcept { return room_ == kInside ? inside_ : heap(); }
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t heap_bytes() const noexcept { return room_ == kInside ? 0 : room_; }
  void push_back(std::uint8_t byte) {
    if (size_ == room_) grow();
    (room_ == kInside ? inside_ : heap())[size_++] = byte;
  }
  /// Gives back what growing has left over.
  void trim() {
    if (room_ != kInside && size_ < room_) move_to(size_);
  }

 private:
  static constexpr std::uint32_t kInside = 8;
  [[nodiscard]] std::uint8_t* heap() const noexcept {
    std::uint8_t* block = nullptr;
    std::memcpy(&block, inside_, sizeof block);
    return block;
  }
  void grow() { move_to(room_ == kInside ? 24 : room_ + room_ / 4 + 8); }
  void move_to(std::uint32_t room) {
    if (room <= kInside) room = kInside + 1;
    auto* block = new std::uint8_t[room];
    std::memcpy(block, data(), size_);
    if (room_ != kInside) delete[] heap();
    std::memcpy(inside_, &block, sizeof block);
    room_ = room;
  }
  void swap(List& other) noexcept {
    std::swap(inside_, other.inside_);
    std::swap(size_, other.size_);
    std::swap(room_, other.room_);
  }

  alignas(std::uint8_t*) std::uint8_t inside_[kInside] = {};
  std::uint32_t size_ = 0;
  std::uint32_t room_ = kInside;
};

/// Keeps byte strings where they are until all of them go.
class Arena {
 public:
  const std::uint8_t* keep(std::string_view text) {
    if (text.size() > left_) {
      next_ = next_ < kLargest ? next_ * 2 : kLargest;
      left_ = text.size() > next_ ? text.size() : next_;
      blocks_.push_back(std::make_unique<std::uint8_t[]>(left_));
      at_ = blocks_.back().get();
      total_ += left_;
    }
    std::uint8_t* kept = at_;
    if (!text.empty()) std::memcpy(kept, text.data(), text.size());
    at_ += text.size();
    left_ -= text.size();
    return kept;
  }
  [[nodiscard]] std::size_t heap_bytes() const noexcept { return total_; }

 private:
  static constexpr std::size_t kLargest = std::size_t{1} << 18;
  std::vector<std::unique_ptr<std::uint8_t[]>> blocks_;
  std::uint8_t* at_ = nullptr;
  std::size_t left_ = 0, next_ = 128, total_ = 0;
};

}  // namespace paritas::bytes
