#include "secret_scan.hpp"

#include <algorithm>
#include <cstring>

#include "secret_text.hpp"

namespace paritas::secrets {
namespace {

constexpr std::size_t kBlocks = 64, kChunk = kBlocks * 64;

/// Where 16 bytes of a run begin; the block behind is looked at as far as they reach.
std::uint64_t starts_of_runs(std::uint64_t block, std::uint64_t next) {
  for (unsigned step = 1; step < 16; step *= 2) {
    block &= block >> step | next << (64 - step);
    next &= next >> step;
  }
  return block;
}

}  // namespace

Scan::Scan(std::string_view text, const std::vector<bool>* rules)
    : text_(text), rules_(rules), catalog_(Catalog::get()), runs_(text), next_(catalog_.patterns().size()) {}

void Scan::add(const Finding& finding) {
  if (!stopped_ && used(finding.rule) && !wanted_(finding, wanted_context_)) stopped_ = true;
}

void Scan::add(std::uint16_t rule, Rank rank, Span span, bool placeholder) {
  Finding found{span.start, span.end, rule, rank, SecretConfidence::medium};
  if (rank == Rank::assignment) found.confidence = SecretConfidence::low;
  found.placeholder = placeholder;
  add(found);
}

/// Whether no word runs into a match: a backslash and n, r or t, or a %HH, are no word.
bool Scan::left_edge(std::size_t at) const {
  if (at == 0 || !is_word_byte(text_[at - 1])) return true;
  if (at >= 2 && text_[at - 2] == '\\' && is_escape_letter(text_[at - 1])) return true;
  return at >= 3 && text_[at - 3] == '%' && is_hex(text_[at - 2]) && is_hex(text_[at - 1]);
}

/// at: where a trigger of the kernel may begin; which, is asked again, because a set finds mixtures of its members.
void Scan::read_word(std::size_t at) {
  char next[3] = {};
  for (std::size_t i = 0; i < 3 && at + i < text_.size(); ++i) next[i] = lowered(text_[at + i]);
  const auto is = [&next](char first, char second, char third) {
    return next[0] == first && next[1] == second && next[2] == third;
  };
  switch (next[0]) {
    case ':':
      if (is(':', '/', '/')) return read_address(at);
      break;
    case '/':
      return read_flag(at);
    case '-':
      if (next[1] == 'u') return read_flag(at);
      return read_block(at);
    case 'y':
      if (next[1] == '-') return read_putty(at);
      break;
    case 'b':
      if (is('b', 'e', 'a')) return read_bearer(at);
      break;
    case 's':
      if (is('s', 'i', 'c')) return read_basic(at);
      break;
    case 'r':
      if (is('r', 'i', 'z')) return read_authorization(at);
      break;
    case 'p':
      if (is('p', 'a', 's')) {
        read_ssh_password(at);
        read_login(at);
        read_connection(at);
      } else if (is('p', 'w', 'd')) {
        read_connection(at);
      }
      break;
    default:
      break;
  }
  if (next[2] == '(') return read_call(at + 2);
  read_key(at);
}

void Scan::run(bool (*wanted)(const Finding&, void*), void* context) {
  wanted_ = wanted;
  wanted_context_ = context;
  Masks masks[kBlocks + 1];
  for (std::size_t at = 0; at < text_.size() && !stopped_; at += kChunk) {
    const std::size_t left = text_.size() - at;
    std::size_t blocks = kBlocks;
    if (left >= kChunk + 2) {
      fill_masks(catalog_.masks(), text_.data() + at, kBlocks, masks);
    } else {  // the kernel reads whole blocks and two bytes
      char tail[kChunk + 2];
      blocks = std::min((left + 63) / 64, kBlocks);
      const std::size_t used_bytes = std::min(left, sizeof tail);
      std::memcpy(tail, text_.data() + at, used_bytes);
      std::memset(tail + used_bytes, 0, blocks * 64 + 2 - std::min(used_bytes, blocks * 64 + 2));
      fill_masks(catalog_.masks(), tail, blocks, masks);
    }
    masks[blocks].run = 0;  // what begins a run in the last block is seen by looking at the bytes behind it
    for (std::size_t i = 0; i < 15 && left > blocks * 64 + i; ++i) {
      if (is_run_byte(text_[at + blocks * 64 + i])) masks[blocks].run |= std::uint64_t{1} << i;
    }
    for (std::size_t block = 0; block < blocks && !stopped_; ++block) {
      const std::size_t from = at + block * 64;
      for (std::uint64_t runs = starts_of_runs(masks[block].run, masks[block + 1].run); runs != 0; runs &= runs - 1) {
        const std::size_t place = from + static_cast<std::size_t>(__builtin_ctzll(runs));
        if (place >= run_done_) read_run(place);
        if (run_done_ >= from + 64) break;
      }
      for (std::uint64_t words = masks[block].word; words != 0; words &= words - 1) {
        read_word(from + static_cast<std::size_t>(__builtin_ctzll(words)));
      }
    }
  }
}

}  // namespace paritas::secrets
