"""tesseract_words: the words of Tesseract's TSV."""

import re

from paritas.errors import ParitasError
from paritas.reference.convert import text as as_text
from paritas.results_ocr import OcrWord

COLUMNS = 12  # level page_num block_num par_num line_num word_num left top width height conf text
WORD_LEVEL = 5
NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,9})?")


def tesseract_words(tsv: str) -> list[OcrWord]:
    """The words of a page as `tesseract page.png - tsv` and pytesseract's image_to_data write them, in order.

    Returns: OcrWord(text, confidence) of each row of level 5; the confidence is 0 to 100, or -1 for none
    Errors:  invalid_argument for a row with too few columns or a number that is none, at its place in the text
    """
    tsv = as_text(tsv)
    words = []
    start = 0
    for number, line in enumerate(tsv.split("\n"), 1):
        row = line.removesuffix("\r")
        columns = row.split("\t", COLUMNS - 1)
        if row != "" and not (start == 0 and columns[0] == "level"):
            level = _level(columns[0], number, start)
            # Rows of pages, blocks and lines have no text, and some editors cut the tab before it.
            if len(columns) < (COLUMNS if level == WORD_LEVEL else COLUMNS - 1):
                message = f"a row must have {COLUMNS} columns with tabs between them, not {len(columns)}"
                raise _wrong(number, message, start)
            if level == WORD_LEVEL:
                at = start + len(row) - len(columns[10]) - 1 - len(columns[11])
                words.append(OcrWord(columns[11], _confidence(columns[10], number, at)))
        start += len(line) + 1
    return words


def _wrong(line: int, message: str, at: int) -> ParitasError:
    return ParitasError("invalid_argument", f"line {line}: {message}", at)


def _level(text: str, line: int, at: int) -> int:
    if text not in ("1", "2", "3", "4", "5"):
        raise _wrong(line, "the level of a row must be a whole number from 1 to 5", at)
    return int(text)


def _confidence(text: str, line: int, at: int) -> float:
    if NUMBER.fullmatch(text) is None:
        raise _wrong(line, "the confidence of a word must be a number", at)
    return float(text)
