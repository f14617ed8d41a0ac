#include "paritas/retrieve/vector_index.hpp"

#include <cstring>

#include "arrays.hpp"
#include "bindings.hpp"
#include "filter.hpp"
#include "floats.hpp"
#include "ids.hpp"
#include "integers.hpp"
#include "metadata.hpp"
#include "paritas/vectors/narrow.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object iterated(py::handle items, const char* needed) {
  const bool text = PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr());
  auto list = py::reinterpret_steal<py::object>(text ? nullptr : PySequence_Tuple(items.ptr()));
  if (list) return list;
  PyErr_Clear();
  raise_type(needed, items);
}

std::vector<DocId> ids_from(py::handle items) {
  std::vector<DocId> out;
  for (const py::handle item : iterated(items, "a sequence of ids")) out.push_back(id_from(item));
  return out;
}

py::list list_of(const std::vector<Hit>& hits) {
  py::list out(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) out[i] = py::make_tuple(id_to(hits[i].id), hits[i].score);
  return out;
}

VectorIndex create(const Whole& dim, const Text& metric, const Text& dtype, const Text& kind, const Whole& m,
                   const Whole& ef_construction, const Whole& ef, const Whole& seed, const Flag& keep_full) {
  VectorIndexOptions options;
  options.dim = dim;
  options.metric = std::string(metric.view());
  options.dtype = std::string(dtype.view());
  options.kind = std::string(kind.view());
  options.m = m;
  options.ef_construction = ef_construction;
  options.ef = ef;
  options.seed = seed;
  options.keep_full = keep_full;
  return unwrap(VectorIndex::create(options));
}

bool add(VectorIndex& self, const py::object& id, const FloatVector& vector, const py::object& metadata) {
  const DocId name = id_from(id);
  const MetadataBytes extra(metadata);
  const Matrix row = vector;
  return unwrap(unlocked([&] { return self.add(name, {row.data, row.dim}, extra.view()); }));
}

std::uint64_t add_batch(VectorIndex& self, const py::object& ids, const FloatMatrix& vectors,
                        const py::object& metadatas, const Text& on_duplicate, const Whole& threads) {
  const std::vector<DocId> names = ids_from(ids);
  std::vector<MetadataBytes> owned;
  std::vector<std::optional<std::string_view>> views;
  if (!metadatas.is_none()) {
    for (const py::handle item : iterated(metadatas, "a sequence of dicts as metadatas")) owned.emplace_back(item);
    for (const MetadataBytes& item : owned) views.push_back(item.view());
    if (views.empty() && !names.empty()) {
      raise({ErrorCode::length_mismatch, "ids, vectors and metadatas must be of one length"});
    }
  }
  const Matrix rows = vectors;
  return unwrap(unlocked([&] { return self.add_batch(names, rows, views, on_duplicate.view(), threads); }));
}

bool remove(VectorIndex& self, const py::object& id) {
  const DocId name = id_from(id);
  return unlocked([&] { return self.remove(name); });
}

std::uint64_t remove_many(VectorIndex& self, const py::object& ids) {
  const std::vector<DocId> names = ids_from(ids);
  return unlocked([&] { return self.remove_many(names); });
}

/// What a caller gives as filter; a callable is asked about every vector.
FilterArgument filter_of(const VectorIndex& self, const py::object& filter) {
  FilterArgument out(filter);
  if (out.asks()) {
    const auto ids = unlocked([&] { return self.ids(); });
    const auto known = unlocked([&] { return self.metadatas(); });
    for (std::size_t i = 0; i < ids.size() && i < known.size(); ++i) {
      out.ask(ids[i], known[i] ? std::optional<std::string_view>(*known[i]) : std::nullopt);
    }
  }
  return out;
}

VectorQuery asked(const Whole& k, const py::object& ef, const Flag& exact, const Whole& rescore,
                  const FilterArgument& filter) {
  VectorQuery out;
  out.k = k;
  if (!ef.is_none()) {
    Whole candidates;
    candidates.read(ef);
    out.ef = candidates;
  }
  out.exact = exact;
  out.rescore = rescore;
  out.selection = filter.selection();
  return out;
}

py::list query(const VectorIndex& self, const FloatVector& vector, const Whole& k, const py::object& filter,
               const py::object& ef, const Flag& exact, const Whole& rescore) {
  const FilterArgument chosen = filter_of(self, filter);
  const VectorQuery what = asked(k, ef, exact, rescore, chosen);
  const Matrix row = vector;
  return list_of(unwrap(unlocked([&] { return self.query({row.data, row.dim}, what); })));
}

py::list query_batch(const VectorIndex& self, const FloatMatrix& vectors, const Whole& k, const py::object& filter,
                     const py::object& ef, const Flag& exact, const Whole& rescore, const Whole& threads) {
  const FilterArgument chosen = filter_of(self, filter);
  VectorQuery what = asked(k, ef, exact, rescore, chosen);
  what.threads = threads;
  const Matrix rows = vectors;
  const auto all = unwrap(unlocked([&] { return self.query_batch(rows, what); }));
  py::list out(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) out[i] = list_of(all[i]);
  return out;
}

