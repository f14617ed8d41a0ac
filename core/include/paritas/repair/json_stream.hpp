#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "paritas/base/result.hpp"
#include "paritas/repair/json_repair.hpp"

namespace paritas {

/// A JSON text that is still arriving, however it is cut: the best value so far.
///
/// Feeding is linear in total. While the text is the beginning of valid JSON, a snapshot costs the copy of what is shown and the
/// open containers; else as much as repair_json of the text so far. Keeps the text and what is shown of it.
class JsonStream {
 public:
  /// options: coerce, non_finite and max_depth count
  /// Errors:  invalid_argument, as checked of json_repair.hpp
  static Result<JsonStream> create(const RepairOptions& options = {});
  JsonStream(JsonStream&&) noexcept;
  JsonStream& operator=(JsonStream&&) noexcept;
  ~JsonStream();

  /// Takes the next piece. Errors: stream_finished after finish()
  std::optional<Error> feed(std::string_view delta);
  /// The text of repair_json with partial of the text so far; after finish() the text of its result.
  [[nodiscard]] std::string snapshot() const;
  /// Whether a value was found and has ended.
  [[nodiscard]] bool complete() const;
  /// The JSON pointer of the value that is being written; empty for the outermost one, or none.
  [[nodiscard]] std::string path() const;
  /// Ends the stream: repair_json of the whole text. Errors: stream_finished the second time
  Result<RepairResult> finish();
  /// Makes it equal to a new one.
  void reset();
  /// All that was fed.
  [[nodiscard]] std::string_view text() const noexcept;

 private:
  class Impl;
  explicit JsonStream(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paritas
