#include "paritas/vectors/hnsw.hpp"

#include <cstring>
#include <exception>

#include "arrays.hpp"
#include "bindings.hpp"
#include "floats.hpp"
#include "integers.hpp"
#include "paritas/vectors/narrow.hpp"

namespace paritas::python {
namespace {

std::int64_t number_of(py::handle id) {
  if (PyBool_Check(id.ptr())) raise_type("an int as id", id);
  Whole number;
  number.read(id);
  return number;
}

std::vector<std::int64_t> numbers_of(py::handle ids) {
  const py::object plain = py::hasattr(ids, "tolist") ? ids.attr("tolist")() : py::reinterpret_borrow<py::object>(ids);
  if (py::isinstance<py::str>(plain) || !py::isinstance<py::iterable>(plain)) raise_type("a sequence of ints", ids);
  std::vector<std::int64_t> out;
  for (const py::handle id : plain) out.push_back(number_of(id));
  return out;
}

// Any JSON value as UTF-8; only a lone surrogate makes it escape what is not ASCII.
std::optional<std::string> json_of(const py::object& value) {
  if (value.is_none()) return std::nullopt;
  return py::module_::import("paritas._json").attr("compact")(value).cast<std::string>();
}

// What a callable raises is kept and raised again when the core has come back; until then it counts as false.
class Callback {
 public:
  explicit Callback(py::object call) : call_(std::move(call)) {
    if (!call_.is_none() && !PyCallable_Check(call_.ptr())) raise_type("a callable", call_);
  }
  [[nodiscard]] bool given() const { return !call_.is_none(); }
  template <class... Values>
  bool operator()(bool on_none, Values... values) {
    const py::gil_scoped_acquire held;
    if (raised_) return false;
    try {
      const py::object answer = call_(values...);
      if (answer.is_none()) return on_none;
      const int truth = PyObject_IsTrue(answer.ptr());
      if (truth < 0) throw py::error_already_set();
      return truth != 0;
    } catch (...) {
      raised_ = std::current_exception();
      return false;
    }
  }
  void rethrow() const {
    if (raised_) std::rethrow_exception(raised_);
  }

