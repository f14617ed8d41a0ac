#include "chunk/markdown_cutter.hpp"

#include <algorithm>

#include "chunk/code_pieces.hpp"
#include "chunk/markdown_title.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
// Every chunk carries its titles: without a limit a title of a megabyte would be copied for each.
constexpr std::size_t kMostOfTitle = 256;  // code points

std::string shortened(std::string title) {
  std::size_t at = 0;
  for (std::size_t count = 0; count < kMostOfTitle && at < title.size(); ++count) at += decode_utf8(title, at).bytes;
  title.resize(at);
  return title;
}

}  // namespace

MarkdownCutter::MarkdownCutter(Meter& meter, const MarkdownRules& rules)
    : meter_(meter), text_(meter.text()), rules_(rules), blocks_(markdown_blocks(meter.text())) {
  heading_.assign(blocks_.size(), kNone);
  up_.assign(blocks_.size(), kNone);
  std::size_t heading = kNone;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    if (blocks_[i].kind == BlockKind::heading) {
      while (heading != kNone && blocks_[heading].level >= blocks_[i].level) heading = up_[heading];
      up_[i] = heading;
      heading = i;
    }
    heading_[i] = heading;
  }
  titles_.resize(blocks_.size());
  titled_.resize(blocks_.size());
}

bool MarkdownCutter::has_headings() const noexcept { return !blocks_.empty() && heading_.back() != kNone; }

std::size_t MarkdownCutter::block_at(std::size_t offset) const {
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), offset,
                                      [](std::size_t wanted, const Block& block) { return wanted < block.span.start; });
  return static_cast<std::size_t>(after - blocks_.begin()) - 1;
}

std::size_t MarkdownCutter::start_of(std::size_t block) const {
  return block == last_ ? range_.end : std::max(blocks_[block].span.start, range_.start);
}

bool MarkdownCutter::fits(Span span) const {
  const Span left = rules_.strip ? trimmed(text_, span) : span;
  return left.size() == 0 || meter_.length(left) <= options_.chunk_size;
}

bool MarkdownCutter::cut(Span range, ChunkSizes sizes, std::vector<Chunk>& chunks) {
  if (blocks_.empty() || range.size() == 0) return true;
  range_ = range;
  chunks_ = &chunks;
  options_ = {};
  options_.chunk_size = sizes.chunk_size;
  options_.overlap = sizes.overlap;
  options_.strip = rules_.strip;
  options_.refiner = this;
  first_ = block_at(range.start);
  last_ = block_at(range.end - 1) + 1;
  find_sections();
  return fits(range) ? put(range, first_) : section(0, range.start);
}

void MarkdownCutter::find_sections() {
  sections_.assign(1, {first_, last_, kNone, 0});
  std::vector<std::size_t> open = {0};
  const auto close = [&](std::size_t block) {
    sections_[open.back()].end = block;
    sections_[open.back()].next = sections_.size();
    open.pop_back();
  };
  for (std::size_t i = first_; i < last_; ++i) {
    const std::size_t level = blocks_[i].level;
    // Only a heading's first line makes a section, not the rest of one that was cut in two.
    if (level == 0 || level > rules_.headings || blocks_[i].span.start < range_.start) continue;
    while (sections_[open.back()].level >= level) close(i);
    open.push_back(sections_.size());
    sections_.push_back({i, last_, kNone, level});
  }
  while (!open.empty()) close(last_);
}

/// A section that is too long for one chunk, from `start` on: its heading, or those of the sections that hold it and have
/// nothing between.
bool MarkdownCutter::section(std::size_t number, std::size_t start) {
  const Section section = sections_[number];
  std::size_t child = number + 1;
  const std::size_t body_end = child < section.next ? sections_[child].first : section.end;
  bool has_text = child == section.next;
  for (std::size_t i = section.first; i < body_end && !has_text; ++i) has_text = blocks_[i].kind != BlockKind::heading;
  if (has_text) {
    if (!body({start, start_of(body_end)}, section.first, body_end)) return false;
    start = start_of(body_end);
  }
  while (child < section.next) {
    const std::size_t after = siblings(child, section.next, start);
    if (meter_.error() != nullptr) return false;
    if (after == child) {
      if (!this->section(child, start)) return false;
      child = sections_[child].next;
    } else {
      const std::size_t end = after < section.next ? sections_[after].first : section.end;
      if (!put({start, start_of(end)}, sections_[child].first)) return false;
      child = after;
    }
    start = child < section.next ? start_of(sections_[child].first) : start_of(section.end);
  }
  return true;
}

/// The section behind the longest run of whole sections from `child` on that is one chunk; `child` for none. By steps that
/// double, and then by halves.
std::size_t MarkdownCutter::siblings(std::size_t child, std::size_t end, std::size_t start) {
  std::vector<std::size_t> behind = {child};  // behind[n]: after n sections
  const auto more = [&](std::size_t count) {
    while (behind.size() <= count && behind.back() < end) behind.push_back(sections_[behind.back()].next);
    return std::min(count, behind.size() - 1);
  };
  const auto fit = [&](std::size_t count) {
    const std::size_t after = behind[count];
    const std::size_t block = after < end ? sections_[after].first : sections_[behind[count - 1]].end;
    return fits({start, start_of(block)});
  };
  std::size_t low = 0, high = kNone;
  for (std::size_t step = 1; high == kNone; step *= 2) {
    const std::size_t count = more(low + step);
    if (count == low) break;
    if (fit(count)) {
      low = count;
    } else {
      high = count;
    }
  }
  while (high != kNone && high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    (fit(middle) ? low : high) = middle;
  }
  return behind[low];
}

