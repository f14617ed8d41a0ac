#pragma once
#include <string>
#include <string_view>

namespace paritas {

enum class Accents : bool { drop, keep };

/// The form in which two spellings of one word are equal, appended to `out`.
///
/// Drops transparent characters; NFKC; full case folding; NFD; drops U+0300-036F (with Accents::keep it does not); NFC;
/// then apostrophes become ' and hyphens become -. Ill-formed bytes count as U+FFFD. Linear; ASCII costs a look at each
/// byte. Any text can be folded word by word: a space joins nothing.
/// Source: Unicode 14, sections 3.11 and 3.13.
void fold(std::string_view utf8, std::string& out, Accents accents = Accents::drop);

/// Normal forms of Unicode 14 (UAX 15). Ill-formed bytes become U+FFFD.
std::string nfd(std::string_view utf8);
std::string nfc(std::string_view utf8);
std::string nfkd(std::string_view utf8);
std::string nfkc(std::string_view utf8);

}  // namespace paritas
