#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace paritas {

class SourceIndex;

/// A source that is read and indexed once, and then serves any number of responses; it never changes.
///
/// Its passages are read as one text with a blank line between them; spans count inside a passage.
/// Memory:  owns all it needs, the texts included. Threads: any number of readers.
class PreparedSource {
 public:
  /// Of UTF-8 texts; ill-formed bytes count as U+FFFD. Linear.
  explicit PreparedSource(std::span<const std::string_view> passages);
  explicit PreparedSource(std::string_view source) : PreparedSource(std::span<const std::string_view>(&source, 1)) {}
  PreparedSource(PreparedSource&&) noexcept;
  PreparedSource& operator=(PreparedSource&&) noexcept;
  ~PreparedSource();

  [[nodiscard]] std::size_t passages() const;
  [[nodiscard]] std::string_view passage(std::size_t number) const;
  /// Of all passages.
  [[nodiscard]] std::size_t sentences() const;
  /// Code points of all passages.
  [[nodiscard]] std::size_t characters() const;
  /// All passages in one text; what `locate` counts in.
  [[nodiscard]] std::string_view text() const;
  /// Where a passage starts there.
  [[nodiscard]] std::size_t start(std::size_t passage) const;

  [[nodiscard]] const SourceIndex& index() const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace paritas
