#include <cmath>
#include <utility>

#include "base/bytes.hpp"
#include "halt_machine.hpp"
#include "paritas/base/hash.hpp"
#include "retrieve/well_formed.hpp"

// Little-endian: magic "PHM1", u32 version; the configuration: an f64 for each real number, a varint for each whole one,
// a byte for each choice, a byte of flags; of the state: a byte of flags and of what the text ends in, a byte of the
// code, f64 sums and last values, varints of the counters, the detail of the code, the held text; the scores, oldest
// first; XXH3-64 of all before.
namespace paritas {
namespace {

constexpr std::string_view kMagic = "PHM1";
constexpr std::uint32_t kVersion = 1;
constexpr std::uint64_t kMost = std::uint64_t{1} << 53;
using Kind = HaltField::Kind;

Error corrupt(std::string what, std::size_t offset) {
  return {ErrorCode::corrupt_data, "these bytes are no state of a halt monitor: " + std::move(what), offset};
}

bool is_real(Kind kind) { return kind == Kind::real || kind == Kind::above; }

bool within(double value, double low, double high) { return value >= low && value <= high; }  // false for NaN

/// Whether a NaN has the bits that every target writes.
bool is_quiet(double value) {
  return __builtin_bit_cast(std::uint64_t, value) ==
         __builtin_bit_cast(std::uint64_t, std::numeric_limits<double>::quiet_NaN());
}

void put_config(std::string& out, const HaltConfig& config) {
  const HaltNumbers numbers = halt_numbers(config);
  const auto each = [&](auto wanted, auto put) {
    for (std::size_t i = 0; i < kHaltFields; ++i) {
      if (wanted(halt_fields()[i].kind)) put(numbers[i]);
    }
  };
  each(is_real, [&](double value) { bytes::put_f64(out, value); });
  each([](Kind kind) { return kind == Kind::whole; },
       [&](double value) { bytes::put_varint(out, static_cast<std::uint64_t>(value)); });
  each([](Kind kind) { return kind == Kind::choice; },
       [&](double value) { bytes::put_varint(out, static_cast<std::uint64_t>(value)); });
  std::uint64_t flags = 0, bit = 1;
  each([](Kind kind) { return kind == Kind::flag; },
       [&](double value) {
         flags |= value != 0.0 ? bit : 0;
         bit <<= 1;
       });
  bytes::put_varint(out, flags);
}

Result<HaltConfig> read_config(bytes::Reader& in) {
  HaltNumbers numbers{};
  const auto each = [&](auto wanted, auto read) {
    for (std::size_t i = 0; i < kHaltFields; ++i) {
      if (wanted(halt_fields()[i].kind)) numbers[i] = read();
    }
  };
  each(is_real, [&] { return in.f64(); });
  each([](Kind kind) { return kind == Kind::whole; }, [&] { return static_cast<double>(in.varint()); });
  each([](Kind kind) { return kind == Kind::choice; }, [&] { return static_cast<double>(in.u8()); });
  unsigned flags = in.u8();
  each([](Kind kind) { return kind == Kind::flag; },
       [&] {
         const double value = flags & 1;
         flags >>= 1;
         return value;
       });
  if (flags != 0) in.fail();
  for (double& number : numbers) {
    if (number == 0.0 && std::signbit(number)) in.fail();  // another form of the same
  }
  return halt_config(numbers);
}

}  // namespace

std::string HaltMonitor::save_state() const {
  const Impl& m = *impl_;
  std::string out(kMagic);
  bytes::put_u32(out, kVersion);
  put_config(out, m.config);
  const bool states[] = {m.stopped, m.halted, m.finished, m.pending, m.soft_halted};
  unsigned bits = 0;
  for (unsigned i = 0; i < 5; ++i) bits |= states[i] ? 1u << i : 0u;
  out.push_back(static_cast<char>(static_cast<std::uint8_t>(bits | static_cast<unsigned>(m.sentence) << 6)));
  out.push_back(static_cast<char>(m.code));
  for (const double value : {m.before_sum, m.all_sum, m.score_sum, m.score_min, m.now, m.value, m.last}) {
    bytes::put_f64(out, value);
  }
  for (const std::uint64_t number :
       {m.count, m.accepted, m.scored, m.next_due, m.cadence, m.invalid_run, m.warnings, m.invalids, m.unchecked,
        static_cast<std::uint64_t>(m.halt_index + 1), static_cast<std::uint64_t>(m.tail), m.length.bytes,
        m.length.code_points, m.length.units}) {
    bytes::put_varint(out, number);
  }
  for (const std::string_view text : {std::string_view(m.detail), m.held_text()}) {
    bytes::put_varint(out, text.size());
    out += text;
  }
  for (const double score : m.last_scores(m.capacity())) bytes::put_f64(out, score);
  bytes::put_u64(out, xxh3_64(out));
  return out;
}

Result<bool> HaltMonitor::restore_state(std::string_view data) {
  if (data.size() < 16 || data.substr(0, 4) != kMagic) return corrupt("they do not begin with PHM1", 0);
  const std::string_view body = data.substr(0, data.size() - 8);
  if (bytes::Reader(data.substr(body.size())).u64() != xxh3_64(body)) return corrupt("they are damaged or cut off", 0);
  bytes::Reader in(body.substr(4));
  const std::uint32_t version = in.u32();
  if (version != kVersion) {
    std::string message = "this halt monitor has format ";
    message.append(std::to_string(version)).append(": this Paritas reads format ").append(std::to_string(kVersion));
    return Error{ErrorCode::corrupt_data, std::move(message), 4};
  }
  const Error damaged = corrupt("they are damaged or cut off", 8);
  Result<HaltConfig> config = read_config(in);
  if (in.bad() || !config.ok()) return damaged;
  auto made = std::make_unique<Impl>(config.value());
  Impl& m = *made;
  const unsigned bits = in.u8(), code = in.u8();
  m.stopped = (bits & 1) != 0;
  m.halted = (bits & 2) != 0;
  m.finished = (bits & 4) != 0;
  m.pending = (bits & 8) != 0;
  m.soft_halted = (bits & 16) != 0;
  m.sentence = static_cast<std::uint8_t>(bits >> 6);
  if ((bits & 32) != 0 || m.sentence > 2 || code >= static_cast<unsigned>(HaltCode::closed)) return damaged;
  m.code = static_cast<HaltCode>(code);
  for (double* value : {&m.before_sum, &m.all_sum, &m.score_sum, &m.score_min, &m.now, &m.value, &m.last}) {
    *value = in.f64();
    if (std::isnan(*value) && !is_quiet(*value)) return damaged;  // another form of the same
  }
  std::uint64_t halt_index = 0, tail = 0;
  for (std::uint64_t* number :
       {&m.count, &m.accepted, &m.scored, &m.next_due, &m.cadence, &m.invalid_run, &m.warnings, &m.invalids,
        &m.unchecked, &halt_index, &tail, &m.length.bytes, &m.length.code_points, &m.length.units}) {
    *number = in.varint();
    if (*number > kMost) return damaged;
  }
  m.halt_index = static_cast<std::int64_t>(halt_index) - 1;
  m.tail = static_cast<std::int64_t>(tail);
  m.token_start = m.token_end = m.length;
  m.detail = in.text();
  m.held = in.text();
  // What the rules rely on; a state that no run comes to must not read outside of its scores either.
  const bool over = m.halted || m.pending;
  if (in.left() != m.kept() * 8 || !well_formed(m.detail) || !well_formed(m.held) || m.accepted > m.count ||
      m.scored > m.count || halt_index > m.count + 1 || over != (m.code != HaltCode::none) ||
      over != (halt_index != 0) || (m.halted && m.pending) || (m.soft_halted && !m.halted) ||
      m.tail > m.config.soft_tail_max || m.cadence == 0 || (m.config.release == Release::token && !m.held.empty()) ||
      !within(m.score_min, 0.0, 1.0) || !std::isfinite(m.now) ||
      (m.scored == 0 ? !std::isnan(m.last) : !within(m.last, 0.0, 1.0))) {
    return damaged;
  }
  constexpr double kLargest = std::numeric_limits<double>::max();
  for (const double sum : {m.before_sum, m.all_sum, m.score_sum}) {
    if (!within(sum, 0.0, kLargest)) return damaged;
  }
  for (std::size_t left = m.kept(); left > 0; --left) {
    const double score = in.f64();
    if (!within(score, 0.0, 1.0)) return damaged;
    m.keep(score);
  }
  if (in.bad()) return damaged;
  m.mean = m.window_mean();
  m.drop = m.trend();
  impl_ = std::move(made);
  return true;
}

}  // namespace paritas
