#include "paritas/match/registry.hpp"

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

constexpr const char* kRecords = "paritas.results_registry";

/// Offsets of the errors of a regular expression are places in the pattern.
[[noreturn]] void raise_in(Error error, std::string_view pattern) {
  switch (error.code) {
    case ErrorCode::regex_syntax:
    case ErrorCode::regex_unsupported:
    case ErrorCode::regex_matches_empty:
    case ErrorCode::limit_exceeded:
      error.offset = OffsetMap(pattern).codepoint(error.offset);
      break;
    default:
      break;
  }
  raise(error);
}

std::string string_from(const py::handle& value) {
  Text text;
  text.read(value);
  return std::string(text.view());
}

bool flag_from(const py::handle& value) {
  Flag flag;
  flag.read(value);
  return flag;
}

std::vector<std::string> strings_from(const py::handle& items) {
  Texts texts;
  texts.read(items);
  const std::span<const std::string_view> views = texts;
  return {views.begin(), views.end()};
}

PatternDefinition definition_of(const py::object& fields) {
  const auto field = [&](const char* name) { return py::object(fields[name]); };
  PatternDefinition out;
  out.name = string_from(field("name"));
  out.pattern = string_from(field("pattern"));
  out.kind = string_from(field("kind"));
  out.category = string_from(field("category"));
  out.severity = string_from(field("severity"));
  out.keywords = strings_from(field("keywords"));
  out.case_insensitive = flag_from(field("case_insensitive"));
  out.whole_words = flag_from(field("whole_words"));
  Whole group;
  group.read(field("group"));
  out.group = group;
  out.description = string_from(field("description"));
  out.enabled = flag_from(field("enabled"));
  return out;
}

py::object definition_record(const PatternDefinition& definition) {
  static const Record record("PatternDefinition", kRecords);
  py::object keywords = py::cast(definition.keywords);
  return record.make(definition.name, definition.pattern, definition.kind, definition.category, definition.severity,
                     keywords, definition.case_insensitive, definition.whole_words,
                     static_cast<std::size_t>(definition.group), definition.description, definition.enabled);
}

void add(PatternRegistry& self, const Text& name, const Text& pattern, const Text& kind, const Text& category,
         const Text& severity, const Texts& keywords, const Flag& case_insensitive, const Flag& whole_words,
         const Whole& group, const Text& description, const Flag& enabled) {
  const std::span<const std::string_view> words = keywords;
  PatternDefinition definition{.name = std::string(name.view()),
                               .pattern = std::string(pattern.view()),
                               .kind = std::string(kind.view()),
                               .category = std::string(category.view()),
                               .severity = std::string(severity.view()),
                               .keywords = {words.begin(), words.end()},
                               .case_insensitive = case_insensitive,
                               .whole_words = whole_words,
                               .group = group,
                               .description = std::string(description.view()),
                               .enabled = enabled};
  const auto added = unlocked([&] { return self.add(std::move(definition)); });
  if (!added.ok()) raise_in(added.error(), pattern);
}

void add_many(PatternRegistry& self, const py::object& patterns) {
  const py::object fields_of = py::module_::import("paritas._patterns").attr("fields_of");
  std::vector<PatternDefinition> definitions;
  for (const py::handle& item : patterns) definitions.push_back(definition_of(fields_of(item)));
  std::vector<std::string> texts;
  for (const PatternDefinition& definition : definitions) texts.push_back(definition.pattern);
  std::size_t refused = 0;
  const auto added = unlocked([&] { return self.add_many(std::move(definitions), &refused); });
  if (!added.ok()) raise_in(added.error(), texts[refused]);
}

py::object definitions(const PatternRegistry& self) {
  const auto all = unlocked([&] { return self.definitions(); });
  return list_of(all, [](const auto& definition) { return definition_record(*definition); });
}

PatternScan options_of(const py::object& categories, const py::object& names, const Text& min_severity,
                       const Text& overlap, const Whole& limit) {
  PatternScan options;
  if (!categories.is_none()) options.categories = strings_from(categories);
  if (!names.is_none()) options.names = strings_from(names);
  options.min_severity = min_severity.view();
  options.overlap = overlap.view();
  options.limit = limit;
  return options;
}

py::object hit_list(const std::vector<PatternHit>& hits, std::string_view text) {
  static const Record record("PatternHit", kRecords);
  const OffsetMap offsets(text);
  return list_of(hits, [&](const PatternHit& hit) {
    return record.make(hit.pattern->name, hit.pattern->category, hit.pattern->severity,
                       offsets.codepoint(hit.span.start), offsets.codepoint(hit.span.end), hit.line);
  });
}

py::object scan(const PatternRegistry& self, const Text& text, const py::object& categories, const py::object& names,
                const Text& min_severity, const Text& overlap, const Whole& limit) {
  const PatternScan options = options_of(categories, names, min_severity, overlap, limit);
  return hit_list(unwrap(unlocked([&] { return self.scan(text, options); })), text);
}

