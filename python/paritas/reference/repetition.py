"""RepetitionDetector and detect_repetition, as core/src/stream/repetition.cpp computes them, without its short cuts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from paritas.errors import ParitasError
from paritas.reference.convert import real, text, whole
from paritas.reference.unicode import category, lower
from paritas.results_loops import RepetitionReport

STEP = 16  # code points between two looks at the period, words between two looks at the novelty
FIRST_WORD = 64  # the novelty of fewer words says nothing
RULE_COVERED = 400  # of a unit without letters and digits: rules and tables are meant
MAX_WINDOW = 65_536
MAX_N = 16


def checked(name: str, value: Any, least: int, most: int) -> int:
    number: int = whole(value)
    if not least <= number <= most:
        raise ParitasError("invalid_argument", f"{name} must be from {least} to {most}, not {number}")
    return number


@lru_cache(maxsize=65536)
def word_part(ch: str) -> str:
    """What a character adds to a word: letters in lower case, 0 for a digit; "" where it ends one."""
    kind = category(ch)
    return lower(ch) if kind[0] == "L" else "0" if kind == "Nd" else ""


class RepetitionDetector:
    """Finds text that repeats itself while it streams."""

    def __init__(
        self,
        max_period: int = 1024,
        min_repeats: int = 4,
        min_covered: int = 64,
        window: int = 4096,
        novelty_n: int = 4,
        novelty_window: int = 256,
        novelty_min: float = 0.35,
    ) -> None:
        self._window = checked("window", window, 2, MAX_WINDOW)
        self._max_period = checked("max_period", max_period, 1, self._window // 2)
        self._min_repeats = checked("min_repeats", min_repeats, 2, MAX_WINDOW)
        self._min_covered = checked("min_covered", min_covered, 2, MAX_WINDOW)
        self._novelty_n = checked("novelty_n", novelty_n, 2, MAX_N)
        self._novelty_window = checked("novelty_window", novelty_window, self._novelty_n, MAX_WINDOW)
        self._novelty_min = real(novelty_min)
        if not 0.0 <= self._novelty_min <= 1.0:
            raise ParitasError("invalid_argument", "novelty_min must be from 0 to 1")
        self.reset()

    def reset(self) -> None:
        """Makes it equal to a new one."""
        self._read = 0
        self._text = ""  # the last `window` code points
        self._words: list[tuple[str, int]] = []  # the last `novelty_window`, and where they start
        self._word_count = 0
        self._word = ""
        self._word_start = 0
        self._fired: RepetitionReport | None = None
        self._finished = False

    def feed(self, text: str) -> RepetitionReport:
        """Reads on. Errors: stream_finished after finish()"""
        self._open()
        self._feed(text)
        return self._report()

    def finish(self) -> RepetitionReport:
        """Ends the stream. Errors: stream_finished after finish()"""
        self._open()
        self._finished = True
        if self._fired is None:
            due = self._end_word()
            self._look(period=True, novelty=due)
        return self._report()

    def _open(self) -> None:
        if self._finished:
            raise ParitasError("stream_finished", "the stream has ended: call reset() before the next one")

    def _feed(self, chunk: str) -> None:
        for ch in text(chunk):
            if self._fired is not None:
                return
            part = word_part(ch)
            due = False
            if not part:
                due = self._end_word()
            else:
                if not self._word:
                    self._word_start = self._read
                self._word += part
            self._text = (self._text + ch)[-self._window :]
            self._read += 1
            self._look(period=self._read % STEP == 0, novelty=due)

    def _end_word(self) -> bool:
        """Whether the novelty is looked at after this word."""
        if not self._word:
            return False
        self._words = [*self._words, (self._word, self._word_start)][-self._novelty_window :]
        self._word = ""
        self._word_count += 1
        return self._word_count >= FIRST_WORD and self._word_count % STEP == 0

    def _novelty(self) -> float:
        n = self._novelty_n
        words = [word for word, _ in self._words]
        grams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
        return float(len(set(grams))) / float(len(grams)) if grams else 1.0

    def _look(self, period: bool, novelty: bool) -> None:
        if period:
            self._look_at_period()
        if novelty and self._fired is None and self._novelty() < self._novelty_min:
            start = self._words[0][1]
            self._fired = self._report()._replace(
                is_loop=True, kind="low_novelty", start=start, covered=self._read - start
            )

    def _look_at_period(self) -> None:
        tail = self._text
        n = len(tail)
        for p in range(1, self._max_period + 1):
            # L, the length of the longest suffix that equals the text p earlier, is large enough for both limits.
            least = max(p * (self._min_repeats - 1), self._min_covered - p)
            if least + p > n or tail[n - least :] != tail[n - least - p : n - p]:
                continue
            if not any(word_part(ch) for ch in tail[n - p :]):
                least = max(least, RULE_COVERED - p)
                if least + p > n or tail[n - least :] != tail[n - least - p : n - p]:
                    continue
            while least + p < n and tail[n - least - 1] == tail[n - least - p - 1]:
                least += 1
            covered = least + p
            self._fired = self._report()._replace(
                is_loop=True,
                kind="period",
                period=p,
                repeats=least // p + 1,
                covered=covered,
                unit=tail[n - covered : n - covered + p],
                start=self._read - covered,
            )
            return

    def _report(self) -> RepetitionReport:
        return self._fired or RepetitionReport(False, "none", self._read, 0, 0, 0, "", 0, self._novelty())


def detect_repetition(text: str) -> RepetitionReport:
    """The first repetition as a stream would find it, but told to its end."""
    return _told_to_its_end(text)


def _told_to_its_end(given: str) -> RepetitionReport:
    given = text(given)
    detector = RepetitionDetector()
    detector._feed(given)
    found = detector.finish()
    if found.kind == "period":
        end = found.position
        while end < len(given) and given[end] == given[end - found.period]:
            end += 1
        covered = end - found.start
        return found._replace(covered=covered, repeats=covered // found.period)
    if found.kind == "low_novelty":
        # On through the words until a look finds enough that is new.
        best = found
        detector._fired = None
        for at in range(found.position, len(given) + 1):
            ch = given[at] if at < len(given) else ""
            due = False
            if ch and word_part(ch):
                if not detector._word:
                    detector._word_start = at
                detector._word += word_part(ch)
            else:
                due = detector._end_word()
            if due or at == len(given):
                novelty = detector._novelty()
                if novelty >= detector._novelty_min:
                    break
                best = found._replace(covered=min(at + 1, len(given)) - found.start, novelty=novelty)
        return best
    return found
