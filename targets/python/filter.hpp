#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "convert.hpp"
#include "ids.hpp"
#include "metadata.hpp"
#include "paritas/retrieve/filter.hpp"

namespace paritas::python {

/// A filter from a dict; raises where it is none.
Filter filter_from(py::handle filter);

/// What a caller gives as the filter of a query: None, a dict, or a callable (id, metadata) -> bool.
class FilterArgument {
 public:
  /// Reads None and a dict; `asks()` says whether `ask` is needed.
  explicit FilterArgument(py::handle filter);

  [[nodiscard]] bool asks() const { return static_cast<bool>(callable_); }

  /// Asks a callable, with the GIL, about one live document; to be called for each in order of adding.
  void ask(const DocId& id, std::optional<std::string_view> metadata);

  /// Which documents the query may return, as long as this lives.
  [[nodiscard]] Selection selection() const;

 private:
  py::object callable_;
  std::optional<Filter> filter_;
  std::vector<std::uint8_t> allowed_;
};

}  // namespace paritas::python