py::object scan_batch(const PatternRegistry& self, const Texts& texts, const py::object& categories,
                      const py::object& names, const Text& min_severity, const Text& overlap, const Whole& limit,
                      const Whole& threads) {
  const PatternScan options = options_of(categories, names, min_severity, overlap, limit);
  const auto all = unwrap(unlocked([&] { return self.scan_batch(texts, options, threads); }));
  const std::span<const std::string_view> views = texts;
  std::size_t at = 0;
  return list_of(all, [&](const std::vector<PatternHit>& hits) { return hit_list(hits, views[at++]); });
}

bool contains(const PatternRegistry& self, const Text& text, const py::object& categories, const py::object& names,
              const Text& min_severity, const Text& overlap, const Whole& limit) {
  const PatternScan options = options_of(categories, names, min_severity, overlap, limit);
  return unwrap(unlocked([&] { return self.contains(text, options); }));
}

std::size_t count(const PatternRegistry& self, const Text& text, const py::object& categories, const py::object& names,
                  const Text& min_severity, const Text& overlap, const Whole& limit) {
  const PatternScan options = options_of(categories, names, min_severity, overlap, limit);
  return unwrap(unlocked([&] { return self.count(text, options); }));
}

py::object replace(const PatternRegistry& self, const py::object& text, const py::object& replacement,
                   const py::object& categories, const py::object& names, const Text& min_severity, const Text& overlap,
                   const Whole& limit) {
  Text read;
  read.read(text);
  const PatternScan options = options_of(categories, names, min_severity, overlap, limit);
  const auto hits = unwrap(unlocked([&] { return self.replaceable(read, options); }));
  return py::module_::import("paritas._patterns").attr("replaced")(text, hit_list(hits, read), replacement);
}

py::dict counts_of(const std::vector<std::pair<std::string, std::size_t>>& counts) {
  py::dict out;
  for (const auto& [key, count] : counts) out[py::str(key)] = count;
  return out;
}

py::object summary(const PatternRegistry& self, const Text& text) {
  static const Record record("PatternSummary", kRecords);
  const auto found = unwrap(unlocked([&] { return self.summary(text); }));
  return record.make(found.total, py::object(counts_of(found.by_name)), py::object(counts_of(found.by_category)),
                     py::object(counts_of(found.by_severity)));
}

py::object validate(const Text& pattern, const Text& kind) {
  static const Record record("PatternReport", kRecords);
  const PatternReport report = PatternRegistry::validate(pattern, kind);
  py::object error = py::none();
  std::size_t offset = 0;
  if (report.error) {
    error = py::str(std::string(name(report.error->code)) + ": " + report.error->message);
    offset = OffsetMap(pattern).codepoint(report.error->offset);
  }
  py::object most = py::none();
  if (report.max_length) most = py::int_(*report.max_length);
  return record.make(!report.error, error, offset, report.min_length, most, py::object(py::cast(report.literals)),
                     report.prefiltered);
}

py::object to_json(const PatternRegistry& self) {
  return py::module_::import("paritas._patterns").attr("definitions_to_json")(definitions(self));
}

PatternRegistry from_json(const py::object& text) {
  PatternRegistry out;
  add_many(out, py::module_::import("paritas._patterns").attr("definitions_from_json")(text));
  return out;
}

}  // namespace

