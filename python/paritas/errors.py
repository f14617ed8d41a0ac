"""The errors of Paritas."""


class ParitasError(ValueError):
    """A call that could not be answered.

    code:   what kind of failure, the same word on every target: "invalid_argument"
    offset: the item, row or code point where it was noticed, 0 if nowhere
    """

    def __init__(self, code: str, message: str, offset: int = 0) -> None:
        super().__init__(code, message, offset)
        self.code = code
        self.offset = offset

    def __str__(self) -> str:
        return str(self.args[1])


class ParitasTypeError(ParitasError, TypeError):
    """A value of the wrong type: Python's own TypeError, and a ParitasError of the code "invalid_argument" too."""
