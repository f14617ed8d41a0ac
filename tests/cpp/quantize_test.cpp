#include "paritas/vectors/quantize.hpp"

#include <cstring>
#include <memory>

#include "paritas/vectors/narrow.hpp"
#include "vectors.hpp"
#include "vectors/stored_kernels.hpp"

namespace paritas::tests {
namespace {

// float32 rows in a heap block of exactly the right size.
struct Rows {
  std::unique_ptr<float[]> values;
  std::size_t rows = 1, dim = 0;
  operator Matrix() const { return {values.get(), rows, dim}; }
};

bool is_matrix(const Json& items) { return items.empty() || items[0].is_array(); }

Rows rows_of(const Json& items) {
  Rows out;
  std::vector<double> flat;
  out.rows = is_matrix(items) ? items.size() : 1;
  for (const Json& row : is_matrix(items) ? items : Json::array({items})) {
    out.dim = row.size();
    for (const double value : numbers(row)) flat.push_back(value);
  }
  out.values = std::make_unique<float[]>(flat.size());
  REQUIRE(narrow(flat, out.values.get()).ok());
  return out;
}

Json plain(std::span<const float> values) {
  Json out = Json::array();
  for (const float value : values) out.push_back(outcome(static_cast<double>(value)).at("value"));
  return out;
}
Json lines(std::span<const float> values, std::size_t rows) {
  Json out = Json::array();
  for (std::size_t i = 0; i < rows; ++i)
    out.push_back(plain(values.subspan(i * (values.size() / rows), values.size() / rows)));
  return out;
}
Json value(Json item) { return {{"value", std::move(item)}}; }
Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

Json hits(std::span<const Neighbour> found) {
  Json out = Json::array();
  for (const Neighbour& hit : found) {
    out.push_back(Json::array({hit.index, outcome(static_cast<double>(hit.score)).at("value")}));
  }
  return out;
}

std::string unhex(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16)));
  return out;
}
std::string hex(const std::string& bytes) {
  std::string out;
  for (const char byte : bytes) {
    out += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
    out += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

Json fields(const QuantizedVectors& vectors) {
  Json data = Json::array(), values = Json::array();
  const auto bytes = vectors.data();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (vectors.dtype() == Dtype::float16) {
      data.push_back(bytes[i] | bytes[i + 1] << 8);
      ++i;
    } else {
      data.push_back(vectors.dtype() == Dtype::int8 ? static_cast<int>(static_cast<std::int8_t>(bytes[i])) : bytes[i]);
    }
  }
  std::vector<float> row(vectors.dim());
  for (std::size_t i = 0; i < vectors.count(); ++i) {
    vectors.dequantize_row(i, row);
    values.push_back(plain(row));
  }
  return {{"dtype", name(vectors.dtype())},    {"dim", vectors.dim()},       {"count", vectors.count()}, {"data", data},
          {"scales", plain(vectors.scales())}, {"nbytes", vectors.nbytes()}, {"values", values}};
}

Result<QuantizedVectors> made(const Json& items, const Json& given) {
  const auto dtype = parse_dtype(given.value("dtype", "int8"), false);
  if (!dtype.ok()) return dtype.error();
  return quantize(rows_of(items), dtype.value());
}

Json search(const Json& given) {
  if (given.at("dtype") == "float32") return failed(rescore_needs_quantized());
  const auto corpus = made(given.at("corpus"), given);
  const auto metric = parse_metric(given.value("metric", "cosine"));
  TopKOptions options{given.value("k", TopKOptions{}.k), metric.value(), std::nullopt, 0, false};
  if (given.contains("threshold")) options.threshold = number(given.at("threshold"));
  Result<RowFilter> filter = RowFilter();
  if (given.contains("filter_ids")) {
    const Json& ids = given.at("filter_ids");
    std::vector<std::uint8_t> mask;
    std::vector<std::int64_t> numbers;
    for (const Json& id : ids) id.is_boolean() ? mask.push_back(id.get<bool>() ? 1 : 0) : numbers.push_back(id);
    filter = mask.empty() ? RowFilter::of_ids(numbers, corpus.value().count())
                          : RowFilter::of_mask(mask, corpus.value().count());
    if (!filter.ok()) return failed(filter.error());
  }
  const Rows queries = rows_of(given.at("query")), exact = rows_of(given.at("corpus"));
  const Matrix again = exact;
  const auto found = top_k(queries, corpus.value(), options, given.contains("filter_ids") ? &filter.value() : nullptr,
                           given.value("rescore", false) ? &again : nullptr, given.value("oversample", kOversample));
  if (!found.ok()) return failed(found.error());
  if (!is_matrix(given.at("query"))) return value(hits(found.value()[0]));
  Json out = Json::array();
  for (const auto& list : found.value()) out.push_back(hits(list));
  return value(out);
}

Json run(const std::string& function, const Json& given) {
  if (function == "top_k_similar") return search(given);
  if (function == "hamming_distance") {
    const auto a = given.at("a").get<std::vector<std::uint8_t>>(), b = given.at("b").get<std::vector<std::uint8_t>>();
    const auto bits = hamming_distance(a, b);
    return bits.ok() ? value(bits.value()) : failed(bits.error());
  }
  if (function == "from_bytes") {
    const auto vectors = QuantizedVectors::from_bytes(unhex(given.at("data")));
    return vectors.ok() ? value(fields(vectors.value())) : failed(vectors.error());
  }
  const char* side = given.contains("b") ? "b" : given.contains("corpus") ? "corpus" : "vectors";
  const auto vectors = made(given.at(side), given);
  if (!vectors.ok()) return failed(vectors.error());
  if (function == "quantize") return value(fields(vectors.value()));
  if (function == "to_bytes") return value(hex(vectors.value().to_bytes()));
  const Json& asked = given.at(given.contains("a") ? "a" : "queries");
  const Rows queries = rows_of(asked);
  std::vector<float> out(queries.rows * vectors.value().count());
  const auto done = similarity_matrix(queries, vectors.value(), given.value("normalize", true), 0, out);
  if (!done.ok()) return failed(done.error());
  return value(is_matrix(asked) ? lines(out, queries.rows) : plain(out));
}

}  // namespace

