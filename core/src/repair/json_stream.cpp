#include "paritas/repair/json_stream.hpp"

#include <utility>

#include "json_progress.hpp"
#include "paritas/text/utf8.hpp"

namespace paritas {

class JsonStream::Impl {
 public:
  explicit Impl(const RepairOptions& options)
      : options_(options), progress_(static_cast<std::size_t>(options.max_depth)) {
    options_.partial = false;
    options_.max_changes = 1000;
  }

  void feed(std::string_view delta) {
    text += delta;
    if (!options_.coerce) progress_.read(known());
  }
  /// A code point whose end is yet to come is held back.
  [[nodiscard]] std::string_view known() const {
    const std::string_view all = text;
    return finished ? all : all.substr(0, all.size() - unfinished_utf8(all));
  }
  [[nodiscard]] const JsonProgress* valid_so_far() const {
    return !finished && !options_.coerce && progress_.good() ? &progress_ : nullptr;
  }
  [[nodiscard]] RepairResult mended() const {
    RepairOptions options = options_;
    options.partial = !finished;
    if (!finished) options.max_changes = 0;
    return repair_json(known(), options).value();
  }
  void reset() {
    text.clear();
    finished = false;
    progress_ = JsonProgress(static_cast<std::size_t>(options_.max_depth));
  }

  std::string text;
  bool finished = false;

 private:
  RepairOptions options_;
  JsonProgress progress_;
};

JsonStream::JsonStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JsonStream::JsonStream(JsonStream&&) noexcept = default;
JsonStream& JsonStream::operator=(JsonStream&&) noexcept = default;
JsonStream::~JsonStream() = default;

Result<JsonStream> JsonStream::create(const RepairOptions& options) {
  const auto known = checked(options);
  if (!known.ok()) return known.error();
  return JsonStream(std::make_unique<Impl>(options));
}

std::optional<Error> JsonStream::feed(std::string_view delta) {
  if (impl_->finished) {
    return Error{ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"};
  }
  impl_->feed(delta);
  return std::nullopt;
}

std::string JsonStream::snapshot() const {
  if (const JsonProgress* progress = impl_->valid_so_far()) return progress->snapshot(impl_->known());
  const RepairResult result = impl_->mended();
  return std::string(result.json(impl_->known()));
}

bool JsonStream::complete() const {
  if (const JsonProgress* progress = impl_->valid_so_far()) return progress->complete();
  const RepairResult result = impl_->mended();
  return result.ok && !result.truncated;
}

std::string JsonStream::path() const {
  if (impl_->finished) return {};
  if (const JsonProgress* progress = impl_->valid_so_far()) return progress->path(impl_->known());
  return impl_->mended().path;
}

Result<RepairResult> JsonStream::finish() {
  if (impl_->finished) {
    return Error{ErrorCode::stream_finished, "the stream has ended: call reset() before the next one"};
  }
  impl_->finished = true;
  return impl_->mended();
}

void JsonStream::reset() { impl_->reset(); }

std::string_view JsonStream::text() const noexcept { return impl_->text; }

}  // namespace paritas
