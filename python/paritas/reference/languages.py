"""Separators of programming and markup languages, after LangChain's lists (MIT), which have no SQL."""

from paritas.errors import ParitasError
from paritas.reference.convert import text as as_text

WORDS = {  # each opens a line
    "c": "class void int float double if for while switch case",
    "cpp": "class void int float double if for while switch case",
    "csharp": (
        "interface enum delegate event class abstract public protected private static return if continue for "
        "foreach while switch break case else try throw finally catch"
    ),
    "go": "func var const type if for switch case",
    "java": "class public protected private static if for while switch case",
    "js": "function const let var class if for while switch case default",
    "kotlin": "class public protected private internal companion fun val var if for while when else",
    "php": "function class if foreach while do switch case",
    "python": "class def \tdef",
    "ruby": "def class if unless while for do begin rescue",
    "rust": "fn const let if while for loop match",
    "scala": "class object def val var if for while match case",
    "sql": (
        "CREATE create ALTER alter DROP drop INSERT insert UPDATE update DELETE delete WITH with SELECT select FROM "
        "from WHERE where GROUP group HAVING having ORDER order UNION union"
    ),
    "swift": "func class struct enum if for while do switch case",
    "ts": "enum interface namespace type class function const let var if for while switch case default",
}
TAGS = "body div p br li h1 h2 h3 h4 h5 h6 span table tr td th ul ol header footer nav head style script meta title"
LATEX = "enumerate itemize description list quote quotation verse verbatim align"


def language_separators(language: str) -> list[str]:
    language = as_text(language)
    if language == "html":
        return [f"<{tag}" for tag in TAGS.split(" ")] + ["\n", " ", ""]
    if language == "latex":
        sections = [f"\n\\{word}{{" for word in ("chapter", "section", "subsection", "subsubsection")]
        return sections + [f"\n\\begin{{{word}}}" for word in LATEX.split(" ")] + ["$$", "$", "\n\n", "\n", " ", ""]
    if language == "markdown":
        headings = ["\n" + "#" * level + " " for level in range(1, 7)]
        return [*headings, "```\n", "\n***\n", "\n---\n", "\n___\n", "\n\n", "\n", " ", ""]
    if language not in WORDS:
        known = ", ".join(["html", "latex", "markdown", *WORDS])
        raise ParitasError("invalid_argument", f'language must be one of {known}, not "{language}"')
    return [f"\n{word} " for word in WORDS[language].split(" ")] + ["\n\n", "\n", " ", ""]
