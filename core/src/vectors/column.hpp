#pragma once
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "base/large_pages.hpp"

namespace paritas {

/// A growing array of plain values at an address that is a multiple of 64: our own, or read in place where somebody else
/// keeps it alive, as in a mapped file. The first change copies what is not ours.
template <class T>
class Column {
 public:
  Column() = default;
  Column(const T* data, std::size_t size, std::shared_ptr<const void> owner)
      : data_(const_cast<T*>(data)), size_(size), owner_(std::move(owner)) {}
  Column(Column&& other) noexcept { swap(other); }
  Column& operator=(Column&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Column() { release(); }

  [[nodiscard]] const T* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  [[nodiscard]] std::size_t heap_bytes() const noexcept { return room_ * sizeof(T); }
  [[nodiscard]] std::string_view bytes() const noexcept {
    return {reinterpret_cast<const char*>(data_), size_ * sizeof(T)};
  }

  T* own() {
    if (owner_ != nullptr) move_to(size_);
    return data_;
  }
  void reserve(std::size_t room) {
    if (room > room_) move_to(room);
  }
  /// New items are zeros.
  void resize(std::size_t size) {
    if (size > room_)
      move_to(room_ == 0 && owner_ == nullptr ? size : size > size_ + size_ / 8 ? size : size_ + size_ / 8 + 8);
    if (size > size_) std::memset(static_cast<void*>(data_ + size_), 0, (size - size_) * sizeof(T));
    size_ = size;
  }
  void push_back(T value) {
    resize(size_ + 1);
    data_[size_ - 1] = value;
  }
  /// Gives back what growing has left over.
  void trim() {
    if (owner_ == nullptr && room_ > size_) move_to(size_);
  }

 private:
  static constexpr std::align_val_t kAlign{64};
  void release() {
    if (owner_ == nullptr && data_ != nullptr) ::operator delete(data_, kAlign);
  }
  void move_to(std::size_t room) {
    T* fresh = room == 0 ? nullptr : static_cast<T*>(::operator new(room * sizeof(T), kAlign));
    prefer_large_pages(fresh, room * sizeof(T));
    if (fresh != nullptr && size_ > 0) std::memcpy(static_cast<void*>(fresh), data_, size_ * sizeof(T));
    release();
    owner_.reset();
    data_ = fresh;
    room_ = room;
  }
  void swap(Column& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(room_, other.room_);
    std::swap(owner_, other.owner_);
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t room_ = 0;  // 0 while it is not ours
  std::shared_ptr<const void> owner_;
};

}  // namespace paritas
