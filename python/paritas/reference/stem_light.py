"""stem, as core/src/text/stem_light.cpp computes it."""

from paritas.reference.convert import text

# Base, then its irregular forms.
IRREGULAR = """
agree agreed; arise arose arisen; become became; begin began begun; break broke broken; bring brought; build built;
buy bought; catch caught; choose chose chosen; come came; die died dying; draw drew drawn; drive drove driven;
eat ate eaten; fall fell fallen; feel felt; fight fought; find found; fly flew flown; forget forgot forgotten;
get got gotten; give gave given; go went gone goes; grow grew grown; hear heard; hide hid hidden; hold held; keep kept;
know knew known; lead led; leave left; lend lent; lie lay lain lying; lose lost; make made; mean meant; meet met;
pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold;
send sent; shake shook shaken; shoot shot; show shown; sing sang sung; sink sank sunk; sit sat; sleep slept;
speak spoke spoken; spend spent; stand stood; steal stole stolen; strike struck; swim swam swum; take took taken;
teach taught; tell told; think thought; throw threw thrown; use used using; wake woke woken; wear wore worn; win won;
write wrote written; child children; foot feet; man men; mouse mice; person people; tooth teeth; woman women
"""
BASES = {form: line.split()[0] for line in IRREGULAR.split(";") for form in line.split()[1:]}
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def stem(word: str) -> str:
    """The light English stem of a folded word; one with anything but a-z comes back as it is."""
    word = text(word)
    if not LETTERS.issuperset(word):
        return word
    word = BASES.get(word, word)
    if len(word) < 4:
        return word

    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        word = word[:-2]
    elif word.endswith("s") and word[-2] not in "siu":
        word = word[:-1]

    if word.endswith("ied") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("ed", "ing")) and not word.endswith("eed"):
        base = word[:-2] if word.endswith("ed") else word[:-3]
        if len(base) >= 3 and any(letter in "aeiouy" for letter in base):
            word = base
            if len(base) >= 4 and base[-1] == base[-2] and base[-1] in "bdfgmnprt":
                word = base[:-1]

    if word.endswith("ly") and len(word) >= 6:
        word = word[:-2]
    if word.endswith("e") and len(word) >= 4:
        word = word[:-1]
    return word