py::tuple query_batch_arrays(const VectorIndex& self, const FloatMatrix& vectors, const Whole& k,
                             const py::object& filter, const py::object& ef, const Flag& exact, const Whole& rescore,
                             const Whole& threads) {
  const FilterArgument chosen = filter_of(self, filter);
  VectorQuery what = asked(k, ef, exact, rescore, chosen);
  what.threads = threads;
  const Matrix rows = vectors;
  const VectorRows found = unwrap(unlocked([&] { return self.query_batch_arrays(rows, what); }));
  NewArray<std::int64_t> positions{rows.rows, found.columns};
  NewArray<double> scores{rows.rows, found.columns};
  std::copy(found.positions.begin(), found.positions.end(), positions.view().begin());
  std::copy(found.scores.begin(), found.scores.end(), scores.view().begin());
  return py::make_tuple(std::move(positions).array(), std::move(scores).array());
}

py::object get(const VectorIndex& self, const py::object& id) {
  const auto found = self.get(id_from(id));
  if (!found) return py::none();
  NewArray<float> vector{found->vector.size()};
  std::copy(found->vector.begin(), found->vector.end(), vector.view().begin());
  static const Record record("VectorDocument");
  return record.make(id_to(found->id), py::object(std::move(vector).array()),
                     found->metadata ? py::object(metadata_dict(*found->metadata)) : py::object(py::none()));
}

py::list ids(const VectorIndex& self) {
  py::list out;
  for (const DocId& id : unlocked([&] { return self.ids(); })) out.append(id_to(id));
  return out;
}

py::object stats(const VectorIndex& self) {
  const VectorIndexStats s = unlocked([&] { return self.stats(); });
  static const Record record("VectorIndexStats");
  return record.make(std::size_t{s.count}, std::size_t{s.removed}, std::size_t{s.dim}, s.metric, s.dtype, s.kind,
                     s.path, std::size_t{s.vector_bytes}, std::size_t{s.graph_bytes}, std::size_t{s.document_bytes});
}

py::bytes to_bytes(const VectorIndex& self) {
  return unlocked([&] { return self.to_bytes(); });
}

VectorIndex from_bytes(const py::object& data) {
  const Buffer bytes(data);
  return unwrap(unlocked([&] { return VectorIndex::from_bytes(bytes.view()); }));
}

VectorIndex load(const py::object& path, const Flag& mmap, const Flag& verify) {
  const py::module_ files = py::module_::import("paritas._files");
  // The bytes live as long as the index reads in them, and are let go with the GIL.
  const std::shared_ptr<const Buffer> bytes(new Buffer(files.attr(mmap ? "mapped" : "read_whole")(path)),
                                            [](const Buffer* buffer) {
                                              const py::gil_scoped_acquire held;
                                              delete buffer;
                                            });
  const bool whole = verify;
  return unwrap(unlocked([&] { return VectorIndex::from_bytes(bytes->view(), mmap ? bytes : nullptr, whole); }));
}

}  // namespace

