#include "paritas/match/classify.hpp"

#include "packed.hpp"
#include "spans.hpp"

namespace paritas::wasm {
namespace {

/// What readResult of web/src/classify.ts reads.
void pack(Packer& out, const TaskClassifier& self, std::string_view text, const Classification& found) {
  const std::string_view type = self.task_type(found);
  const TaskTraits traits = task_traits(type);
  const OffsetMap offsets(text);
  out.text(type);
  out.f64(found.confidence);
  for (const double score : found.scores) out.f64(score);
  out.u32(found.negated_count);
  pack(out, found.matches, [&](const KeywordMatch& match) {
    out.u32(match.keyword);
    out.u32(match.category);
    pack(out, match.span, offsets);
    out.u8(match.negated);
  });
  out.u8(traits.is_action);
  out.u8(traits.is_analysis);
  out.u8(traits.is_generation);
  out.u8(traits.needs_execution);
  out.u32(static_cast<std::size_t>(traits.tool_budget));
}

}  // namespace

WASM(Reply, classifierDefaults)() {
  const ClassifierOptions options;
  Packer out;
  out.f64(options.position_weight);
  out.f64(static_cast<double>(options.negation_radius));
  out.f64(options.smoothing);
  out.f64(options.threshold);
  out.u8(options.inflect);
  return out.out();
}

/// One block: whether there are categories and negators; the categories, each with its keywords; the negators.
WASM(Reply, classifierCreate)
(std::uintptr_t at, std::size_t bytes, double position_weight, std::int32_t negation_radius, double smoothing,
 double threshold, bool inflects) {
  ClassifierOptions options;
  options.position_weight = position_weight;
  options.negation_radius = negation_radius;
  options.smoothing = smoothing;
  options.threshold = threshold;
  options.inflect = inflects;
  Unpacker in(at, bytes);
  if (in.number<std::uint8_t>() != 0) {
    options.categories.emplace();
    for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
      KeywordCategory category{std::string(in.text()), {}};
      for (auto keywords = in.number<std::uint32_t>(); keywords > 0; --keywords) {
        std::string text(in.text());
        category.keywords.push_back({std::move(text), in.number<double>()});
      }
      options.categories->push_back(std::move(category));
    }
  }
  if (in.number<std::uint8_t>() != 0) {
    options.negators.emplace();
    while (!in.done()) options.negators->emplace_back(in.text());
  }
  return outcome(TaskClassifier::create(options), handle);
}
WASM(const TaskClassifier*, classifierStandard)() { return &TaskClassifier::standard(); }
WASM(void, classifierDelete)(TaskClassifier* self) { delete self; }

WASM(Reply, classifierCategories)(const TaskClassifier& self) {
  Packer out;
  for (const KeywordCategory& category : self.categories()) {
    out.text(category.name);
    pack(out, category.keywords, [&](const Keyword& keyword) {
      out.text(keyword.text);
      out.f64(keyword.weight);
    });
  }
  return out.out();
}

WASM(Reply, classifierClassify)(const TaskClassifier& self, std::uintptr_t at, std::size_t bytes) {
  const std::string_view lent = text(at, bytes);
  Packer out;
  pack(out, self, lent, self.classify(lent));
  return out.out();
}

WASM(Reply, classifierClassifyBatch)(const TaskClassifier& self, std::uintptr_t at, std::size_t bytes) {
  Packer out;
  for (const std::string_view lent : texts(at, bytes)) pack(out, self, lent, self.classify(lent));
  return out.out();
}

WASM(Reply, classifierFind)(const TaskClassifier& self, std::uintptr_t at, std::size_t bytes) {
  const std::string_view lent = text(at, bytes);
  const OffsetMap offsets(lent);
  Packer out;
  for (const KeywordMatch& match : self.find_all_keywords(lent)) {
    pack(out, match.span, offsets);
    out.u32(match.category);
  }
  return out.out();
}

WASM(Reply, classifierHasKeywords)
(const TaskClassifier& self, std::uintptr_t at, std::size_t bytes, std::uintptr_t category_at,
 std::size_t category_bytes) {
  return outcome(self.has_keywords(text(at, bytes), text(category_at, category_bytes)), number);
}

WASM(bool, classifierHasNegation)(const TaskClassifier& self, std::uintptr_t at, std::size_t bytes) {
  return self.has_negation(text(at, bytes));
}

WASM(Reply, classifierInflect)(std::uintptr_t at, std::size_t bytes) {
  return outcome(inflect(text(at, bytes)), [](const std::vector<std::string>& forms) {
    Packer out;
    for (const std::string& form : forms) out.text(form);
    return out.out();
  });
}

}  // namespace paritas::wasm
