#include "verify/compare.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace paritas {
namespace {

using lexicon::Dimension;

constexpr std::size_t kExactPairs = std::size_t{1} << 20;
constexpr std::size_t kNearest = 64;
constexpr double kHalfAUnitMin = 1000.0;  // rounding is accepted where the last written digit is worth at least this

bool equal(double a, double b) {
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return a == b || std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

bool meet(const Amount& claim, const Amount& source) {
  for (std::uint8_t i = 0; i < claim.noun_count; ++i) {
    for (std::uint8_t j = 0; j < source.noun_count; ++j) {
      if (claim.nouns[i] == source.nouns[j]) return true;
    }
  }
  return false;
}

Agreement fields(std::uint16_t claim_year, unsigned claim_month, unsigned claim_day, std::uint16_t source_year,
                 unsigned source_month, unsigned source_day) {
  const unsigned claim[] = {claim_year, claim_month, claim_day}, source[] = {source_year, source_month, source_day};
  bool shared = false, lacks = false;
  for (std::size_t i = 0; i < 3; ++i) {
    if (claim[i] != 0 && source[i] != 0) {
      if (claim[i] != source[i]) return Agreement::differ;
      shared = true;
    }
    lacks = lacks || (claim[i] != 0 && source[i] == 0);
  }
  return shared && !lacks ? Agreement::match : Agreement::none;
}

/// The best of all readings, when day and month may be swapped.
Agreement dates(const Amount& claim, const Amount& source) {
  bool all_differ = true;
  for (int i = 0; i <= (claim.ambiguous ? 1 : 0); ++i) {
    for (int j = 0; j <= (source.ambiguous ? 1 : 0); ++j) {
      const Agreement reading =
          fields(claim.year, i == 0 ? claim.month : claim.day, i == 0 ? claim.day : claim.month, source.year,
                 j == 0 ? source.month : source.day, j == 0 ? source.day : source.month);
      if (reading == Agreement::match) return reading;
      all_differ = all_differ && reading == Agreement::differ;
    }
  }
  return all_differ ? Agreement::differ : Agreement::none;
}

Agreement year_and_decade(const Amount& claim, const Amount& source) {
  const bool decade_claimed = claim.kind == NumberKind::decade;
  const std::uint16_t year = decade_claimed ? source.year : claim.year;
  const double decade = decade_claimed ? claim.value : source.value;
  if (year == 0) return Agreement::none;
  const bool inside = decade <= static_cast<double>(year) && static_cast<double>(year) < decade + 10.0;
  if (decade_claimed) return inside ? Agreement::match : Agreement::differ;
  return inside ? Agreement::none : Agreement::differ;
}

Agreement date_and_quantity(const Amount& date, const Amount& quantity) {
  const bool same =
      date.month == 0 && date.day == 0 && quantity.unit == 0 && quantity.value == static_cast<double>(date.year);
  return same ? Agreement::match : Agreement::none;
}

bool upward(Operator op) { return op == Operator::gt || op == Operator::ge; }
bool downward(Operator op) { return op == Operator::lt || op == Operator::le; }

bool like_year(const Amount& amount) {
  return amount.value >= 1000.0 && amount.value <= 2199.0 && amount.value == std::floor(amount.value);
}

bool is_temperature(const Amount& amount) {
  return amount.is(Dimension::degree) || amount.is(Dimension::celsius) || amount.is(Dimension::fahrenheit);
}

bool is_pound(const Amount& amount) {
  return amount.unit != 0 && std::string_view(lexicon::kUnitTable[amount.unit].name) == "lb" && amount.power == 1;
}

/// Whether unequal values say the same: about 500 and 512, over 500 and 512, 5.2 million and 5,234,567.
bool compatible(const Amount& claim, const Amount& source, double a, double b) {
  const bool about = claim.op == Operator::approx || source.op == Operator::approx;
  if (about && std::abs(a - b) <= 0.05 * std::max(std::abs(a), std::abs(b))) return true;
  if (upward(claim.op) && !downward(source.op) && b > a) return true;
  if (downward(claim.op) && !upward(source.op) && b < a) return true;
  const bool rounded = claim.step >= kHalfAUnitMin && claim.significant >= 2 && claim.significant < source.significant;
  return rounded && std::abs(b - a) <= 0.5 * (claim.step * claim.factor());
}

Agreement quantities(const Amount& claim, const Amount& source) {
  double a = claim.value * claim.factor(), b = source.value * source.factor();
  if (claim.dimension() != source.dimension()) {
    if (claim.unit == 0 || source.unit == 0) {
      return equal(claim.value, source.value) && claim.hard() ? Agreement::match : Agreement::none;
    }
    const bool mass_and_money = (claim.is(Dimension::mass) && source.is(Dimension::money)) ||
                                (claim.is(Dimension::money) && source.is(Dimension::mass));
    if (mass_and_money && (is_pound(claim) || is_pound(source))) {
      a = claim.value;
      b = source.value;
    } else if (!(is_temperature(claim) && is_temperature(source) &&
                 (claim.is(Dimension::degree) || source.is(Dimension::degree)))) {
      return Agreement::none;
    }
  } else if (claim.is(Dimension::money) &&
             std::string_view(lexicon::kUnitTable[claim.unit].name) != lexicon::kUnitTable[source.unit].name) {
    return Agreement::differ;
  }
  if (!claim.per.empty() && !source.per.empty() && claim.per != source.per) return Agreement::differ;
  const bool rough = claim.unit == lexicon::unit::k_fraction || source.unit == lexicon::unit::k_fraction;
  if (equal(a, b) || (rough && std::abs(a - b) <= 0.5)) {
    const bool against = (upward(claim.op) && downward(source.op)) || (downward(claim.op) && upward(source.op));
    const bool beyond = (claim.op == Operator::gt || claim.op == Operator::lt) && source.op == Operator::eq;
    return against || beyond ? Agreement::differ : Agreement::match;
  }
  if (claim.unit == 0 && source.unit == 0) {
    const bool strangers = claim.noun_count > 0 && source.noun_count > 0 && !meet(claim, source);
    if (strangers || like_year(claim) || like_year(source)) return Agreement::none;
  }
  return compatible(claim, source, a, b) ? Agreement::match : Agreement::differ;
}

/// Order of the kinds by name, as the reference sorts them.
int kind_rank(NumberKind kind) {
  switch (kind) {
    case NumberKind::date:
      return 0;
    case NumberKind::decade:
      return 1;
    case NumberKind::ordinal:
      return 2;
    case NumberKind::quantity:
      return 3;
    case NumberKind::time:
      return 4;
  }
  return 5;
}

double rank_value(const Amount& amount) {
  if (amount.kind == NumberKind::date) {
    return static_cast<double>(amount.year * 10000 + amount.month * 100 + amount.day);
  }
  return amount.value * amount.factor();
}

bool ranks_before(const Amount& a, const Amount& b) {
  if (a.kind != b.kind) return kind_rank(a.kind) < kind_rank(b.kind);
  return rank_value(a) < rank_value(b);
}

}  // namespace

bool is_bound(const Amount& amount) { return upward(amount.op) || downward(amount.op); }

bool moved_bound(const Amount& claim, const Amount& source) {
  const bool same_side = upward(claim.op) ? upward(source.op) : downward(claim.op) && downward(source.op);
  return same_side && !equal(source.value * source.factor(), claim.value * claim.factor());
}

Agreement compare(const Amount& claim, const Amount& source) {
  const NumberKind c = claim.kind, s = source.kind;
  if (c == NumberKind::date && s == NumberKind::date) return dates(claim, source);
  if ((c == NumberKind::date && s == NumberKind::decade) || (c == NumberKind::decade && s == NumberKind::date)) {
    return year_and_decade(claim, source);
  }
  if (c == NumberKind::date && s == NumberKind::quantity) return date_and_quantity(claim, source);
  if (c == NumberKind::quantity && s == NumberKind::date) return date_and_quantity(source, claim);
  if (c != s) return Agreement::none;
  if (c == NumberKind::quantity) return quantities(claim, source);
  if (equal(claim.value, source.value)) return Agreement::match;
  return c != NumberKind::ordinal || meet(claim, source) ? Agreement::differ : Agreement::none;
}

Comparer::Comparer(const AmountList& source, std::size_t claims)
    : source_(source), exact_(claims == 0 || source.size() <= kExactPairs / claims) {
  if (exact_) return;
  order_.resize(source.size());
  for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<std::uint32_t>(i);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (ranks_before(source_[a], source_[b])) return true;
    if (ranks_before(source_[b], source_[a])) return false;
    return a < b;
  });
}

std::uint32_t Comparer::results(const Amount& claim, InlineVector<std::uint32_t, 16>& matches) const {
  std::uint32_t differs = kNone;
  const auto visit = [&](std::uint32_t i) {
    const Agreement agreement = compare(claim, source_[i]);
    if (agreement == Agreement::match) matches.push_back(i);
    if (agreement == Agreement::differ && differs == kNone) differs = i;
  };
  if (exact_) {
    for (std::uint32_t i = 0; i < source_.size(); ++i) visit(i);
    return differs;
  }
  const auto middle = static_cast<std::size_t>(
      std::lower_bound(order_.begin(), order_.end(), claim,
                       [&](std::uint32_t at, const Amount& wanted) { return ranks_before(source_[at], wanted); }) -
      order_.begin());
  const std::size_t low = middle > kNearest ? middle - kNearest : 0;
  const std::size_t high = std::min(order_.size(), middle + kNearest);
  std::vector<std::uint32_t> near(order_.begin() + static_cast<std::ptrdiff_t>(low),
                                  order_.begin() + static_cast<std::ptrdiff_t>(high));
  std::sort(near.begin(), near.end());
  for (const std::uint32_t i : near) visit(i);
  return differs;
}

}  // namespace paritas
