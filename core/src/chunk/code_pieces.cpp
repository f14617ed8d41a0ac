#include "chunk/code_pieces.hpp"

#include <algorithm>

namespace paritas {
namespace {

struct Line {
  std::size_t start;
  std::size_t indent;  // in columns; a tab goes to the next multiple of 4
  bool blank, fence;
};

std::vector<Line> lines_of(std::string_view text, Span span) {
  std::vector<Line> lines;
  for (std::size_t at = span.start; at < span.end;) {
    Line line{at, 0, false, false};
    std::size_t first = at;
    for (; first < span.end && (text[first] == ' ' || text[first] == '\t'); ++first) {
      line.indent += text[first] == ' ' ? 1 : 4 - line.indent % 4;
    }
    std::size_t behind = first;
    while (behind < span.end && text[behind] == '\r') ++behind;
    line.blank = behind == span.end || text[behind] == '\n';
    line.fence = !line.blank && (text[first] == '`' || text[first] == '~');
    lines.push_back(line);
    const std::size_t end = text.find('\n', behind);
    at = end == std::string_view::npos ? span.end : std::min(end + 1, span.end);
  }
  return lines;
}

}  // namespace

std::vector<Unit> code_pieces(std::string_view text, Span span) {
  const std::vector<Line> lines = lines_of(text, span);
  std::size_t least = static_cast<std::size_t>(-1);
  for (const Line& line : lines) {
    if (!line.blank && !line.fence) least = std::min(least, line.indent);
  }
  std::vector<Unit> units;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool opens = i > 0 && lines[i - 1].blank && !lines[i].blank && !lines[i].fence && lines[i].indent == least;
    if (i == 0 || opens) units.push_back({lines[i].start, Level::line, Level::paragraph, false, 0});
  }
  return units;
}

}  // namespace paritas
