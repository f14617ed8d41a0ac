#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paritas/base/result.hpp"

// The one form of every file of Paritas: a header of 64 bytes, a table of sections, the sections. All numbers are
// little-endian, every section starts at the next multiple of 64, what lies between is 0.
//   header: magic of 4 bytes, u32 version, u32 flags (0), u32 sections, u64 size of all, u64 XXH3 of the table,
//           24 bytes of 0, u64 XXH3 of the 56 bytes before
//   table:  for each section u32 number, u32 0, u64 offset, u64 length, u64 XXH3
namespace paritas {

struct FileKind {
  std::string_view magic;                 // 4 bytes
  std::uint32_t version;                  // of this kind
  std::string_view what;                  // "BM25 index", for messages
  std::span<const char* const> sections;  // their names, in order
};

/// The file of these sections, as many as the kind has.
std::string write_sections(const FileKind& kind, std::span<const std::string_view> sections);

/// The sections of a file, as views of `data`.
///
/// verify: whether to compare the sum of every section; header, table and bounds are always checked, in constant time.
/// Errors: `corrupt_data`, with the offset of what is damaged.
Result<std::vector<std::string_view>> open_sections(const FileKind& kind, std::string_view data, bool verify);

/// That a section does not hold what it should. `section` is a view that open_sections gave.
Error damaged_section(const FileKind& kind, std::string_view data, std::string_view section, std::size_t number);

/// Bytes that somebody keeps alive.
struct Image {
  std::string_view bytes;
  std::shared_ptr<const void> owner;
};

/// The bytes at an address that is a multiple of 64, so that arrays in them can be read in place: the given ones with
/// their owner if they are, else a copy. Without an owner they are always copied.
Image aligned_image(std::string_view bytes, std::shared_ptr<const void> owner);

}  // namespace paritas
