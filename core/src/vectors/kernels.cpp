#include "kernels.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "vectors/kernels.cpp"  // this file, as seen from core/src: compiled once for each target
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "vectors/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace paritas::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kTileHeight = kStep == 16 ? 4 : kDotRows;
constexpr std::size_t kTileWidth = kStep == 16 ? 2 : 1;
constexpr bool kSquaresToo = kParts * 4 <= kRegisters;  // room for two sums of a row side by side
constexpr std::size_t kSquareRows = kStep == 16 ? 4 : 1;

float Dot(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t n) {
  Block sum;
  SetZero(sum);
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) AddProduct(sum, Load(a + i), Load(b + i));
  if (i < n) AddProduct(sum, LoadTail(a + i, n - i), LoadTail(b + i, n - i));
  return Fold(sum);
}

PairSums Sums(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t n) {
  if constexpr (kParts * 4 > kRegisters) return {Dot(a, b, n), Dot(a, a, n), Dot(b, b, n)};
  Block ab, aa, bb;
  SetZero(ab), SetZero(aa), SetZero(bb);
  const auto add = [&](const Block& x, const Block& y) HWY_ATTR {
    AddProduct(ab, x, y);
    AddProduct(aa, x, x);
    AddProduct(bb, y, y);
  };
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) add(Load(a + i), Load(b + i));
  if (i < n) add(LoadTail(a + i, n - i), LoadTail(b + i, n - i));
  return {Fold(ab), Fold(aa), Fold(bb)};
}

float Distance(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t n) {
  Block sum;
  SetZero(sum);
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) AddSquare(sum, Load(a + i), Load(b + i));
  if (i < n) AddSquare(sum, LoadTail(a + i, n - i), LoadTail(b + i, n - i));
  return Fold(sum);
}

// kRows rows against one vector. `ahead` is where the rows of the next call lie: asked for now, they are there then.
template <std::size_t kRows, bool kSquare>
HWY_INLINE void DotRows(const float* HWY_RESTRICT vector, const float* const* rows, const float* const* ahead,
                        std::size_t n, float* dots, float* squares) {
  Block ab[kRows], bb[kRows];
  for (std::size_t j = 0; j < kRows; ++j) SetZero(ab[j]), SetZero(bb[j]);
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const Block x = Load(vector + i);
    for (std::size_t j = 0; j < kRows; ++j) {
      hwy::Prefetch(ahead[j] + i);
      hwy::Prefetch(ahead[j] + i + 16);
      const Block y = Load(rows[j] + i);
      AddProduct(ab[j], x, y);
      if constexpr (kSquare) AddProduct(bb[j], y, y);
    }
  }
  if (i < n) {
    const Block x = LoadTail(vector + i, n - i);
    for (std::size_t j = 0; j < kRows; ++j) {
      const Block y = LoadTail(rows[j] + i, n - i);
      AddProduct(ab[j], x, y);
      if constexpr (kSquare) AddProduct(bb[j], y, y);
    }
  }
  for (std::size_t j = 0; j < kRows; ++j) {
    dots[j] = Fold(ab[j]);
    if constexpr (kSquare) squares[j] = Fold(bb[j]);
  }
}

void Dots(const float* HWY_RESTRICT vector, const float* const* rows, std::size_t count, std::size_t n, float* dots) {
  std::size_t j = 0;
  for (; j + kDotRows <= count; j += kDotRows) {
    const float* const* ahead = rows + (j + 2 * kDotRows <= count ? j + kDotRows : j);
    DotRows<kDotRows, false>(vector, rows + j, ahead, n, dots + j, nullptr);
  }
  for (; j < count; ++j) DotRows<1, false>(vector, rows + j, rows + j, n, dots + j, nullptr);
}

void DotsSquares(const float* HWY_RESTRICT vector, const float* const* rows, std::size_t count, std::size_t n,
                 float* dots, float* squares) {
  if constexpr (!kSquaresToo) {  // two passes over a row: the second one finds it in the first cache
    for (std::size_t j = 0; j < count; ++j) {
      dots[j] = Dot(vector, rows[j], n);
      squares[j] = Dot(rows[j], rows[j], n);
    }
    return;
  }
  std::size_t j = 0;
  for (; j + kSquareRows <= count; j += kSquareRows) {
    const float* const* ahead = rows + (j + 2 * kSquareRows <= count ? j + kSquareRows : j);
    DotRows<kSquareRows, true>(vector, rows + j, ahead, n, dots + j, squares + j);
  }
  for (; j < count; ++j) DotRows<1, true>(vector, rows + j, rows + j, n, dots + j, squares + j);
}

