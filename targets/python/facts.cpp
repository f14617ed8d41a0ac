#include "paritas/verify/facts.hpp"

#include "bindings.hpp"
#include "ids.hpp"
#include "integers.hpp"
#include "metadata.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

py::object fact_record(const Fact& fact) {
  static const Record record("Fact");
  const py::object metadata = fact.metadata ? py::object(metadata_dict(*fact.metadata)) : py::none();
  return record.make(id_to(fact.id), fact.text, fact.score, metadata);
}

FactStore create(const Real& k1, const Real& b) {
  FactStoreOptions options;
  options.k1 = k1;
  options.b = b;
  return unwrap(FactStore::create(options));
}

bool add(FactStore& self, const py::object& fact_id, const Text& text, const Text& tenant_id,
         const py::object& metadata) {
  const DocId id = id_from(fact_id);
  const MetadataBytes extra(metadata);
  return unwrap(unlocked([&] { return self.add(id, text, tenant_id, extra.view()); }));
}

bool remove(FactStore& self, const py::object& fact_id, const Text& tenant_id) {
  const DocId id = id_from(fact_id);
  return unlocked([&] { return self.remove(id, tenant_id); });
}

py::object get(const FactStore& self, const py::object& fact_id, const Text& tenant_id) {
  const DocId id = id_from(fact_id);
  const auto found = unlocked([&] { return self.get(id, tenant_id); });
  return found ? fact_record(*found) : py::none();
}

py::object query(const FactStore& self, const Text& text, Whole k, const Text& tenant_id) {
  return list_of(unwrap(unlocked([&] { return self.query(text, k, tenant_id); })), fact_record);
}

std::optional<std::string> retrieve_context(const FactStore& self, const Text& query, Whole top_k,
                                            const Text& tenant_id) {
  return unwrap(unlocked([&] { return self.retrieve_context(query, top_k, tenant_id); }));
}

py::bytes to_bytes(const FactStore& self) {
  return unlocked([&] { return self.to_bytes(); });
}

FactStore from_bytes(const py::object& data) {
  const Buffer bytes(data);
  return unwrap(unlocked([&] { return FactStore::from_bytes(bytes.view()); }));
}

}  // namespace

void bind_facts(py::module_& m) {
  const FactStoreOptions defaults;
  py::class_<FactStore> store(
      m, "FactStore",
      R"(Facts by tenant, found by BM25 over content stems and numbers: "2 hours" finds "120 minutes".

Every tenant has an index of its own: it never sees, counts or influences another; "" is a tenant like others. An id is
a str or an int; 1 and "1" differ. After any history of changes, results and bytes equal those of a fresh store of the
facts in their order. Many threads may read while none writes; every call releases the GIL.

k1:     how much a repeated term still adds, 0 to 1e100
b:      how much long facts pay, 0 to 1
Errors: invalid_argument for an option without meaning)");
  store.def(py::init(&create), py::arg("k1") = defaults.k1, py::arg("b") = defaults.b)
      .def("add", &add, py::arg("fact_id"), py::arg("text"), py::arg("tenant_id") = "",
           py::arg("metadata") = py::none(),
           R"(Adds a fact, or replaces the one of that id, which moves to the end. True if the id is new.

metadata: a flat dict of str to str, int, float, bool, None or a list of these)")
      .def("remove", &remove, py::arg("fact_id"), py::arg("tenant_id") = "", "Removes a fact. True if there was one.")
      .def("get", &get, py::arg("fact_id"), py::arg("tenant_id") = "", "The Fact of that id with score 0.0, or None.")
      .def(
          "count",
          [](const FactStore& self, const Text& tenant_id) { return unlocked([&] { return self.count(tenant_id); }); },
          py::arg("tenant_id") = "", "How many facts a tenant has.")
      .def(
          "clear", [](FactStore& self, const Text& tenant_id) { unlocked([&] { self.clear(tenant_id); }); },
          py::arg("tenant_id") = "", "Removes all facts of a tenant.")
      .def(
          "tenants", [](const FactStore& self) { return unlocked([&] { return self.tenants(); }); },
          "The tenants that have facts, sorted by code points.")
      .def(
          "query", &query, py::arg("text"), py::arg("k") = defaults.k, py::arg("tenant_id") = "",
          R"(The best facts of a tenant: score descending, then order of adding; none that shares no term with the text.

Errors: invalid_argument for a negative k)")
      .def("retrieve_context", &retrieve_context, py::arg("query"), py::arg("top_k") = defaults.k,
           py::arg("tenant_id") = "", R"(The texts of the best facts joined by "; ", or None when there is none.

Errors: invalid_argument for a negative top_k)")
      .def("to_bytes", &to_bytes,
           "The store in one form: equal facts in equal order give equal bytes, on every target.")
      .def_static("from_bytes", &from_bytes, py::arg("data"),
                  "The store of to_bytes; reads every text again. Errors: corrupt_data for any other bytes.")
      .def(
          "save",
          [](const FactStore& self, const py::object& path) {
            py::module_::import("paritas._files").attr("write_whole")(path, to_bytes(self));
          },
          py::arg("path"), "Writes to_bytes() to a file, which is replaced at once or not at all.")
      .def_static(
          "load",
          [](const py::object& path) {
            return from_bytes(py::module_::import("paritas._files").attr("read_whole")(path));
          },
          py::arg("path"), "The store that save wrote. Errors: OSError, corrupt_data.")
      .def(py::pickle([](const FactStore& self) { return to_bytes(self); },
                      [](const py::bytes& data) { return from_bytes(data); }));
  m.attr("GroundTruthStore") = store;
}

}  // namespace paritas::python
