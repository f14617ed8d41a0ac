#include "paritas/stream/signature.hpp"

#include <algorithm>
#include <cstring>

namespace paritas {
namespace {

bool less(const Hash128& a, const Hash128& b) { return a.high != b.high ? a.high < b.high : a.low < b.low; }

/// Where the scalar or empty container that starts there ends.
std::size_t end_of_leaf(std::string_view canonical, std::size_t at) {
  if (canonical[at] == '{' || canonical[at] == '[') return at + 2;
  if (canonical[at] != '"') {
    const std::size_t end = canonical.find_first_of(",]}", at);
    return end == std::string_view::npos ? canonical.size() : end;
  }
  for (++at; canonical[at] != '"'; ++at) at += canonical[at] == '\\' ? 1 : 0;
  return at + 1;
}

/// A hash of a place below another place.
Hash128 below(const Hash128& parent, std::string_view segment, std::string& room) {
  room.resize(sizeof parent);
  std::memcpy(room.data(), &parent, sizeof parent);
  room += segment;
  return xxh3_128(room);
}

}  // namespace

Result<std::size_t> signature_length(std::int64_t length) {
  if (length < 8 || length > kSignatureDigits) {
    return Error{ErrorCode::invalid_argument, "length must be from 8 to 32, not " + std::to_string(length)};
  }
  return static_cast<std::size_t>(length);
}

std::string signature_of(std::string_view canonical, std::size_t length) {
  const Hash128 hash = xxh3_128(canonical);
  std::string out(length, '0');
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint64_t half = i < 16 ? hash.high : hash.low;
    out[i] = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
  }
  return out;
}

double signature_similarity(std::string_view sig1, std::string_view sig2) noexcept { return sig1 == sig2 ? 1.0 : 0.0; }

std::vector<Hash128> canonical_leaves(std::string_view canonical) {
  struct Level {
    Hash128 path;
    Hash128 key;
    std::uint64_t count;
    bool keyed;
  };
  std::vector<Level> open;
  std::vector<Hash128> leaves;
  std::string room;
  Hash128 place{};  // of the item that comes
  const auto item_place = [&] {
    if (open.empty()) return Hash128{};
    Level& top = open.back();
    return top.keyed ? top.key : below(top.path, std::to_string(top.count), room);
  };
  for (std::size_t at = 0; at < canonical.size();) {
    const char c = canonical[at];
    if ((c == '{' || c == '[') && canonical[at + 1] != '}' && canonical[at + 1] != ']') {
      place = item_place();
      open.push_back({place, {}, 0, false});
      ++at;
    } else if (c == '}' || c == ']') {
      open.pop_back();
      ++at;
    } else if (c == ',') {
      ++open.back().count;
      open.back().keyed = false;
      ++at;
    } else {
      const std::size_t end = end_of_leaf(canonical, at);
      const std::string_view item = canonical.substr(at, end - at);
      at = end;
      if (at < canonical.size() && canonical[at] == ':') {
        // Keys have quotes, so that none is taken for the number of an item.
        open.back().key = below(open.back().path, item, room);
        open.back().keyed = true;
        ++at;
      } else {
        leaves.push_back(below(item_place(), std::string("=").append(item), room));
      }
    }
  }
  std::sort(leaves.begin(), leaves.end(), less);
  leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
  return leaves;
}

double leaves_similarity(const std::vector<Hash128>& a, const std::vector<Hash128>& b) noexcept {
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++shared;
      ++i;
      ++j;
    } else if (less(a[i], b[j])) {
      ++i;
    } else {
      ++j;
    }
  }
  const std::size_t all = a.size() + b.size() - shared;
  return all == 0 ? 1.0 : static_cast<double>(shared) / static_cast<double>(all);
}

double call_similarity(std::string_view name1, std::string_view canonical1, std::string_view name2,
                       std::string_view canonical2) {
  if (name1 != name2) return 0.0;
  return leaves_similarity(canonical_leaves(canonical1), canonical_leaves(canonical2));
}

}  // namespace paritas
