#include <optional>

#include "match/classify_tables.hpp"

namespace paritas {
namespace {

using namespace classify;

constexpr double kMost = 1e100;  // so that no sum of weights reaches infinity

bool is_amount(double value) noexcept { return value >= 0.0 && value <= kMost; }

}  // namespace

/// Lays the words and phrases into the tables.
class TaskClassifier::Impl::Builder {
 public:
  explicit Builder(Impl& impl) : impl_(impl), ends_(1), negations_(1, Negation::none) {}

  /// The first error of the options.
  std::optional<Error> add(const ClassifierOptions& options) {
    for (std::size_t i = 0; i < impl_.categories.size(); ++i) {
      if (auto error = add_category(i, options.inflect)) return error;
    }
    const std::vector<NegationPhrase>& known = standard_negations();
    for (const NegationPhrase& negation : known) {
      if (negation.kind != Negation::no && options.negators) continue;
      const auto phrase = phrase_of(negation.text, "negator", 0);
      negations_[end_of(phrase.value())] = negation.kind;
    }
    if (!options.negators) return std::nullopt;
    for (std::size_t i = 0; i < options.negators->size(); ++i) {
      const std::string& text = (*options.negators)[i];
      const auto phrase = phrase_of(text, "negator " + std::to_string(i), i);
      if (!phrase.ok()) return phrase.error();
      const auto same = std::find_if(known.begin(), known.end(),
                                     [&, low = lowered(text)](const NegationPhrase& item) { return item.text == low; });
      const bool verb = same != known.end() && same->kind == Negation::verb;
      negations_[end_of(phrase.value())] = verb ? Negation::verb : Negation::plain;
    }
    return std::nullopt;
  }

  void finish() {
    impl_.nodes.resize(ends_.size());
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      Node& node = impl_.nodes[i];
      node.accepts = static_cast<std::uint32_t>(impl_.accepted.size());
      for (const auto& [category, keyword] : ends_[i]) impl_.accepted.push_back({category, keyword});
      node.accepts_end = static_cast<std::uint32_t>(impl_.accepted.size());
      node.negation = negations_[i];
    }
    for (const auto& [key, node] : steps_) {
      impl_.nodes[static_cast<std::size_t>(key >> 33)].goes_on = true;
      if (key >> 33 != 0) impl_.steps.push_back({key, node});
    }
    for (const ScopeEntry& entry : scope_words()) scope_[number_of(std::string(entry.word))] |= entry.meaning;
    std::size_t places = 64;
    unsigned bits = 6;
    for (; places < words_.size() * 4; places *= 2) ++bits;
    impl_.table.resize(places);
    impl_.shift = 64 - bits;
    for (const auto& [word, number] : words_) lay(word, number);
  }

 private:
  std::optional<Error> add_category(std::size_t number, bool inflects) {
    const KeywordCategory& category = impl_.categories[number];
    if (category.name.empty() || category.name == "default") {
      return Error{ErrorCode::invalid_argument, "a category must have a name, and not default", number};
    }
    for (std::size_t i = 0; i < number; ++i) {
      if (impl_.categories[i].name == category.name) {
        return Error{ErrorCode::duplicate_key, "a category must not stand there twice", number};
      }
    }
    const auto place = static_cast<std::uint32_t>(number);
    const auto first = static_cast<std::uint32_t>(impl_.keywords.size());
    std::vector<Phrase> phrases;
    for (const Keyword& keyword : category.keywords) {
      const std::size_t offset = impl_.keywords.size();
      const std::string what = "keyword " + std::to_string(offset - first) + " of category " + std::to_string(number);
      auto phrase = phrase_of(keyword.text, what, offset);
      if (!phrase.ok()) return phrase.error();
      if (!is_amount(keyword.weight)) {
        return Error{ErrorCode::invalid_argument, "the weight of " + what + " must be a number from 0 to 1e100",
                     offset};
      }
      phrases.push_back(std::move(phrase).value());
      if (!ends_[end_of(phrases.back())].insert({place, static_cast<std::uint32_t>(offset)}).second) {
        return Error{ErrorCode::duplicate_key, what + " must not stand there twice", offset};
      }
      impl_.keywords.push_back(&keyword);
    }
    // A keyword comes before a form of another, the first form before later ones.
    for (std::size_t i = 0; inflects && i < phrases.size(); ++i) {
      Phrase& phrase = phrases[i];
      for (std::string& form : forms_of(phrase.words[0])) {
        phrase.words[0] = std::move(form);
        ends_[end_of(phrase)].insert({place, first + static_cast<std::uint32_t>(i)});
      }
    }
    return std::nullopt;
  }