void Distances(const float* HWY_RESTRICT vector, const float* const* rows, std::size_t count, std::size_t n,
               float* out) {
  std::size_t j = 0;
  for (; j + kDotRows <= count; j += kDotRows) {
    Block sum[kDotRows];
    for (Block& s : sum) SetZero(s);
    std::size_t i = 0;
    const float* const* ahead = rows + (j + 2 * kDotRows <= count ? j + kDotRows : j);
    for (; i + kLanes <= n; i += kLanes) {
      const Block x = Load(vector + i);
      for (std::size_t r = 0; r < kDotRows; ++r) {
        hwy::Prefetch(ahead[r] + i);
        hwy::Prefetch(ahead[r] + i + 16);
        AddSquare(sum[r], x, Load(rows[j + r] + i));
      }
    }
    if (i < n) {
      const Block x = LoadTail(vector + i, n - i);
      for (std::size_t r = 0; r < kDotRows; ++r) AddSquare(sum[r], x, LoadTail(rows[j + r] + i, n - i));
    }
    for (std::size_t r = 0; r < kDotRows; ++r) out[j + r] = Fold(sum[r]);
  }
  for (; j < count; ++j) out[j] = Distance(vector, rows[j], n);
}

template <std::size_t kHeight, std::size_t kWidth>
HWY_INLINE void TileOf(const float* const* vectors, const float* const* rows, std::size_t n, float* out,
                       std::size_t stride) {
  Block sum[kHeight][kWidth];
  for (auto& line : sum) {
    for (Block& s : line) SetZero(s);
  }
  const auto add = [&](const Block(&y)[kWidth], const Block& x, std::size_t i) HWY_ATTR {
    for (std::size_t w = 0; w < kWidth; ++w) AddProduct(sum[i][w], x, y[w]);
  };
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    Block y[kWidth];
    for (std::size_t w = 0; w < kWidth; ++w) y[w] = Load(rows[w] + i);
    for (std::size_t h = 0; h < kHeight; ++h) add(y, Load(vectors[h] + i), h);
  }
  if (i < n) {
    Block y[kWidth];
    for (std::size_t w = 0; w < kWidth; ++w) y[w] = LoadTail(rows[w] + i, n - i);
    for (std::size_t h = 0; h < kHeight; ++h) add(y, LoadTail(vectors[h] + i, n - i), h);
  }
  for (std::size_t h = 0; h < kHeight; ++h) {
    for (std::size_t w = 0; w < kWidth; ++w) out[h * stride + w] = Fold(sum[h][w]);
  }
}

void Tile(const float* const* vectors, std::size_t height, const float* const* rows, std::size_t width, std::size_t n,
          float* out, std::size_t stride) {
  std::size_t h = 0;
  for (; h + kTileHeight <= height; h += kTileHeight) {
    std::size_t w = 0;
    for (; w + kTileWidth <= width; w += kTileWidth) {
      TileOf<kTileHeight, kTileWidth>(vectors + h, rows + w, n, out + h * stride + w, stride);
    }
    for (; w < width; ++w) TileOf<kTileHeight, 1>(vectors + h, rows + w, n, out + h * stride + w, stride);
  }
  for (; h < height; ++h) Dots(vectors[h], rows, width, n, out + h * stride);
}

template <bool kGap>
HWY_INLINE void CosinesOf(float aa, const float* ab, const float* bb, std::size_t count, float* out) {
  std::size_t i = 0;
#if HWY_HAVE_FLOAT64 && HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<double> d;
  const hn::Rebind<float, decltype(d)> narrow;
  const auto one = hn::Set(d, 1.0), square = hn::Set(d, static_cast<double>(aa));
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    const auto dot = hn::PromoteTo(d, hn::LoadU(narrow, ab + i));
    const auto other = hn::PromoteTo(d, hn::LoadU(narrow, bb + i));
    const auto cosine = hn::Div(dot, hn::Sqrt(hn::Mul(square, other)));
    const auto cut = hn::Max(hn::Neg(one), hn::Min(one, cosine));
    const auto score = kGap ? hn::Sub(one, cut) : cut;
    hn::StoreU(hn::Add(hn::DemoteTo(narrow, score), hn::Zero(narrow)), narrow, out + i);  // never -0
  }
