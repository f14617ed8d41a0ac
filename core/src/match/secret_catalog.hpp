#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/match/secrets.hpp"
#include "secret_masks.hpp"
#include "secret_shapes.hpp"

namespace paritas::secrets {

inline constexpr std::size_t kMostContexts = 256;
using Contexts = std::bitset<kMostContexts>;

/// The parts of `text` between marks, in order; none of an empty text.
std::vector<std::string_view> split(std::string_view text, char mark);

/// The rules as the scan needs them; made once, at the first scan, and never changed.
class Catalog {
 public:
  static const Catalog& get();

  /// One line of the rules.
  struct Line {
    Shape shape;
    std::uint16_t rule;
    std::uint16_t context;  // 0: none
  };
  struct Entry {
    std::uint64_t head, mask;  // the first bytes, where each may be but one
    Shape::Bytes second;       // what the second byte may be
    std::uint16_t line;
    std::uint16_t context;
    std::uint16_t solid;  // letters, digits and _ + / - that the shape begins with, at least
    std::uint16_t word;   // of them before the first + / or -
    Shape::Lead lead;
  };

  /// The rules that are found by code.
  struct Code {
    std::uint16_t private_key, private_key_base64, jwt_token, database_url, url_credentials, connection_password,
        bearer_token, basic_auth, curl_user, netrc, command_password, code_password, generic_password, generic_secret,
        generic_api_key;
  };
  [[nodiscard]] const Code& code() const { return code_; }
  [[nodiscard]] const std::vector<SecretPattern>& patterns() const { return patterns_; }
  [[nodiscard]] const Line& line(std::uint16_t number) const { return lines_[number]; }
  /// Entries whose shape may begin with these bytes: those without a context in the order of lines, by number, and those
  /// with one by `solid`.
  [[nodiscard]] const std::vector<std::uint16_t>& plain(char first, char second) const {
    return plain_[(static_cast<unsigned char>(first) & 127u) * kSeconds +
                  static_cast<unsigned char>(second) % kSeconds];
  }
  [[nodiscard]] const Entry& entry(std::uint16_t number) const { return entries_[number]; }
  [[nodiscard]] const std::vector<Entry>& beside(unsigned char first) const { return beside_[first & 127u]; }
  [[nodiscard]] const MaskTables& masks() const { return masks_; }
  /// Whether the shape of an entry may begin with these bytes.
  static bool may_begin(const Entry& entry, const char* eight) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, eight, sizeof bytes);
    return (bytes & entry.mask) == entry.head && (eight[1] & 0x80) == 0 &&
           entry.second[static_cast<unsigned char>(eight[1])];
  }
  /// The contexts whose names stand in a window of at most 80 bytes, which is read without `_ - .`, spaces and case.
  [[nodiscard]] Contexts contexts_in(std::string_view window) const;
  /// The rule of this name; the number of rules for none.
  [[nodiscard]] std::size_t find(std::string_view name) const;

 private:
  struct Name {
    std::string_view text;
    std::uint16_t context;
  };
  Catalog();
  void add_line(std::string_view line);

  std::vector<SecretPattern> patterns_;
  std::vector<Line> lines_;
  static constexpr std::size_t kSeconds = 8;  // groups of second bytes
  std::vector<Entry> entries_;
  std::array<std::vector<std::uint16_t>, 128 * kSeconds> plain_;
  std::array<std::vector<Entry>, 128> beside_;
  std::vector<std::string_view> context_words_;
  std::array<std::vector<Name>, 1024> names_;  // by their first three letters
  std::bitset<4096> begins_;                   // hashes of the first three letters of names
  std::vector<Name> short_names_;              // of two
  MaskTables masks_;
  Code code_;
};

}  // namespace paritas::secrets
