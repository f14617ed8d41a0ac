#include "paritas/retrieve/bm25.hpp"

#include "analyzer.hpp"
#include "bindings.hpp"
#include "filter.hpp"
#include "ids.hpp"
#include "integers.hpp"
#include "metadata.hpp"

namespace paritas::python {
namespace {

std::vector<DocId> ids_from(py::handle items) {
  if (PyUnicode_Check(items.ptr()) || PyBytes_Check(items.ptr())) raise_type("a sequence of ids", items);
  const auto list = py::reinterpret_steal<py::object>(PySequence_Tuple(items.ptr()));
  if (!list) {
    PyErr_Clear();
    raise_type("a sequence of ids", items);
  }
  std::vector<DocId> out;
  for (const py::handle item : list) out.push_back(id_from(item));
  return out;
}

py::list list_of(const std::vector<Hit>& hits) {
  py::list out(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) out[i] = py::make_tuple(id_to(hits[i].id), hits[i].score);
  return out;
}

Bm25 create(const Real& k1, const Real& b, const Real& delta, const Text& variant, const py::object& analyzer,
            const Flag& store_text, const py::kwargs& analyzer_options) {
  Bm25Options options;
  options.k1 = k1;
  options.b = b;
  options.delta = delta;
  options.variant = std::string(variant.view());
  options.store_text = store_text;
  if (analyzer.is_none()) return unwrap(Bm25::create(options, make_analyzer(analyzer_options)));
  if (!analyzer_options.empty()) {
    raise({ErrorCode::invalid_argument, "give an analyzer or options of one, not both"});
  }
  if (!py::isinstance<Analyzer>(analyzer)) raise_type("an Analyzer", analyzer);
  return unwrap(Bm25::create(options, analyzer.cast<Analyzer>()));
}

bool add_document(Bm25& self, const py::object& doc_id, const Text& text, const py::object& metadata) {
  const DocId id = id_from(doc_id);
  const MetadataBytes extra(metadata);
  return unwrap(unlocked([&] { return self.add_document(id, text, extra.view()); }));
}

bool add_tokens(Bm25& self, const py::object& doc_id, const Texts& tokens, const py::object& metadata) {
  const DocId id = id_from(doc_id);
  const MetadataBytes extra(metadata);
  return unwrap(unlocked([&] { return self.add_tokens(id, tokens, extra.view()); }));
}

std::uint64_t add_documents(Bm25& self, const py::object& ids, const Texts& texts, const py::object& metadatas,
                            const Text& on_duplicate, Whole threads) {
  const std::vector<DocId> names = ids_from(ids);
  std::vector<MetadataBytes> owned;
  std::vector<std::optional<std::string_view>> views;
  if (!metadatas.is_none()) {
    const auto list = py::reinterpret_steal<py::object>(PySequence_Tuple(metadatas.ptr()));
    if (!list) {
      PyErr_Clear();
      raise_type("a sequence of dicts as metadatas", metadatas);
    }
    for (const py::handle item : list) owned.emplace_back(item);
    for (const MetadataBytes& item : owned) views.push_back(item.view());
    if (views.size() != names.size()) {
      raise({ErrorCode::length_mismatch, "ids, texts and metadatas must be of one length"});
    }
  }
  return unwrap(unlocked([&] { return self.add_documents(names, texts, views, on_duplicate.view(), threads); }));
}

bool remove(Bm25& self, const py::object& doc_id) {
  const DocId id = id_from(doc_id);
  return unlocked([&] { return self.remove(id); });
}

std::uint64_t remove_many(Bm25& self, const py::object& ids) {
  const std::vector<DocId> names = ids_from(ids);
  return unlocked([&] { return self.remove_many(names); });
}

/// What a caller gives as filter; a callable is asked about every document.
FilterArgument filter_of(const Bm25& self, const py::object& filter) {
  FilterArgument out(filter);
  if (out.asks()) {
    const auto ids = unlocked([&] { return self.ids(); });
    const auto known = unlocked([&] { return self.metadatas(); });
    for (std::size_t i = 0; i < ids.size() && i < known.size(); ++i) out.ask(ids[i], known[i]);
  }
  return out;
}

py::list query(const Bm25& self, const Text& query_text, Whole n_results, const py::object& filter,
               const Real& min_score) {
  const double least = min_score;
  const FilterArgument chosen = filter_of(self, filter);
  return list_of(unwrap(unlocked([&] { return self.query(query_text, n_results, least, chosen.selection()); })));
}

py::list query_tokens(const Bm25& self, const Texts& tokens, Whole n_results, const py::object& filter,
                      const Real& min_score) {
  const double least = min_score;
  const FilterArgument chosen = filter_of(self, filter);
  return list_of(unwrap(unlocked([&] { return self.query_tokens(tokens, n_results, least, chosen.selection()); })));
}

py::list query_batch(const Bm25& self, const Texts& texts, Whole n_results, const py::object& filter,
                     const Real& min_score, Whole threads) {
  const double least = min_score;
  const FilterArgument chosen = filter_of(self, filter);
  const auto all =
      unwrap(unlocked([&] { return self.query_batch(texts, n_results, least, threads, chosen.selection()); }));
  py::list out(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) out[i] = list_of(all[i]);
  return out;
}

/// A NumPy array that holds a copy of the items.
template <class T>
py::object array(const char* type, const std::vector<T>& items) {
  py::module_ numpy;
  try {
    numpy = py::module_::import("numpy");
  } catch (const py::error_already_set&) {
    raise({ErrorCode::unsupported, "this function returns arrays: install numpy"});
  }
  const py::bytes data(reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T));
  return numpy.attr("frombuffer")(data, py::arg("dtype") = type).attr("copy")();
}

py::tuple query_batch_arrays(const Bm25& self, const Texts& texts, Whole n_results, const py::object& filter,
                             const Real& min_score, Whole threads) {
  const double least = min_score;
  const FilterArgument chosen = filter_of(self, filter);
  const Bm25Rows rows =
      unwrap(unlocked([&] { return self.query_batch_arrays(texts, n_results, least, threads, chosen.selection()); }));
  const py::tuple shape = py::make_tuple(texts.size(), rows.columns);
  return py::make_tuple(array("int64", rows.positions).attr("reshape")(shape),
                        array("float64", rows.scores).attr("reshape")(shape));
}

py::object get_scores(const Bm25& self, const Text& text) {
  return array("float64", unwrap(unlocked([&] { return self.get_scores(text); })));
}

py::object get_scores_batch(const Bm25& self, const Texts& texts, Whole threads) {
  const auto rows = unwrap(unlocked([&] { return self.get_scores_batch(texts, threads); }));
  const std::size_t columns = texts.size() == 0 ? 0 : rows.size() / texts.size();
  return array("float64", rows).attr("reshape")(py::make_tuple(texts.size(), columns));
}

py::object explain(const Bm25& self, const Text& text, const py::object& doc_id) {
  const DocId id = id_from(doc_id);
  const Bm25Explanation found = unwrap(unlocked([&] { return self.explain(text, id); }));
  const py::module_ results = py::module_::import("paritas.results");
  const py::object part = results.attr("TermScore");
  py::list terms;
  for (const Bm25Part& item : found.terms) {
    terms.append(part(item.term, item.weight, item.tf, item.df, item.idf, item.tf_part, item.contribution));
  }
  return results.attr("Explanation")(found.score, found.doc_length, found.avg_doc_length, found.doc_count, terms);
}

py::list highlight(const Bm25& self, const Text& query_text, const Text& text) {
  return code_points(unlocked([&] { return self.highlight(query_text, text); }), text);
}

py::object get(const Bm25& self, const py::object& doc_id) {
  const auto found = self.get(id_from(doc_id));
  if (!found) return py::none();
  const py::object text = found->text ? id_to(DocId(*found->text)) : py::none();
  const py::object metadata = found->metadata ? py::object(metadata_dict(*found->metadata)) : py::none();
  return py::module_::import("paritas.results").attr("Document")(id_to(found->id), found->length, text, metadata);
}

py::list ids(const Bm25& self) {
  py::list out;
  for (const DocId& id : unlocked([&] { return self.ids(); })) out.append(id_to(id));
  return out;
}

py::object stats(const Bm25& self) {
  const Bm25Stats s = unlocked([&] { return self.stats(); });
  return py::module_::import("paritas.results")
      .attr("BM25Stats")(s.documents, s.removed, s.terms, s.postings, s.total_length, s.avg_doc_length, s.segments,
                         s.posting_bytes, s.forward_bytes, s.vocabulary_bytes, s.document_bytes, s.bytes_per_posting);
}

py::bytes to_bytes(const Bm25& self) {
  return unlocked([&] { return self.to_bytes(); });
}

Bm25 from_bytes(const py::object& data) {
  const Buffer bytes(data);
  return unwrap(unlocked([&] { return Bm25::from_bytes(bytes.view()); }));
}

Bm25 load(const py::object& path, const Flag& mmap, const Flag& verify) {
  const py::module_ files = py::module_::import("paritas._files");
  if (!mmap) return from_bytes(files.attr("read_whole")(path));
  // The map lives as long as the index reads in it, and is let go with the GIL.
  const std::shared_ptr<const Buffer> map(new Buffer(files.attr("mapped")(path)), [](const Buffer* buffer) {
    const py::gil_scoped_acquire held;
    delete buffer;
  });
  const bool whole = verify;
  return unwrap(unlocked([&] { return Bm25::open(map->view(), map, whole); }));
}

}  // namespace

