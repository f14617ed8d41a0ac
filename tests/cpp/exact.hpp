#pragma once
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "paritas/text/offsets.hpp"
#include "vectors.hpp"

namespace paritas::tests {

/// A text in a heap block of exactly its size, so that AddressSanitizer sees a read past the end; and its offsets.
class Exact {
 public:
  explicit Exact(const Json& text) : Exact(text.get<std::string>()) {}
  explicit Exact(const std::string& text) : bytes_(new char[text.size()]), size_(text.size()) {
    if (size_ != 0) std::copy(text.begin(), text.end(), bytes_.get());
  }
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }
  /// In all three units, as the vectors have them.
  [[nodiscard]] Json span(Span span) const {
    const OffsetMap offsets(view());
    const Span points = offsets.codepoints(span), units = offsets.utf16_units(span);
    return {{"utf8", {span.start, span.end}},
            {"codepoint", {points.start, points.end}},
            {"utf16", {units.start, units.end}}};
  }
  template <class Items, class Make>
  [[nodiscard]] static Json list(const Items& items, Make make) {
    Json out = Json::array();
    for (const auto& item : items) out.push_back(make(item));
    return out;
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

}  // namespace paritas::tests