void bind_registry(py::module_& m) {
  const PatternDefinition defaults;
  const PatternScan options;
  const auto scanning = [&](auto& type, const char* name, auto call, const char* doc) {
    type.def(name, call, py::arg("text"), py::kw_only(), py::arg("categories") = py::none(),
             py::arg("names") = py::none(), py::arg("min_severity") = options.min_severity,
             py::arg("overlap") = options.overlap, py::arg("limit") = options.limit, doc);
  };
  py::class_<PatternRegistry> registry(
      m, "PatternRegistry",
      R"(Named literals and regular expressions with a category and a severity, all looked for in one pass.

The literals, and for each regular expression those of which a match must hold one, form one automaton; RE2 runs only around
what that finds, or over the text where an expression has no such literals or no largest length. Hits are those of each
pattern on the whole text: leftmost, of alternatives the first, none overlapping another of its pattern. Time is linear in
the text. Many threads may scan while none changes the patterns; a scan sees one state and releases the GIL.

Regular expressions: literals, `.`, `[...]`, `\d \w \s \D \W \S` and `\b \B` (ASCII), `^ $`, `(...)`, `(?:...)`, `(?P<n>...)`,
`|`, `* + ?` and `{n} {n,} {n,m}` up to 1,000, lazy forms, `\n \t \r \f \v \xHH \x{H...}`, and `(?i) (?m) (?s)` at the start.
`$` is the very end, with (?m) before LF too; `.` is one code point but LF. Nothing may match the empty text.)");
  registry.def(py::init())
      .def("add", &add, py::arg("name"), py::arg("pattern"), py::kw_only(), py::arg("kind") = defaults.kind,
           py::arg("category") = defaults.category, py::arg("severity") = defaults.severity,
           py::arg("keywords") = py::tuple(), py::arg("case_insensitive") = defaults.case_insensitive,
           py::arg("whole_words") = defaults.whole_words, py::arg("group") = defaults.group,
           py::arg("description") = defaults.description, py::arg("enabled") = defaults.enabled,
           R"(Adds a pattern, after those that are there.

kind:             "literal" or "regex"
severity:         "low", "medium", "high" or "critical"
keywords:         a hit counts if one of them, without regard to ASCII case, stands in the 200 bytes of UTF-8 before its span
                  or after it; none: always
case_insensitive: by simple case folding, which keeps lengths: "ẞ" is "ß", never "ss"
whole_words:      a match counts if both its ends are word boundaries
group:            the group whose span is that of the hit; a match counts if it took part and is not empty
Errors: duplicate_name; invalid_argument for an empty name or keyword, an unknown kind or severity, a group that is not
        there; pattern_empty; for an expression, with the offset of the construct, regex_syntax, regex_unsupported
        (look-around, back-references and the like), regex_matches_empty, and limit_exceeded over 4,096 bytes, 99 groups,
        64 levels, counts above 1,000 or 8 MiB compiled)")
      .def(
          "add_many", &add_many, py::arg("patterns"),
          R"(Adds dicts of what add takes, all of them or, after an error, none; its message begins with "patterns[index]".)")
      .def(
          "remove",
          [](PatternRegistry& self, const Text& name) { unwrap(unlocked([&] { return self.remove(name); })); },
          py::arg("name"), "Removes a pattern. Errors: not_found.")
      .def(
          "set_enabled",
          [](PatternRegistry& self, const Text& name, const Flag& enabled) {
            unwrap(unlocked([&] { return self.set_enabled(name, enabled); }));
          },
          py::arg("name"), py::arg("enabled"), "Lets scans use a pattern or not. Errors: not_found.")
      .def(
          "get",
          [](const PatternRegistry& self, const Text& name) {
            return definition_record(*unwrap(unlocked([&] { return self.get(name); })));
          },
          py::arg("name"), "The PatternDefinition of that name. Errors: not_found.")
      .def("definitions", &definitions, "All of them, in order of adding.")
      .def(
          "names", [](const PatternRegistry& self) { return unlocked([&] { return self.names(); }); },
          "The names, in order of adding.")
      .def(
          "categories", [](const PatternRegistry& self) { return unlocked([&] { return self.categories(); }); },
          "The categories, in order of adding.")
      .def("__len__", [](const PatternRegistry& self) { return unlocked([&] { return self.size(); }); })
      .def(
          "__contains__",
          [](const PatternRegistry& self, const Text& name) { return unlocked([&] { return self.has(name); }); },
          py::arg("name"));
  scanning(registry, "scan", &scan,
           R"(The hits: by start, then the longer, then order of adding.

categories, names: which patterns; None: all. min_severity: and above
overlap: "all" keeps every hit; "longest" drops what overlaps a hit before it; "priority" takes them by severity, then the
         longer, the earlier, order of adding, and drops what overlaps them
limit:   at most so many, the first ones; 0: all
Errors: not_found for a name or category that no pattern has; invalid_argument for another option without meaning)");
  scanning(registry, "contains", &contains, "Whether scan gives a hit; stops at one.");
  scanning(registry, "count", &count, "How many hits scan gives.");
  registry
      .def("scan_batch", &scan_batch, py::arg("texts"), py::kw_only(), py::arg("categories") = py::none(),
           py::arg("names") = py::none(), py::arg("min_severity") = options.min_severity,
           py::arg("overlap") = options.overlap, py::arg("limit") = options.limit, py::arg("threads") = 0,
           "The scan of each text. threads: 0 means all cores; the result is the same.")
      .def("summary", &summary, py::arg("text"), "How many hits there are by name, category and severity.")
      .def("replace", &replace, py::arg("text"), py::arg("replacement"), py::kw_only(),
           py::arg("categories") = py::none(), py::arg("names") = py::none(),
           py::arg("min_severity") = options.min_severity, py::arg("overlap") = "longest",
           py::arg("limit") = options.limit,
           R"(The text with each hit replaced; what lies between stays as it is.

replacement: a str, or a function that makes one of a PatternHit
Errors: those of scan; kind_unsupported for the overlap "all")")
      .def_static("validate", &validate, py::arg("pattern"), py::arg("kind") = "regex",
                  "What there is to say of a pattern, good or bad; raises for another type alone.")
      .def("to_json", &to_json, "The definitions in their order, as a JSON object {\"patterns\": [...]}.")
      .def_static("from_json", &from_json, py::arg("text"),
                  "The registry of to_json. Errors: corrupt_data for any other JSON; those of add_many.")
      .def(py::pickle([](const PatternRegistry& self) { return to_json(self); },
                      [](const py::object& text) { return from_json(text); }));
}

}  // namespace paritas::python
