// Written by tools/verify/make_model.py from tools/verify/model.json.
#pragma once
#include <cstdint>

namespace paritas {

/// What the model looks at, in the order in which it adds.
enum class Feature : std::uint8_t {
  coverage,
  heaviest_missing,
  pairs_in_order,
  in_frames,
  numbers_missing,
  numbers_differ,
  names_missing,
  heads_affirmed,
  cues_lost,
  flips,
  antonyms,
  strong_new,
  negative_new,
  source_sentences,
  first_person,
  opinions,
};

struct FeatureConstants {
  double mean, deviation, weight;
};

inline constexpr std::size_t kFeatures = 16;
inline constexpr FeatureConstants kFeatureTable[kFeatures] = {
    {0.720326, 0.242504, 0.243914},       // coverage
    {1.11851, 0.440666, -0.405656},       // heaviest_missing
    {0.702084, 0.294614, 0.075943},       // pairs_in_order
    {0.250843, 0.411804, 0.257833},       // in_frames
    {0.0637594, 0.220605, -0.0843186},    // numbers_missing
    {0.0466439, 0.19377, -0.270947},      // numbers_differ
    {0.0829134, 0.244555, -0.353083},     // names_missing
    {0.0529048, 0.189944, -0.310441},     // heads_affirmed
    {0.0339374, 0.161397, -0.0996715},    // cues_lost
    {0.097282, 0.242777, -0.211999},      // flips
    {0.00763719, 0.0727698, -0.0957138},  // antonyms
    {0.0923493, 0.25364, -0.170547},      // strong_new
    {0.0324322, 0.150925, -0.0958328},    // negative_new
    {2.25504, 1.53623, 0.151235},         // source_sentences
    {0.0236777, 0.148028, -0.286623},     // first_person
    {0.0731643, 0.231909, -0.0883121},    // opinions
};
inline constexpr double kConstant = -0.0579998, kClip = 4.0;
inline constexpr double kPlattSlope = 1.20782, kPlattShift = 0.0;

}  // namespace paritas
