#include "secret_shapes.hpp"

#include <algorithm>

#include "secret_masks.hpp"

namespace paritas::secrets {
namespace {

constexpr std::string_view kLetters = "dxXlanULwkbPqthzs=";

constexpr bool is_in(char letter, char c) noexcept {
  const bool digit = c >= '0' && c <= '9', lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
  const auto one_of = [c](std::string_view set) { return set.find(c) != std::string_view::npos; };
  switch (letter) {
    case 'd':
      return digit;
    case 'x':
      return digit || (c >= 'a' && c <= 'f');
    case 'X':
      return digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case 'l':
      return lower;
    case 'a':
      return lower || upper;
    case 'n':
      return digit || lower || upper;
    case 'U':
      return digit || upper;
    case 'L':
      return digit || lower;
    case 'w':
      return digit || lower || upper || c == '_';
    case 'k':
      return digit || lower || upper || one_of("_-");
    case 'b':
      return digit || lower || upper || one_of("+/");
    case 'P':
      return digit || lower || upper || one_of("_-.%=");
    case 'q':
      return digit || lower || upper || one_of("+/%=");
    case 't':
      return upper || (c >= '2' && c <= '7');
    case 'h':
      return lower || (c >= '2' && c <= '7');
    case 'z':
      return digit || lower || upper || one_of("_-~.");
    case 's':
      return digit || lower || upper || one_of("./");
    default:
      return c == '=';
  }
}

constexpr std::array<ClassSet, 256> kClasses = [] {
  std::array<ClassSet, 256> classes{};
  for (unsigned byte = 0; byte < 128; ++byte) {
    for (std::size_t i = 0; i < kLetters.size(); ++i) {
      if (is_in(kLetters[i], static_cast<char>(byte))) classes[byte] |= ClassSet{1} << i;
    }
  }
  return classes;
}();
constexpr unsigned kHex = static_cast<unsigned>(kLetters.find('X'));
constexpr unsigned kPadding = static_cast<unsigned>(kLetters.find('='));
constexpr std::size_t kUuid = 36;

Shape::Bytes bytes_of(unsigned class_bit) {
  Shape::Bytes bytes;
  for (std::size_t byte = 0; byte < 128; ++byte) bytes[byte] = (kClasses[byte] >> class_bit & 1u) != 0;
  return bytes;
}

std::size_t uuid_end(std::string_view text, std::size_t at) {
  if (text.size() - at < kUuid) return kNowhere;
  for (std::size_t i = 0; i < kUuid; ++i) {
    const char c = text[at + i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !in_class(c, ClassSet{1} << kHex)) return kNowhere;
  }
  return at + kUuid;
}

}  // namespace

ClassSet class_of(char letter) noexcept {
  const std::size_t bit = kLetters.find(letter);
  return bit == std::string_view::npos ? 0 : ClassSet{1} << bit;
}

bool in_class(char c, ClassSet classes) noexcept { return (kClasses[static_cast<unsigned char>(c)] & classes) != 0; }

std::size_t RunEnds::find_end(unsigned class_bit, std::size_t at, std::size_t most) {
  const std::size_t limit = at + std::min(most, text_.size() - at);
  const ClassSet set = ClassSet{1} << class_bit;
  Known& known = known_[class_bit];
  if (at < known.from || at > known.to) known = {at, at};
  const std::size_t before = known.to;
  while (known.to < limit && in_class(text_[known.to], set)) ++known.to;
  read_ += known.to - before;
  return std::min(known.to, limit);
}

Shape::Shape(std::string_view text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view piece = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), piece.size() + 1));
    if (piece.starts_with('@')) {
      context_ = piece.substr(1);
    } else if (piece.starts_with('!') && piece.size() == 4) {  // one digit, a point, one digit
      least_entropy_ = ((piece[1] - '0') * 10 + (piece[3] - '0')) / 10.0;
    } else if (piece == "crc") {
      check_ = Check::crc;
    } else if (piece == "crc_gitlab") {
      check_ = Check::crc_gitlab;
    } else if (piece == "crc_grafana") {
      check_ = Check::crc_grafana;
    } else if (piece == "bech32") {
      check_ = Check::bech32;
    } else {
      text_ = piece;
    }
  }
  std::size_t at = 0;
  all_ = parse(at);
  find_heads({all_}, {}, {});
  find_probe();
}

