// Any bytes as a saved state: refused, or read, written again without a change, and of use. The sum is put right first,
// or nothing would come past it. What follows the state's length in the input is played as a stream.
#include <cstddef>
#include <cstdint>
#include <string>

#include "paritas/base/hash.hpp"
#include "paritas/stream/halt.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// A state, with one run of its bytes replaced by the input, and the right sum.
std::string forged(std::string_view input) {
  auto monitor = paritas::HaltMonitor::create({.halt_mode = paritas::HaltMode::soft,
                                               .on_invalid = paritas::OnInvalid::hold,
                                               .release = paritas::Release::sentence})
                     .value();
  for (int i = 0; i < 12; ++i) monitor.process_token(i % 5 == 4 ? ". " : " \xC3\xA9", 0.9);
  std::string data = monitor.save_state();
  data.resize(data.size() - 8);
  if (input.size() > 1) {
    const std::size_t at = static_cast<std::uint8_t>(input[0]);
    const std::string_view rest = input.substr(1);
    for (std::size_t i = 0; i < rest.size() && i < 64; ++i) data[(at + i) % data.size()] = rest[i];
  }
  const std::uint64_t sum = paritas::xxh3_64(data);
  for (int i = 0; i < 8; ++i) data.push_back(static_cast<char>(static_cast<std::uint8_t>(sum >> 8 * i)));
  return data;
}

void play(paritas::HaltMonitor& monitor, std::string_view input) {
  for (std::size_t at = 0; at + 2 <= input.size(); at += 6) {
    const double score = static_cast<double>(static_cast<std::uint8_t>(input[at])) / 250.0;
    const auto step = monitor.process_token(input.substr(at + 1, 5), score, static_cast<double>(at));
    require(step.emit.size() <= input.size() + 4096);
    const auto words = monitor.reason(step.code).size() + monitor.text_tail().size();
    require(words <= 2048);
    const std::string saved = monitor.save_state();
    if (at % 4 == 0) require(monitor.restore_state(saved).ok() && monitor.save_state() == saved);
  }
  monitor.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  auto monitor = paritas::HaltMonitor::create().value();
  const std::string before = monitor.save_state();
  require(!monitor.restore_state(input).ok() || monitor.save_state() == input);
  for (const std::string& state : {forged(input), std::string(input)}) {
    auto restored = paritas::HaltMonitor::create().value();
    if (!restored.restore_state(state).ok()) {
      require(restored.save_state() == before);
    } else {
      require(restored.save_state() == state);
      play(restored, input);
    }
  }
  play(monitor, input);
  return 0;
}