void bind_vector_index(py::module_& m) {
  const VectorIndexOptions defaults;
  const VectorQuery question;
  py::class_<VectorIndex>(
      m, "VectorIndex",
      R"(Vectors by id, with metadata: exact search over contiguous rows, or a walk through a graph over them.

An id is a str or an int; 1 and "1" differ. A score is higher for the better one and has the bits of the function it is
named after; of smaller dtypes those of QuantizedVectors. Equal scores: the vector added first. Many threads may read while
none writes; every call releases the GIL.

dim:             values in a vector, 1 to 65,536
metric:          "cosine", "dot", "l2" (-squared_euclidean) or "euclidean" (-euclidean_distance)
dtype:           how vectors are kept: "float32", "float16", "int8" or "binary" (cosine alone)
kind:            "flat" compares all; "hnsw", of float32 alone, walks a graph; "auto" makes one at 50,000 vectors of float32
m:               of the graph: links of a vector on upper layers, 2 to 256
ef_construction: candidates that new links are chosen from, 1 to 2^20
ef:              candidates that a query keeps, 1 to 2^20
seed:            of the levels
keep_full:       keep float32 beside a smaller dtype, for rescore and get()
Errors:          invalid_argument for an option without meaning, out_of_range for a number out of its range)")
      .def(py::init(&create), py::arg("dim"), py::arg("metric") = defaults.metric, py::arg("dtype") = defaults.dtype,
           py::arg("kind") = defaults.kind, py::arg("m") = defaults.m,
           py::arg("ef_construction") = defaults.ef_construction, py::arg("ef") = defaults.ef,
           py::arg("seed") = defaults.seed, py::arg("keep_full") = defaults.keep_full)
      .def("add", &add, py::arg("id"), py::arg("vector"), py::arg("metadata") = py::none(),
           R"(Adds a vector, or replaces the one of that id, which moves to the end. True if the id is new.

metadata: a flat dict of str to str, int, float, bool, None or a list of these
Errors:   dimension_mismatch; invalid_argument for NaN and infinities; out_of_range for what a 16-bit float cannot hold;
          the index is unchanged after an error)")
      .def("upsert", &add, py::arg("id"), py::arg("vector"), py::arg("metadata") = py::none(),
           "The same as add, for readers who look for this word.")
      .def("add_batch", &add_batch, py::arg("ids"), py::arg("vectors"), py::arg("metadatas") = py::none(),
           py::arg("on_duplicate") = "replace", py::arg("threads") = question.threads,
           R"(Adds or replaces many vectors; returns how many. An error changes nothing.

on_duplicate: "replace", "keep" (the first one wins) or "error"
threads:      0 for all cores
Errors:       as add, with the row; length_mismatch; duplicate_key with the index of the id)")
      .def("remove", &remove, py::arg("id"), "Removes a vector. True if there was one.")
      .def("remove_many", &remove_many, py::arg("ids"), "Removes vectors; returns how many there were.")
      .def(
          "clear", [](VectorIndex& self) { unlocked([&] { self.clear(); }); }, "Removes all vectors.")
      .def(
          "compact", [](VectorIndex& self) { unlocked([&] { self.compact(); }); },
          "Gives back the memory of what was removed; a graph is built anew.")
      .def("query", &query, py::arg("vector"), py::arg("k") = question.k, py::arg("filter") = py::none(),
           py::arg("ef") = py::none(), py::arg("exact") = question.exact, py::arg("rescore") = question.rescore,
           R"(The best (id, score) pairs: score descending, then order of adding; k, or all that pass.

filter:  a dict of keys and what they must be (see matches_filter), or a callable (id, metadata) -> bool
ef:      candidates that a walk keeps: more find more; None for that of the index; raised to k. A filter that few pass is
         answered by comparing them, as is every query without a graph
exact:   compare all, whatever the kind
rescore: rank the best rescore * k of a smaller dtype anew by float32; needs keep_full
Errors:  dimension_mismatch; invalid_argument for k or rescore below 0, ef below 1, NaN and infinities)")
      .def("query_batch", &query_batch, py::arg("vectors"), py::arg("k") = question.k, py::arg("filter") = py::none(),
           py::arg("ef") = py::none(), py::arg("exact") = question.exact, py::arg("rescore") = question.rescore,
           py::arg("threads") = question.threads,
           "The results of query for each row, on one state of the index. threads: 0 for all cores.")
      .def("query_batch_arrays", &query_batch_arrays, py::arg("vectors"), py::arg("k") = question.k,
           py::arg("filter") = py::none(), py::arg("ef") = py::none(), py::arg("exact") = question.exact,
           py::arg("rescore") = question.rescore, py::arg("threads") = question.threads,
           R"(The results of query_batch as two arrays of one row for each query and one column for each result.

Returns: int64 positions among ids(), -1 where there are fewer results, and float64 scores, 0.0 there
Errors:  as query; unsupported without NumPy)")
      .def("count", &VectorIndex::count, "How many vectors there are.")
      .def("__len__", &VectorIndex::count)
      .def(
          "contains", [](const VectorIndex& self, const py::object& id) { return self.contains(id_from(id)); },
          py::arg("id"), "Whether there is a vector of that id.")
      .def("get", &get, py::arg("id"),
           "The VectorDocument of that id, or None. Its vector is float32; of a smaller dtype without keep_full, what "
           "the bits stand for.")
      .def("ids", &ids, "All ids in order of adding.")
      .def("stats", &stats, "What the index holds and how much memory it takes.")
      .def("to_bytes", &to_bytes,
           "The index in one form, the same on every target: equal vectors in equal order give equal bytes, or, with a "
           "graph, equal histories.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The index of to_bytes. Errors: corrupt_data for any other bytes.")
      .def(
          "save",
          [](const VectorIndex& self, const py::object& path) {
            py::module_::import("paritas._files").attr("write_whole")(path, to_bytes(self));
          },
          py::arg("path"), "Writes to_bytes() to a file, which is replaced at once or not at all.")
      .def_static("load", &load, py::arg("path"), py::arg("mmap") = true, py::arg("verify") = true,
                  R"(The index that save wrote.

mmap:   whether to read rows where the system maps the file, until the first change; else they are read into memory
verify: whether to look at every byte first. Without, a file opens at once, and a damaged row gives a wrong score
Errors: OSError, corrupt_data)")
      .def(py::pickle([](const VectorIndex& self) { return to_bytes(self); },
                      [](const py::bytes& data) { return from_bytes(data); }));
}

}  // namespace paritas::python
