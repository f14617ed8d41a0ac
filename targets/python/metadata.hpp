#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "convert.hpp"
#include "paritas/retrieve/metadata.hpp"

namespace paritas::python {

/// The bytes of a flat dict; raises where it is none.
std::string metadata_bytes(py::handle metadata);

/// The dict again.
py::dict metadata_dict(std::string_view bytes);

/// Bytes of metadata, or none.
struct MetadataBytes {
  std::optional<std::string> owned;
  explicit MetadataBytes(py::handle metadata) {
    if (!metadata.is_none()) owned = metadata_bytes(metadata);
  }
  [[nodiscard]] std::optional<std::string_view> view() const {
    if (!owned) return std::nullopt;
    return std::string_view(*owned);
  }
};

}  // namespace paritas::python
