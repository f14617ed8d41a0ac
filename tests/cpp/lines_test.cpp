#include "paritas/text/lines.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace paritas::tests {

TEST_CASE("a line ends after its LF") {
  const std::string_view text = "a\nb\r\n\n\rc\n";
  LineCounter lines(text);
  const std::size_t expected[] = {1, 1, 2, 2, 2, 3, 4, 4, 4, 5, 5};
  for (std::size_t at = 0; at < std::size(expected); ++at) CHECK(lines.line(at) == expected[at]);
  CHECK(lines.line(99) == 5);
  CHECK(lines.line(2) == 2);  // an offset that goes back is counted anew
  CHECK(lines.line(6) == 4);
  CHECK(LineCounter("").line(0) == 1);
}

TEST_CASE("every offset of a long text is asked in one pass") {
  const std::string text(1000000, '\n');
  LineCounter lines(text);
  bool right = true;
  for (std::size_t at = 0; at <= text.size(); ++at) right = right && lines.line(at) == at + 1;
  CHECK(right);
}

}  // namespace paritas::tests