std::uint16_t Shape::number(std::size_t& at) const {
  unsigned value = 0;
  while (text_[at] >= '0' && text_[at] <= '9') value = value * 10 + static_cast<unsigned>(text_[at++] - '0');
  return static_cast<std::uint16_t>(value);
}

/// Reads until the end, or until what ends an alternative.
Shape::Sequence Shape::parse(std::size_t& at) {
  std::vector<Node> nodes;
  while (at < text_.size() && text_[at] != '|' && text_[at] != ')') {
    const char c = text_[at];
    Node node{Kind::literal};
    if (c == '<' && text_[at + 1] == 'g' && text_[at + 2] == '>') {
      node.kind = Kind::uuid;
      at += 3;
    } else if (c == '<') {
      node.kind = Kind::run;
      node.class_bit = static_cast<std::uint8_t>(kLetters.find(text_[at + 1]));
      at += 2;
      node.min = node.max = number(at);
      if (text_[at] == '-') node.max = number(++at);
      ++at;
    } else if (c == '(') {
      node.kind = Kind::group;
      std::vector<Sequence> alternatives;
      do {
        alternatives.push_back(parse(++at));
      } while (text_[at] == '|');
      ++at;
      node.from = static_cast<std::uint16_t>(sequences_.size());
      node.count = static_cast<std::uint16_t>(alternatives.size());
      sequences_.insert(sequences_.end(), alternatives.begin(), alternatives.end());
      if (at < text_.size() && text_[at] == '?') node.optional = true, ++at;
    } else if (c == '{' || c == '}') {
      node.kind = c == '{' ? Kind::open : Kind::close;
      ++at;
    } else {
      node.from = static_cast<std::uint16_t>(at);
      while (at < text_.size() && std::string_view("<(|){}").find(text_[at]) == std::string_view::npos) ++at;
      node.count = static_cast<std::uint16_t>(at - node.from);
    }
    nodes.push_back(node);
  }
  const Sequence made{static_cast<std::uint16_t>(nodes_.size()), static_cast<std::uint16_t>(nodes.size())};
  nodes_.insert(nodes_.end(), nodes.begin(), nodes.end());
  return made;
}

bool Shape::fits(RunEnds& runs, std::size_t at, Fit& fit) const {
  fit = Fit{};
  fit.value_from = at;
  fit.value_to = kNowhere;
  if (!fits(all_, runs, at, fit)) return false;
  if (fit.value_to == kNowhere) fit.value_to = fit.end;
  return true;
}

bool Shape::fits(Sequence sequence, RunEnds& runs, std::size_t at, Fit& fit) const {
  const std::string_view text = runs.text();
  for (std::size_t i = sequence.first; i < std::size_t{sequence.first} + sequence.count; ++i) {
    const Node& node = nodes_[i];
    std::size_t end = at;
    switch (node.kind) {
      case Kind::literal:
        if (at >= text.size() || text[at] != text_[node.from] ||
            !text.substr(at).starts_with(text_.substr(node.from, node.count))) {
          return false;
        }
        end = at + node.count;
        break;
      case Kind::run:
      case Kind::uuid:
        end = node.kind == Kind::uuid ? uuid_end(text, at) : runs.end(node.class_bit, at, node.max);
        if (end == kNowhere || end - at < node.min) return false;
        fit.first_run = std::min(fit.first_run, at);
        if (node.kind == Kind::run && node.class_bit == kPadding) {
          fit.padded = true;
        } else {
          fit.last_class = ClassSet{1} << (node.kind == Kind::uuid ? kHex : node.class_bit);
          fit.last_run_from = at;
          fit.last_run_to = end;
          fit.padded = false;
        }
        break;
      case Kind::group: {
        bool found = false;
        for (std::size_t j = 0; j < node.count && !found; ++j) {
          Fit inner = fit;
          if (!fits(sequences_[node.from + j], runs, at, inner)) continue;
          fit = inner;
          end = inner.end;
          found = true;
        }
        if (!found && !node.optional) return false;
        break;
      }
      case Kind::open:
        fit.value_from = at;
        break;
      case Kind::close:
        fit.value_to = at;
        break;
    }
    at = end;
  }
  fit.end = at;
  return true;
}