void bind_bm25(py::module_& m) {
  const Bm25Options defaults;
  py::class_<Bm25>(m, "BM25", R"(BM25 over the terms of documents: exact, updatable, the same order and bits everywhere.

An id is a str or an int; 1 and "1" differ. After any history of changes, results and bytes equal those of a fresh index
of the live documents in their order. Many threads may read while none writes; every call releases the GIL.

k1:                how much a repeated term still adds, 0 to 1e100
b:                 how much long documents pay, 0 to 1
delta:             what a match is worth at least, for "bm25l" and "bm25+", 0 to 1e100
variant:           "lucene", "okapi", "robertson", "atire", "bm25l" or "bm25+"
analyzer:          an Analyzer; or give the options of one by their names
store_text:        whether get() can return the texts
Errors:            invalid_argument for an option without meaning)")
      .def(py::init(&create), py::arg("k1") = defaults.k1, py::arg("b") = defaults.b, py::arg("delta") = defaults.delta,
           py::arg("variant") = defaults.variant, py::arg("analyzer") = py::none(),
           py::arg("store_text") = defaults.store_text)
      .def("add_document", &add_document, py::arg("doc_id"), py::arg("text"), py::arg("metadata") = py::none(),
           R"(Adds a document, or replaces the one of that id, which moves to the end. True if the id is new.

metadata: a flat dict of str to str, int, float, bool, None or a list of these)")
      .def("upsert", &add_document, py::arg("doc_id"), py::arg("text"), py::arg("metadata") = py::none(),
           "The same as add_document, for readers who look for this word.")
      .def("add_tokens", &add_tokens, py::arg("doc_id"), py::arg("tokens"), py::arg("metadata") = py::none(),
           "As add_document, for callers with a tokeniser of their own.")
      .def("add_documents", &add_documents, py::arg("ids"), py::arg("texts"), py::arg("metadatas") = py::none(),
           py::arg("on_duplicate") = defaults.on_duplicate, py::arg("threads") = 0,
           R"(Adds or replaces many documents; returns how many. An error changes nothing.

on_duplicate: "replace", "keep" (the first one wins) or "error"
threads:      for reading the texts; 0 for all cores
Errors:       length_mismatch; duplicate_key with the index of the document)")
      .def("remove", &remove, py::arg("doc_id"), "Removes a document. True if there was one.")
      .def("remove_many", &remove_many, py::arg("ids"), "Removes documents; returns how many there were.")
      .def(
          "clear", [](Bm25& self) { unlocked([&] { self.clear(); }); }, "Removes all documents.")
      .def("query", &query, py::arg("query_text"), py::arg("n_results") = defaults.n_results,
           py::arg("filter") = py::none(), py::kw_only(), py::arg("min_score") = defaults.min_score,
           R"(The best (doc_id, score) pairs: score descending, then order of adding.

A term said twice counts twice, an unknown one adds nothing; a document with none of the terms is no result.

filter:    which documents may be results, by their metadata: a dict as matches_filter takes it, or a callable
           (id, metadata) -> bool that is asked about every document; the statistics are those of all documents
min_score: only higher scores are results
Errors:    invalid_argument for a negative n_results or min_score, limit_exceeded for more than 1,024 different terms)")
      .def("query_tokens", &query_tokens, py::arg("tokens"), py::arg("n_results") = defaults.n_results,
           py::arg("filter") = py::none(), py::kw_only(), py::arg("min_score") = defaults.min_score,
           "As query, for terms of the caller's own.")
      .def("query_batch", &query_batch, py::arg("texts"), py::arg("n_results") = defaults.n_results,
           py::arg("filter") = py::none(), py::kw_only(), py::arg("min_score") = defaults.min_score,
           py::arg("threads") = 0,
           "The results of query for each text, on one state of the index. threads: 0 for all cores.")
      .def("query_batch_arrays", &query_batch_arrays, py::arg("texts"), py::arg("n_results") = defaults.n_results,
           py::arg("filter") = py::none(), py::kw_only(), py::arg("min_score") = defaults.min_score,
           py::arg("threads") = 0,
           R"(The results of query_batch as two arrays of one row for each text and one column for each result.

Returns: int64 positions among ids(), -1 where there are fewer results, and float64 scores, 0.0 there
Errors:  as query; limit_exceeded for more than 2^27 cells; unsupported without NumPy)")
      .def("get_scores", &get_scores, py::arg("text"),
           "float64 scores of all documents in the order of ids(), 0.0 without a match. Needs NumPy.")
      .def("get_scores_batch", &get_scores_batch, py::arg("texts"), py::arg("threads") = 0,
           "The scores of get_scores for each text, a row each: float64 of shape (texts, documents). Needs NumPy.")
      .def("explain", &explain, py::arg("text"), py::arg("doc_id"),
           R"(How the score of a document comes about, term by term; the contributions add up to the score exactly.

Errors: not_found for an unknown id)")
      .def("highlight", &highlight, py::arg("query_text"), py::arg("text"),
           "Where a term of the query stands in a text, in code points and in order; terms that overlap are joined.")
      .def("count", &Bm25::count, "How many documents there are.")
      .def("__len__", &Bm25::count)
      .def(
          "contains", [](const Bm25& self, const py::object& doc_id) { return self.contains(id_from(doc_id)); },
          py::arg("doc_id"), "Whether there is a document of that id.")
      .def("get", &get, py::arg("doc_id"), "The Document of that id, or None.")
      .def("ids", &ids, "All ids in order of adding.")
      .def("stats", &stats, "What the index holds and how much memory it takes.")
      .def(
          "optimize", [](Bm25& self) { unlocked([&] { self.optimize(); }); },
          "Brings all documents into the form that is smallest and read fastest; results stay the same.")
      .def("to_bytes", &to_bytes,
           "The live index in one form: equal documents in equal order give equal bytes, on every target.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The index of to_bytes. Errors: corrupt_data for any other bytes.")
      .def(
          "save",
          [](const Bm25& self, const py::object& path) {
            py::module_::import("paritas._files").attr("write_whole")(path, to_bytes(self));
          },
          py::arg("path"), "Writes to_bytes() to a file, which is replaced at once or not at all.")
      .def_static("load", &load, py::arg("path"), py::arg("mmap") = true, py::arg("verify") = true,
                  R"(The index that save wrote. It is read in place, and changes go elsewhere.

mmap:   whether to map the file; else it is read into memory
verify: whether to compare the sums of all sections first, which reads the whole file. Without, a file opens at once
        whatever its size, and one that was damaged may give wrong results; it is never read past
Errors: OSError, corrupt_data)")
      .def(py::pickle([](const Bm25& self) { return to_bytes(self); },
                      [](const py::bytes& data) { return from_bytes(data); }));
}

}  // namespace paritas::python
