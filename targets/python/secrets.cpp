#include "paritas/match/secrets.hpp"

#include <memory>
#include <optional>

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

/// Names of rules, or None for all.
class Rules {
 public:
  void read(py::handle names) {
    if (names.is_none()) return;
    names_ = std::make_unique<Texts>();
    names_->read(names);
  }
  [[nodiscard]] SecretOptions options(std::string_view min_confidence, bool include_placeholders) const {
    SecretOptions options{unwrap(secret_confidence(min_confidence)), include_placeholders};
    if (names_) {
      const std::span<const std::string_view> names = *names_;
      options.rules.emplace(names.begin(), names.end());
    }
    return options;
  }

 private:
  std::unique_ptr<Texts> names_;
};

}  // namespace
}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Rules> : paritas_caster<paritas::python::Rules> {
  static constexpr auto name = const_name("collections.abc.Sequence[str] | None");
};

}  // namespace pybind11::detail

namespace paritas::python {
namespace {

// Below this many bytes a call ends before another thread could have used the GIL.
constexpr std::size_t kShort = 4096;

template <class Call>
auto timed(std::string_view text, const Call& call) {
  return text.size() < kShort ? call() : unlocked(call);
}

py::object matches_of(const std::vector<SecretMatch>& matches, std::string_view text) {
  static const Record record("SecretMatch", "paritas.results_secrets");
  if (matches.empty()) return py::list();
  const OffsetMap offsets(text);
  return list_of(matches, [&](const SecretMatch& match) {
    const SecretPattern& pattern = list_secret_patterns()[match.rule];
    const Span span = offsets.codepoints(match.span);
    return record.make(pattern.name, name(pattern.severity), name(match.confidence), span.start, span.end,
                       match.line_number, name(match.checksum), match.placeholder, match.span.of(text),
                       match.masked_text);
  });
}

py::dict dict_of(const SecretCounts& counts) {
  py::dict out;
  for (const auto& [name, count] : counts) out[py::str(name.data(), name.size())] = count;
  return out;
}

py::dict summary_of(const SecretSummary& summary) {
  py::dict out;
  out["total_matches"] = summary.total_matches;
  out["has_secrets"] = summary.total_matches > 0;
  out["by_type"] = dict_of(summary.by_type);
  out["by_severity"] = dict_of(summary.by_severity);
  out["by_confidence"] = dict_of(summary.by_confidence);
  out["lines"] = summary.lines;
  return out;
}

py::object pattern_of(const SecretPattern& pattern) {
  static const Record record("SecretPattern", "paritas.results_secrets");
  return record.make(pattern.name, name(pattern.severity), pattern.provider, pattern.kind, pattern.shape,
                     pattern.description);
}

py::str str_of(const std::string& text) { return text; }

/// The options that every search takes.
template <class Call, class... More>
void def(py::module_& m, const char* name, const Call& call, const char* doc, const More&... more) {
  m.def(name, call, more..., py::arg("min_confidence") = "low", py::arg("include_placeholders") = false,
        py::arg("rules") = py::none(), doc);
}

}  // namespace

void bind_secrets(py::module_& m) {
  def(
      m, "scan_secrets",
      [](const Text& text, const Text& least, const Flag& placeholders, const Rules& rules) {
        const SecretOptions options = rules.options(least, placeholders);
        return matches_of(unwrap(timed(text, [&] { return scan_secrets(text, options); })), text);
      },
      R"(The credentials in a text, by start: tokens of providers, private keys, passwords in URLs, headers, assignments.

min_confidence:       low (an assignment, a token with a wrong checksum), medium or high (an unmistakable form)
include_placeholders: whether findings that stand for a secret without being one are told, flagged
rules:                names of list_secret_patterns() to use; None for all
Returns:              list of SecretMatch(secret_type, severity, confidence, start, end, line_number, checksum, placeholder,
                      matched_text, masked_text); the span is the secret itself; what lies within a finding of an equal or
                      higher class (provider, PEM, JWT, URL, header, assignment) is left out
Errors:               invalid_argument for another min_confidence; not_found for an unknown rule, with its index)",
      py::arg("text"), py::kw_only());
  def(
      m, "has_secrets",
      [](const Text& text, const Text& least, const Flag& placeholders, const Rules& rules) {
        const SecretOptions options = rules.options(least, placeholders);
        return unwrap(timed(text, [&] { return has_secrets(text, options); }));
      },
      R"(Whether scan_secrets finds any; stops at the first.

Errors: as scan_secrets)",
      py::arg("text"), py::kw_only());
  def(
      m, "get_secret_types",
      [](const Text& text, const Text& least, const Flag& placeholders, const Rules& rules) {
        const SecretOptions options = rules.options(least, placeholders);
        return unwrap(timed(text, [&] { return get_secret_types(text, options); }));
      },
      R"(The names of the rules that find something, each once, ascending.

Errors: as scan_secrets)",
      py::arg("text"), py::kw_only());
  def(
      m, "scan_secrets_summary",
      [](const Text& text, const Text& least, const Flag& placeholders, const Rules& rules) {
        const SecretOptions options = rules.options(least, placeholders);
        return summary_of(unwrap(timed(text, [&] { return scan_secrets_summary(text, options); })));
      },
      R"(How many secrets of which kind, and where.

Returns: dict of total_matches, has_secrets, by_type, by_severity (critical first), by_confidence (high first), and lines,
         the numbers of the lines where they begin, ascending
Errors:  as scan_secrets)",
      py::arg("text"), py::kw_only());
  m.def(
      "scan_secrets_batch",
      [](const Texts& texts, const Text& least, const Flag& placeholders, const Rules& rules, const Whole& threads) {
        const SecretOptions options = rules.options(least, placeholders);
        const auto found = unwrap(unlocked([&] { return scan_secrets_batch(texts, options, threads); }));
        const std::span<const std::string_view> views = texts;
        py::list out(found.size());
        for (std::size_t i = 0; i < found.size(); ++i) out[i] = matches_of(found[i], views[i]);
        return out;
      },
      py::arg("texts"), py::kw_only(), py::arg("min_confidence") = "low", py::arg("include_placeholders") = false,
      py::arg("rules") = py::none(), py::arg("threads") = 0,
      R"(scan_secrets of many texts, without the GIL.

threads: 0 for all cores
Returns: a list for each text
Errors:  invalid_argument for threads below 0; as scan_secrets)");
  m.def(
      "mask_secrets",
      [](const Text& text, const Text& mask, const Whole& visible, const Text& least, const Flag& placeholders,
         const Rules& rules) {
        const SecretOptions options = rules.options(least, placeholders);
        return str_of(unwrap(timed(text, [&] { return mask_secrets(text, {mask, visible}, options); })));
      },
      py::arg("text"), py::arg("mask_char") = "*", py::arg("visible_chars") = 4, py::kw_only(),
      py::arg("min_confidence") = "low", py::arg("include_placeholders") = false, py::arg("rules") = py::none(),
      R"(The text with every secret covered, one mask_char for each code point; line breaks stay, and the BEGIN and END lines
of keys.

mask_char:     one code point that is no line break
visible_chars: 0 to 64; so many stay at each end of a provider's token of unmistakable form, at most an eighth of it
Errors:        invalid_argument for another mask; as scan_secrets)");
  m.def(
      "mask_secrets_batch",
      [](const Texts& texts, const Text& mask, const Whole& visible, const Text& least, const Flag& placeholders,
         const Rules& rules, const Whole& threads) {
        const SecretOptions options = rules.options(least, placeholders);
        return list_of(unwrap(unlocked([&] {
                         return mask_secrets_batch(texts, {mask, visible}, options, threads);
                       })),
                       str_of);
      },
      py::arg("texts"), py::arg("mask_char") = "*", py::arg("visible_chars") = 4, py::kw_only(),
      py::arg("min_confidence") = "low", py::arg("include_placeholders") = false, py::arg("rules") = py::none(),
      py::arg("threads") = 0,
      R"(mask_secrets of many texts, without the GIL.

threads: 0 for all cores
Errors:  invalid_argument for threads below 0; as mask_secrets)");
  m.def(
      "list_secret_patterns", [] { return list_of(list_secret_patterns(), pattern_of); },
      R"(Every rule, in the order that decides between equal spans.

Returns: list of SecretPattern(name, severity, provider, kind, shape, description))");
}

}  // namespace paritas::python
