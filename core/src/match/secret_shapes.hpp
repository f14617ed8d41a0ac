#pragma once
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace paritas::secrets {

using ClassSet = std::uint32_t;

/// Bit of a class of the rule language: 'd' digits, 'k' base64url and so on; 0 for a letter that names none.
ClassSet class_of(char letter) noexcept;
/// Whether a byte is in one of the classes.
bool in_class(char c, ClassSet classes) noexcept;

inline constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

/// Where a shape was found.
struct Fit {
  std::size_t end = 0;                             // of the whole shape
  std::size_t value_from = 0, value_to = 0;        // the secret: what stands in braces, else all
  std::size_t first_run = kNowhere;                // where the literal prefix ends
  std::size_t last_run_from = 0, last_run_to = 0;  // padding aside
  ClassSet last_class = 0;
  bool padded = false;
};

/// How far the runs reach that were looked at last, one for each class: a text that makes every start run to the same
/// end is read once.
class RunEnds {
 public:
  explicit RunEnds(std::string_view text) : text_(text) {}
  [[nodiscard]] std::string_view text() const { return text_; }
  /// How many bytes were looked at and found to be of a class: the work of the tries.
  [[nodiscard]] std::size_t read() const { return read_; }
  /// The end of the run of a class from `at`, at most `most` bytes behind it.
  std::size_t end(unsigned class_bit, std::size_t at, std::size_t most) {
    const Known& known = known_[class_bit];
    return at >= known.from && at + most <= known.to ? at + most : find_end(class_bit, at, most);
  }

 private:
  std::size_t find_end(unsigned class_bit, std::size_t at, std::size_t most);
  struct Known {
    std::size_t from = 1, to = 0;  // all between are of the class; more may be behind
  };
  std::string_view text_;
  std::size_t read_ = 0;
  std::array<Known, 32> known_{};
};

enum class Check : std::uint8_t { none, crc, crc_gitlab, crc_grafana, bech32 };

/// One line of the rules: a shape that runs greedily and never backs up, so each try is one step for each byte.
class Shape {
 public:
  /// From its text: pieces, and behind them `@name`, `!4.0`, `crc`. Ours alone, so there is no error to give.
  explicit Shape(std::string_view text);

  /// Tries the shape at `at`; false where it does not fit. Edges and tests are the caller's.
  bool fits(RunEnds& runs, std::size_t at, Fit& fit) const;

  [[nodiscard]] std::string_view context() const { return context_; }
  [[nodiscard]] double least_entropy() const { return least_entropy_; }
  [[nodiscard]] Check check() const { return check_; }

  using Bytes = std::bitset<128>;
  static constexpr std::size_t kHead = 8;
  /// The run that needs most bytes of those that begin at a fixed place among the first bytes; least 0 for none.
  struct Lead {
    std::uint8_t at = 0, class_bit = 0;
    std::uint16_t least = 0, most = 0;
    char next = '\0';  // what the literal behind it begins with; NUL where something else follows
  };
  struct Head {
    std::array<Bytes, kHead> bytes;
    Lead lead;
  };
  /// What its first bytes may be, one for each way through its alternatives.
  [[nodiscard]] const std::vector<Head>& heads() const { return heads_; }
  /// How many bytes of a kind it begins with at least, before any other byte may come.
  [[nodiscard]] std::size_t least(bool (*kind)(char)) const { return least_of(all_, kind).bytes; }
  /// A literal at a fixed place behind the start, which says soonest that a shape does not fit; empty for none.
  [[nodiscard]] std::string_view probe() const { return probe_; }
  [[nodiscard]] std::size_t probe_at() const { return probe_at_; }

 private:
  enum class Kind : std::uint8_t { literal, run, uuid, group, open, close };
  struct Sequence {
    std::uint16_t first, count;
  };
  struct Node {
    Kind kind;
    bool optional = false;
    std::uint8_t class_bit = 0;
    std::uint16_t min = 0, max = 0;
    std::uint16_t from = 0, count = 0;  // literal: in text_; group: in sequences_
  };
  struct Least {
    std::size_t bytes;
    bool ended;  // by a byte of another kind
  };
  Sequence parse(std::size_t& at);
  std::uint16_t number(std::size_t& at) const;
  bool fits(Sequence sequence, RunEnds& runs, std::size_t at, Fit& fit) const;
  [[nodiscard]] Least least_of(Sequence sequence, bool (*kind)(char)) const;
  void find_heads(std::vector<Sequence> rest, std::vector<Bytes> bytes, Lead lead);
  void find_probe();

  std::string_view text_, context_, probe_;
  double least_entropy_ = 0.0;
  Check check_ = Check::none;
  std::vector<Node> nodes_;
  std::vector<Sequence> sequences_;
  std::vector<Head> heads_;
  Sequence all_{};
  std::size_t probe_at_ = 0;
};

}  // namespace paritas::secrets
