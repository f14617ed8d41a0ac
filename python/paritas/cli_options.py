"""How the command reads its arguments."""

import argparse
import re
from typing import Any, NoReturn

from paritas.cli_input import InputError

NUMBER = r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?"


class Parser(argparse.ArgumentParser):
    """Raises what is wrong, and takes options between arguments, as Node's parser does."""

    _inside = False

    def error(self, message: str) -> NoReturn:
        raise InputError(message)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._inside or any(action.nargs == argparse.PARSER for action in self._actions):
            return super().parse_known_args(args, namespace)
        self._inside = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._inside = False


def whole(text: str) -> int:
    if re.fullmatch(r"-?[0-9]{1,15}", text) is None:
        raise argparse.ArgumentTypeError(f"{text} is no whole number of at most 15 digits")
    return int(text)


def number(text: str) -> float:
    if re.fullmatch(NUMBER, text) is None:
        raise argparse.ArgumentTypeError(f"{text} is no number")
    return float(text)
