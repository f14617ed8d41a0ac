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
  second_person,
  opinions,
  questions,
};

struct FeatureConstants {
  double mean, deviation, weight;
};

inline constexpr std::size_t kFeatures = 18;
inline constexpr FeatureConstants kFeatureTable[kFeatures] = {
    {0.720326, 0.242504, 0.259971},       // coverage
    {1.11851, 0.440666, -0.39065},        // heaviest_missing
    {0.702084, 0.294614, 0.070481},       // pairs_in_order
    {0.250843, 0.411804, 0.272634},       // in_frames
    {0.0637594, 0.220605, -0.0923954},    // numbers_missing
    {0.0466439, 0.19377, -0.270838},      // numbers_differ
    {0.0829134, 0.244555, -0.34528},      // names_missing
    {0.0529048, 0.189944, -0.301339},     // heads_affirmed
    {0.0339374, 0.161397, -0.104969},     // cues_lost
    {0.097282, 0.242777, -0.220761},      // flips
    {0.00763719, 0.0727698, -0.0870576},  // antonyms
    {0.0923493, 0.25364, -0.175714},      // strong_new
    {0.0397458, 0.165708, -0.0980439},    // negative_new
    {2.25504, 1.53623, 0.141409},         // source_sentences
    {0.0844711, 0.240303, -0.145136},     // first_person
    {0.00879624, 0.0823049, -0.185686},   // second_person
    {0.0731643, 0.231909, -0.105955},     // opinions
    {0.00829659, 0.090707, -0.0777},      // questions
};
inline constexpr double kConstant = -0.0562474, kClip = 4.0;
inline constexpr double kPlattSlope = 1.12477, kPlattShift = 0.0;

}  // namespace paritas
