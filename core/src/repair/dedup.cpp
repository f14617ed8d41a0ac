#include "paritas/repair/dedup.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "paritas/base/hash.hpp"
#include "repair/blocks.hpp"
#include "repair/hex_digits.hpp"
#include "repair/key_window.hpp"
#include "repair/normal_form.hpp"

namespace paritas {
namespace {

constexpr std::size_t kWindow = 4096;  // keys, where 0 is asked for
constexpr std::int64_t kMostKeys = 0x7FFFFFFF;
constexpr std::size_t kWhole = static_cast<std::size_t>(-1) / 4;  // no text is as long

Error below(std::string_view option, std::int64_t least, std::int64_t value) {
  return {ErrorCode::invalid_argument,
          std::string(option) + " must be at least " + std::to_string(least) + ", not " + std::to_string(value)};
}

std::size_t size_of(std::int64_t value) noexcept {
  return static_cast<std::size_t>(std::min<std::uint64_t>(static_cast<std::uint64_t>(value), kWhole));
}

/// Code and prose are never equal.
Hash128 key_of(std::string_view form, bool code) noexcept {
  Hash128 key = xxh3_128(form);
  if (code) key.high ^= 0x9E3779B97F4A7C15U;
  return key;
}

struct KeyHash {
  std::size_t operator()(const Hash128& key) const noexcept { return static_cast<std::size_t>(key.low); }
};

/// The blocks of a whole text.
class Listed final : public repair::BlockSink {
 public:
  Listed(std::string_view text, std::size_t least) noexcept : text_(text), least_(least) {}
  void passed(std::string_view) override {}
  void ended() override {}
  void block(bool code, std::string_view, std::string_view block) override {
    const auto start = static_cast<std::size_t>(block.data() - text_.data());
    TextBlock found{{start, start + block.size()}, {}, blocks.size(), blocks.size()};
    const std::string_view form = code ? form_.code(block) : form_.prose(block);
    if (repair::has_code_points(form, least_)) {
      found.hash = repair::hex_digits(form);
      found.first_index = first_.try_emplace(key_of(form, code), found.index).first->second;
    }
    blocks.push_back(std::move(found));
  }
  std::vector<TextBlock> blocks = {};

 private:
  std::string_view text_;
  std::size_t least_;
  repair::NormalForm form_;
  std::unordered_map<Hash128, std::size_t, KeyHash> first_;
};

}  // namespace

namespace repair {
namespace {

/// Lets blocks through that are not among the last keys.
class Deduplicator final : public BlockSink {
 public:
  struct Rules {
    std::size_t window = kWindow, least = 0, most = 0;
    bool code = true, one_space = true;
  };
  explicit Deduplicator(const Rules& rules) : rules_(rules), keys_(rules.window) { begin(); }
  Deduplicator(const Deduplicator&) = delete;  // the splitter knows where it lives
  Deduplicator& operator=(const Deduplicator&) = delete;

  std::optional<std::string> feed(std::string_view chunk) {
    decided_ = false;
    splitter_->feed(chunk);
    if (!decided_) return std::nullopt;
    return std::exchange(out_, {});
  }
  std::string end() {
    splitter_->finish();
    begin();
    return std::exchange(out_, {});
  }
  /// The parts of a text that pass.
  std::vector<Span> whole(std::string_view text) {
    text_ = text.data();
    splitter_->whole(text);
    return std::move(parts_);
  }
  /// The rest of a text of which pieces may have come.
  std::string rest(std::string_view text) {
    splitter_->feed(text);
    return end();
  }
  void reset() {
    keys_.clear();
    stats = {};
    out_.clear();
    begin();
  }

  void passed(std::string_view text) override {
    decided_ = decided_ || !text.empty();
    // What stands side by side is taken at once.
    if (text.data() == run_.data() + run_.size()) {
      run_ = {run_.data(), run_.size() + text.size()};
    } else {
      flush();
      run_ = text;
    }
  }
  void ended() override {
    decided_ = true;
    ++stats.total_blocks;
  }
  void block(bool code, std::string_view separator, std::string_view block) override {
    ended();
    if (is_known(code, block)) {
      ++stats.duplicates_removed;
      stats.bytes_saved += separator.size() + block.size();
    } else {
      passed({separator.data(), separator.size() + block.size()});
    }
  }
  void flush() override {
    if (text_ == nullptr) {
      out_ += run_;
    } else if (!run_.empty()) {
      const auto start = static_cast<std::size_t>(run_.data() - text_);
      parts_.push_back({start, start + run_.size()});
    }
    run_ = {};
  }

  DedupStats stats;

 private:
  void begin() { splitter_.emplace(rules_.most, *this); }
  bool is_known(bool code, std::string_view block) {
    if (code && !rules_.code) return false;
    const std::string_view form = code ? form_.code(block) : form_.prose(block, rules_.one_space);
    if (!has_code_points(form, rules_.least)) return false;
    const bool known = keys_.meet(key_of(form, code));
    if (!known) ++stats.unique_count;
    return known;
  }

