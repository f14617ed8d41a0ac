#include "match/scan.hpp"

#include <algorithm>

namespace paritas::match {
namespace {

constexpr std::size_t kParts = 4;
constexpr std::size_t kPart = 2048;

class DenseStep {
 public:
  explicit DenseStep(const Automaton& a) : table_(a.table.data()), class_of_(a.class_of) {}
  std::uint32_t operator()(std::uint32_t value, char byte) const {
    return table_[(value >> 8) + class_of_[static_cast<unsigned char>(byte)]];
  }

 private:
  const std::uint32_t* table_;
  const std::uint8_t* class_of_;
};

class ContiguousStep {
 public:
  explicit ContiguousStep(const Automaton& a)
      : a_(a),
        table_(a.table.data()),
        class_of_(a.class_of),
        first_(a.first.data()),
        label_(a.label.data()),
        fail_(a.fail.data()),
        rows_(a.rows),
        classes_(a.classes) {}
  std::uint32_t operator()(std::uint32_t state, char byte) const {
    const std::uint8_t wanted = class_of_[static_cast<unsigned char>(byte)];
    while (state >= rows_) {
      const std::uint32_t begin = first_[state];
      const std::uint32_t count = first_[state + 1] - begin;
      if (count == 1) {  // most states
        if (label_[begin] == wanted) return begin;
      } else if (count != 0) {
        const std::uint32_t found = a_.child(state, wanted);
        if (found != 0) return found;
      }
      state = fail_[state];
    }
    return table_[std::size_t{state} * classes_ + wanted];
  }

 private:
  const Automaton& a_;
  const std::uint32_t* table_;
  const std::uint8_t* class_of_;
  const std::uint32_t* first_;
  const std::uint8_t* label_;
  const std::uint32_t* fail_;
  std::uint32_t rows_;
  std::uint32_t classes_;
};

/// The value before the part [begin, end) is read.
template <class Step>
std::uint32_t before(const Automaton& a, const Step& step, std::string_view text, std::size_t begin, std::size_t end) {
  std::uint32_t value = 0;
  const std::size_t reach = a.longest == 0 ? 0 : a.longest - 1;
  if (a.direction == Direction::forward) {
    for (std::size_t i = begin - std::min(begin, reach); i < begin; ++i) value = step(value, text[i]);
  } else {
    for (std::size_t i = end + std::min(text.size() - end, reach); i > end; --i) value = step(value, text[i - 1]);
  }
  return value;
}

template <class Step>
void one_part(const Automaton& a, const Step& step, std::string_view text, std::size_t begin, std::size_t end,
              std::uint32_t* values) {
  std::uint32_t value = before(a, step, text, begin, end);
  if (a.direction == Direction::forward) {
    for (std::size_t i = begin; i < end; ++i) *values++ = value = step(value, text[i]);
  } else {
    for (std::size_t i = end; i > begin; --i) values[i - 1 - begin] = value = step(value, text[i - 1]);
  }
}

// Each step waits for the one before it; four parts at once wait together.
template <class Step>
void four_parts(const Automaton& a, const Step& step, std::string_view text, std::size_t begin, std::size_t part,
                std::uint32_t* values) {
  std::uint32_t value[kParts];
  for (std::size_t k = 0; k < kParts; ++k) {
    value[k] = before(a, step, text, begin + k * part, begin + (k + 1) * part);
  }
  const char* const from = text.data() + begin;
  std::uint32_t v0 = value[0], v1 = value[1], v2 = value[2], v3 = value[3];
  const auto read = [&](std::size_t i) {
    values[i] = v0 = step(v0, from[i]);
    values[i + part] = v1 = step(v1, from[i + part]);
    values[i + 2 * part] = v2 = step(v2, from[i + 2 * part]);
    values[i + 3 * part] = v3 = step(v3, from[i + 3 * part]);
  };
  if (a.direction == Direction::forward) {
    for (std::size_t i = 0; i < part; ++i) read(i);
  } else {
    for (std::size_t i = part; i > 0; --i) read(i - 1);
  }
}

template <class Step>
void scan_by(const Automaton& a, const Step& step, std::string_view text, std::size_t begin, std::size_t end,
             std::uint32_t* values) {
  const std::size_t part = (end - begin) / kParts;
  if (part < 4 * a.longest || part < 16) return one_part(a, step, text, begin, end, values);
  four_parts(a, step, text, begin, part, values);
  const std::size_t rest = begin + kParts * part;
  if (rest < end) one_part(a, step, text, rest, end, values + kParts * part);
}

}  // namespace

std::size_t scan_block(const Automaton& a) noexcept {
  if (a.longest <= kPart / 4) return kParts * kPart;
  return a.longest <= 16384 ? kParts * 4 * a.longest : 2 * a.longest;
}

void scan(const Automaton& a, std::string_view text, std::size_t begin, std::size_t end, std::uint32_t* values) {
  if (a.dense) {
    scan_by(a, DenseStep(a), text, begin, end, values);
  } else {
    scan_by(a, ContiguousStep(a), text, begin, end, values);
  }
}

}  // namespace paritas::match
