#include "paritas/chunk/hierarchical.hpp"

#include "bindings.hpp"
#include "chunkers.hpp"

namespace paritas::python {
namespace {

struct HierarchicalHandle : ChunkerHandle {};

template <class Item>
void read_items(py::handle numbers, std::vector<typename Item::value>& out) {
  if (PyUnicode_Check(numbers.ptr()) || PyBytes_Check(numbers.ptr()) || !py::hasattr(numbers, "__iter__")) {
    raise_type("a sequence of numbers", numbers);
  }
  out.clear();
  for (const py::handle number : numbers) {
    typename Item::reader one;
    one.read(number);
    out.push_back(one);
  }
}
struct Wholes {
  using value = std::int64_t;
  using reader = Whole;
};
struct Reals {
  using value = double;
  using reader = Real;
};

HierarchicalHandle create(const py::object& sizes, const py::object& overlaps, const Length& length) {
  HierarchicalChunkerOptions options;
  read_items<Wholes>(sizes, options.sizes);
  read_items<Reals>(overlaps, options.overlaps);
  return chunker_handle<HierarchicalHandle>(hierarchical_chunker(options, length));
}

}  // namespace

void bind_hierarchical(py::module_& m) {
  const HierarchicalChunkerOptions defaults;
  py::tuple sizes(defaults.sizes.size()), overlaps(defaults.overlaps.size());
  for (std::size_t i = 0; i < defaults.sizes.size(); ++i) {
    sizes[i] = defaults.sizes[i];
    overlaps[i] = static_cast<std::int64_t>(defaults.overlaps[i]);
  }
  py::class_<HierarchicalHandle, ChunkerHandle>(
      m, "HierarchicalChunker",
      R"(Chunks of chunks: each chunk of a level is cut again for the next one.

A text with headings is cut as the Markdown chunker does, another one as the recursive chunker. A chunk stands before its
children, and these before the next chunk of its level; they lie within it and cover it up to white space.

sizes:    of each level, from 1 to 16 of them, falling strictly, in the unit of `length`
overlaps: one for each size, or a share of it in (0, 1)
length:   "chars", "bytes", "utf16", "words", "graphemes", "tokens", or a function of a str
Errors:   `invalid_argument`)")
      .def(py::init(&create), py::arg("sizes") = sizes, py::arg("overlaps") = overlaps, py::kw_only(),
           py::arg("length") = "chars");
}

}  // namespace paritas::python