#endif
  for (; i < count; ++i) {
    const double cosine = static_cast<double>(ab[i]) / std::sqrt(static_cast<double>(aa) * static_cast<double>(bb[i]));
    const double cut = std::max(-1.0, std::min(1.0, cosine));
    out[i] = static_cast<float>(kGap ? 1.0 - cut : cut) + 0.0F;
  }
}
void Cosines(float aa, const float* ab, const float* bb, std::size_t count, float* out) {
  CosinesOf<false>(aa, ab, bb, count, out);
}
void Gaps(float aa, const float* ab, const float* bb, std::size_t count, float* out) {
  CosinesOf<true>(aa, ab, bb, count, out);
}

void Scale(const float* v, float factor, std::size_t n, float* out) {
  const Tag d;
  const Vec by = hn::Set(d, factor);
  std::size_t i = 0;
  for (; i + kStep <= n; i += kStep) hn::StoreU(hn::Mul(hn::LoadU(d, v + i), by), d, out + i);
  for (; i < n; ++i) out[i] = v[i] * factor;
}

}  // namespace paritas::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace paritas {

HWY_EXPORT(Dot);
HWY_EXPORT(Sums);
HWY_EXPORT(Distance);
HWY_EXPORT(Dots);
HWY_EXPORT(DotsSquares);
HWY_EXPORT(Distances);
HWY_EXPORT(Tile);
HWY_EXPORT(Cosines);
HWY_EXPORT(Gaps);
HWY_EXPORT(Scale);

float lanes_dot(const float* a, const float* b, std::size_t n) { return HWY_DYNAMIC_DISPATCH(Dot)(a, b, n); }
PairSums lanes_sums(const float* a, const float* b, std::size_t n) { return HWY_DYNAMIC_DISPATCH(Sums)(a, b, n); }
float lanes_distance(const float* a, const float* b, std::size_t n) { return HWY_DYNAMIC_DISPATCH(Distance)(a, b, n); }
void lanes_dots(const float* vector, const float* const* rows, std::size_t count, std::size_t n, float* dots) {
  HWY_DYNAMIC_DISPATCH(Dots)(vector, rows, count, n, dots);
}
void lanes_dots_squares(const float* vector, const float* const* rows, std::size_t count, std::size_t n, float* dots,
                        float* squares) {
  HWY_DYNAMIC_DISPATCH(DotsSquares)(vector, rows, count, n, dots, squares);
}
void lanes_distances(const float* vector, const float* const* rows, std::size_t count, std::size_t n, float* out) {
  HWY_DYNAMIC_DISPATCH(Distances)(vector, rows, count, n, out);
}
void lanes_tile(const float* const* vectors, std::size_t height, const float* const* rows, std::size_t width,
                std::size_t n, float* out, std::size_t stride) {
  HWY_DYNAMIC_DISPATCH(Tile)(vectors, height, rows, width, n, out, stride);
}
void cosines_of_sums(float aa, const float* ab, const float* bb, std::size_t count, float* out) {
  HWY_DYNAMIC_DISPATCH(Cosines)(aa, ab, bb, count, out);
}
void gaps_of_sums(float aa, const float* ab, const float* bb, std::size_t count, float* out) {
  HWY_DYNAMIC_DISPATCH(Gaps)(aa, ab, bb, count, out);
}
void scale(const float* v, float factor, std::size_t n, float* out) { HWY_DYNAMIC_DISPATCH(Scale)(v, factor, n, out); }

namespace {
template <class Term>
double wide(std::size_t n, const Term& term) {
  double lanes[32] = {};
  for (std::size_t i = 0; i < n; ++i) lanes[i % 32] += term(i);
  for (std::size_t half = 16; half > 0; half /= 2) {
    for (std::size_t lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
  }
  return lanes[0];
}
}  // namespace

double wide_dot(const float* a, const float* b, std::size_t n) {
  return wide(n, [=](std::size_t i) { return static_cast<double>(a[i]) * static_cast<double>(b[i]); });
}
double wide_distance(const float* a, const float* b, std::size_t n) {
  return wide(n, [=](std::size_t i) {
    const double difference = static_cast<double>(a[i]) - static_cast<double>(b[i]);
    return difference * difference;
  });
}

}  // namespace paritas
#endif