TEST_CASE("quantised vectors agree with their vectors") {
  for (const auto& test : load_vectors("quantize")) {
    DYNAMIC_SECTION(test["id"]) {
      const Json& given = test.at("given");
      CHECK(run(given.at("function"), given.at("arguments")).dump() == test.at("expect").dump());
    }
  }
}

TEST_CASE("the sums over stored rows do not depend on where the rows lie") {
  constexpr std::size_t kDim = 150;
  std::vector<std::uint8_t> row(2 * kDim);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<std::uint8_t>((i * 37 + 11) % 120);
  std::vector<std::int16_t> whole(192);
  std::vector<float> vector(kDim);
  for (std::size_t i = 0; i < kDim; ++i)
    whole[i] = static_cast<std::int16_t>(i % 200) - 100, vector[i] = 1.0F / static_cast<float>(i + 3);
  std::int32_t dot = 0;
  for (std::size_t i = 0; i < kDim; ++i) dot += whole[i] * static_cast<std::int8_t>(row[i]);
  float half_dot = 0.0F;
  for (std::size_t shift = 0; shift < 64; ++shift) {
    const std::size_t even = shift / 2 * 2;
    auto block = std::make_unique<std::uint8_t[]>(shift + kDim),
         halves = std::make_unique<std::uint8_t[]>(even + row.size());
    std::memcpy(block.get() + shift, row.data(), kDim);
    std::memcpy(halves.get() + even, row.data(), row.size());
    const auto* at = reinterpret_cast<const std::int8_t*>(block.get() + shift);
    std::int32_t sum = 0;
    whole_dots(whole.data(), &at, 1, kDim, &sum);
    CHECK(sum == dot);
    const auto* half = reinterpret_cast<const std::uint16_t*>(halves.get() + even);
    float value = 0.0F;
    halves_dots(vector.data(), &half, 1, kDim, &value);
    if (shift == 0) half_dot = value;
    CHECK(value == half_dot);
    const std::uint8_t* bits = block.get() + shift;
    std::uint32_t differing = 1;
    differing_bits(row.data(), &bits, 1, kDim, &differing);
    CHECK(differing == 0);
  }
}

TEST_CASE("every half is widened exactly") {
  std::vector<std::uint16_t> halves(65'536);
  for (std::size_t i = 0; i < halves.size(); ++i) halves[i] = static_cast<std::uint16_t>(i);
  std::vector<float> values(halves.size());
  widen_halves(halves.data(), halves.size(), values.data());
  for (std::size_t i = 0; i < halves.size(); ++i) {
    const int exponent = static_cast<int>(i >> 10 & 31), fraction = static_cast<int>(i & 1023);
    if (exponent == 31 && fraction != 0) {
      REQUIRE(values[i] != values[i]);
      continue;
    }
    double expected = exponent == 31  ? HUGE_VAL
                      : exponent == 0 ? std::ldexp(fraction, -24)
                                      : std::ldexp(1024 + fraction, exponent - 25);
    if ((i & 0x8000) != 0) expected = -expected;
    REQUIRE(static_cast<double>(values[i]) == expected);
  }
}

}  // namespace paritas::tests
