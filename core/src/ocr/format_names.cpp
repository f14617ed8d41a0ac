#include <cstddef>

#include "ocr/format_tables.hpp"
#include "ocr/format_text.hpp"
#include "paritas/text/fold.hpp"

namespace paritas::format {
namespace {

constexpr std::size_t kCodes = 8;  // letters of a country's codes: 2, 3 and 3 digits
constexpr std::size_t kLongestName = 100;

bool has_code(std::string_view codes, std::size_t step, std::string_view code, std::size_t& at) {
  for (at = 0; at < codes.size(); at += step) {
    const std::string_view known = codes.substr(at, step);
    if (step == kCodes ? known.substr(0, 2) == code || known.substr(2, 3) == code || known.substr(5) == code
                       : known == code) {
      return true;
    }
  }
  return false;
}

/// Where the codes of a country with that folded name stand; the size of all codes if there is none.
std::size_t by_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return tables::kCountries.size();
  const std::string_view names = tables::kNames;
  std::size_t at = 0;
  for (std::size_t country = 0; country < tables::kCountries.size(); country += kCodes) {
    for (int left = names[at++]; left > 0; --left) {
      const auto size = static_cast<std::size_t>(static_cast<unsigned char>(names[at]));
      if (names.substr(at + 1, size) == name) return country;
      at += 1 + size;
    }
  }
  return tables::kCountries.size();
}

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = upper(c);
  return out;
}

}  // namespace

bool is_currency_code(std::string_view code) noexcept {
  std::size_t at = 0;
  return has_code(tables::kCurrencies, 3, code, at);
}

void read_country(std::string_view text, FormatResult& out) {
  if (text.size() == 2 || text.size() == 3) {
    const std::string code = upper_case(text);
    if (code == "XK") return accept(out, "country_valid", code);  // Kosovo, which ISO has not
    std::size_t at = 0;
    if (has_code(tables::kCountries, kCodes, code, at)) {
      return accept(out, "country_valid", std::string(tables::kCountries.substr(at, 2)));
    }
  }
  std::string name;
  fold(text, name);
  const std::size_t at = by_name(name);
  if (at == tables::kCountries.size()) return refuse(out, "country_unknown");
  accept(out, "country_valid", std::string(tables::kCountries.substr(at, 2)));
}

void read_currency(std::string_view text, FormatResult& out) {
  std::string code = upper_case(text.substr(0, 4));
  const bool symbol = !text.empty() && decode_utf8(text, 0).bytes == text.size() &&
                      category(decode_utf8(text, 0).code_point) == Category::Sc;
  if (!symbol && !is_currency_code(code)) return refuse(out, "currency_unknown");
  accept(out, "currency_valid", symbol ? std::string(text) : std::move(code));
}

}  // namespace paritas::format
