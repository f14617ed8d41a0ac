#include "secret_catalog.hpp"

#include <algorithm>

#include "secret_rules.hpp"

namespace paritas::secrets {
namespace {

// What a scan looks at closer: three bytes of each word that a finding of code begins with or holds.
constexpr std::array<std::string_view, 16> kTriggers = {
    "://|htw", "bea",     "sic", "riz", "-be|ras", "y-u|nnw|/us", "-u?", "asl",
    "pas",     "pwd|nha", "ecr", "cre", "tok",     "key",         "AA(", "uth",
};

std::size_t slot_of(char first, char second, char third) {
  return (static_cast<unsigned char>(first) * 961u + static_cast<unsigned char>(second) * 31u +
          static_cast<unsigned char>(third)) %
         4096u;
}

SecretSeverity severity_of(char letter) {
  switch (letter) {
    case 'C':
      return SecretSeverity::critical;
    case 'H':
      return SecretSeverity::high;
    case 'M':
      return SecretSeverity::medium;
    default:
      return SecretSeverity::low;
  }
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find(mark), text.size());
    parts.push_back(text.substr(0, size));
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return parts;
}

const Catalog& Catalog::get() {
  static const Catalog made;
  return made;
}

Catalog::Catalog() : masks_(MaskTables::of(kTriggers)) {
  context_words_.emplace_back();
  for (const std::string_view line : split(kContexts, '\n')) {
    const auto fields = split(line, '\t');
    for (const std::string_view text : split(fields[1], '|')) {
      const Name name{text, static_cast<std::uint16_t>(context_words_.size())};
      if (text.size() > 2) {
        const std::size_t slot = slot_of(text[0], text[1], text[2]);
        names_[slot % names_.size()].push_back(name);
        begins_.set(slot);
      } else {
        short_names_.push_back(name);
      }
    }
    context_words_.push_back(fields[0]);
  }
  for (const std::string_view line : split(kRules, '\n')) add_line(line);
  for (const std::string_view line : split(kCodeRules, '\n')) add_line(line);
  const auto number = [this](std::string_view name) { return static_cast<std::uint16_t>(find(name)); };
  code_ = {number("private_key"),      number("private_key_base64"),
           number("jwt_token"),        number("database_url"),
           number("url_credentials"),  number("connection_password"),
           number("bearer_token"),     number("basic_auth"),
           number("curl_user"),        number("netrc"),
           number("command_password"), number("code_password"),
           number("generic_password"), number("generic_secret"),
           number("generic_api_key")};
}

void Catalog::add_line(std::string_view line) {
  std::array<std::string_view, 6> fields;
  for (std::string_view& field : fields) {
    field = line.substr(0, line.find('\t'));
    line.remove_prefix(std::min(field.size() + 1, line.size()));
  }
  const auto& [name, severity, provider, kind, shape, description] = fields;
  if (!patterns_.empty() && patterns_.back().name == name) {
    patterns_.back().shape.append(" | ").append(shape);
  } else {
    patterns_.push_back({name, severity_of(severity[0]), provider, kind, std::string(shape), description});
  }
  if (shape.empty()) return;
  Line made{Shape(shape), static_cast<std::uint16_t>(patterns_.size() - 1), 0};
  if (const std::string_view word = made.shape.context(); !word.empty()) {
    const auto found = std::find(context_words_.begin(), context_words_.end(), word);
    made.context = static_cast<std::uint16_t>(found - context_words_.begin());
  }
  const auto least = [&made](bool (*kind)(char)) {
    return static_cast<std::uint16_t>(std::min<std::size_t>(made.shape.least(kind), 65535));
  };
  const std::uint16_t solid = least([](char c) { return has_trait(c, kSolidByte); });
  const std::uint16_t word = least([](char c) { return has_trait(c, kWordByte); });
  const auto number = static_cast<std::uint16_t>(lines_.size());
  for (const Shape::Head& head : made.shape.heads()) {
    Entry entry{0, 0, head.bytes[1], number, made.context, solid, word, head.lead};
    char bytes[Shape::kHead] = {}, mask[Shape::kHead] = {};
    for (std::size_t i = 0; i < Shape::kHead; ++i) {
      if (head.bytes[i].count() != 1) continue;
      while (!head.bytes[i][static_cast<unsigned char>(bytes[i])]) ++bytes[i];
      mask[i] = '\xFF';
    }
    std::memcpy(&entry.head, bytes, sizeof bytes);
    std::memcpy(&entry.mask, mask, sizeof mask);
    std::bitset<kSeconds> seconds;
    for (std::size_t byte = 0; byte < 128; ++byte) {
      if (head.bytes[1][byte]) seconds.set(byte % kSeconds);
    }
    for (std::size_t byte = 0; byte < 128; ++byte) {
      if (!head.bytes[0][byte]) continue;
      if (made.context == 0) {
        for (std::size_t group = 0; group < kSeconds; ++group) {
          if (seconds[group]) plain_[byte * kSeconds + group].push_back(static_cast<std::uint16_t>(entries_.size()));
        }
        continue;
      }
      std::vector<Entry>& table = beside_[byte];
      table.insert(std::upper_bound(table.begin(), table.end(), solid,
                                    [](auto value, const Entry& one) { return value < one.solid; }),
                   entry);
    }
    if (made.context == 0) entries_.push_back(entry);
  }
  lines_.push_back(std::move(made));
}

Contexts Catalog::contexts_in(std::string_view window) const {
  std::array<char, 80> letters;
  std::size_t size = 0;
  for (const char c : window.substr(0, letters.size())) {
    if (c == '_' || c == '-' || c == '.' || c == ' ') continue;
    letters[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  Contexts found;
  const std::string_view text(letters.data(), size);
  for (std::size_t at = 0; at + 2 < size; ++at) {
    const std::size_t slot = slot_of(text[at], text[at + 1], text[at + 2]);
    if (!begins_[slot]) continue;
    for (const Name& name : names_[slot % names_.size()]) {
      if (text.substr(at).starts_with(name.text)) found.set(name.context);
    }
  }
  for (const Name& name : short_names_) {
    if (text.find(name.text) != std::string_view::npos) found.set(name.context);
  }
  return found;
}

std::size_t Catalog::find(std::string_view name) const {
  const auto found = std::find_if(patterns_.begin(), patterns_.end(),
                                  [&](const SecretPattern& pattern) { return pattern.name == name; });
  return static_cast<std::size_t>(found - patterns_.begin());
}

}  // namespace paritas::secrets
