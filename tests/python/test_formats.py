import datetime
import threading

import numpy as np
import pytest
from paritas import FormatResult, ParitasError, _native, reference
from paritas.reference.format_tables import COUNTRIES, CURRENCIES
from vectors import load_vectors, outcome

CASES = load_vectors("formats")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_formats_agree_with_their_vectors(api, case):
    call = api.validate_format if "text" in case["given"] else api.validate_format_batch
    assert repr(outcome(lambda: call(**case["given"]))) == repr(case["expect"])


def test_a_batch_is_what_its_texts_are_alone(api):
    given = [case["given"] for case in CASES if "text" in case["given"] and "value" in case["expect"]]
    plain = [each for each in given if "day_first" not in each]
    assert len(plain) > 700
    alone = [api.validate_format(each["text"], each["type"]) for each in plain]
    together = api.validate_format_batch([each["text"] for each in plain], [each["type"] for each in plain])
    assert together == alone


def test_the_result_is_a_record(api):
    result = api.validate_format("01.02.69", "date")
    assert type(result) is FormatResult
    assert result == (True, "date", "1969-02-01", "date_valid", ("two_digit_year",), 0, 0, None)
    assert type(result.notes) is tuple and type(result.checks) is int


def test_what_is_suggested_is_valid(api):
    single = [case for case in CASES if "text" in case["given"] and "value" in case["expect"]]
    suggested = [case for case in single if case["expect"]["value"]["suggestion"]]
    assert len(suggested) > 10
    for case in suggested:
        value = case["expect"]["value"]
        assert api.validate_format(value["suggestion"], value["type"]).valid and not value["valid"]


def test_a_normalized_value_is_valid_and_stays(api):
    """But a kind of MRZ, which is none, and a number with an extension, which another form has."""
    values = [case["expect"]["value"] for case in CASES if "text" in case["given"] and "value" in case["expect"]]
    checked = 0
    for value in values:
        if value["normalized"] and value["type"] != "mrz" and not value["reason"].endswith("ambiguous"):
            text = value["normalized"].replace(";ext=", " x")
            again = api.validate_format(text, value["type"])
            assert again.valid, value
            if again.reason.endswith("ambiguous"):  # 0.123 is clear, 123.456 is not
                continue
            assert again.normalized == value["normalized"]
            checked += 1
    assert checked > 400


def test_another_type_of_value_is_refused(api):
    for call, needed in (
        (lambda: api.validate_format(None, "date"), "a str is needed, not NoneType"),
        (lambda: api.validate_format(b"1", "date"), "a str is needed, not bytes"),
        (lambda: api.validate_format("1", None), "a str is needed, not NoneType"),
        (lambda: api.validate_format("1", "date", day_first=1), "True, False or None is needed, not int"),
        (lambda: api.validate_format_batch("1", "date"), "a sequence of str is needed, not str"),
        (lambda: api.validate_format_batch([1], "date"), "a sequence of str is needed, not int"),
        (lambda: api.validate_format_batch(["1"], 5), "a sequence of str is needed, not int"),
        (lambda: api.validate_format_batch(["1"], [None]), "a sequence of str is needed, not NoneType"),
        (lambda: api.validate_format_batch(["1"], "date", day_first="yes"), "True, False or None is needed, not str"),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert isinstance(caught.value, ParitasError) and caught.value.code == "invalid_argument"
        assert str(caught.value) == needed


def test_the_message_lists_what_is_known(api):
    known = "type must be one of date, amount, number, iban, mrz, email, phone, card, country, currency"
    for call in (
        lambda: api.validate_format("1", "text"),
        lambda: api.validate_format_batch(["1"], "text"),
        lambda: api.validate_format_batch(["1"], ["\ud800"]),
    ):
        with pytest.raises(ParitasError) as caught:
            call()
        assert (caught.value.code, str(caught.value)) == ("invalid_argument", known)
    with pytest.raises(ParitasError, match="types must be one for all texts or one for each") as caught:
        api.validate_format_batch(["1"], [])
    assert caught.value.code == "length_mismatch"


def test_a_lone_surrogate_counts_as_the_replacement_character(api):
    assert api.validate_format("DE\ud800", "iban") == api.validate_format("DE\ufffd", "iban")
    assert api.validate_format_batch(["1\udfff"], "number")[0].reason == "amount_form"


def test_any_iterable_of_texts_is_a_batch(api):
    assert [result.normalized for result in api.validate_format_batch(iter(["1", "2"]), "number")] == ["1", "2"]
    assert api.validate_format_batch((), iter(())) == []


def test_every_country_and_currency_is_known(api):
    assert len(COUNTRIES) == 249
    for codes, *names in COUNTRIES:
        for text in (codes[:2], codes[2:5].lower(), codes[5:], *names, *(name.upper() for name in names)):
            assert api.validate_format(text, "country").normalized == codes[:2], text
    for at in range(0, len(CURRENCIES), 3):
        code = CURRENCIES[at : at + 3]
        assert api.validate_format(code.lower(), "currency").normalized == code
        assert api.validate_format(f"5,50 {code}", "amount").normalized == "5.50"


def test_every_day_of_four_centuries(api):
    """Which days there are, against Python's own calendar."""
    texts, expected = [], []
    for year in (1800, 1899, 1900, 1904, 1999, 2000, 2023, 2024, 2100, 2199):
        for month in range(14):
            for day in (0, 1, 27, 28, 29, 30, 31, 32):
                texts.append(f"{year}-{month:02}-{day:02}")
                try:
                    expected.append(datetime.date(year, month, day).isoformat())
                except ValueError:
                    expected.append("")
    assert [result.normalized for result in api.validate_format_batch(texts, "date")] == expected


def test_long_texts_are_no_trouble():
    for piece in ("1", "1,", "a.", "1(0)", "de ", "\u0301", "O", "5 "):
        for type in ("date", "amount", "iban", "mrz", "email", "phone", "card", "country", "currency"):
            _native.validate_format(piece * (2_000_000 // len(piece)), type)


def test_a_batch_runs_in_many_threads():
    texts = [f"{i}.{i % 100:02}" for i in range(20_000)]
    expected = reference.validate_format_batch(texts[:500], "amount")
    failures = []

    def work():
        results = _native.validate_format_batch(texts, "amount")
        if results[:500] != expected or len(results) != len(texts):
            failures.append(results[:5])

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []


def test_of_two_wrong_arguments_the_first_is_told(api):
    with pytest.raises(ParitasError, match="type must be one of"):
        api.validate_format_batch(["1"], "nope", day_first=1)


def test_what_an_iterable_raises_comes_through(api):
    def texts():
        yield "1"
        raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        api.validate_format_batch(texts(), "number")


def test_what_cannot_be_gone_through_is_no_sequence(api):
    with pytest.raises(ParitasError, match="a sequence of str is needed, not ndarray"):
        api.validate_format_batch(np.array(3), "number")