  const Rules rules_;
  KeyWindow keys_;
  NormalForm form_;
  std::optional<BlockSplitter> splitter_;
  std::string out_;
  std::string_view run_;
  const char* text_ = nullptr;  // of a whole text
  std::vector<Span> parts_;
  bool decided_ = false;
};

Result<Deduplicator::Rules> rules_of(const DedupOptions& options) {
  if (options.window_size < 0) return below("window_size", 0, options.window_size);
  if (options.min_block_length < 0) return below("min_block_length", 0, options.min_block_length);
  if (options.max_block < 1) return below("max_block", 1, options.max_block);
  const std::int64_t window = std::min(options.window_size, kMostKeys);
  return Deduplicator::Rules{window == 0 ? kWindow : size_of(window), size_of(options.min_block_length),
                             size_of(options.max_block), options.code, true};
}

}  // namespace
}  // namespace repair

Result<std::vector<TextBlock>> rolling_hash_blocks(std::string_view content, std::int64_t min_block_length) {
  if (min_block_length < 0) return below("min_block_length", 0, min_block_length);
  Listed listed(content, size_of(min_block_length));
  repair::BlockSplitter(kWhole, listed).whole(content);
  return std::move(listed.blocks);
}

Result<std::vector<TextBlock>> find_duplicate_blocks(std::string_view content, std::int64_t min_block_length) {
  auto found = rolling_hash_blocks(content, min_block_length);
  if (!found.ok()) return found;
  std::vector<TextBlock> out = std::move(found).value();
  out.erase(std::remove_if(out.begin(), out.end(), [](const TextBlock& block) { return !block.is_duplicate(); }),
            out.end());
  return out;
}

Result<std::vector<Span>> unique_parts(std::string_view text, const DedupOptions& options) {
  const auto rules = repair::rules_of(options);
  if (!rules.ok()) return rules.error();
  return repair::Deduplicator(rules.value()).whole(text);
}

Result<std::string> deduplicate(std::string_view text, const DedupOptions& options) {
  const auto parts = unique_parts(text, options);
  if (!parts.ok()) return parts.error();
  std::size_t size = 0;
  for (const Span& part : parts.value()) size += part.size();
  std::string out;
  out.reserve(size);
  for (const Span& part : parts.value()) out += part.of(text);
  return out;
}

struct StreamingDeduplicator::Impl {
  repair::Deduplicator made;
  bool finished = false;
};

StreamingDeduplicator::StreamingDeduplicator(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
StreamingDeduplicator::StreamingDeduplicator(StreamingDeduplicator&&) noexcept = default;
StreamingDeduplicator& StreamingDeduplicator::operator=(StreamingDeduplicator&&) noexcept = default;
StreamingDeduplicator::~StreamingDeduplicator() = default;

Result<StreamingDeduplicator> StreamingDeduplicator::create(const DedupOptions& options) {
  const auto rules = repair::rules_of(options);
  if (!rules.ok()) return rules.error();
  return StreamingDeduplicator(std::unique_ptr<Impl>(new Impl{repair::Deduplicator(rules.value())}));
}

namespace {
Error ended() { return {ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"}; }
}  // namespace

Result<std::optional<std::string>> StreamingDeduplicator::add_chunk(std::string_view chunk) {
  if (impl_->finished) return ended();
  return impl_->made.feed(chunk);
}

Result<std::string> StreamingDeduplicator::flush() {
  if (impl_->finished) return ended();
  impl_->finished = true;
  return impl_->made.end();
}

void StreamingDeduplicator::reset() {
  impl_->made.reset();
  impl_->finished = false;
}

DedupStats StreamingDeduplicator::stats() const noexcept { return impl_->made.stats; }

struct OutputDeduplicator::Impl {
  repair::Deduplicator made;
};

OutputDeduplicator::OutputDeduplicator(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
OutputDeduplicator::OutputDeduplicator(OutputDeduplicator&&) noexcept = default;
OutputDeduplicator& OutputDeduplicator::operator=(OutputDeduplicator&&) noexcept = default;
OutputDeduplicator::~OutputDeduplicator() = default;

Result<OutputDeduplicator> OutputDeduplicator::create(std::int64_t min_block_length, bool normalize_whitespace) {
  auto rules = repair::rules_of({.min_block_length = min_block_length});
  if (!rules.ok()) return rules.error();
  repair::Deduplicator::Rules own = rules.value();
  own.one_space = normalize_whitespace;
  return OutputDeduplicator(std::unique_ptr<Impl>(new Impl{repair::Deduplicator(own)}));
}

std::string OutputDeduplicator::process(std::string_view text) { return impl_->made.rest(text); }
std::optional<std::string> OutputDeduplicator::process_chunk(std::string_view chunk) { return impl_->made.feed(chunk); }
std::string OutputDeduplicator::flush() { return impl_->made.end(); }
void OutputDeduplicator::reset() { impl_->made.reset(); }
DedupStats OutputDeduplicator::stats() const noexcept { return impl_->made.stats; }

}  // namespace paritas
