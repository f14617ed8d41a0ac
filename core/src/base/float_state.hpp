#pragma once
#include <cstdint>

#if defined(__SSE2__) || defined(_M_X64)
#include <xmmintrin.h>
#endif

namespace paritas {

/// Full denormals and rounding to nearest for as long as it lives; then the state of the caller comes back.
///
/// A library built with -ffast-math switches flush-to-zero on for the whole thread when it is loaded, and the answers of
/// everybody else in the process change. WebAssembly has no such switch.
class FloatState {
 public:
  FloatState(const FloatState&) = delete;
  FloatState& operator=(const FloatState&) = delete;

#if defined(__SSE2__) || defined(_M_X64)
  FloatState() noexcept : saved_(_mm_getcsr()) {
    if ((saved_ & kForeign) != 0) [[unlikely]]
      _mm_setcsr(saved_ & ~kForeign);
  }
  ~FloatState() {
    if ((saved_ & kForeign) != 0) [[unlikely]]
      _mm_setcsr(saved_);
  }

 private:
  static constexpr unsigned kForeign = 0x8000U | 0x0040U | 0x6000U;  // FTZ, DAZ, rounding mode
  unsigned saved_;
#elif defined(__aarch64__) && defined(__GNUC__)
  FloatState() noexcept {
    asm volatile("mrs %0, fpcr" : "=r"(saved_));
    if ((saved_ & kForeign) != 0) asm volatile("msr fpcr, %0" ::"r"(saved_ & ~kForeign) : "memory");
  }
  ~FloatState() {
    if ((saved_ & kForeign) != 0) asm volatile("msr fpcr, %0" ::"r"(saved_) : "memory");
  }

 private:
  static constexpr std::uint64_t kForeign = 0x0300'0000U | 0x00C0'0000U;  // FZ and default NaN, rounding mode
  std::uint64_t saved_ = 0;
#else
  FloatState() noexcept {}
  ~FloatState() {}
#endif
};

}  // namespace paritas
