#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paritas/stream/halt.hpp"

namespace paritas {

/// One stream and what became of it.
struct StreamSession {
  std::vector<std::string> tokens;        ///< what came, a token that a score has halted included
  std::vector<double> coherence_history;  ///< of scored tokens
  std::string output;                     ///< everything accepted
  std::string halt_reason;
  HaltSummary summary{};
};

/// Runs one stream with a monitor of its own: reads no token past a halt. Without `keep_history` the lists and the
/// output stay empty.
///
/// tokens: a range of what converts to std::string_view
/// score:  called as score(text, token) for each token that wants a score: all text so far with this token, and the token
/// emit:   called as emit(step) for each step, and for what the end of the stream releases
/// Errors: `invalid_argument` for a field of the configuration out of its range
template <class Tokens, class Score, class Emit>
Result<StreamSession> stream_tokens(const HaltConfig& config, Tokens&& tokens, Score&& score, Emit&& emit) {
  Result<HaltMonitor> made = HaltMonitor::create(config);
  if (!made.ok()) return made.error();
  HaltMonitor monitor = std::move(made).value();
  StreamSession session;
  std::string text;
  const auto tell = [&](const HaltStep& step) {
    if (config.keep_history) session.output += step.emit;
    emit(step);
  };
  for (auto&& item : tokens) {
    const std::string_view token = item;
    text += token;
    const std::uint64_t before = monitor.summary().token_count;
    const bool wanted = monitor.wants_score();
    const HaltStep step =
        wanted ? monitor.process_token(token, score(std::string_view(text), token)) : monitor.process_token(token);
    if (config.keep_history) {
      if (monitor.summary().token_count > before) session.tokens.emplace_back(token);
      if (step.scored) session.coherence_history.push_back(step.score);
    }
    tell(step);
    if (step.halted) break;
  }
  const HaltStep last = monitor.finish();
  if (last.recorded) tell(last);
  session.summary = monitor.summary();
  session.halt_reason = monitor.reason(session.summary.code);
  return session;
}

template <class Tokens, class Score>
Result<StreamSession> stream_tokens(const HaltConfig& config, Tokens&& tokens, Score&& score) {
  return stream_tokens(config, std::forward<Tokens>(tokens), std::forward<Score>(score), [](const HaltStep&) {});
}

}  // namespace paritas
