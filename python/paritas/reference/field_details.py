"""The sentences that say what a step of field_confidence has seen."""

from paritas.results_ocr import FormatResult

NOUNS = {
    "date": "a date",
    "amount": "an amount",
    "number": "a number",
    "iban": "an IBAN",
    "mrz": "a machine-readable zone",
    "email": "an e-mail address",
    "phone": "a telephone number",
    "card": "a card number",
    "country": "a country",
    "currency": "a currency",
}
# By what follows the type in the reason of an invalid text.
FAULTS = {
    "chars": "It has a character that does not stand in",
    "length": "It is too short or too long for",
    "form": "It has not the form of",
    "shape": "Its lines are not those of",
    "unknown": "It is not known as",
}
OTHER_FAULTS = {
    "iban_country": "It begins with no country that has IBANs.",
    "date_year": "Its year is not from 1800 to 2199.",
    "date_calendar": "There is no such day in the calendar.",
}


def engine_detail(said: tuple[int, float, float], base_confidence: float) -> str:
    count, mean, low = said
    if count == 0:
        return f"No word has a confidence; {base_confidence:.2f} is assumed."
    if count == 1:
        return f"The engine gave its word {mean:.2f}."
    return f"The engine gave its {count} words {mean:.2f} on average, {low:.2f} at least."


def bad_detail(bad: int, seen: int) -> str:
    return f"{bad} of {seen} characters stand for nothing that is written."


def quality_detail(quality: float) -> str:
    said = "It looks like writing" if quality >= 0.8 else "It does not look like writing"
    return f"{said}: quality {quality:.2f}."


def format_detail(result: FormatResult) -> str:
    noun = NOUNS[result.type]
    sums = f"{result.checks_passed} of {result.checks} check sums agree"
    if result.valid:
        if result.reason == "date_ambiguous":
            return "It is a date, but which number is the day cannot be told."
        if result.reason.endswith("_ambiguous"):
            return f"It is {noun}, but its separator may be a decimal point."
        return f"It is {noun}: {sums}." if result.checks > 0 else f"It is {noun}."
    fault = result.reason.rpartition("_")[2]
    if fault == "checksum":
        detail = f"It is not {noun}: {sums}."
    elif fault in FAULTS:
        detail = f"{FAULTS[fault]} {noun}."
    else:
        detail = OTHER_FAULTS[result.reason]
    return detail if result.suggestion is None else f'{detail} "{result.suggestion}" would be right.'
