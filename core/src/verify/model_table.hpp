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
    {0.720326, 0.242504, 0.261492},       // coverage
    {1.11851, 0.440666, -0.391928},       // heaviest_missing
    {0.702084, 0.294614, 0.0756764},      // pairs_in_order
    {0.250843, 0.411804, 0.273234},       // in_frames
    {0.0637594, 0.220605, -0.0908602},    // numbers_missing
    {0.0466439, 0.19377, -0.271446},      // numbers_differ
    {0.0829134, 0.244555, -0.343921},     // names_missing
    {0.0529048, 0.189944, -0.300485},     // heads_affirmed
    {0.0339374, 0.161397, -0.10407},      // cues_lost
    {0.097282, 0.242777, -0.220366},      // flips
    {0.00763719, 0.0727698, -0.0863765},  // antonyms
    {0.0923493, 0.25364, -0.175975},      // strong_new
    {0.0324322, 0.150925, -0.0944319},    // negative_new
    {2.25504, 1.53623, 0.142976},         // source_sentences
    {0.0844711, 0.240303, -0.143852},     // first_person
    {0.00879624, 0.0823049, -0.185225},   // second_person
    {0.0731643, 0.231909, -0.104848},     // opinions
    {0.00829659, 0.090707, -0.0778677},   // questions
};
inline constexpr double kConstant = -0.0578339, kClip = 4.0;
inline constexpr double kPlattSlope = 1.12732, kPlattShift = 0.0;

}  // namespace paritas
