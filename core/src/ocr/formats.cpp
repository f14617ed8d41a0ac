#include "paritas/ocr/formats.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/parallel.hpp"
#include "ocr/format_text.hpp"

namespace paritas {
namespace {

constexpr std::array kNames{
#define X(id) std::string_view(#id),
    PARITAS_FORMATS(X)
#undef X
};

/// A text takes 60 ns: below this a thread costs more than it saves.
constexpr std::size_t kTextsPerThread = 8192;

template <class TypeOf>
std::vector<FormatResult> validate_each(std::span<const std::string_view> texts, const FormatOptions& options,
                                        const TypeOf& type_of) {
  std::vector<FormatResult> out(texts.size());
  const std::size_t threads = std::min(parallel_ranges(0), texts.size() / kTextsPerThread + 1);
  parallel_for(texts.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = validate_format(texts[i], type_of(i), options);
  });
  return out;
}

}  // namespace

std::string_view name(FormatType type) noexcept { return kNames[static_cast<std::size_t>(type)]; }

Result<FormatType> format_type(std::string_view name) {
  for (std::size_t at = 0; at < kNames.size(); ++at) {
    if (kNames[at] == name) return static_cast<FormatType>(at);
  }
  std::string message = "type must be one of";
  for (std::size_t at = 0; at < kNames.size(); ++at) {
    message += at == 0 ? " " : ", ";
    message += kNames[at];
  }
  return Error{ErrorCode::invalid_argument, std::move(message)};
}

FormatResult validate_format(std::string_view text, FormatType type, const FormatOptions& options) {
  FormatResult out;
  out.type = type;
  std::string room;
  const std::string_view plain =
      format::clean(text, {.keep_breaks = type == FormatType::mrz, .keep_dashes = type == FormatType::email}, room);
  switch (type) {
    case FormatType::date:
      format::read_date(plain, options, out);
      break;
    case FormatType::amount:
    case FormatType::number:
      format::read_amount(plain, type == FormatType::amount, out);
      break;
    case FormatType::iban:
      format::read_iban(plain, out);
      break;
    case FormatType::mrz:
      format::read_mrz(plain, out);
      break;
    case FormatType::email:
      format::read_email(plain, out);
      break;
    case FormatType::phone:
      format::read_phone(plain, out);
      break;
    case FormatType::card:
      format::read_card(plain, out);
      break;
    case FormatType::country:
      format::read_country(plain, out);
      break;
    case FormatType::currency:
      format::read_currency(plain, out);
      break;
  }
  return out;
}

Result<std::vector<FormatResult>> validate_format_batch(std::span<const std::string_view> texts,
                                                        std::span<const FormatType> types,
                                                        const FormatOptions& options) {
  if (types.size() != texts.size()) {
    return Error{ErrorCode::length_mismatch, "types must be one for all texts or one for each"};
  }
  return validate_each(texts, options, [&](std::size_t i) { return types[i]; });
}

Result<std::vector<FormatResult>> validate_format_batch(std::span<const std::string_view> texts, FormatType type,
                                                        const FormatOptions& options) {
  return validate_each(texts, options, [&](std::size_t) { return type; });
}

}  // namespace paritas