bool MarkdownCutter::put(Span span, std::size_t block) {
  Unit unit;
  unit.start = span.start;
  unit.tag = static_cast<std::uint32_t>(block);
  PackOptions options = options_;
  options.overlap = 0;
  return pack(meter_, span, {unit}, options, *chunks_);
}

/// The blocks of a section without those it holds. A heading is one unit with the block behind it.
bool MarkdownCutter::body(Span span, std::size_t block, std::size_t end) {
  std::vector<Unit> units;
  bool after_heading = span.start < start_of(block);  // headings of the sections around it are its own
  for (std::size_t i = block; i < end; ++i) {
    const bool heading = blocks_[i].kind == BlockKind::heading;
    Unit unit;
    unit.tag = static_cast<std::uint32_t>(i);
    if (after_heading && !units.empty()) {
      units.back().tag = unit.tag;
    } else {
      unit.start = units.empty() ? span.start : start_of(i);
      unit.level = heading || after_heading ? Level::section : Level::paragraph;
      unit.begins = heading ? Level::section : Level::paragraph;
      units.push_back(unit);
    }
    after_heading = heading;
  }
  return pack(meter_, span, std::move(units), options_, *chunks_);
}

bool MarkdownCutter::stays_whole(std::size_t block) const {
  const BlockKind kind = blocks_[block].kind;
  return kind == BlockKind::table ? rules_.keep_tables
                                  : (kind == BlockKind::code || kind == BlockKind::indented) && rules_.keep_code;
}

/// A part of a block as pieces of a level; none where there are no such.
std::vector<Unit> MarkdownCutter::pieces(std::size_t block, Span content, Level level) const {
  const BlockKind kind = blocks_[block].kind;
  std::vector<Unit> units;
  const bool code = kind == BlockKind::code || kind == BlockKind::indented;
  if (code || kind == BlockKind::table) {
    if (level == Level::line && code) {
      units = code_pieces(text_, content);
    } else if (level == Level::sentence) {
      units = units_of(text_, content, Level::line);
    }
  } else if (level == Level::line || level == Level::sentence) {
    units = units_of(text_, content, level);
  }
  if (level == Level::word) units = units_of(text_, content, level);
  for (Unit& unit : units) {
    unit.level = level;
    unit.hard = level == Level::word;
    unit.tag = static_cast<std::uint32_t>(block);
  }
  return units;
}

void MarkdownCutter::refine(std::string_view, const Unit& unit, Span span, std::vector<Unit>& units) const {
  const std::size_t content = std::max(blocks_[unit.tag].span.start, range_.start);
  if (span.start < content) return glued(unit, span, content, units);
  const BlockKind kind = blocks_[unit.tag].kind;
  if (kind != BlockKind::code && kind != BlockKind::indented && kind != BlockKind::table) return;
  for (const Level level : {Level::line, Level::sentence}) {
    if (unit.level >= level) continue;
    units = pieces(unit.tag, span, level);
    if (units.size() > 1) return;
    units.clear();
  }
}

/// Headings and the block behind them, too long together: they keep the first piece of it that leaves them within the size.
void MarkdownCutter::glued(const Unit& unit, Span span, std::size_t content, std::vector<Unit>& units) const {
  if (!(stays_whole(unit.tag) && fits({content, span.end}))) {
    for (const Level level : {Level::line, Level::sentence, Level::word}) {
      units = pieces(unit.tag, {content, span.end}, level);
      if (units.empty()) continue;
      const std::size_t end = units.size() > 1 ? units[1].start : span.end;
      if (end == span.end && units.size() == 1) continue;
      if (!fits({span.start, end})) continue;
      units[0].start = span.start;
      return;
    }
  }
  units.clear();
  Unit part = unit;
  part.level = Level::paragraph;
  part.tag = unit.tag - 1;
  units.push_back(part);
  part.start = content;
  part.begins = Level::paragraph;
  part.tag = unit.tag;
  units.push_back(part);
}

const std::string& MarkdownCutter::title(std::size_t heading) {
  if (!titled_[heading]) {
    titles_[heading] = shortened(plain_title(blocks_[heading].title.of(text_)));
    titled_[heading] = true;
  }
  return titles_[heading];
}

ChunkKind MarkdownCutter::kind_of(const Chunk& chunk) const {
  bool code = false, table = false, heading = false;
  for (std::size_t i = block_at(chunk.span.start); i < blocks_.size() && blocks_[i].span.start < chunk.span.end; ++i) {
    switch (blocks_[i].kind) {
      case BlockKind::heading:
        heading = true;
        break;
      case BlockKind::code:
      case BlockKind::indented:
        code = true;
        break;
      case BlockKind::table:
        table = true;
        break;
      default:
        return ChunkKind::text;
    }
  }
  if (code && table) return ChunkKind::text;
  return code ? ChunkKind::code : table ? ChunkKind::table : heading ? ChunkKind::heading : ChunkKind::text;
}

void MarkdownCutter::label(std::vector<Chunk>& chunks) {
  for (Chunk& chunk : chunks) {
    chunk.kind = kind_of(chunk);
    std::size_t block = block_at(chunk.span.start);
    std::size_t heading = heading_[block];
    // A title is above a chunk that starts behind its first character.
    if (heading == block && chunk.span.start <= trimmed(text_, blocks_[block].span).start) heading = up_[heading];
    for (; heading != kNone; heading = up_[heading]) {
      if (!title(heading).empty()) chunk.headings.push_back(title(heading));
    }
    std::reverse(chunk.headings.begin(), chunk.headings.end());
  }
}

}  // namespace paritas
