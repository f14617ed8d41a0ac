#include "match/regex_tree.hpp"

#include <algorithm>
#include <map>

#include "paritas/text/simple_fold.hpp"

namespace paritas::regex {
namespace {

constexpr std::size_t kMostExact = 16;
constexpr std::size_t kMostLength = 32;
constexpr std::size_t kMostNeeds = 64;
constexpr std::size_t kLeastBytes = 3;

std::int64_t utf8_size(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

std::size_t utf8_size(const std::u32string& literal) {
  std::size_t size = 0;
  for (const char32_t c : literal) size += static_cast<std::size_t>(utf8_size(c));
  return size;
}

/// The code points that have one simple folding, by it, where they are several.
const std::map<char32_t, std::vector<char32_t>>& circles() {
  static const auto made = [] {
    std::map<char32_t, std::vector<char32_t>> circles;
    for (char32_t c = 0; c < 0x1E944; ++c) {  // the last one with case
      if (c >= 0xD800 && c <= 0xDFFF) continue;
      const char32_t folded = simple_fold(c);
      if (folded == c) continue;
      auto& circle = circles[folded];
      if (circle.empty()) circle.push_back(folded);
      circle.push_back(c);
    }
    return circles;
  }();
  return made;
}

/// Each one, lone surrogates aside, if there are at most so many.
std::optional<std::vector<char32_t>> characters(const Ranges& ranges, std::size_t most) {
  std::size_t count = 0;
  for (const auto& [low, high] : ranges) count += high - low + 1;
  if (count > most) return std::nullopt;
  std::vector<char32_t> out;
  for (const auto& [low, high] : ranges) {
    for (char32_t c = low; c <= high; ++c) {
      if (c < 0xD800 || c > 0xDFFF) out.push_back(c);
    }
  }
  return out;
}

bool holds(const Ranges& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const CodeRange& range) { return range.low <= c && c <= range.high; });
}

void add_new(Literals& literals, const std::u32string& literal) {
  if (std::find(literals.begin(), literals.end(), literal) == literals.end()) literals.push_back(literal);
}

std::int64_t capped(std::int64_t length) { return std::min(length, kInfinite); }

void add_hex(std::string& out, char32_t c) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
    out += static_cast<char>(c);
    return;
  }
  out += "\\x{";
  for (int shift = 20; shift >= 0; shift -= 4) out += kDigits[(c >> shift) & 15];
  out += '}';
}

void print(std::string& out, const Node& node) {
  switch (node.kind) {
    case Kind::set:
      if (node.ranges.front().low == node.ranges.back().high) return add_hex(out, node.ranges.front().low);
      out += '[';
      for (const auto& [low, high] : node.ranges) {
        add_hex(out, low);
        out += '-';
        add_hex(out, high);
      }
      out += ']';
      return;
    case Kind::begin_text:
      out += "\\A";
      return;
    case Kind::end_text:
      out += "\\z";
      return;
    case Kind::begin_line:
      out += "(?m:^)";
      return;
    case Kind::end_line:
      out += "(?m:$)";
      return;
    case Kind::boundary:
      out += "\\b";
      return;
    case Kind::no_boundary:
      out += "\\B";
      return;
    case Kind::group:
      out += '(';
      print(out, node.parts[0]);
      out += ')';
      return;
    case Kind::concat:
      for (const Node& part : node.parts) {
        if (part.kind == Kind::either) out += "(?:";
        print(out, part);
        if (part.kind == Kind::either) out += ')';
      }
      return;
    case Kind::either:
      for (std::size_t i = 0; i < node.parts.size(); ++i) {
        if (i > 0) out += '|';
        print(out, node.parts[i]);
      }
      return;
    case Kind::repeat: {
      const bool plain = node.parts[0].kind == Kind::set || node.parts[0].kind == Kind::group;
      if (!plain) out += "(?:";
      print(out, node.parts[0]);
      if (!plain) out += ')';
      if (node.high == kInfinite && node.low <= 1) {
        out += node.low == 0 ? '*' : '+';
      } else if (node.low == 0 && node.high == 1) {
        out += '?';
      } else {
        out.append(1, '{').append(std::to_string(node.low)).append(1, ',');
        if (node.high != kInfinite) out += std::to_string(node.high);
        out += '}';
      }
      if (node.lazy) out += '?';
      return;
    }
  }
}

}  // namespace