  std::uint32_t number_of(const std::string& word) {
    const auto [found, added] = words_.insert({word, static_cast<std::uint32_t>(words_.size())});
    if (added) scope_.push_back(0);
    return found->second;
  }

  /// The node at the end of a phrase, made where it is not there yet.
  std::size_t end_of(const Phrase& phrase) {
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
      const std::uint64_t key = step_of(node, number_of(phrase.words[i]), i > 0 && phrase.tight[i]);
      const auto [found, added] = steps_.insert({key, static_cast<std::uint32_t>(ends_.size())});
      if (added) {
        ends_.push_back({});
        negations_.push_back(Negation::none);
      }
      node = found->second;
    }
    return node;
  }

  void lay(const std::string& word, std::uint32_t number) {
    Known known;
    const auto root = steps_.find(step_of(0, number, false));
    known.node = root == steps_.end() ? 0 : root->second;
    known.number = number;
    known.scope = scope_[number];
    if (word.size() > 16) {
      impl_.longer.insert({word, known});
      impl_.longest = std::max(impl_.longest, word.size());
      return;
    }
    for (std::size_t i = 0; i < word.size(); ++i) {
      std::uint64_t& part = i < 8 ? known.first : known.second;
      part = part << 8 | static_cast<unsigned char>(word[i]);
    }
    known.size = static_cast<std::uint8_t>(word.size());
    auto at = static_cast<std::size_t>(hash_of(known.first, known.second) >> impl_.shift);
    while (impl_.table[at].size != 0) at = (at + 1) & (impl_.table.size() - 1);
    impl_.table[at] = known;
  }

  Impl& impl_;
  std::map<std::string, std::uint32_t> words_;
  std::vector<std::uint8_t> scope_;                           // of each word
  std::map<std::uint64_t, std::uint32_t> steps_;              // from a node by a word to a node
  std::vector<std::map<std::uint32_t, std::uint32_t>> ends_;  // of each node: category and keyword
  std::vector<Negation> negations_;                           // of each node
};

Result<TaskClassifier> TaskClassifier::create(const ClassifierOptions& options) {
  const auto refuse = [](const char* message) { return Error{ErrorCode::invalid_argument, message, 0}; };
  if (!is_amount(options.position_weight)) return refuse("position_weight must be a number from 0 to 1e100");
  if (!is_amount(options.smoothing)) return refuse("smoothing must be a number from 0 to 1e100");
  if (options.negation_radius < 0) return refuse("negation_radius must be at least 0");
  if (!(options.threshold >= 0.0 && options.threshold <= 1.0)) return refuse("threshold must be a number from 0 to 1");
  auto impl = std::make_unique<Impl>();
  impl->position_weight = options.position_weight;
  impl->smoothing = options.smoothing;
  impl->threshold = options.threshold;
  impl->radius = static_cast<std::size_t>(
      std::min<std::uint64_t>(static_cast<std::uint64_t>(options.negation_radius), std::numeric_limits<int>::max()));
  impl->categories = options.categories ? *options.categories : standard_categories();
  Impl::Builder builder(*impl);
  if (auto error = builder.add(options)) return std::move(*error);
  builder.finish();
  return TaskClassifier(std::move(impl));
}

}  // namespace paritas
