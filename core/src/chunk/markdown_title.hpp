#pragma once
#include <string>
#include <string_view>

namespace paritas {

/// A title without its markup: emphasis, code marks, tags, and links but for their text; white space is one space. Linear.
std::string plain_title(std::string_view text);

}  // namespace paritas
