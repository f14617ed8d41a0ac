import pytest
from paritas import ParitasError
from paritas.errors import ParitasTypeError
from paritas.results_loops import CircularPattern, PatternAnalysis
from vectors import load_vectors, outcome, plain


@pytest.mark.parametrize("case", load_vectors("thinking_detector"), ids=lambda case: case["id"])
def test_the_thinking_detector_agrees_with_its_vectors(api, case):
    given = case["given"]

    def run():
        detector = api.ThinkingDetector(**given.get("options", {}))
        other = api.ThinkingDetector(**given.get("options", {}))
        analyses = []
        for content in given["contents"]:
            found = detector.analyze(content)
            assert type(found) is PatternAnalysis
            assert other.record_thinking(content) == (found.is_loop, found.guidance)
            analyses.append(plain(found))
        return {"analyses": analyses, "stats": detector.get_stats()}

    assert repr(outcome(run)) == repr(case["expect"])


@pytest.mark.parametrize("case", load_vectors("thinking_detector_phrases"), ids=lambda case: case["id"])
def test_circular_phrases_agree_with_their_vectors(api, case):
    text = case["given"]["text"]
    found = api.find_circular_patterns(text)
    assert [{"span": [each.start, each.end], "text": each.text} for each in found] == case["expect"]["value"]
    assert all(text[each.start : each.end] == each.text and type(each) is CircularPattern for each in found)
    assert api.count_circular_patterns(text) == len(found)
    assert api.detect_circular_phrases(text) == (found != [])


def test_reset_and_clear_stats(api):
    detector = api.ThinkingDetector()
    for _ in range(3):
        detector.record_thinking("Let me read the file.")
    detector.reset()
    stats = detector.get_stats()
    assert (stats["total_analyzed"], stats["history_size"], stats["unique_patterns"]) == (3, 0, 0)
    assert not detector.analyze("Let me read the file.").is_loop
    detector.clear_stats()
    stats = detector.get_stats()
    assert (stats["total_analyzed"], stats["detection_rate"], stats["history_size"]) == (0, 0.0, 1)


def test_what_is_remembered_is_bounded(api):
    detector = api.ThinkingDetector(window_size=2)
    for i in range(300):
        detector.analyze(f"thought number {chr(97 + i % 26)}{chr(97 + i // 26)} about gardens")
    stats = detector.get_stats()
    assert (stats["history_size"], stats["unique_patterns"]) == (2, 256)
    words = [f"q{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(5000)]
    detector.analyze(" ".join(words))
    # The first 4096 distinct keywords are all that counts.
    assert detector.analyze(" ".join(words[:4096])).similarity_score == 1.0


def test_types_and_messages(api):
    with pytest.raises(ParitasError, match="window_size must be from 1 to 256, not 0"):
        api.ThinkingDetector(window_size=0)
    for call in (
        lambda: api.ThinkingDetector(window_size="1"),
        lambda: api.ThinkingDetector().analyze(b""),
        lambda: api.find_circular_patterns(1),
        lambda: api.count_circular_patterns(None),
        lambda: api.detect_circular_phrases(b"x"),
    ):
        with pytest.raises(ParitasTypeError):
            call()


def test_lone_surrogates_keep_their_place(api):
    assert api.find_circular_patterns("\ud800 let me read") == [(2, 13, "let me read")]


@pytest.mark.parametrize("piece", ["let ", "let me                              ", "now let ", "i'll i "])
def test_a_megabyte_takes_linear_time(piece):
    from paritas import _native

    text = piece * (1_000_000 // len(piece))
    assert _native.count_circular_patterns(text) == 0
