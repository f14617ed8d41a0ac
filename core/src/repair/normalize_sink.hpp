#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/repair/normalize_text.hpp"

namespace paritas::normalize {

/// What a normaliser gives out, and how it differs from the source where there is one.
class Sink {
 public:
  /// A text that is all there: it is not copied as long as the result begins like it.
  Sink(std::string_view source, std::vector<TextEdit>* edits) : source_(source), edits_(edits), alike_(true) {}
  /// A stream.
  Sink() = default;

  /// Source bytes that pass unchanged, at offset `from`.
  void pass(std::string_view bytes, std::size_t from);
  /// A character made of source[from:to]; same: it is that part.
  void write(std::string_view character, std::size_t from, std::size_t to, bool same);
  /// The end of the source.
  void finish();

  [[nodiscard]] bool started() const { return written_ != 0; }
  [[nodiscard]] bool mapped() const { return edits_ != nullptr; }
  [[nodiscard]] std::size_t written() const { return written_; }
  /// The result so far, taken; nothing but `changed` false where it is the source.
  NormalizedText take();

 private:
  void append(std::string_view bytes);

  std::string_view source_;
  std::vector<TextEdit>* edits_ = nullptr;
  bool alike_ = false;  // the result is the beginning of the source, and out_ is empty
  std::string out_;
  std::size_t written_ = 0;
  std::size_t covered_ = 0;  // of the source
};

}  // namespace paritas::normalize
