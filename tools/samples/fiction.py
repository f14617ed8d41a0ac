"""People, accounts and numbers that do not exist: example banks with right check digits, example.org, the telephone
numbers that regulators keep for films, the test numbers of card schemes."""

import random

FIRST = (
    "Anna Maria Clara Edith Helen Ingrid Judith Laura Nadia Olga Petra Rosa Sofia Teresa Ursula Vera Adam Boris "
    "Carl David Edwin Felix George Henry Ivan Jonas Karim Leon Martin Nils Oscar Paul Robert Simon Thomas Victor"
).split()
LAST = (
    "Ericsson Lindqvist Hartmann Oyelaran Novak Moreau Castellan Whitfield Brannigan Solberg Keller Duarte Fontaine "
    "Ashdown Mikkelsen Petrova Lehtinen Okafor Rinaldi Stanhope Tremaine Vasquez Wexford Yilmaz Zeller Abernathy "
    "Bellweather"
).split()
STREETS = (
    "Mill Lane; Harbour Street; Church Road; Station Avenue; Orchard Way; Castle Hill; Quarry Close; Linden Street; "
    "Market Square; River Walk"
).split("; ")
TOWNS = (
    "Port Harnell; Sallow Creek; Fort Merrow; Lindmoor; Easterby; Alderwick; Nether Vale; Brackwater; Saint Orla; "
    "Westhaven"
).split("; ")
FIRMS = (
    "Venn & Sons Ltd; Harnell Rope Works; Meridian Paper GmbH; Blue Heron Press; Northgate Tools AB; Alder Bakery; "
    "Creek Optical; Vale Seeds plc"
).split("; ")
GOODS = (
    "Oak plank 40 mm; Linen twine, roll; Brass hinge, pair; Grinding stone; Delivery by cart; Lamp oil 5 l; Copper "
    "sheet; Paper A4, box; Rope 12 mm; Flour, sack; Sieve, fine; Leather belt; Iron nail, kg; Wood varnish; Glass "
    "pane; Repair of wheel; Survey of dam; Bearing, bronze"
).split("; ")
REMARKS = (
    "please deliver before noon; the gate code is on the back; two copies were enclosed; wheelchair access needed; "
    "no answer at the door; paid in cash at the counter; member since the first year; keep dry and store upright; "
    "call before you come; replaces the earlier form; original kept by the notary; only on working days; left with "
    "the neighbour; signed in the presence of both; goods returned unopened"
).split("; ")
COUNTRIES = (
    "Germany France Austria Spain Norway Poland Portugal Denmark Ireland Finland Italy Netherlands Sweden "
    "Switzerland Greece Malta DE FR AT NLD GBR NOR ITA"
).split()
CURRENCIES = "EUR USD GBP CHF SEK NOK DKK PLN CZK HUF".split()
STATES = "UTO NLD FRA AUT NOR FIN D<<".split()
MONTHS = "January February March April May June July August September October November December".split()


def check_97(country: str, rest: str) -> str:
    """The two check digits of ISO 13616."""
    return f"{98 - int(''.join(str(int(sign, 36)) for sign in rest + country + '00')) % 97:02d}"


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def iban(rng: random.Random) -> str:
    """Of a bank code that the registry uses in its examples, and an account from the seed; in groups of four."""
    country, rest = rng.choice(
        [
            ("DE", "37040044" + digits(rng, 10)),
            ("GB", "WEST" + "123456" + digits(rng, 8)),
            ("NL", "ABNA" + digits(rng, 10)),
            ("FR", "2004101005" + digits(rng, 13)),
            ("AT", "19043" + digits(rng, 11)),
            ("CH", "00762" + digits(rng, 12)),
            ("NO", "8601" + digits(rng, 7)),
        ]
    )
    whole = country + check_97(country, rest) + rest
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def card(rng: random.Random) -> str:
    body = rng.choice(["400000", "411111", "555555", "222300"]) + digits(rng, 9)
    total = sum(sum(divmod(int(sign) * (2 - at % 2), 10)) for at, sign in enumerate(body))
    whole = body + str(-total % 10)
    return " ".join(whole[at : at + 4] for at in range(0, 16, 4))


