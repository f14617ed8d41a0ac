#pragma once
#include <string_view>

#include "base/inline_vector.hpp"
#include "paritas/base/span.hpp"

namespace paritas {

using SpanList = InlineVector<Span, 16>;

/// Bytes where a line break or a terminator stands outside of words and numbers, in order; those at the end of a word
/// that owns its full stop too. Nothing else can end a sentence.
using CandidateList = InlineVector<std::size_t, 32>;

bool is_line_break(char32_t c) noexcept;
bool is_terminator(char32_t c) noexcept;

/// sentences() for a text that the tokenizer has read.
void cut_sentences(std::string_view text, const CandidateList& candidates, SpanList& spans);

}  // namespace paritas
