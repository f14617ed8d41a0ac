"""The English word lists of the rooms text and verify. tools/lexicon/make_lexicon.py writes the tables of the core from here."""

STOP_WORDS = frozenset(
    """a an the this that these those such i me my mine we us our ours you your yours he him his she her hers it its they
    them their theirs who whom whose which what am is are was were be been being do does did done doing have has had
    having will would shall should can could may might must and or but nor so yet if then than as at by for from in into
    of off on onto out over per to through under until up upon via with within about above after against along among
    around before behind below beneath beside between beyond down during near since toward towards while because
    although though unless whether there here when where why how again also just only very too more most much many some
    any each every both all other another same own even still already ever now not no never""".split()
)

# Cues by themselves, and never content.
NEGATIVE_WORDS = frozenset("none nobody nothing nowhere neither nor without hardly scarcely".split())
NEGATIVE_CUES = NEGATIVE_WORDS | {"not", "never", "no"}

# Written without their apostrophe: two letters are dropped, and the word is negated.
BARE_CONTRACTIONS = frozenset(
    """dont doesnt didnt isnt wasnt arent werent couldnt wouldnt shouldnt havent hasnt hadnt""".split()
)
CONTRACTED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "be"}
ENDINGS = ("'s", "'re", "'ve", "'ll", "'d", "'m")

# Abbreviations that end in a full stop and go on: always, or unless a new sentence plainly begins.
TITLES = frozenset(
    """dr mr mrs ms prof gen sen rep gov capt lt col sgt rev hon st mt eg ie vs cf fig figs eq no nos approx
    ca""".split()
)
ABBREVIATIONS = frozenset(
    """inc ltd co corp etc jr sr am pm jan feb mar apr jun jul aug sep sept oct nov dec dept est ave blvd univ assn
    bros""".split()
)

MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|
        november nov|december dec""".split("|"),
        start=1,
    )
    for name in names.split()
}
MONTH_NAMES = frozenset("january february march april may june july august september october november december".split())
# A month stands for a date by itself only after one of these.
BEFORE_MONTH = frozenset("in by since until till of from to last next early late mid this every each through".split())
# Four digits before a lower-case noun are a year after one of these, else a count.
BEFORE_YEAR = frozenset(
    "in since by of from until till to before after during year circa between and early late mid through".split()
)
BEFORE_DECADE = frozenset("the early late mid".split())

UNITS_WORDS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split()
    )
}
TENS_WORDS = {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
# Powers of ten that number words multiply by; a dozen is no power.
SCALE_WORDS = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "lakh": 5,
    "crore": 7,
    "mn": 6,
    "mln": 6,
    "bn": 9,
    "tn": 12,
}
SPOKEN_SCALES = frozenset("hundred thousand million billion trillion".split())
SCALE_SUFFIXES = {
    "k": 3,
    "K": 3,
    "M": 6,
    "mn": 6,
    "mln": 6,
    "B": 9,
    "bn": 9,
    "bln": 9,
    "T": 12,
    "tn": 12,
}
ORDINAL_WORDS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
ORDINAL_SUFFIXES = frozenset("st nd rd th".split())
DIVISORS = {
    word: value
    for value, words in (
        (2, "half halves"),
        (3, "third thirds"),
        (4, "quarter quarters fourth fourths"),
        (5, "fifth fifths"),
        (6, "sixth sixths"),
        (7, "seventh sevenths"),
        (8, "eighth eighths"),
        (9, "ninth ninths"),
        (10, "tenth tenths"),
    )
    for word in words.split()
}
NOT_ONE_AFTER = frozenset("no any every some each this that which the another".split())
NOT_ONE_BEFORE = frozenset("of another day or can could who is such should must may".split())

# Units: symbol or stem -> (name, dimension, factor). Symbols are written as they stand in the text.
_UNITS = """
time: s=1 ns=1e-9 us=1e-6 ms=1e-3 min=60 h=3600 day=86400 week=604800
month: month=1 year=12 decade=120 century=1200
length: nm=1e-9 mm=1e-3 cm=1e-2 m=1 km=1e3 inch=.0254 ft=.3048 yd=.9144 mi=1609.344
mass: mcg=1e-9 mg=1e-6 g=1e-3 kg=1 t=1e3 lb=.45359237 oz=.028349523125
data: byte=1 KB=1e3 MB=1e6 GB=1e9 TB=1e12 PB=1e15 KiB=1024 MiB=1048576 GiB=1073741824 TiB=1099511627776
volume: ml=1e-3 l=1
frequency: Hz=1 kHz=1e3 MHz=1e6 GHz=1e9
power: W=1 kW=1e3 MW=1e6 GW=1e9
energy: kWh=1 MWh=1e3
voltage: V=1
mph: mph=1
kph: kph=1
celsius: celsius=1
fahrenheit: fahrenheit=1
degree: degree=1
percent: %=1 permille=.1
point: point=1
times: times=1
"""
# name: symbols as they stand in the text / stems of words in any case
_SPELLINGS = """
ns: ns / nanosecond | us: us µs μs / microsecond | ms: ms / millisecond | s: s sec / second | min: min / minut
h: h hr / hour | day: / day | week: wk / week | month: mo / month | year: yr / year | decade: / decad
century: / century | nm: nm / nanometr nanometer | mm: mm / millimetr millimeter | cm: cm / centimetr centimeter
m: m / metr meter | km: km / kilometr kilometer | inch: / inch | ft: ft / foot | yd: yd / yard | mi: mi / mil
mcg: µg μg mcg / microgram | mg: mg / milligram | g: g / gram | kg: kg / kilo kilogram | t: t / ton tonn
lb: lb lbs / pound | oz: oz / ounc
byte: / byt | KB: kB KB / kilobyt | MB: MB / megabyt | GB: GB / gigabyt | TB: TB / terabyt | PB: PB / petabyt
KiB: KiB / | MiB: MiB / | GiB: GiB / | TiB: TiB / | ml: ml mL / millilitr milliliter | l: l L / litr liter
Hz: Hz / hertz | kHz: kHz / | MHz: MHz / | GHz: GHz /
W: W / watt | kW: kW / kilowatt | MW: MW / megawatt | GW: GW / gigawatt | kWh: kWh / | MWh: MWh / | V: V / volt
mph: mph / | kph: kph / | celsius: / celsius | fahrenheit: / fahrenheit | degree: / degre
%: pct / percent | point: pp / | times: / fold
"""
CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "￥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
}
CURRENCY_CODES = frozenset("USD EUR GBP JPY CNY INR KRW RUB TRY CHF CAD AUD SEK NOK DKK BRL MXN ZAR SGD HKD".split())
CURRENCY_STEMS = {
    "dollar": "USD",
    "buck": "USD",
    "euro": "EUR",
    "yen": "JPY",
    "rupe": "INR",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rubl": "RUB",
    "franc": "CHF",
}
# Marks: what stands for a unit without a letter.
UNIT_MARKS = {"%": "%", "٪": "%", "％": "%", "‰": "permille", "°": "degree", "℃": "celsius", "℉": "fahrenheit"}

# The stem of the word after "per" or "/", where it is an abbreviation.
PER_STEMS = {
    "s": "second",
    "sec": "second",
    "h": "hour",
    "hr": "hour",
    "min": "minut",
    "mo": "month",
    "yr": "year",
    "annum": "year",
    "d": "day",
    "wk": "week",
}
TIME_STEMS = frozenset("second minut hour day week month year decad century".split()) | PER_STEMS.keys()

SKIPPED_BEFORE_NOUN = frozenset("the of other more such".split())


Unit = tuple[str, str, float]


def _tables() -> tuple[dict[str, Unit], dict[str, Unit], dict[str, Unit]]:
    units: dict[str, Unit] = {}
    for line in _UNITS.strip().split("\n"):
        dimension, _, entries = line.partition(": ")
        for entry in entries.split():
            name, _, factor = entry.partition("=")
            units[name] = (name, dimension, float(factor))
    for code in sorted({*CURRENCY_CODES, *CURRENCY_STEMS.values()}):
        units[code] = (code, "money", 1.0)
    symbols: dict[str, Unit] = {code: units[code] for code in sorted(CURRENCY_CODES)}
    stems: dict[str, Unit] = {stem: units[code] for stem, code in CURRENCY_STEMS.items()}
    stems["cent"] = ("USD", "money", 0.01)
    for part in _SPELLINGS.strip().replace("\n", "|").split("|"):
        name, _, words = part.strip().partition(":")
        for spellings, text in zip((symbols, stems), words.split("/"), strict=True):
            spellings.update((spelling, units[name]) for spelling in text.split())
    return units, symbols, stems


# UNITS["km"], SYMBOLS["km"] and UNIT_STEMS["kilometr"] are all ("km", "length", 1000.0).
UNITS, SYMBOLS, UNIT_STEMS = _tables()
AREA_WORDS = {"square": 2, "cubic": 3}

# Operators before a number, the longest phrase first, and after it.
OPERATORS_BEFORE = tuple(
    (phrase.split(), op)
    for op, phrases in (
        ("ge", "no less than|no fewer than|at least|minimum of|≥"),
        (
            "le",
            "no more than|no greater than|no later than|at most|up to|maximum of|limited to|≤",
        ),
        (
            "gt",
            "more than|greater than|larger than|higher than|longer than|in excess of|over|above|exceeding|exceed|exceeds|exceeded|>",
        ),
        ("lt", "less than|fewer than|smaller than|lower than|shorter than|under|below|<"),
        ("approx", "about|around|approximately|approx|approx .|roughly|nearly|almost|circa|some|~|≈"),
    )
    for phrase in phrases.split("|")
)
OPERATORS_AFTER = (
    (["+"], "ge"),
    *((["or", word], "ge") for word in "more greater above higher over".split()),
    *((["or", word], "le") for word in "less fewer below lower under".split()),
)
ARTICLES = frozenset(("a", "an", "the"))

CONNECTORS = frozenset("of de la du di da del der den van von bin al".split())

# Polarity.
# An atomic claim begins with one of these; JOINERS only where a clause seems to follow.
CONJUNCTIONS = frozenset(
    """but or while whereas although though however moreover furthermore because unless and yet""".split()
)
JOINERS = frozenset("and or yet".split())
CLAUSE_STARTS = frozenset(
    """the a an it he she they we you i this that these those there its his her their our your my no all some each every
    is are was were have has had will would can could may might must should does do did not""".split()
)

CUE_PHRASES = (  # first by stem, second by key
    ("fail", "to"),
    ("refus", "to"),
    ("declin", "to"),
    ("unabl", "to"),
    ("absenc", "of"),
    ("instead", "of"),
    ("rather", "than"),
    ("far", "from"),
)
SCOPE_ENDS = frozenset(', ; : . ! ? ( ) [ ] { } — – " “ ” 。'.split())
SCOPE_WORDS = frozenset(
    """but however although though whereas while because since unless if when which who until except""".split()
)
OPPOSED_PREFIXES = {
    word: word[length:]
    for length, words in (
        (
            2,
            """inactive inaccurate inadequate incapable incorrect incomplete inconsistent indirect ineffective inefficient
            ineligible inexpensive insecure insufficient invalid invisible involuntary immature immoral impossible
            improbable improper illegal illegible irregular irrelevant irresponsible""",
        ),
        (
            3,
            """disagree disallow disapprove disconnect discontinue dishonest disobey disprove distrust disable""",
        ),
    )
    for word in words.split()
}
STOP_LIKE = frozenset(
    """before after above below under over up down on off with without more less most least all none same
    different""".split()
)
_ANTONYMS = """
accelerate slow · accept refuse/reject · add remove · admit deny · adult child · advantage disadvantage · after before ·
agree disagree · all none · allow ban/deny/forbid/prohibit · ally enemy · always never · amateur professional · ancient
modern/recent · anxious calm · approve deny/reject · arrive depart · ascend descend · asleep awake · asset liability ·
attack defend · automatic manual · available unavailable · begin end/finish · beneficial harmful · benefit harm · best
worst · better worse · big small · bitter sweet · born die · bottom top · buy sell · cause prevent · cheap expensive ·
clean dirty · close open · cold hot · common rare · complete partial · complex simple · condemn praise · confirm deny ·
continue discontinue/stop · cool warm · correct incorrect · create destroy · cut raise · dangerous safe · dead alive ·
decline grow/increase/rise · decrease increase · deep shallow · defeat victory/win · deteriorate improve · different same
· difficult easy · disable enable · discontinue launch · discourage encourage · dislike like · distrust trust · down up ·
drop increase/rise · dry wet · early late · east west · eastern western · effective ineffective · efficient inefficient ·
empty full · end start · enemy friend · entrance exit · even odd · everybody/everyone nobody · everything nothing ·
exclude include · expand shrink · export import · extend shorten · external internal · fail pass/succeed · failure
success · fake real · fall grow/increase/rise · false true · fast slow · female male · few many · find lose · finish start
· fire hire · forbid permit · forget remember · future past · gain lose · grow shrink · guilty innocent · happy
sad/unhappy · hard soft · hate love · healthy sick · heavy light · help hinder · hero villain · high low · horizontal
vertical · illegal legal · improve worsen · increase reduce · indoor outdoor · inferior superior · inside outside ·
invisible visible · join leave · large small · least most · less more · limited unlimited · long short · loosen tighten ·
lose win · loss profit · lower raise/upper · major minor · majority minority · mandatory optional/voluntary · maximise
minimise · maximize minimize · maximum minimum · mild severe · narrow wide · negative positive · new old · north south ·
northern southern · occupied vacant · off on · offline online · old young · opaque transparent · oppose support ·
optimistic pessimistic · optional require/required · over under · overestimate underestimate · peace war · permanent
temporary · permit prohibit · poor rich · present absent · private public · pull push · quick slow · raise reduce · rough
smooth · rural urban · sequential simultaneous · short tall · stable unstable · start stop · strength weakness ·
strengthen weaken · strong weak · sunrise sunset · thick thin · useful useless · with without
"""


def antonym_pairs() -> list[tuple[str, str]]:
    """The words of the lexicon, each pair once, as written."""
    pairs = []
    for entry in _ANTONYMS.replace("\n", " ").split("·"):
        left, right = entry.split()
        pairs += [(a, b) for a in left.split("/") for b in right.split("/")]
    return pairs


# What the model of verification counts.
STRONG_WORDS = frozenset(
    """only all every never always most first last none no any each entire whole completely entirely fully best largest
    biggest highest lowest least exactly must sole solely just everyone everything""".split()
)
FIRST_PERSON = frozenset("i me my mine".split())  # "we" speaks in prospectuses too
OPINIONS = frozenset(
    """think believe feel guess love like favorite favourite enjoy great good nice cool awesome amazing interesting wow
    fun best hope wonder pretty really maybe sure agree glad""".split()
)
NEGATIVE_VERBS = frozenset(
    """fail refuse deny lack except prevent avoid reject stop forbid ban prohibit oppose dismiss ignore miss exclude
    cancel unable impossible unlike wrong false incorrect""".split()
)