def date(rng: random.Random, low: int = 1945, high: int = 2026) -> str:
    year, month, day = rng.randint(low, high), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice(
        [
            f"{year}-{month:02d}-{day:02d}",
            f"{day:02d}.{month:02d}.{year}",
            f"{day:02d}/{month:02d}/{year}",
            f"{day} {MONTHS[month - 1]} {year}",
            f"{MONTHS[month - 1]} {day}, {year}",
        ]
    )


def amount(rng: random.Random) -> str:
    value = round(10 ** rng.uniform(0.5, 5), 2)
    plain = f"{value:,.2f}"
    swapped = plain.translate(str.maketrans(",.", ".,"))
    return rng.choice([plain, swapped, f"€ {swapped}", f"{swapped} €", f"$ {plain}", f"{plain} EUR", f"£{plain}"])


def number(rng: random.Random) -> str:
    return rng.choice(
        [
            str(rng.randint(1, 99999)),
            f"{rng.randint(1000, 9999999):,}",
            f"{rng.uniform(0, 500):.1f}",
            f"-{rng.uniform(0, 90):.2f}",
        ]
    )


def phone(rng: random.Random) -> str:
    return rng.choice(
        [
            f"+1 (212) 555-01{digits(rng, 2)}",
            f"+44 20 7946 0{digits(rng, 3)}",
            f"+44 1632 960{digits(rng, 3)}",
            f"+49 30 23125 {digits(rng, 3)}",
            f"+33 1 99 00 {digits(rng, 2)} {digits(rng, 2)}",
            f"07700 900{digits(rng, 3)}",
        ]
    )


def name(rng: random.Random) -> str:
    middle = f" {rng.choice(FIRST)}" if rng.random() < 0.3 else ""
    return f"{rng.choice(FIRST)}{middle} {rng.choice(LAST)}"


def email(rng: random.Random) -> str:
    first, last = rng.choice(FIRST).lower(), rng.choice(LAST).lower()
    local = rng.choice(
        [f"{first}.{last}", f"{first[0]}.{last}", f"{last}{rng.randint(1, 99)}", f"{first}_{last}", "office", "info"]
    )
    return f"{local}@{rng.choice(['example.org', 'example.com', 'example.net', 'mail.example.org'])}"


def address(rng: random.Random) -> str:
    return f"{rng.randint(1, 199)} {rng.choice(STREETS)}, {rng.choice(TOWNS)}"


def check_731(text: str) -> str:
    value = lambda sign: 0 if sign == "<" else int(sign, 36)  # noqa: E731
    return str(sum(value(sign) * (7, 3, 1)[at % 3] for at, sign in enumerate(text)) % 10)


def mrz(rng: random.Random, who: str) -> list[str]:
    """A passport (TD3) or an identity card (TD1), ICAO 9303; numbers and people are invented, most states are not: the
    O of UTO, which no check digit covers, is what engines misread first."""
    state = rng.choice(STATES)
    given, last = who.upper().split()[:-1], who.upper().split()[-1]
    names = f"{last}<<{'<'.join(given)}"
    document = rng.choice("CDLPX") + digits(rng, 8)
    birth = f"{rng.randint(40, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    until = f"{rng.randint(26, 35)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    dates = birth + check_731(birth) + rng.choice("FM") + until + check_731(until)
    number = document + check_731(document)
    if rng.random() < 0.5:
        personal = (digits(rng, 6) if rng.random() < 0.5 else "").ljust(14, "<")
        second = number + state + dates + personal + check_731(personal)
        whole = second[:10] + second[13:20] + second[21:43]
        return [f"P<{state}{names}".ljust(44, "<")[:44], second + check_731(whole)]
    first = f"I<{state}{number}".ljust(30, "<")
    second = dates + state + "<" * 11
    return [first, second + check_731(first[5:] + second[:7] + second[8:15] + second[18:29]), names.ljust(30, "<")[:30]]
