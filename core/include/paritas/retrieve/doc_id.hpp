#pragma once
#include <cstdint>
#include <string>
#include <variant>

namespace paritas {

/// What a caller calls a document: a text or a whole number; 1 and "1" differ.
using DocId = std::variant<std::string, std::int64_t>;

/// One result: scores are higher for better ones.
struct Hit {
  DocId id;
  double score;
};

}  // namespace paritas
