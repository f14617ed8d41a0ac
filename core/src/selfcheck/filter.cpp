#include "paritas/retrieve/filter.hpp"

#include "features.hpp"
#include "paritas/retrieve/metadata.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

constexpr std::uint64_t kScalars = 8;
constexpr std::int64_t kWhole[] = {0, 1, -2, 9007199254740993};
constexpr double kNumbers[] = {1.0, 0.5, -1.5, 9007199254740992.0};
constexpr const char* kKeys[] = {"a", "b", "c", "d"};
constexpr const char* kOperators[] = {"$eq", "$ne",  "$gt",     "$gte",      "$lt", "$lte",
                                      "$in", "$nin", "$exists", "$contains", "$not"};

MetadataScalar scalar(Random& random) {
  switch (random.below(kScalars)) {
    case 0:
      return std::monostate{};
    case 1:
      return random.below(2) == 0;
    case 2:
    case 3:
      return kWhole[random.below(4)];
    case 4:
      return kNumbers[random.below(4)];
    default:
      return random_word(random);
  }
}

MetadataValue value(Random& random) {
  MetadataValue out;
  out.is_list = random.below(4) == 0;
  for (std::uint64_t left = out.is_list ? random.below(3) : 1; left > 0; --left) out.items.push_back(scalar(random));
  return out;
}

void write(FilterBytes& out, const MetadataScalar& item) {
  if (const auto* truth = std::get_if<bool>(&item)) return out.truth(*truth);
  if (const auto* whole = std::get_if<std::int64_t>(&item)) return out.whole(*whole);
  if (const auto* number = std::get_if<double>(&item)) return out.number(*number);
  if (const auto* text = std::get_if<std::string>(&item)) return out.text(*text);
  out.null();
}
void write(FilterBytes& out, const MetadataValue& item) {
  if (item.is_list) out.list(item.items.size());
  for (const MetadataScalar& one : item.items) write(out, one);
}

std::size_t below(Random& random, std::size_t count) { return static_cast<std::size_t>(random.below(count)); }

/// Mostly what the filter allows, sometimes what it refuses.
void condition(FilterBytes& out, Random& random, const MetadataValue& known, std::uint64_t depth) {
  const bool same = random.below(2) == 0;
  if (random.below(3) == 0) return write(out, same ? known : value(random));
  const std::size_t count = 1 + below(random, 2);
  out.object(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t choice = below(random, std::size(kOperators));
    out.key(kOperators[choice]);
    if (choice == 10 && depth < 2) {
      condition(out, random, known, depth + 1);
    } else if (choice == 6 || choice == 7) {
      const std::size_t items = below(random, 3);
      out.list(items + 1);
      for (std::size_t j = 0; j < items; ++j) write(out, scalar(random));
      write(out, same ? known.items.empty() ? MetadataScalar() : known.items[0] : scalar(random));
    } else if (choice == 8) {
      out.truth(random.below(2) == 0);
    } else {
      write(out, same ? known : value(random));
    }
  }
}

void filter(FilterBytes& out, Random& random, const Metadata& known, std::uint64_t depth) {
  const std::size_t count = random.below(8) == 0 ? 0 : 1 + below(random, 2);
  out.object(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t choice = random.below(depth < 2 ? 8 : 5);
    if (choice < 5) {
      const auto& [key, item] = known[below(random, known.size())];
      out.key(random.below(6) == 0 ? "none" : key);
      condition(out, random, item, 0);
    } else if (choice == 5) {
      out.key("$not");
      filter(out, random, known, depth + 1);
    } else {
      out.key(choice == 6 ? "$and" : "$or");
      const std::size_t items = 1 + below(random, 2);
      out.list(items);
      for (std::size_t j = 0; j < items; ++j) filter(out, random, known, depth + 1);
    }
  }
}

}  // namespace

void check_filter(Random& random, Digest& digest) {
  Metadata known;
  for (const char* key : kKeys) known.emplace_back(key, value(random));
  FilterBytes bytes;
  filter(bytes, random, known, 0);
  const auto made = Filter::parse(bytes.bytes());
  if (made.ok()) {
    digest.add(made.value().matches(encode_metadata(known).value()));
  } else {
    digest.add(made.error());
    digest.add(made.error().message);
  }
}

}  // namespace paritas
