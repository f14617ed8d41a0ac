#pragma once
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace paritas {

/// A vector of plain values whose first N live in place: short inputs never touch the heap.
template <class T, std::size_t N>
class InlineVector {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);

 public:
  InlineVector() noexcept : data_(reinterpret_cast<T*>(inline_)) {}  // NOLINT: the storage is written before it is read
  InlineVector(const InlineVector&) = delete;
  InlineVector& operator=(const InlineVector&) = delete;

  void push_back(const T& value) {
    if (size_ == capacity_) {
      const T copy = value;
      grow(capacity_ * 2);
      data_[size_++] = copy;
      return;
    }
    data_[size_++] = value;
  }
  /// One more value, which the caller fills.
  T& emplace_back() {
    if (size_ == capacity_) grow(capacity_ * 2);
    return *new (data_ + size_++) T;
  }
  void assign(std::size_t count, const T& value) {
    if (count > capacity_) grow(count);
    for (std::size_t i = 0; i < count; ++i) data_[i] = value;
    size_ = count;
  }
  /// Room for so many without another growth.
  void reserve(std::size_t count) {
    if (count > capacity_) grow(count);
  }
  void clear() noexcept { size_ = 0; }
  void pop_back() noexcept { --size_; }

  [[nodiscard]] T* data() noexcept { return data_; }
  [[nodiscard]] const T* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  T& operator[](std::size_t i) noexcept { return data_[i]; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  [[nodiscard]] T& back() noexcept { return data_[size_ - 1]; }
  [[nodiscard]] const T& back() const noexcept { return data_[size_ - 1]; }
  [[nodiscard]] T* begin() noexcept { return data(); }
  [[nodiscard]] T* end() noexcept { return data() + size_; }
  [[nodiscard]] const T* begin() const noexcept { return data(); }
  [[nodiscard]] const T* end() const noexcept { return data() + size_; }

 private:
  void grow(std::size_t capacity) {
    // Bytes, not values: none of them is made before it is needed.
    auto next = std::unique_ptr<unsigned char[]>(new unsigned char[capacity * sizeof(T)]);
    if (size_ != 0) std::memcpy(next.get(), data_, size_ * sizeof(T));
    heap_ = std::move(next);
    data_ = reinterpret_cast<T*>(heap_.get());
    capacity_ = capacity;
  }

  T* data_;  // inline_, or the heap once that is full
  std::unique_ptr<unsigned char[]> heap_;
  std::size_t size_ = 0;
  std::size_t capacity_ = N;
  alignas(T) unsigned char inline_[N * sizeof(T)];
};

}  // namespace paritas
