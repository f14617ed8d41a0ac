"""Written by tools/verify/make_model.py from tools/verify/model.json."""

# name, mean, deviation, weight
FEATURES = (
    ("coverage", 0.720326, 0.242504, 0.261492),
    ("heaviest_missing", 1.11851, 0.440666, -0.391928),
    ("pairs_in_order", 0.702084, 0.294614, 0.0756764),
    ("in_frames", 0.250843, 0.411804, 0.273234),
    ("numbers_missing", 0.0637594, 0.220605, -0.0908602),
    ("numbers_differ", 0.0466439, 0.19377, -0.271446),
    ("names_missing", 0.0829134, 0.244555, -0.343921),
    ("heads_affirmed", 0.0529048, 0.189944, -0.300485),
    ("cues_lost", 0.0339374, 0.161397, -0.10407),
    ("flips", 0.097282, 0.242777, -0.220366),
    ("antonyms", 0.00763719, 0.0727698, -0.0863765),
    ("strong_new", 0.0923493, 0.25364, -0.175975),
    ("negative_new", 0.0324322, 0.150925, -0.0944319),
    ("source_sentences", 2.25504, 1.53623, 0.142976),
    ("first_person", 0.0844711, 0.240303, -0.143852),
    ("second_person", 0.00879624, 0.0823049, -0.185225),
    ("opinions", 0.0731643, 0.231909, -0.104848),
    ("questions", 0.00829659, 0.090707, -0.0778677),
)
CONSTANT = -0.0578339
CLIP = 4.0
PLATT_SLOPE, PLATT_SHIFT = 1.12732, 0.0
