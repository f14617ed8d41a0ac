#include "paritas/retrieve/metadata.hpp"

#include <cmath>
#include <set>

#include "base/bytes.hpp"
#include "retrieve/well_formed.hpp"

namespace paritas {
namespace {

enum Tag : std::uint8_t { kNone, kFalse, kTrue, kInt, kFloat, kText, kList };

Error not_finite(const std::string& key) {
  return {ErrorCode::invalid_argument, "metadata \"" + key + "\" must be finite: leave NaN and infinity out"};
}
Error damaged() { return {ErrorCode::corrupt_data, "these bytes are no metadata"}; }

void put_text(std::string& out, std::string_view text) {
  bytes::put_varint(out, text.size());
  out += text;
}

void put(std::string& out, const MetadataScalar& item) {
  switch (item.index()) {
    case 0:
      out.push_back(kNone);
      break;
    case 1:
      out.push_back(static_cast<char>(*std::get_if<bool>(&item) ? kTrue : kFalse));
      break;
    case 2:
      out.push_back(kInt);
      bytes::put_u64(out, static_cast<std::uint64_t>(*std::get_if<std::int64_t>(&item)));
      break;
    case 3:
      out.push_back(kFloat);
      bytes::put_f64(out, *std::get_if<double>(&item));
      break;
    default:
      out.push_back(kText);
      put_text(out, *std::get_if<std::string>(&item));
  }
}

bool take(bytes::Reader& in, std::uint8_t tag, MetadataScalar& item) {
  switch (tag) {
    case kNone:
      item = std::monostate{};
      return true;
    case kFalse:
    case kTrue:
      item = tag == kTrue;
      return true;
    case kInt:
      item = static_cast<std::int64_t>(in.u64());
      return true;
    case kFloat:
      item = in.f64();
      return true;
    case kText: {
      const std::string_view text = in.text();
      item = std::string(text);
      return well_formed(text);
    }
    default:
      return false;
  }
}

}  // namespace

Result<std::string> encode_metadata(const Metadata& metadata) {
  std::string out;
  std::set<std::string_view> keys;
  bytes::put_varint(out, metadata.size());
  for (const auto& [key, value] : metadata) {
    if (!keys.insert(key).second) {
      return Error{ErrorCode::invalid_argument, "metadata \"" + key + "\" must stand once"};
    }
    put_text(out, key);
    if (value.is_list) {
      out.push_back(kList);
      bytes::put_varint(out, value.items.size());
    }
    for (const MetadataScalar& item : value.items) {
      if (const double* number = std::get_if<double>(&item); number != nullptr && !std::isfinite(*number)) {
        return not_finite(key);
      }
      put(out, item);
    }
  }
  return out;
}

Result<Metadata> decode_metadata(std::string_view bytes) {
  bytes::Reader in(bytes);
  Metadata out;
  std::set<std::string> keys;
  const std::uint64_t count = in.varint();
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string_view key = in.text();
    MetadataValue value;
    std::uint8_t tag = in.u8();
    if (in.bad() || !well_formed(key)) return damaged();
    std::uint64_t items = 1;
    value.is_list = tag == kList;
    if (value.is_list) items = in.varint();
    for (std::uint64_t j = 0; j < items; ++j) {
      MetadataScalar item;
      if (value.is_list) tag = in.u8();
      if (!take(in, tag, item) || in.bad()) return damaged();
      if (const double* number = std::get_if<double>(&item); number != nullptr && !std::isfinite(*number)) {
        return not_finite(std::string(key));
      }
      value.items.push_back(std::move(item));
    }
    if (!keys.emplace(key).second) return damaged();
    out.emplace_back(std::string(key), std::move(value));
  }
  if (in.bad() || in.left() != 0) return damaged();
  return out;
}

}  // namespace paritas
