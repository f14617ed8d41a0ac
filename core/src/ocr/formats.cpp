#include "paritas/ocr/formats.hpp"

#include <array>
#include <cstddef>

#include "ocr/format_text.hpp"

namespace paritas {
namespace {

constexpr std::array kNames{
#define X(id) std::string_view(#id),
    PARITAS_FORMATS(X)
#undef X
};

}  // namespace

std::string_view name(FormatType type) noexcept { return kNames[static_cast<std::size_t>(type)]; }

Result<FormatType> format_type(std::string_view name) {
  for (std::size_t at = 0; at < kNames.size(); ++at) {
    if (kNames[at] == name) return static_cast<FormatType>(at);
  }
  std::string message = "type must be one of";
  for (const std::string_view known : kNames) {
    message += known == kNames[0] ? " " : ", ";
    message += known;
  }
  return Error{ErrorCode::invalid_argument, std::move(message)};
}

FormatResult validate_format(std::string_view text, FormatType type, const FormatOptions&) {
  FormatResult out;
  out.type = type;
  const std::string plain = format::clean(text);
  switch (type) {
    case FormatType::card:
      format::read_card(plain, out);
      break;
    case FormatType::iban:
      format::read_iban(plain, out);
      break;
  }
  return out;
}

}  // namespace paritas
