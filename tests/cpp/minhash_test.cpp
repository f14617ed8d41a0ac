#include "paritas/repair/minhash.hpp"

#include "exact.hpp"
#include "paritas/base/hash.hpp"
#include "paritas/base/random.hpp"
#include "paritas/repair/minhash_lsh.hpp"
#include "repair/minhash_kernels.hpp"

namespace paritas::tests {
namespace {

Json failed(const Error& error) { return {{"error", {{"code", name(error.code)}, {"offset", error.offset}}}}; }

std::string hex(std::uint64_t value) {
  std::string out(16, '0');
  for (std::size_t i = 0; i < 16; ++i) out[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
  return out;
}

Result<MinHash> made_of(const Json& fields) {
  MinHashOptions options;
  options.num_perm = fields.value("num_perm", options.num_perm);
  options.seed = fields.value("seed", options.seed);
  options.k = fields.value("k", options.k);
  const auto kind = shingle_kind(fields.value("shingle", "word"));
  if (!kind.ok()) return kind.error();
  options.shingle = kind.value();
  return MinHash::create(options);
}

std::vector<std::uint32_t> places_of(const MinHash& self, const Json& text) {
  std::vector<std::uint32_t> out(self.num_perm());
  self.signature(Exact(text).view(), out);
  return out;
}

Json index_of(const Json& given) {
  const Json fields = given.at("options");
  MinHashLshOptions options;
  if (fields.contains("threshold")) options.threshold = number(fields.at("threshold"));
  options.num_perm = fields.value("num_perm", options.num_perm);
  if (fields.contains("bands")) options.bands = fields.at("bands").get<std::int64_t>();
  if (fields.contains("rows")) options.rows = fields.at("rows").get<std::int64_t>();
  const MinHash sketch = std::move(made_of(given.at("sketch"))).value();
  auto made = MinHashLsh::create(options);
  if (!made.ok()) return failed(made.error());
  MinHashLsh index = std::move(made).value();
  for (const Json& item : given.at("insert")) {
    const auto done = index.insert(item[0].get<std::int64_t>(), places_of(sketch, item[1]));
    if (!done.ok()) return failed(done.error());
  }
  for (const Json& id : given.at("remove")) {
    const auto done = index.remove(id.get<std::int64_t>());
    if (!done.ok()) return failed(done.error());
  }
  const Exact bytes(index.to_bytes());
  const MinHashLsh again = std::move(MinHashLsh::from_bytes(bytes.view())).value();
  CHECK(again.to_bytes() == bytes.view());
  Json found = Json::array();
  for (const Json& text : given.at("query")) {
    found.push_back(index.query(places_of(sketch, text)).value());
    CHECK(Json(again.query(places_of(sketch, text)).value()) == found.back());
  }
  const Hash128 sum = xxh3_128(bytes.view());
  const BandShape& shape = index.shape();
  return {{"value",
           {{"found", found},
            {"shape", {shape.places, shape.bands, shape.rows, index.size()}},
            {"bytes", hex(sum.high) + hex(sum.low)}}}};
}

Json answer(const Json& given) {
  const std::string call = given.at("call");
  if (call == "lsh") return index_of(given);
  if (call == "jaccard") {
    const auto a = given.at("a").get<std::vector<std::uint32_t>>(), b = given.at("b").get<std::vector<std::uint32_t>>();
    return outcome(minhash_jaccard(a, b));
  }
  const Json options = given.value("options", Json::object());
  if (call == "band_keys") {
    const MinHash sketch = std::move(MinHash::create()).value();
    const MinHashLsh index = std::move(MinHashLsh::create({.rows = options.at("rows").get<std::int64_t>()})).value();
    Json keys = Json::array();
    const auto found = index.band_keys(places_of(sketch, given.at("text")));
    for (const std::uint64_t key : found.value()) keys.push_back(hex(key));
    return {{"value", keys}};
  }
  auto made = made_of(options);
  if (!made.ok()) return failed(made.error());
  MinHash self = std::move(made).value();
  if (call == "signature") return {{"value", places_of(self, given.at("text"))}};
  MinHash other = std::move(made_of(options)).value();
  for (const Json& text : given.at("left")) self.update(text.get<std::string>());
  for (const Json& text : given.at("right")) other.update(text.get<std::string>());
  REQUIRE(self.merge(other).ok());
  return {{"value", std::vector<std::uint32_t>(self.digest().begin(), self.digest().end())}};
}

}  // namespace

TEST_CASE("MinHash and its index agree with their vectors") {
  for (const auto& test : load_vectors("minhash")) {
    DYNAMIC_SECTION(test["id"]) { CHECK(answer(test.at("given")).dump() == test.at("expect").dump()); }
  }
}

TEST_CASE("the kernel of MinHash is the formula") {
  Random random(3);
  for (const std::size_t count : {16U, 32U, 48U, 64U, 80U, 128U, 144U}) {
    for (const std::size_t items : {0U, 1U, 2U, 7U, 40U}) {
      std::vector<std::uint64_t> a(count), b(count), x(items);
      for (auto* all : {&a, &b, &x}) {
        for (std::uint64_t& value : *all) value = random.below(4) == 0 ? ~random.below(3) : random.next();
      }
      std::vector<std::uint32_t> least(count), expected(count);
      for (std::size_t i = 0; i < count; ++i) {
        least[i] = expected[i] = static_cast<std::uint32_t>(random.below(3) == 0 ? 0xFFFFFFFFU : random.next());
        for (const std::uint64_t value : x) {
          expected[i] = std::min(expected[i], static_cast<std::uint32_t>((a[i] * value + b[i]) >> 32));
        }
      }
      repair::minimise(a.data(), b.data(), count, x.data(), items, least.data());
      CHECK(least == expected);
      CHECK(repair::equal_places(least.data(), expected.data(), count) == count);
    }
  }
}

TEST_CASE("damaged bytes of an index are refused") {
  MinHashLsh index = std::move(MinHashLsh::create({.num_perm = 8, .rows = 2})).value();
  const std::vector<std::uint32_t> places{1, 2, 3, 4, 5, 6, 7, 8};
  REQUIRE(index.insert(1, places).ok());
  const std::string data = index.to_bytes();
  for (std::size_t at = 0; at < data.size(); ++at) {
    std::string other = data;
    other[at] = static_cast<char>(other[at] ^ 1);
    const Exact exact(other);
    const auto made = MinHashLsh::from_bytes(exact.view());
    REQUIRE_FALSE(made.ok());
    CHECK(made.error().code == ErrorCode::corrupt_data);
    CHECK_FALSE(MinHashLsh::from_bytes(Exact(data.substr(0, at)).view()).ok());
  }
}

}  // namespace paritas::tests
