#include "paritas/match/classify.hpp"

#include <optional>
#include <utility>

#include "bindings.hpp"
#include "integers.hpp"
#include "records.hpp"

namespace paritas::python {
namespace {

/// The items of a mapping.
template <class Take>
void each_item(py::handle mapping, Take take) {
  if (PyDict_Check(mapping.ptr()) == 0) {
    const py::object type = py::module_::import("collections.abc").attr("Mapping");
    if (!py::isinstance(mapping, type)) raise_type("a mapping", mapping);
  }
  for (const py::handle item : mapping.attr("items")()) {
    const auto pair = py::reinterpret_borrow<py::sequence>(item);
    const py::object key = pair[0], value = pair[1];
    Text text;
    text.read(key);
    take(std::string(text.view()), value);
  }
}

class Categories {
 public:
  void read(py::handle given) {
    if (given.is_none()) return;
    value_.emplace();
    each_item(given, [&](std::string name, const py::object& keywords) {
      KeywordCategory category{std::move(name), {}};
      each_item(keywords, [&](std::string text, const py::object& weight) {
        Real number;
        number.read(weight);
        category.keywords.push_back({std::move(text), number});
      });
      value_->push_back(std::move(category));
    });
  }
  [[nodiscard]] const std::optional<std::vector<KeywordCategory>>& value() const { return value_; }

 private:
  std::optional<std::vector<KeywordCategory>> value_;
};

class Negators {
 public:
  void read(py::handle given) {
    if (given.is_none()) return;
    Texts texts;
    texts.read(given);
    const std::span<const std::string_view> views = texts;
    value_.emplace(views.begin(), views.end());
  }
  [[nodiscard]] const std::optional<std::vector<std::string>>& value() const { return value_; }

 private:
  std::optional<std::vector<std::string>> value_;
};

// Below this many bytes a call ends before another thread could have used the GIL.
constexpr std::size_t kShort = 4096;

}  // namespace
}  // namespace paritas::python

namespace pybind11::detail {

template <>
struct type_caster<paritas::python::Categories> : paritas_caster<paritas::python::Categories> {
  static constexpr auto name = const_name("collections.abc.Mapping[str, collections.abc.Mapping[str, float]] | None");
};
template <>
struct type_caster<paritas::python::Negators> : paritas_caster<paritas::python::Negators> {
  static constexpr auto name = const_name("collections.abc.Sequence[str] | None");
};

}  // namespace pybind11::detail

namespace paritas::python {
namespace {

/// A classifier and the Python objects that its results share.
class Classifier {
 public:
  explicit Classifier(const TaskClassifier* core) : core_(core) { share(); }
  explicit Classifier(TaskClassifier&& core) : owned_(std::move(core)), core_(&*owned_) { share(); }
  Classifier(const Classifier&) = delete;
  Classifier& operator=(const Classifier&) = delete;

  [[nodiscard]] const TaskClassifier& core() const { return *core_; }

  [[nodiscard]] py::object result(std::string_view text, const Classification& found) const {
    static const Record record("ClassificationResult", "paritas.results_classify"),
        match_record("KeywordMatch", "paritas.results_classify");
    const OffsetMap offsets(text);
    py::dict scores;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const py::object score = found.scores[i] == 0.0 ? zero_ : py::object(py::float_(found.scores[i]));
      if (PyDict_SetItem(scores.ptr(), names_[i].ptr(), score.ptr()) != 0) throw py::error_already_set();
    }
    const TaskTraits& traits = traits_[found.category];
    return record.make(
        names_and_none_[found.category], found.confidence, py::object(std::move(scores)),
        found.matches.size() - found.negated_count, found.negated_count,
        list_of(found.matches,
                [&](const KeywordMatch& match) {
                  const auto [start, end] = match.span;
                  return match_record.make(text.substr(start, end - start), keywords_[match.keyword],
                                           names_[match.category], weights_[match.keyword], offsets.codepoint(start),
                                           offsets.codepoint(end), match.negated);
                }),
        traits.is_action, traits.is_analysis, traits.is_generation, traits.needs_execution, traits.tool_budget);
  }

  [[nodiscard]] py::object classify(const Text& text) const {
    const auto call = [&] { return core_->classify(text); };
    return result(text, text.view().size() < kShort ? call() : unlocked(call));
  }

  [[nodiscard]] py::object classify_batch(const Texts& texts, std::int64_t threads) const {
    const std::vector<Classification> found = unwrap(unlocked([&] { return core_->classify_batch(texts, threads); }));
    const std::span<const std::string_view> views = texts;
    std::size_t at = 0;
    return list_of(found, [&](const Classification& item) { return result(views[at++], item); });
  }

  [[nodiscard]] py::object find_all_keywords(const Text& text) const {
    const std::vector<KeywordMatch> found = unlocked([&] { return core_->find_all_keywords(text); });
    const OffsetMap offsets(text);
    return list_of(found, [&](const KeywordMatch& match) {
      const auto [start, end] = match.span;
      return py::object(py::make_tuple(offsets.codepoint(start), offsets.codepoint(end),
                                       py::str(text.view().data() + start, end - start), names_[match.category]));
    });
  }

  [[nodiscard]] py::dict categories() const {
    py::dict out;
    std::size_t number = 0, keyword = 0;
    for (const KeywordCategory& category : core_->categories()) {
      py::dict keywords;
      for (std::size_t i = 0; i < category.keywords.size(); ++i, ++keyword) {
        keywords[keywords_[keyword]] = weights_[keyword];
      }
      out[names_[number++]] = keywords;
    }
    return out;
  }

