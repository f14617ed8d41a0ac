#pragma once
#include <cstddef>
#include <string>

#include "paritas/ocr/formats.hpp"

// The sentences that say what a step of field_confidence has seen.
namespace paritas {

/// What an engine says of the words that have a confidence.
struct EngineWords {
  std::size_t count = 0;
  double mean = 0.0, low = 0.0;
};

std::string engine_detail(const EngineWords& said, double base_confidence);
std::string bad_detail(std::size_t bad, std::size_t seen);
std::string quality_detail(double quality);
std::string format_detail(const FormatResult& result);

}  // namespace paritas
