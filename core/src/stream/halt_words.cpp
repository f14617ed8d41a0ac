#include "halt_machine.hpp"
#include "paritas/base/format.hpp"
#include "paritas/stream/halt.hpp"

namespace paritas {

std::string HaltMonitor::reason(HaltCode code) const {
  const Impl& m = *impl_;
  std::string out(name(code));
  const auto compared = [&](const char* sign, double limit) {
    out.append(" (").append(fixed_decimal(m.value, 4)).append(sign).append(shortest_decimal(limit)).append(")");
  };
  switch (code) {
    case HaltCode::hard_limit:
      compared(" < ", m.config.hard_limit);
      break;
    case HaltCode::window_avg:
      compared(" < ", m.config.window_threshold);
      break;
    case HaltCode::downward_trend:
      compared(" > ", m.config.trend_threshold);
      break;
    case HaltCode::token_timeout:
      compared(" > ", m.config.token_timeout);
      break;
    case HaltCode::total_timeout:
      compared(" > ", m.config.total_timeout);
      break;
    case HaltCode::callback_timeout:
      out.append(" (> ").append(shortest_decimal(m.value)).append(" s)");
      break;
    case HaltCode::invalid_score:
      out.append(" (").append(m.detail.empty() ? fixed_decimal(m.value, 4) : m.detail).append(")");
      break;
    case HaltCode::callback_error:
    case HaltCode::source_error:
      out.append(" (").append(m.detail).append(")");
      break;
    default:
      break;
  }
  return out;
}

std::string_view name(HaltCode code) noexcept {
  switch (code) {
#define X(id)        \
  case HaltCode::id: \
    return #id;
    PARITAS_HALT_CODES(X)
#undef X
    case HaltCode::none:
      break;
  }
  return "";
}

std::string_view suggested_action(HaltCode code) noexcept {
  switch (code) {
    case HaltCode::hard_limit:
      return "Stop and regenerate from the last accepted sentence.";
    case HaltCode::window_avg:
      return "Regenerate with more source text.";
    case HaltCode::downward_trend:
      return "Cut back to where the drop began and regenerate.";
    case HaltCode::invalid_score:
    case HaltCode::callback_error:
    case HaltCode::callback_timeout:
      return "Repair the scorer; the text was not checked.";
    case HaltCode::token_timeout:
    case HaltCode::total_timeout:
      return "Retry with a longer limit or a faster scorer.";
    case HaltCode::kernel_inactive:
    case HaltCode::stopped:
    case HaltCode::source_error:
      return "Reactivate or restart the stream.";
    case HaltCode::none:
    case HaltCode::closed:
      break;
  }
  return "";
}

}  // namespace paritas
