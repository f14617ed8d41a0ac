#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace paritas {

// Every way a call can fail. The enum and its names expand from here; bindings and vectors use these names.
#define PARITAS_ERRORS(X)                                                   \
  X(invalid_argument, "a value without meaning, or a malformed option")     \
  X(out_of_range, "a number leaves the range of its type")                  \
  X(limit_exceeded, "an input is larger than a stated limit")               \
  X(corrupt_data, "saved bytes are damaged, foreign or of another version") \
  X(dimension_mismatch, "a vector has another length than its index")       \
  X(length_mismatch, "two inputs that belong together differ in length")    \
  X(not_finite, "a vector holds a NaN or an infinity")                      \
  X(not_found, "nothing has this id")                                       \
  X(duplicate_key, "an id stands twice where it must be unique")            \
  X(closed, "a handle was used after it was disposed of")                   \
  X(unsupported, "this build or machine cannot do it")                      \
  X(stream_finished, "a stream was fed after its end")                      \
  X(not_canonical, "a number has no canonical form: NaN or an infinity")    \
  X(unsupported_type, "a value of the host has no form in JSON")            \
  X(depth_limit, "containers lie too deep within each other")               \
  X(pattern_empty, "a pattern has no text")                                 \
  X(kind_unsupported, "the match kind has no answer to this call")          \
  X(duplicate_name, "two things have one name")                             \
  X(regex_syntax, "a regular expression is malformed")                      \
  X(regex_unsupported, "a regular expression uses what not all engines do") \
  X(regex_matches_empty, "a regular expression can match the empty text")   \
  X(regex_unavailable, "regular expressions are not loaded yet")            \
  X(bad_counter, "a function that measures failed or said a negative length")

enum class ErrorCode : std::uint8_t {
#define X(id, meaning) id,
  PARITAS_ERRORS(X)
#undef X
};

/// The published name of a code: "invalid_argument".
constexpr std::string_view name(ErrorCode code) noexcept {
  switch (code) {
#define X(id, meaning) \
  case ErrorCode::id:  \
    return #id;
    PARITAS_ERRORS(X)
#undef X
  }
  return "unknown";
}

/// What went wrong, what the caller should change, and where it was noticed: byte or index, 0 if nowhere.
struct Error {
  ErrorCode code;
  std::string message;
  std::size_t offset = 0;
};

/// A value or an Error. Bad input is a value here, never an exception.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  [[nodiscard]] const T& value() const& { return *std::get_if<0>(&state_); }  // ask ok() first
  [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  [[nodiscard]] const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace paritas
