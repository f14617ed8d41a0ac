// Tokens of providers: shapes that begin at an edge within a run.
#include <algorithm>

#include "secret_checks.hpp"
#include "secret_scan.hpp"

namespace paritas::secrets {
namespace {

constexpr std::size_t kLeast = 16;  // no shape begins with fewer bytes of a run
constexpr std::size_t kLeastToken = 42, kLeastBlock = 114;
constexpr std::size_t kWindow = 80;

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

/// What stands before a value, for names to be found in: at most 80 bytes, on its line and the last one before it that
/// is not blank.
std::string_view window_before(std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(at - std::min(at, kWindow), std::min(at, kWindow));
  for (std::size_t line = window.rfind('\n'); line != std::string_view::npos && line > 0;) {
    const std::size_t before = window.rfind('\n', line - 1);
    const std::size_t from = before == std::string_view::npos ? 0 : before + 1;
    if (!is_blank(window.substr(from, line - from))) return window.substr(from);
    line = before;
  }
  return window;
}

}  // namespace

void Scan::read_run(std::size_t from) {
  std::size_t to = from + kLeast;
  while (to < text_.size() && is_run_byte(text_[to])) ++to;
  run_done_ = to;
  if (from == 0 || !is_word_byte(text_[from - 1])) try_start(from, to);
  if (from > 0 && text_[from - 1] == '\\' && is_escape_letter(text_[from])) try_start(from + 1, to);
  if (to - from >= kLeastToken) find_web_token(from, to);
  if (to - from >= kLeastBlock) find_block_in_base64(from, to);
  for (std::size_t at = from; at + kLeast < to && !stopped_; ++at) {
    if (is_word_byte(text_[at])) continue;
    try_start(at + 1, to);
    if (text_[at] == '%' && is_hex(text_[at + 1]) && is_hex(text_[at + 2])) try_start(at + 3, to);
  }
}

/// Whether the first bytes and the run behind them are what the shape of an entry begins with.
bool Scan::may_begin(const Catalog::Entry& entry, std::size_t at) {
  if (!Catalog::may_begin(entry, text_.data() + at)) return false;
  const Shape::Lead& lead = entry.lead;
  const std::size_t from = at + lead.at;
  if (lead.least == 0) return true;
  if (lead.next == '\0') return runs_.end(lead.class_bit, from, lead.least) - from == lead.least;
  const std::size_t end = runs_.end(lead.class_bit, from, lead.most);
  return end - from >= lead.least && end < text_.size() && text_[end] == lead.next;
}

void Scan::try_start(std::size_t at, std::size_t to) {
  if (at >= to || to - at < kLeast) return;
  const auto first = static_cast<unsigned char>(text_[at]);
  if (at < solid_from_ || at >= solid_to_) {  // a run of several starts is measured once
    for (solid_from_ = solid_to_ = at; solid_to_ < to && has_trait(text_[solid_to_], kSolidByte); ++solid_to_) {
    }
  }
  const std::size_t solid = solid_to_ - at;
  std::size_t word = 0;
  while (word < solid && is_word_byte(text_[at + word])) ++word;
  Lines beside;
  if (!catalog_.beside(first).empty()) lines_beside(at, solid, word, beside);
  std::size_t next = 0;  // in the order of the lines, whether they ask for a context or not
  for (const std::uint16_t number : catalog_.plain(text_[at], text_[at + 1])) {
    const Catalog::Entry& entry = catalog_.entry(number);
    if (entry.solid > solid || entry.word > word || !may_begin(entry, at)) continue;
    while (next < beside.count && beside.numbers[next] < entry.line)
      try_line(catalog_.line(beside.numbers[next++]), at);
    try_line(catalog_.line(entry.line), at);
  }
  while (next < beside.count) try_line(catalog_.line(beside.numbers[next++]), at);
}

/// The lines whose context stands before a start, in order.
void Scan::lines_beside(std::size_t at, std::size_t solid, std::size_t word, Lines& lines) {
  std::size_t before = at;
  while (before > 0 && has_trait(text_[before - 1], kSpaceOrQuote)) --before;
  if (before == 0 || std::string_view("=:>(,[").find(text_[before - 1]) == std::string_view::npos) return;
  bool known = false;
  Contexts contexts;
  for (const Catalog::Entry& entry : catalog_.beside(static_cast<unsigned char>(text_[at]))) {
    if (entry.solid > solid) break;  // in order of it
    if (entry.word > word || !may_begin(entry, at)) continue;
    if (!known) contexts = catalog_.contexts_in(window_before(text_, at)), known = true;
    if (contexts.none()) break;
    if (contexts[entry.context] && lines.count < lines.numbers.size()) lines.numbers[lines.count++] = entry.line;
  }
  std::sort(lines.numbers.begin(), lines.numbers.begin() + static_cast<std::ptrdiff_t>(lines.count));
}

void Scan::try_line(const Catalog::Line& line, std::size_t at) {
  if (at < next_[line.rule]) return;
  const std::string_view probe = line.shape.probe();
  if (!text_.substr(std::min(at + line.shape.probe_at(), text_.size())).starts_with(probe)) return;
  Fit fit;
  if (!line.shape.fits(runs_, at, fit)) return;
  if (fit.end < text_.size() && (in_class(text_[fit.end], fit.last_class) || (fit.padded && text_[fit.end] == '=')))
    return;
  const std::string_view value = text_.substr(fit.value_from, fit.value_to - fit.value_from);
  if (line.shape.least_entropy() > 0.0 && entropy(value) < line.shape.least_entropy()) return;
  next_[line.rule] = fit.end;
  if (!used(line.rule)) return;
  Finding found{fit.value_from, fit.value_to, line.rule, Rank::provider, SecretConfidence::medium};
  found.checksum = checksum(line.shape.check(), value);
  const std::size_t prefix = std::min(fit.first_run, fit.end) - at;
  if (found.checksum == SecretChecksum::invalid) {
    found.confidence = SecretConfidence::low;
  } else if (found.checksum == SecretChecksum::valid || (prefix >= 4 && line.context == 0)) {
    found.confidence = SecretConfidence::high;
  }
  const SecretPattern& pattern = catalog_.patterns()[line.rule];
  if (pattern.kind == "provider") {
    found.placeholder = is_placeholder(value, 6, pattern.provider == "aws");
    found.shows_ends = line.context == 0;
  }
  add(found);
}

}  // namespace paritas::secrets