 private:
  py::object call_;
  std::exception_ptr raised_;
};

HnswIndex create(const Whole& dimension, const Whole& max_elements, const Whole& m, const Whole& ef_construction,
                 const Whole& ef_search, const Text& metric, const Whole& seed, const Text& storage,
                 const Whole& exact_below) {
  HnswOptions options;
  options.dimension = dimension;
  options.max_elements = max_elements;
  options.m = m;
  options.ef_construction = ef_construction;
  options.ef_search = ef_search;
  options.metric = metric;
  options.seed = static_cast<std::uint64_t>(std::int64_t{seed});
  options.storage = storage;
  options.exact_below = exact_below;
  return unwrap(HnswIndex::create(options));
}

std::int64_t add(HnswIndex& self, const FloatVector& vector, const py::object& id, const py::object& metadata) {
  const std::optional<std::int64_t> name = id.is_none() ? std::nullopt : std::optional(number_of(id));
  const std::optional<std::string> text = json_of(metadata);
  return unwrap(unlocked([&] { return self.add(vector, name, text); }));
}

std::vector<std::int64_t> add_batch(HnswIndex& self, const FloatMatrix& vectors, const py::object& ids,
                                    const py::object& metadata, const Whole& threads, const py::object& progress) {
  std::vector<std::int64_t> names;
  std::optional<std::span<const std::int64_t>> given;
  if (!ids.is_none()) given = names = numbers_of(ids);
  std::vector<std::optional<std::string>> texts;
  if (!metadata.is_none()) {
    for (const py::handle value : metadata) texts.push_back(json_of(py::reinterpret_borrow<py::object>(value)));
    if (texts.empty() && Matrix(vectors).rows > 0) texts.emplace_back();  // the core says that the counts differ
  }
  const std::vector<std::optional<std::string_view>> views(texts.begin(), texts.end());
  Callback callback(progress);
  const HnswProgress tell = [&](std::size_t done, std::size_t total) { return callback(true, done, total); };
  auto added =
      unlocked([&] { return self.add_batch(vectors, given, views, threads, callback.given() ? &tell : nullptr); });
  callback.rethrow();
  return unwrap(std::move(added));
}

using Found = std::vector<std::vector<HnswHit>>;

Found find(const HnswIndex& self, const Floats& queries, const Whole& k, const py::object& filter_fn,
           const py::object& ef, const py::object& filter_ids, std::int64_t threads) {
  HnswSearch options;
  options.k = k;
  if (!ef.is_none()) options.ef = number_of(ef);
  std::vector<std::int64_t> names;
  if (!filter_ids.is_none()) options.filter_ids = names = numbers_of(filter_ids);
  Callback callback(filter_fn);
  const std::function<bool(std::int64_t)> passes = [&](std::int64_t id) { return callback(false, id); };
  if (callback.given()) options.filter = &passes;
  auto found = unlocked([&] { return self.search_batch(queries, options, threads); });
  callback.rethrow();
  return unwrap(std::move(found));
}

py::list pairs(const std::vector<HnswHit>& hits) {
  py::list out(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) {
    out[i] = py::make_tuple(hits[i].id, widen(hits[i].distance));
  }
  return out;
}

py::list search(const HnswIndex& self, const FloatVector& query, const Whole& k, const py::object& filter_fn,
                const py::object& ef, const py::object& filter_ids) {
  return pairs(find(self, query, k, filter_fn, ef, filter_ids, 1)[0]);
}

py::list search_batch(const HnswIndex& self, const FloatMatrix& queries, const Whole& k, const Whole& threads,
                      const py::object& filter_fn, const py::object& ef, const py::object& filter_ids) {
  py::list out;
  for (const auto& hits : find(self, queries, k, filter_fn, ef, filter_ids, threads)) out.append(pairs(hits));
  return out;
}

py::tuple search_arrays(const HnswIndex& self, const FloatMatrix& queries, const Whole& k, const Whole& threads,
                        const py::object& filter_fn, const py::object& ef, const py::object& filter_ids) {
  const Found found = find(self, queries, k, filter_fn, ef, filter_ids, threads);
  std::size_t width = std::min(static_cast<std::size_t>(std::int64_t{k}), self.size());
  for (const auto& hits : found) width = std::max(width, hits.size());
  NewArray<std::int64_t> ids{found.size(), width};
  NewArray<float> distances{found.size(), width};
  std::fill(ids.view().begin(), ids.view().end(), -1);
  std::fill(distances.view().begin(), distances.view().end(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t row = 0; row < found.size(); ++row) {
    for (std::size_t i = 0; i < found[row].size(); ++i) {
      ids.view()[row * width + i] = found[row][i].id;
      distances.view()[row * width + i] = found[row][i].distance;
    }
  }
  return py::make_tuple(std::move(ids).array(), std::move(distances).array());
}

py::array_t<float> get(const HnswIndex& self, const py::object& id) {
  const std::int64_t name = number_of(id);
  const auto values = unwrap(unlocked([&] { return self.get(name); }));
  NewArray<float> out{values.size()};
  std::memcpy(out.view().data(), values.data(), values.size() * sizeof(float));
  return std::move(out).array();
}

py::object get_metadata(const HnswIndex& self, const py::object& id) {
  const std::int64_t name = number_of(id);
  const auto text = unwrap(unlocked([&] { return self.get_metadata(name); }));
  if (!text) return py::none();
  return py::module_::import("paritas._json").attr("parsed")(py::bytes(*text));
}

py::dict stats(const HnswIndex& self) {
  const HnswStats s = unlocked([&] { return self.stats(); });
  py::dict out;
  out["count"] = s.count;
  out["holes"] = s.holes;
  out["layers"] = s.layers;
  out["vector_bytes"] = s.vector_bytes;
  out["link_bytes"] = s.link_bytes;
  out["id_bytes"] = s.id_bytes;
  out["metadata_bytes"] = s.metadata_bytes;
  out["exact"] = s.exact;
  return out;
}

py::bytes to_bytes(const HnswIndex& self) {
  return unlocked([&] { return self.to_bytes(); });
}

HnswIndex from_bytes(const py::object& data) {
  const Buffer bytes(data);
  return unwrap(unlocked([&] { return HnswIndex::from_bytes(bytes.view()); }));
}

HnswIndex load(const py::object& path, const Flag& mmap, const Flag& verify) {
  const py::module_ files = py::module_::import("paritas._files");
  const bool whole = verify;
  // The map lives as long as the index reads in it, and is let go with the GIL.
  const std::shared_ptr<const Buffer> map(new Buffer(files.attr(mmap ? "mapped" : "read_whole")(path)),
                                          [](const Buffer* buffer) {
                                            const py::gil_scoped_acquire held;
                                            delete buffer;
                                          });
  return unwrap(unlocked([&] { return HnswIndex::from_bytes(map->view(), mmap ? map : nullptr, whole); }));
}

}  // namespace

void bind_hnsw(py::module_& m) {
  const HnswOptions defaults;
  const HnswSearch wanted;
  py::class_<HnswIndex>(m, "HNSWIndex", R"(An approximate index of the nearest vectors, the same bytes everywhere.

Distances are those of cosine_distance, euclidean_distance, squared_euclidean or -dot_product, bit for bit, ascending; ties
go to the earlier insertion. The graph is the same for any number of threads. Searches run together and without the GIL;
a change waits for them.

dimension:       values in a vector, 1 to 65,536
max_elements:    what other libraries must know; this index grows as it needs
m:               links of a vector on upper layers, 2 to 256; twice as many on layer 0
ef_construction: how many candidates new links are chosen from
ef_search:       how many candidates a search keeps
metric:          "cosine", "dot", "euclidean" or "squared_euclidean"
seed:            of the levels
storage:         how vectors are kept: "float32"
exact_below:     with fewer vectors a search compares all
Errors:          invalid_argument for an option out of its range)")
      .def(py::init(&create), py::arg("dimension"), py::arg("max_elements") = defaults.max_elements,
           py::arg("m") = defaults.m, py::arg("ef_construction") = defaults.ef_construction,
           py::arg("ef_search") = defaults.ef_search, py::kw_only(), py::arg("metric") = defaults.metric,
           py::arg("seed") = defaults.seed, py::arg("storage") = defaults.storage,
           py::arg("exact_below") = defaults.exact_below)
      .def("add", &add, py::arg("vector"), py::arg("id") = py::none(), py::arg("metadata") = py::none(),
           R"(Adds a vector, or replaces the one of that id; returns the id.

id:       an int from 0 on; None takes 1 + the largest so far
metadata: any JSON value
Errors:   length_mismatch, not_finite, invalid_argument; the index is unchanged then)")
      .def("add_batch", &add_batch, py::arg("vectors"), py::arg("ids") = py::none(), py::arg("metadata") = py::none(),
           py::arg("threads") = 0, py::kw_only(), py::arg("progress") = py::none(),
           R"(Adds or replaces many vectors; returns their ids. An error changes nothing.

vectors:  (n, dimension)
threads:  0 for all cores; they never change the graph
progress: called as progress(done, total) after each round of up to 256 vectors; False stops there: what was added so far
          stays, and its ids are returned. Other threads may search and change the index between rounds.
Errors:   length_mismatch, not_finite; invalid_argument for ids of another count, below 0 or one twice)")
      .def("search", &search, py::arg("query"), py::arg("k") = wanted.k, py::arg("filter_fn") = py::none(),
           py::kw_only(), py::arg("ef") = py::none(), py::arg("filter_ids") = py::none(),
           R"(The nearest (id, distance) pairs: min(k, vectors that pass) of them.

filter_fn:  called as filter_fn(id), at most once for each id; it must not change the index
ef:         how many candidates to keep, at least k; None for ef_search
filter_ids: only these ids; few of them are compared one by one
Errors:     length_mismatch, not_finite, invalid_argument)")
      .def("search_batch", &search_batch, py::arg("queries"), py::arg("k") = wanted.k, py::arg("threads") = 0,
           py::arg("filter_fn") = py::none(), py::kw_only(), py::arg("ef") = py::none(),
           py::arg("filter_ids") = py::none(), "The results of search for each row. threads: 0 for all cores.")
      .def(
          "search_arrays", &search_arrays, py::arg("queries"), py::arg("k") = wanted.k, py::arg("threads") = 0,
          py::arg("filter_fn") = py::none(), py::kw_only(), py::arg("ef") = py::none(),
          py::arg("filter_ids") = py::none(),
          R"(The results of search_batch as two arrays (q, min(k, len)): int64 ids and float32 distances, padded with -1 and NaN.)")
      .def(
          "delete",
          [](HnswIndex& self, const py::object& id) {
            const std::int64_t name = number_of(id);
            return unwrap(unlocked([&] { return self.remove(name); }));
          },
          py::arg("id"), "Removes a vector for good and links its neighbours. False if there was none of that id.")
      .def(
          "compact",
          [](HnswIndex& self, const Whole& threads) { (void)unwrap(unlocked([&] { return self.compact(threads); })); },
          py::arg("threads") = 0, "Builds the graph anew in the order of insertion and gives memory back.")
      .def("__len__", [](const HnswIndex& self) { return unlocked([&] { return self.size(); }); })
      .def("__contains__",
           [](const HnswIndex& self, const py::object& id) {
             const std::int64_t name = number_of(id);
             return unlocked([&] { return self.contains(name); });
           })
      .def(
          "ids", [](const HnswIndex& self) { return unlocked([&] { return self.ids(); }); },
          "All ids in order of insertion.")
      .def("get", &get, py::arg("id"), "The vector of that id, float32. Errors: not_found.")
      .def("get_metadata", &get_metadata, py::arg("id"), "The metadata of that id, or None. Errors: not_found.")
      .def_property_readonly(
          "dimension", [](const HnswIndex& self) { return self.options().dimension; }, "Values in a vector.")
      .def("stats", &stats, "What the index holds and how much memory it takes.")
      .def("to_bytes", &to_bytes, "The index as one file: the same history gives the same bytes on every target.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The index of to_bytes. Errors: corrupt_data for any other bytes.")
      .def(
          "save",
          [](const HnswIndex& self, const py::object& path) {
            py::module_::import("paritas._files").attr("write_whole")(path, to_bytes(self));
          },
          py::arg("path"), "Writes to_bytes() to a file, which is replaced at once or not at all.")
      .def_static("load", &load, py::arg("path"), py::kw_only(), py::arg("mmap") = false, py::arg("verify") = true,
                  R"(The index that save wrote.

mmap:   read vectors and links where the file is mapped, until the first change copies them
verify: whether every sum and link is checked; without it, damage may give wrong results, but nothing worse
Errors: OSError, corrupt_data)")
      .def(py::pickle([](const HnswIndex& self) { return to_bytes(self); },
                      [](const py::bytes& data) { return from_bytes(data); }));
}

}  // namespace paritas::python