Ranges merged(Ranges ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const CodeRange& a, const CodeRange& b) { return a.low < b.low; });
  Ranges out;
  for (const CodeRange& range : ranges) {
    if (!out.empty() && range.low <= out.back().high + 1) {
      out.back().high = std::max(out.back().high, range.high);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

Ranges complement(const Ranges& ranges) {
  Ranges out;
  char32_t at = 0;
  for (const auto& [low, high] : ranges) {
    if (at < low) out.push_back({at, low - 1});
    at = high + 1;
  }
  if (at <= kLast) out.push_back({at, kLast});
  return out;
}

Ranges with_cases(const Ranges& ranges) {
  Ranges more = ranges;
  const auto add = [&](const std::vector<char32_t>& circle) {
    if (std::none_of(circle.begin(), circle.end(), [&](char32_t c) { return holds(ranges, c); })) return;
    for (const char32_t c : circle) more.push_back({c, c});
  };
  if (const auto few = characters(ranges, 128)) {
    for (const char32_t c : *few) {
      const auto found = circles().find(simple_fold(c));
      if (found != circles().end()) add(found->second);
    }
  } else {
    for (const auto& [folded, circle] : circles()) add(circle);
  }
  return merged(std::move(more));
}

Node set_node(Ranges ranges, bool folds) {
  Node node(Kind::set);
  node.least = node.most = 1;
  node.most_bytes = utf8_size(ranges.back().high);
  for (const CodeRange& range : ranges) {
    const std::int64_t size = utf8_size(range.high);
    node.steps += size == 1 ? 1 : size * (2 * size - 1);  // sequences of bytes that a range can fall into
  }
  if (const auto few = characters(ranges, 8)) {
    Literals members;
    for (const char32_t c : *few) add_new(members, std::u32string(1, folds ? simple_fold(c) : c));
    std::sort(members.begin(), members.end());
    if (!members.empty() && members.size() <= 4) node.exact = std::move(members);
  }
  node.ranges = std::move(ranges);
  return node;
}

Node assertion(Kind kind) {
  Node node(kind);
  node.steps = 1;
  node.exact = Literals{U""};
  return node;
}

Node group(Node inner) {
  Node node(Kind::group);
  node.least = inner.least;
  node.most = inner.most;
  node.most_bytes = inner.most_bytes;
  node.steps = inner.steps + 2;
  node.repeats = inner.repeats;
  node.exact = inner.exact;
  node.needs = inner.needs;
  node.parts.push_back(std::move(inner));
  return node;
}

Node concat(std::vector<Node> parts) {
  if (parts.size() == 1) return std::move(parts[0]);
  Node node(Kind::concat);
  std::vector<std::optional<Literals>> candidates;
  Literals run{U""};
  bool whole = true;
  for (const Node& part : parts) {
    node.least += part.least;
    node.most = capped(node.most + part.most);
    node.most_bytes = capped(node.most_bytes + part.most_bytes);
    node.steps += part.steps;
    node.repeats = std::max(node.repeats, part.repeats);
    if (part.exact && run.size() * part.exact->size() <= kMostExact) {
      Literals longer;
      std::size_t length = 0;
      for (const auto& a : run) {
        for (const auto& b : *part.exact) {
          add_new(longer, a + b);
          length = std::max(length, a.size() + b.size());
        }
      }
      if (length <= kMostLength) {
        run = std::move(longer);
        continue;
      }
    }
    whole = false;
    candidates.emplace_back(std::move(run));
    candidates.push_back(part.needs);
    run = part.exact ? *part.exact : Literals{U""};
  }
  candidates.emplace_back(run);
  std::vector<const std::optional<Literals>*> all;
  for (const auto& candidate : candidates) all.push_back(&candidate);
  node.needs = best(std::move(all));
  if (whole) node.exact = std::move(run);
  node.parts = std::move(parts);
  return node;
}

Node either(std::vector<Node> parts) {
  if (parts.size() == 1) return std::move(parts[0]);
  Node node(Kind::either);
  node.least = kInfinite;
  node.exact = node.needs = Literals{};
  for (const Node& part : parts) {
    node.least = std::min(node.least, part.least);
    node.most = std::max(node.most, part.most);
    node.most_bytes = std::max(node.most_bytes, part.most_bytes);
    node.steps += part.steps + 1;
    node.repeats = std::max(node.repeats, part.repeats);
    const auto needs = best({&part.needs, &part.exact});
    if (!part.exact) node.exact.reset();
    if (!needs) node.needs.reset();
    if (node.exact) {
      for (const auto& literal : *part.exact) add_new(*node.exact, literal);
      if (node.exact->size() > kMostExact) node.exact.reset();
    }
    if (node.needs) {
      for (const auto& literal : *needs) add_new(*node.needs, literal);
      if (node.needs->size() > kMostNeeds) node.needs.reset();
    }
  }
  node.parts = std::move(parts);
  return node;
}

Node repeat(Node inner, std::int64_t low, std::int64_t high, bool lazy) {
  const auto times = [high](std::int64_t length) { return high == kInfinite ? kInfinite : capped(length * high); };
  const std::int64_t copies = std::max<std::int64_t>(1, high == kInfinite ? low : high);
  Node node(Kind::repeat);
  node.low = low;
  node.high = high;
  node.lazy = lazy;
  node.least = inner.least * low;
  node.most = times(inner.most);
  node.most_bytes = times(inner.most_bytes);
  node.steps = inner.steps * copies + copies;
  node.repeats = inner.repeats * copies;
  if (low > 0) {
    const std::u32string once = inner.exact && inner.exact->size() == 1 ? (*inner.exact)[0] : std::u32string();
    const std::size_t wanted = static_cast<std::size_t>(low);
    std::u32string fitting;
    if (!once.empty()) {
      for (std::size_t i = std::min(wanted, kMostLength / once.size()); i > 0; --i) fitting += once;
    }
    const std::optional<Literals> together = Literals{fitting};
    node.needs = best({&inner.needs, &inner.exact, &together});
    if (low == 1 && high == 1) {
      node.exact = inner.exact;
    } else if (low == high && !once.empty() && once.size() * wanted <= kMostLength) {
      node.exact = together;
    }
  }
  node.parts.push_back(std::move(inner));
  return node;
}

std::optional<Literals> best(std::vector<const std::optional<Literals>*> candidates) {
  const std::optional<Literals>* chosen = nullptr;
  std::size_t least = kLeastBytes - 1;
  for (const auto* candidate : candidates) {
    if (!*candidate || (*candidate)->empty() || (*candidate)->size() > kMostNeeds) continue;
    std::size_t shortest = static_cast<std::size_t>(-1);
    for (const auto& literal : **candidate) shortest = std::min(shortest, utf8_size(literal));
    if (shortest > least || (chosen != nullptr && shortest == least && (*candidate)->size() < (*chosen)->size())) {
      chosen = candidate;
      least = shortest;
    }
  }
  return chosen == nullptr ? std::nullopt : *chosen;
}

std::string printed(const Node& node) {
  std::string out;
  print(out, node);
  return out;
}

}  // namespace paritas::regex