 private:
  void share() {
    for (const KeywordCategory& category : core_->categories()) {
      names_.push_back(py::str(category.name));
      for (const Keyword& keyword : category.keywords) {
        keywords_.push_back(py::str(keyword.text));
        weights_.push_back(py::float_(keyword.weight));
      }
      traits_.push_back(task_traits(category.name));
    }
    names_and_none_ = names_;
    names_and_none_.push_back(py::str("default"));
    traits_.push_back(task_traits("default"));
  }

  std::optional<TaskClassifier> owned_;
  const TaskClassifier* core_;
  py::object zero_ = py::float_(0.0);  // most scores
  std::vector<py::object> names_, names_and_none_, keywords_, weights_;
  std::vector<TaskTraits> traits_;
};

const Classifier& standard() {
  static const auto* const classifier =
      new Classifier(&TaskClassifier::standard());  // its objects live as long as Python
  return *classifier;
}

bool has(const Classifier& self, const Text& text, std::string_view category) {
  return unwrap(unlocked([&] { return self.core().has_keywords(text, category); }));
}

bool negates(const Classifier& self, const Text& text) {
  return unlocked([&] { return self.core().has_negation(text); });
}

void bind_functions(py::module_& m) {
  m.def(
      "classify_task", [](const Text& text) { return standard().classify(text); }, py::arg("text"),
      R"(What a request asks for: action, analysis, generation, search, edit or "default", by the keywords of English.

Returns: ClassificationResult(task_type, confidence, scores, matched_count, negated_count, matches, ...))");
  m.def(
      "classify_task_batch",
      [](const Texts& texts, const Whole& threads) { return standard().classify_batch(texts, threads); },
      py::arg("texts"), py::kw_only(), py::arg("threads") = 0,
      R"(classify_task for many texts, on all cores when there are thousands.

threads: 0 for all cores; never changes a result)");
  const auto question = [&](const char* name, const char* category, const char* doc) {
    m.def(
        name, [category](const Text& text) { return has(standard(), text, category); }, py::arg("text"), doc);
  };
  question("has_action_keywords", "action", "Whether a text has a keyword of actions, negated or not.");
  question("has_analysis_keywords", "analysis", "Whether a text has a keyword of analysis, negated or not.");
  question("has_generation_keywords", "generation", "Whether a text has a keyword of generation, negated or not.");
  question("has_search_keywords", "search", "Whether a text has a keyword of searches, negated or not.");
  question("has_edit_keywords", "edit", "Whether a text has a keyword of edits, negated or not.");
  m.def(
      "has_negation", [](const Text& text) { return negates(standard(), text); }, py::arg("text"),
      "Whether a text has a negator of English.");
  m.def(
      "find_all_keywords", [](const Text& text) { return standard().find_all_keywords(text); }, py::arg("text"),
      "(start, end, text, category) of every keyword of classify_task, negated or not.");
  m.def(
      "inflect", [](const Text& word) { return unwrap(inflect(word)); }, py::arg("word"),
      R"(The forms of a keyword that a classifier knows: of its first word, the rest as it is.

Returns: ASCII-lowered, the keyword itself first; alone where English gives it no forms, as "summary" and "what is"
Errors:  invalid_argument for a text without a word, or with more than spaces or one hyphen between its words)");
}

}  // namespace

void bind_classify(py::module_& m) {
  const ClassifierOptions defaults;
  py::class_<Classifier>(
      m, "TaskClassifier",
      R"(Tells what a request asks for by weighted keywords, in clauses that a negation does not cover.

categories:      {category: {keyword: weight}}, in the order that ties go by; None for those of classify_task
position_weight: how much more a keyword counts at the start of the text than at its end
negation_radius: how many words behind a negator it reaches at most
smoothing:       what is added to the sum of scores, so that one weak word gives no certainty
threshold:       a confidence under it is "default"
inflect:         whether the forms of a keyword count as it does; see inflect
negators:        words and phrases that negate what follows; None for those of English
Errors:          invalid_argument for a keyword without a word, a weight that is not finite or below 0, smoothing
                 below 0, a threshold outside [0, 1]; duplicate_key for a keyword twice in a category)")
      .def(py::init([](const Categories& categories, const Real& position_weight, const Whole& negation_radius,
                       const Real& smoothing, const Real& threshold, const Flag& inflects, const Negators& negators) {
             return new Classifier(unwrap(TaskClassifier::create({categories.value(), position_weight, negation_radius,
                                                                  smoothing, threshold, inflects, negators.value()})));
           }),
           py::arg("categories") = py::none(), py::kw_only(), py::arg("position_weight") = defaults.position_weight,
           py::arg("negation_radius") = defaults.negation_radius, py::arg("smoothing") = defaults.smoothing,
           py::arg("threshold") = defaults.threshold, py::arg("inflect") = defaults.inflect,
           py::arg("negators") = py::none())
      .def_property_readonly("categories", &Classifier::categories, "The categories with their keywords and weights.")
      .def("classify", &Classifier::classify, py::arg("text"), "What one text asks for.")
      .def(
          "classify_batch",
          [](const Classifier& self, const Texts& texts, const Whole& threads) {
            return self.classify_batch(texts, threads);
          },
          py::arg("texts"), py::kw_only(), py::arg("threads") = 0,
          R"(classify for many texts, on all cores when there are thousands.

threads: 0 for all cores; never changes a result)")
      .def("find_all_keywords", &Classifier::find_all_keywords, py::arg("text"),
           "(start, end, text, category) of every keyword in text order, negated or not.")
      .def(
          "has_keywords",
          [](const Classifier& self, const Text& text, const Text& category) { return has(self, text, category); },
          py::arg("text"), py::arg("category"),
          R"(Whether a text has a keyword of one category, negated or not.

Errors: not_found for a category that the classifier has not)")
      .def("has_negation", &negates, py::arg("text"), "Whether a text has a negator.");
  bind_functions(m);
}

}  // namespace paritas::python
