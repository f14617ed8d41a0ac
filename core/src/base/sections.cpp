#include "base/sections.hpp"

#include <algorithm>
#include <cstring>

#include "base/bytes.hpp"
#include "paritas/base/hash.hpp"

namespace paritas {
namespace {

constexpr std::size_t kHeader = 64, kEntry = 32, kAlign = 64;

constexpr std::size_t aligned(std::size_t at) { return (at + kAlign - 1) / kAlign * kAlign; }

Error corrupt(const FileKind& kind, std::string what, std::size_t offset) {
  return {ErrorCode::corrupt_data,
          "these bytes are no " + std::string(kind.what) + " of version " + std::to_string(kind.version) + ": " +
              std::move(what),
          offset};
}

bool all_zero(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

struct Block {
  alignas(kAlign) std::byte bytes[kAlign];
};

}  // namespace

std::string write_sections(const FileKind& kind, std::span<const std::string_view> sections) {
  std::string table;
  std::size_t end = kHeader + sections.size() * kEntry;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const std::size_t start = aligned(end);
    bytes::put_u32(table, static_cast<std::uint32_t>(i));
    bytes::put_u32(table, 0);
    bytes::put_u64(table, start);
    bytes::put_u64(table, sections[i].size());
    bytes::put_u64(table, xxh3_64(sections[i]));
    end = start + sections[i].size();
  }
  std::string out(kind.magic);
  out.reserve(end);
  bytes::put_u32(out, kind.version);
  bytes::put_u32(out, 0);
  bytes::put_u32(out, static_cast<std::uint32_t>(sections.size()));
  bytes::put_u64(out, end);
  bytes::put_u64(out, xxh3_64(table));
  out.append(24, '\0');
  bytes::put_u64(out, xxh3_64(out));
  out += table;
  for (const std::string_view section : sections) {
    out.resize(aligned(out.size()), '\0');
    out += section;
  }
  return out;
}

Result<std::vector<std::string_view>> open_sections(const FileKind& kind, std::string_view data, bool verify) {
  const std::size_t count = kind.sections.size(), first = kHeader + count * kEntry;
  if (data.size() < kHeader || data.substr(0, 4) != kind.magic) {
    return corrupt(kind, "they do not begin with " + std::string(kind.magic), 0);
  }
  bytes::Reader header(data.substr(4, kHeader - 4));
  const std::uint32_t version = header.u32(), flags = header.u32(), sections = header.u32();
  const std::uint64_t size = header.u64(), table_sum = header.u64();
  const std::string_view reserved = header.take(24);
  if (header.u64() != xxh3_64(data.substr(0, kHeader - 8))) return corrupt(kind, "the header is damaged", 0);
  if (version != kind.version) {
    return Error{ErrorCode::corrupt_data,
                 "this " + std::string(kind.what) + " has format " + std::to_string(version) +
                     ": this Paritas reads format " + std::to_string(kind.version),
                 4};
  }
  if (flags != 0 || sections != count || !all_zero(reserved)) return corrupt(kind, "the header is damaged", 0);
  if (size != data.size() || size < first) {
    return corrupt(kind, "they are cut off, or something follows", data.size());
  }
  const std::string_view table = data.substr(kHeader, count * kEntry);
  if (xxh3_64(table) != table_sum) return corrupt(kind, "the table of sections is damaged", kHeader);
  bytes::Reader entries(table);
  std::vector<std::string_view> out;
  std::size_t end = first;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t number = entries.u32(), zero = entries.u32();
    const std::uint64_t offset = entries.u64(), length = entries.u64(), sum = entries.u64();
    const std::size_t start = aligned(end);
    if (number != i || zero != 0 || offset != start || start > data.size() || length > data.size() - start) {
      return corrupt(kind, "the table of sections is damaged", kHeader + i * kEntry);
    }
    if (!all_zero(data.substr(end, start - end))) {
      return corrupt(kind, "there is something between the sections", end);
    }
    out.push_back(data.substr(start, static_cast<std::size_t>(length)));
    end = start + out.back().size();
    if (verify && xxh3_64(out.back()) != sum) return damaged_section(kind, data, out.back(), i);
  }
  if (end != data.size()) return corrupt(kind, "something follows the last section", end);
  return out;
}

Error damaged_section(const FileKind& kind, std::string_view data, std::string_view section, std::size_t number) {
  return corrupt(kind, std::string("section ") + kind.sections[number] + " is damaged",
                 static_cast<std::size_t>(section.data() - data.data()));
}

Image aligned_image(std::string_view bytes, std::shared_ptr<const void> owner) {
  if (owner != nullptr && reinterpret_cast<std::uintptr_t>(bytes.data()) % kAlign == 0) {
    return {bytes, std::move(owner)};
  }
  const std::size_t blocks = bytes.size() / kAlign + 1;
  std::shared_ptr<Block[]> copy(new Block[blocks]);
  if (!bytes.empty()) std::memcpy(copy.get(), bytes.data(), bytes.size());
  return {{reinterpret_cast<const char*>(copy.get()), bytes.size()}, std::move(copy)};
}

}  // namespace paritas