Shape::Least Shape::least_of(Sequence sequence, bool (*kind)(char)) const {
  const auto all_of = [kind](unsigned class_bit) {
    for (unsigned byte = 0; byte < 128; ++byte) {
      const char c = static_cast<char>(byte);
      if (in_class(c, ClassSet{1} << class_bit) && !kind(c)) return false;
    }
    return true;
  };
  std::size_t bytes = 0;
  for (std::size_t i = sequence.first; i < std::size_t{sequence.first} + sequence.count; ++i) {
    const Node& node = nodes_[i];
    if (node.kind == Kind::literal) {
      for (const char c : text_.substr(node.from, node.count)) {
        if (!kind(c)) return {bytes, true};
        ++bytes;
      }
    } else if (node.kind == Kind::uuid) {
      if (!kind('-')) return {bytes + 8, true};
      bytes += kUuid;
    } else if (node.kind == Kind::run) {
      if (!all_of(node.class_bit)) return {bytes, true};
      bytes += node.min;
    } else if (node.kind == Kind::group) {
      Least least{kNowhere, false};
      for (std::size_t j = 0; j < node.count; ++j) {
        const Least one = least_of(sequences_[node.from + j], kind);
        least = {std::min(least.bytes, one.bytes), least.ended || one.ended};
      }
      if (!node.optional) bytes += least.bytes;
      if (least.ended) return {bytes, true};
    }
  }
  return {bytes, false};
}

void Shape::find_heads(std::vector<Sequence> rest, std::vector<Bytes> bytes, Lead lead) {
  const Bytes any = ~Bytes{};
  constexpr std::size_t kBytes = kHead;
  while (bytes.size() < kBytes && !rest.empty()) {
    Sequence& top = rest.back();
    if (top.count == 0) {
      rest.pop_back();
      continue;
    }
    const Node& node = nodes_[top.first];
    ++top.first;
    --top.count;
    if (node.kind == Kind::literal) {
      for (const char c : text_.substr(node.from, node.count)) {
        bytes.emplace_back();
        bytes.back().set(static_cast<unsigned char>(c));
      }
    } else if (node.kind == Kind::uuid) {
      bytes.resize(bytes.size() + 8, bytes_of(kHex));
    } else if (node.kind == Kind::run) {
      if (lead.least < node.min) {
        lead = {static_cast<std::uint8_t>(bytes.size()), node.class_bit, node.min, node.max, '\0'};
        if (top.count > 0 && nodes_[top.first].kind == Kind::literal) lead.next = text_[nodes_[top.first].from];
      }
      bytes.resize(bytes.size() + node.min, bytes_of(node.class_bit));
      if (node.min != node.max) bytes.resize(bytes.size() + kBytes, any);  // more of it may follow, or what is next
    } else if (node.kind == Kind::group) {
      for (std::size_t j = 0; j < node.count; ++j) {
        std::vector<Sequence> inner = rest;
        inner.push_back(sequences_[node.from + j]);
        find_heads(std::move(inner), bytes, lead);
      }
      if (!node.optional) return;
    }
  }
  bytes.resize(kBytes, any);
  heads_.emplace_back();
  std::copy_n(bytes.begin(), kBytes, heads_.back().bytes.begin());
  heads_.back().lead = lead;
}

void Shape::find_probe() {
  for (std::size_t i = all_.first; i < std::size_t{all_.first} + all_.count; ++i) {
    const Node& node = nodes_[i];
    if (node.kind == Kind::literal) {
      probe_ = text_.substr(node.from, node.count);
      return;
    }
    if (node.kind == Kind::group || (node.kind == Kind::run && node.min != node.max)) return;
    probe_at_ += node.kind == Kind::uuid ? kUuid : node.max;
  }
}

}  // namespace paritas::secrets
