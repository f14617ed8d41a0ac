"""stem_english, as core/src/text/stem_english.cpp computes it: Snowball 3.1's English stemmer, also called Porter2.

A letter is a code point; all but aeiouy are no vowels. A y that begins a word or follows a vowel is no vowel either and
stands as Y meanwhile. R1 begins behind the first non-vowel that follows a vowel, R2 behind the next such place in R1.
"""

from paritas.reference.convert import text

WHOLE = {"skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli"}
WHOLE |= {"only": "onli", "singly": "singl"}
WHOLE |= {word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")}
# Words that begin so have their R1 behind it.
BEGINNINGS = ("gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter")
DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
STEP_2 = {
    "tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent", "izer": "ize", "ization": "ize",
    "ational": "ate", "ation": "ate", "ator": "ate", "alism": "al", "aliti": "al", "alli": "al", "fulness": "ful",
    "ousli": "ous", "ousness": "ous", "iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble", "ogist": "og",
    "ogi": "og", "fulli": "ful", "lessli": "less", "li": "",
}  # fmt: skip
STEP_3 = {
    "tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic", "ful": "",
    "ness": "", "ative": "",
}  # fmt: skip
STEP_4 = "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion".split()


def _longest(word: str, endings: "dict[str, str] | list[str]") -> str:
    return max((ending for ending in endings if word.endswith(ending)), key=len, default="")


def _vowel(letter: str) -> bool:
    return letter in ("a", "e", "i", "o", "u", "y")


def _past_vowel_and_other(word: str, start: int) -> int:
    """Behind the first non-vowel that follows a vowel, or the end."""
    for i in range(start + 1, len(word)):
        if _vowel(word[i - 1]) and not _vowel(word[i]):
            return i + 1
    return len(word)


def _ends_short(word: str) -> bool:
    """Whether a word ends with a short syllable: rap, trap, on; not bestow."""
    if word.endswith("past"):
        return True
    if len(word) < 2 or _vowel(word[-1]) or not _vowel(word[-2]):
        return False
    return len(word) == 2 or (not _vowel(word[-3]) and word[-1] not in "wxY")


def stem_english(word: str) -> str:
    """The stem of an English word by Snowball's rules: "policies" gives "polici", "running" gives "run"."""
    word = text(word)
    if word in WHOLE:
        return WHOLE[word]
    if len(word) < 3:
        return word
    word = word.removeprefix("'")
    marked = word
    for i, letter in enumerate(word):
        if letter == "y" and (i == 0 or _vowel(marked[i - 1])):
            marked = marked[:i] + "Y" + marked[i + 1 :]
    stemmed = _steps(marked)
    return stemmed if marked == word else stemmed.replace("Y", "y")


def _steps(word: str) -> str:
    r1 = next((len(start) for start in BEGINNINGS if word.startswith(start)), _past_vowel_and_other(word, 0))
    r2 = _past_vowel_and_other(word, r1)
    word = _step_1b(_step_1a(word), r1)
    if len(word) > 2 and word[-1] in "yY" and not _vowel(word[-2]):  # step 1c
        word = word[:-1] + "i"

    ending = _longest(word, STEP_2)
    rest = word.removesuffix(ending)
    if (
        ending
        and len(rest) >= r1
        and (rest.endswith("l") if ending == "ogi" else ending != "li" or rest.endswith(tuple("cdeghkmnrt")))
    ):
        word = rest + STEP_2[ending]

    ending = _longest(word, STEP_3)
    rest = word.removesuffix(ending)
    if ending and len(rest) >= (r2 if ending == "ative" else r1):
        word = rest + STEP_3[ending]

    ending = _longest(word, STEP_4)
    rest = word.removesuffix(ending)
    if ending and len(rest) >= r2 and (ending != "ion" or rest.endswith(("s", "t"))):
        word = rest

    rest = word[:-1]  # step 5
    if word.endswith("e") and (len(rest) >= r2 or (len(rest) >= r1 and not _ends_short(rest))):
        return rest
    return rest if word.endswith("ll") and len(rest) >= r2 else word


def _step_1a(word: str) -> str:
    word = word.removesuffix(_longest(word, ["'", "'s", "'s'"]))
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")) and any(map(_vowel, word[:-2])):
        return word[:-1]
    return word


def _step_1b(word: str, r1: int) -> str:
    ending = _longest(word, ["eed", "eedly", "ed", "edly", "ing", "ingly"])
    rest = word.removesuffix(ending)
    if not ending:
        return word
    if ending in ("eed", "eedly"):
        return rest + "ee" if len(rest) >= r1 and rest not in ("succ", "proc", "exc") else word
    if ending == "ing":
        if rest in ("even", "cann", "inn", "earr", "herr", "out"):
            return word
        if len(rest) == 2 and rest[1] == "y" and not _vowel(rest[0]):
            return rest[0] + "ie"
    if not any(map(_vowel, rest)):
        return word
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if rest.endswith(DOUBLES):
        return rest if len(rest) == 3 and rest[0] in "aeo" else rest[:-1]
    return rest + "e" if len(rest) == r1 and _ends_short(rest) else rest
