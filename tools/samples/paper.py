"""A sheet that remembers what was written on it: every word with its box, every field with its type and true text."""

from dataclasses import dataclass, field, replace

import numpy as np
from fonts import font
from PIL import Image, ImageDraw

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


@dataclass(frozen=True)
class Word:
    text: str
    box: Box


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    text: str  # words of a line joined by one space, lines by a line break
    box: Box
    label: str = ""
    words: tuple[Word, ...] = ()


@dataclass
class Sheet:
    """Grey, white at first. Coordinates are pixels from the top left corner; y of a line of text is its base line."""

    width: int
    height: int
    words: list[Word] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("L", (self.width, self.height), 255)
        self.draw = ImageDraw.Draw(self.image)

    def write(
        self, x: float, y: float, text: str, name: str, size: int, *, ink: int = 20, right: bool = False
    ) -> list[Word]:
        """One line, word by word; with `right`, x is its right end."""
        face = font(name, size)
        if right:
            x -= face.getlength(text)
        space, words = face.getlength(" "), []
        for word in text.split(" "):
            if word:
                box = self.draw.textbbox((x, y), word, font=face, anchor="ls")
                self.draw.text((x, y), word, font=face, fill=ink, anchor="ls")
                words.append(Word(word, tuple(float(value) for value in box)))
            x += face.getlength(word) + space
        self.words += words
        return words

    def field(self, name: str, kind: str, lines: list[list[Word]], label: str = "") -> None:
        """What was just written is the value of a field."""
        words = tuple(word for line in lines for word in line)
        text = "\n".join(" ".join(word.text for word in line) for line in lines)
        self.fields.append(Field(name, kind, text, around(words), label, words))

    def wrap(
        self, x: float, y: float, width: float, text: str, name: str, size: int, leading: float
    ) -> tuple[float, list[list[Word]]]:
        """A paragraph in lines of at most `width`; gives the base line after it and the lines."""
        face, lines, line = font(name, size), [], ""
        for word in text.split():
            if line and face.getlength(f"{line} {word}") > width:
                lines.append(self.write(x, y, line, name, size))
                y, line = y + leading, word
            else:
                line = f"{line} {word}" if line else word
        lines.append(self.write(x, y, line, name, size))
        return y + leading, lines

    def moved(self, transform) -> "tuple[list[Word], list[Field]]":
        """The words and fields where `transform` (points of shape (n, 2) in and out) has carried them."""

        def carry(box: Box) -> Box:
            left, top, right, bottom = box
            corners = transform(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))
            low, high = corners.min(axis=0), corners.max(axis=0)
            return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

        words = {id(word): replace(word, box=carry(word.box)) for word in self.words}
        fields = []
        for item in self.fields:
            moved = tuple(words[id(word)] for word in item.words)
            fields.append(replace(item, box=around(moved), words=moved))
        return list(words.values()), fields


def around(words: "tuple[Word, ...] | list[Word]") -> Box:
    boxes = np.array([word.box for word in words])
    low, high = boxes.min(axis=0), boxes.max(axis=0)
    return (float(low[0]), float(low[1]), float(high[2]), float(high[3]))
