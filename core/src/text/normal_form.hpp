#pragma once
#include <string>

// The two steps of which normal forms are made; Unicode 14, sections 3.11 and 3.12.
namespace paritas {

enum class Form : bool { canonical, compatible };

/// Appends the full decomposition of a code point: at most 18.
void append_decomposed(char32_t c, Form form, std::u32string& out);

/// The primary composite of two code points, or 0.
char32_t compose_pair(char32_t a, char32_t b);

}  // namespace paritas
