"""Written by tools/verify/make_model.py from tools/verify/model.json."""

# name, mean, deviation, weight
FEATURES = (
    ("coverage", 0.720326, 0.242504, 0.243914),
    ("heaviest_missing", 1.11851, 0.440666, -0.405656),
    ("pairs_in_order", 0.702084, 0.294614, 0.075943),
    ("in_frames", 0.250843, 0.411804, 0.257833),
    ("numbers_missing", 0.0637594, 0.220605, -0.0843186),
    ("numbers_differ", 0.0466439, 0.19377, -0.270947),
    ("names_missing", 0.0829134, 0.244555, -0.353083),
    ("heads_affirmed", 0.0529048, 0.189944, -0.310441),
    ("cues_lost", 0.0339374, 0.161397, -0.0996715),
    ("flips", 0.097282, 0.242777, -0.211999),
    ("antonyms", 0.00763719, 0.0727698, -0.0957138),
    ("strong_new", 0.0923493, 0.25364, -0.170547),
    ("negative_new", 0.0324322, 0.150925, -0.0958328),
    ("source_sentences", 2.25504, 1.53623, 0.151235),
    ("first_person", 0.0236777, 0.148028, -0.286623),
    ("opinions", 0.0731643, 0.231909, -0.0883121),
)
CONSTANT = -0.0579998
CLIP = 4.0
PLATT_SLOPE, PLATT_SHIFT = 1.20782, 0.0
