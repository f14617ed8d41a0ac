"""What the scanner of code knows of each language, and the types of files: core/src/chunk/code_languages.cpp."""

from typing import NamedTuple

from paritas.errors import ParitasError
from paritas.reference.convert import text as as_text


class Quote(NamedTuple):
    opener: str
    closer: str
    escapes: bool = True  # a backslash takes the next character
    lines: bool = False  # goes on over the end of a line


class Language(NamedTuple):
    name: str
    line_comments: tuple[str, ...] = ()
    block_comments: tuple[tuple[str, str], ...] = ()
    nested: bool = False  # block comments hold others
    quotes: tuple[Quote, ...] = ()  # the first that fits counts
    literals: str = ""  # of these: "'" is a character or nothing; / may begin a regular expression; < a here document;
    # R a raw string of C++; # one of Rust
    decorators: tuple[str, ...] = ()
    dedents: bool = False  # a line that stands out again begins a block
    brackets: bool = True
    end_words: tuple[str, ...] = ()  # lines that begin with one close a block


_SLASHES = ("//",)
_STARS = (("/*", "*/"),)
_DOUBLE, _SINGLE, _TICK = Quote('"', '"'), Quote("'", "'"), Quote("`", "`", True, True)
_TRIPLE, _TRIPLE_SINGLE = Quote('"""', '"""', True, True), Quote("'''", "'''", True, True)
_RAW_TRIPLE = Quote('"""', '"""', False, True)
_RAW_SINGLE = Quote("'", "'", False, True)
_ENDS = ("end",)

LANGUAGES = {
    language.name: language
    for language in (
        Language("", ("#", "//"), _STARS, False, (_DOUBLE, _SINGLE), "^", ("@",), True),
        Language("python", ("#",), (), False, (_TRIPLE, _TRIPLE_SINGLE, _DOUBLE, _SINGLE), "", ("@",), True),
        Language("javascript", _SLASHES, _STARS, False, (_DOUBLE, _SINGLE, _TICK), "/", ("@",)),
        Language("typescript", _SLASHES, _STARS, False, (_DOUBLE, _SINGLE, _TICK), "/", ("@",)),
        Language("java", _SLASHES, _STARS, False, (_TRIPLE, _DOUBLE, _SINGLE), "", ("@",)),
        Language("c", _SLASHES, _STARS, False, (_DOUBLE,), "'"),
        Language("cpp", _SLASHES, _STARS, False, (_DOUBLE,), "'R", ("[[",)),
        Language(
            "csharp",
            _SLASHES,
            _STARS,
            False,
            (_RAW_TRIPLE, Quote('@"', '"', False, True), Quote('@$"', '"', False, True), _DOUBLE, _SINGLE),
            "",
            ("[",),
        ),
        Language("go", _SLASHES, _STARS, False, (_DOUBLE, _SINGLE, Quote("`", "`", False, True))),
        Language("rust", _SLASHES, _STARS, True, (Quote('"', '"', True, True),), "'#", ("#[", "#!["),),
        Language("php", ("//", "#"), _STARS, False, (_DOUBLE, _SINGLE), "", ("#[",)),
        Language("ruby", ("#",), (("=begin", "=end"),), False, (_DOUBLE, _SINGLE), "", (), False, True, _ENDS),
        Language("swift", _SLASHES, _STARS, True, (_TRIPLE, _DOUBLE), "", ("@",)),
        Language("kotlin", _SLASHES, _STARS, True, (_RAW_TRIPLE, _DOUBLE, _SINGLE), "", ("@",)),
        Language("scala", _SLASHES, _STARS, True, (_RAW_TRIPLE, _DOUBLE), "'", ("@",)),
        Language(
            "sql", ("--",), _STARS, False, (_RAW_SINGLE, Quote('"', '"', False, True), Quote("$$", "$$", False, True))
        ),
        Language("html", (), (("<!--", "-->"),), False, (), "", (), False, False),
        Language("css", (), _STARS, False, (_DOUBLE, _SINGLE)),
        Language(
            "shell",
            ("#",),
            (),
            False,
            (_RAW_SINGLE, Quote('"', '"', True, True)),
            "^<",
            (),
            False,
            True,
            ("fi", "done", "esac"),
        ),
        Language(
            "lua",
            ("--",),
            (("--[[", "]]"),),
            False,
            (Quote("[[", "]]", False, True), _DOUBLE, _SINGLE),
            "",
            (),
            False,
            True,
            _ENDS,
        ),
        Language("perl", ("#",), (), False, (_DOUBLE, _SINGLE), "^"),
        Language("r", ("#",), (), False, (_DOUBLE, _SINGLE, _TICK)),
        Language("dart", _SLASHES, _STARS, True, (_TRIPLE, _TRIPLE_SINGLE, _DOUBLE, _SINGLE), "", ("@",)),
        Language("elixir", ("#",), (), False, (_TRIPLE, _DOUBLE), "", ("@",), False, True, _ENDS),
        Language("haskell", ("--",), (("{-", "-}"),), True, (_DOUBLE,), "'", (), True),
    )
}  # fmt: skip

