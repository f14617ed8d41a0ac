#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "paritas/base/span.hpp"
#include "paritas/match/secrets.hpp"
#include "secret_assignments.hpp"
#include "secret_catalog.hpp"

namespace paritas::secrets {

/// In the order of the strength of what they say: a finding within one of an equal or higher class is left out.
enum class Rank : std::uint8_t { assignment, header, url, jwt, pem, provider };

struct Finding {
  std::size_t start, end;  // bytes of the secret
  std::uint16_t rule;
  Rank rank;
  SecretConfidence confidence;
  SecretChecksum checksum = SecretChecksum::none;
  bool placeholder = false;
  bool shows_ends = false;  // a mask may leave some of its ends
  Span kept[2]{};           // what a mask leaves: the BEGIN and END lines of a PEM block; empty for none
};

class Reader;

/// One search of a text for everything, in one pass.
///
/// Two things are looked at closer: runs of 16 bytes and more that may begin the shape of a token, and words that keys,
/// URLs and headers begin with or hold. Everything else of a text is read by the kernel alone.
class Scan {
 public:
  /// rules: which are used, by number; nullptr for all.
  Scan(std::string_view text, const std::vector<bool>* rules);

  /// Every finding, before any is left out for another, in no order that is promised. Goes on while `wanted` is true of
  /// what it finds.
  void run(bool (*wanted)(const Finding&, void*), void* context);
  template <class Wanted>
  void each(Wanted wanted) {
    run([](const Finding& finding, void* of) { return (*static_cast<Wanted*>(of))(finding); }, &wanted);
  }

  /// Bytes that tries of shapes have read so far.
  [[nodiscard]] std::size_t tried() const { return runs_.read(); }

 private:
  [[nodiscard]] bool used(std::size_t rule) const { return rules_ == nullptr || (*rules_)[rule]; }
  void add(const Finding& finding);
  void add(std::uint16_t rule, Rank rank, Span span, bool placeholder);
  [[nodiscard]] bool left_edge(std::size_t at) const;
  // secret_tokens.cpp
  void read_run(std::size_t from);
  void try_start(std::size_t at, std::size_t to);
  struct Lines {
    std::array<std::uint16_t, 256> numbers;
    std::size_t count = 0;
  };
  void lines_beside(std::size_t at, std::size_t solid, std::size_t word, Lines& lines);
  [[nodiscard]] bool may_begin(const Catalog::Entry& entry, std::size_t at);
  void try_line(const Catalog::Line& line, std::size_t at);
  void find_web_token(std::size_t from, std::size_t to);
  void find_block_in_base64(std::size_t from, std::size_t to);
  void read_word(std::size_t at);
  // secret_blocks.cpp
  void read_block(std::size_t at);
  void read_putty(std::size_t at);
  // secret_lines.cpp
  void read_address(std::size_t at);
  void read_bearer(std::size_t at);
  void read_basic(std::size_t at);
  void read_authorization(std::size_t at);
  void read_flag(std::size_t at);
  void read_ssh_password(std::size_t at);
  void read_login(std::size_t at);
  void read_connection(std::size_t at);
  std::size_t read_password(Reader reader, bool strict);
  // secret_calls.cpp
  void read_call(std::size_t parenthesis);
  // secret_assignments.cpp
  void read_key(std::size_t at);

  std::string_view text_;
  const std::vector<bool>* rules_;
  const Catalog& catalog_;
  RunEnds runs_;
  bool (*wanted_)(const Finding&, void*) = nullptr;
  void* wanted_context_ = nullptr;
  bool stopped_ = false;
  std::size_t run_done_ = 0;       // runs that end here were read
  std::vector<std::size_t> next_;  // by rule: where its next try may begin
  std::size_t solid_from_ = 1, solid_to_ = 0;
  std::size_t line_from_ = 0, line_read_ = 0;  // where the line begins that line_read_ is in
  // The next name of a connection's field behind a place, so that each part of a text is searched once.
  struct Next {
    std::size_t from = 1, at = 0;
  };
  Next user_fields_[2], place_fields_[2];  // before a password, and behind it
  bool has_field(std::size_t from, std::size_t to, Next& next, std::string_view first_letters,
                 std::span<const std::string_view> names);
  std::string_view last_key_;  // the key that was looked at last, and what it names
  KeyKind last_kind_ = KeyKind::none;
  // Where the next search of each kind may begin: behind what the last one took.
  std::size_t key_done_ = 0, assigned_ = 0, web_token_ = 0, block_ = 0, authorization_ = 0, user_ = 0, flags_ = 0;
  std::size_t ssh_ = 0, login_ = 0, connection_ = 0;
};

}  // namespace paritas::secrets
