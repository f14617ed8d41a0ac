#include "paritas/stream/signature.hpp"

#include "features.hpp"
#include "paritas/stream/canonical_json.hpp"
#include "texts.hpp"

namespace paritas {
namespace {

double random_number(Random& random) {
  switch (random.below(8)) {
    case 0:
      return __builtin_bit_cast(double, random.next());
    case 1:
      return random.unit();
    default:
      return static_cast<double>(random.below(1000000)) / 1000.0;
  }
}

void tell(Random& random, CanonicalWriter& writer, int depth) {
  const std::uint64_t turn = random.below(depth == 3 ? 6 : 10);
  if (turn == 0) {
    writer.null();
  } else if (turn == 1) {
    writer.boolean(random.below(2) == 1);
  } else if (turn == 2) {
    const std::uint64_t bits = random.below(64);
    writer.whole(static_cast<std::int64_t>(random.next() >> bits));
  } else if (turn == 3) {
    writer.number(random_number(random));
  } else if (turn < 6) {
    writer.text(random_text(random, 3));
  } else if (turn < 8) {
    writer.begin_array();
    for (std::uint64_t count = random.below(4); count > 0; --count) tell(random, writer, depth + 1);
    writer.end();
  } else {
    writer.begin_object();
    for (std::uint64_t count = random.below(5); count > 0; --count) {
      writer.text(random_text(random, 1) + std::to_string(count));
      tell(random, writer, depth + 1);
    }
    writer.end();
  }
}

}  // namespace

void check_signature(Random& random, Digest& digest) {
  CanonicalWriter first;
  CanonicalWriter second;
  tell(random, first, 0);
  tell(random, second, 0);
  for (const CanonicalWriter* writer : {&first, &second}) {  // an error ends the case after what came before it
    if (writer->failed()) return digest.add(writer->error());
    digest.add(writer->written());
    digest.add(signature_of(writer->written()));
  }
  digest.add(call_similarity("a", first.written(), "a", second.written()));
}

}  // namespace paritas