# Names of languages but their own, most of them endings of files.
ALIASES = {
    alias: name
    for name, aliases in {
        "python": "py pyi pyw python3",
        "javascript": "js jsx mjs cjs",
        "typescript": "ts tsx mts cts",
        "c": "h",
        "cpp": "c++ cc cxx hpp hh hxx cu cuh m mm ino",
        "csharp": "cs c#",
        "go": "golang",
        "rust": "rs",
        "php": "phtml",
        "ruby": "rb rake gemspec",
        "kotlin": "kt kts",
        "scala": "sc sbt",
        "html": "htm xhtml vue svelte",
        "css": "scss less sass",
        "shell": "sh bash zsh ksh fish",
        "perl": "pl pm",
        "elixir": "ex exs",
        "haskell": "hs",
    }.items()
    for alias in aliases.split()
}

TYPES = {
    ending: kind
    for kind, endings in {
        "html": "html htm xhtml",
        "markdown": "md markdown mdown mkd mkdn mdx rmd qmd",
        "json": "json jsonl ndjson geojson json5 ipynb",
        "yaml": "yaml yml",
        "xml": "xml xsd xsl xslt svg rss atom plist xlf wsdl",
        "csv": "csv tsv",
    }.items()
    for ending in endings.split()
}
CODE_FILES = ("makefile", "dockerfile", "rakefile", "gemfile", "cmakelists.txt", "jenkinsfile", "vagrantfile")


def language_of(name: str | None) -> Language:
    """The language of a name, an alias or the ending of a file, with or without a dot; a general one for None."""
    if name is None:
        return LANGUAGES[""]
    key = _lower(as_text(name)).removeprefix(".")
    key = ALIASES.get(key, key)
    if key == "" or key not in LANGUAGES:
        raise ParitasError("invalid_argument", f"language must be one of {', '.join(list(LANGUAGES)[1:])}, not {name}")
    return LANGUAGES[key]


def _lower(text: str) -> str:
    return "".join(chr(ord(ch) + 32) if "A" <= ch <= "Z" else ch for ch in text)


def ending_of(path: str) -> str:
    """What stands behind the last dot of the file's name, in lower case; empty without one, or for ".name"."""
    name = _lower(path.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, ending = name.rpartition(".")
    return ending if dot != "" and stem != "" else ""


def detect_doc_type(path: str) -> str:
    """What kind of text a file holds by its name: html, markdown, code, json, yaml, xml, csv or text."""
    path = as_text(path)
    ending = ending_of(path)
    if ending in TYPES:
        return TYPES[ending]
    name = _lower(path.replace("\\", "/").rsplit("/", 1)[-1])
    if name in CODE_FILES or (ending != "" and (ending in LANGUAGES or ending in ALIASES)):
        return "code"
    return "text"
