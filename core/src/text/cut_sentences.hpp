#pragma once
#include <string_view>

#include "base/inline_vector.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

using SpanList = InlineVector<Span, 16>;

/// sentences() without the heap.
void cut_sentences(std::string_view text, SpanList& spans);

}  // namespace paritas
