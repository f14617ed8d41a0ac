"""validate_response and what goes with it, as core/src/match/response.cpp computes them.

What is looked for stands in response_leakage.py, response_garbage.py and response_refusal.py, in pii.py and secrets.py.
"""

import re
from collections.abc import Sequence

from paritas.errors import ParitasError, ParitasTypeError
from paritas.reference.code_regions import code_regions
from paritas.reference.convert import flag, whole
from paritas.reference.convert import text as as_text
from paritas.reference.convert import texts as as_texts
from paritas.reference.pii import PROOF, check_threads, known_kinds, scan_pii, united
from paritas.reference.response_garbage import find_garbage, is_blank, unclosed_fences
from paritas.reference.response_leakage import PHRASES, find_leaks
from paritas.reference.response_refusal import REST, find_refusal
from paritas.reference.secrets import scan_secrets
from paritas.reference.unicode import category
from paritas.results_validate import Issue, ResponseRules, ValidationResult

KINDS = ("length", "leakage", "refusal", "garbage", "secrets", "pii")
SEVERITIES = ("low", "medium", "high", "critical")
GARBAGE = {
    "char_run": "high",
    "line_loop": "high",
    "low_novelty": "medium",
    "replacement_chars": "high",
    "control_chars": "low",
    "mojibake": "medium",
    "symbol_soup": "high",
    "unclosed_fence": "low",
}
# The rest of the rules, and the severity of each.
PII = {kind: "high" if kind in ("credit_card", "iban", "ssn") else "medium" for kind in PROOF}
NOBODYS = ("loopback", "documentation")  # an address of these kinds is nobody's
MESSAGES = {
    "empty": "the answer says nothing",
    "too_short": "the answer is shorter than min_length",
    "too_long": "the answer is longer than max_length",
    "missing_required": "the answer lacks {}",
    "forbidden": "the answer holds forbidden text",
    "leakage": "syntax or a prompt that no reader should see: {}",
    "refusal": "the answer refuses",
    "partial_refusal": "the answer refuses, and goes on",
    "char_run": "one character again and again",
    "line_loop": "one line again and again",
    "low_novelty": "the same words again and again",
    "replacement_chars": "bytes were lost before this text was made",
    "control_chars": "control characters",
    "mojibake": "UTF-8 was read as another encoding",
    "symbol_soup": "less than half of it is words",
    "unclosed_fence": "a code fence is not closed",
    "secrets": "a secret: {}",
    "pii": "personal data: {}",
}


def validate_response(text: str, rules: ResponseRules | None = None) -> ValidationResult:
    """Whether an answer of a language model may be shown, and what is wrong with it.

    rules:  what to look for; None: everything, personal data of all kinds
    Errors: invalid_argument for a rule without meaning; pattern_empty for an empty text in required or forbidden
    """
    text = as_text(text)
    return _result(text, _checked(rules))


def validate_response_batch(
    texts: Sequence[str], rules: ResponseRules | None = None, *, threads: int = 0
) -> list[ValidationResult]:
    """validate_response for many texts.

    threads: 0 for all cores
    Errors:  as validate_response; invalid_argument for threads below 0
    """
    texts = as_texts(texts)
    checked = _checked(rules)
    check_threads(whole(threads))
    return [_result(text, checked) for text in texts]


def sanitize_response(text: str) -> str:
    """What may be shown of an answer: validate_response(text).sanitized without more than two empty lines in a row and
    without white space around it."""
    text = as_text(text)
    clean = _sanitized(text, ResponseRules())
    out = re.sub(r"\n{4,}", "\n\n\n", clean)
    start, end = 0, len(out)
    while start < end and is_blank(out[start]):
        start += 1
    while end > start and is_blank(out[end - 1]):
        end -= 1
    return out[start:end]


def is_garbage_content(text: str) -> bool:
    """Whether an answer has a fault of length, leaked syntax or garbage that is high."""
    rules = ResponseRules(refusal=False, secrets=False, pii=())
    return any(issue.severity == "high" for issue in _issues(as_text(text), rules))


def detect_leakage_patterns(text: str) -> list[tuple[int, int, str]]:
    """Start, end and rule of what validate_response reports as leakage."""
    rules = ResponseRules(garbage=False, refusal=False, secrets=False, pii=(), min_length=0)
    return [(i.start, i.end, i.rule) for i in _issues(as_text(text), rules) if i.kind == "leakage"]


def strip_markup(text: str) -> str:
    """The text without its tags: "<" and a letter, "/", "!" or "?" up to the next ">" with no "<" between."""
    text = as_text(text)
    out, done, at = [], 0, text.find("<")
    while at >= 0:
        following = text[at + 1 : at + 2]
        end = at + 1
        if following != "" and following in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?":
            while end < len(text) and text[end] not in "<>":
                end += 1
            if text[end : end + 1] == ">":
                out.append(text[done:at])
                done = end = end + 1
        at = text.find("<", end)
    return "".join(out) + text[done:]


def _checked(rules: ResponseRules | None) -> ResponseRules:
    if rules is None:
        return ResponseRules()
    if not isinstance(rules, ResponseRules):
        raise ParitasTypeError("invalid_argument", f"ResponseRules or None is needed, not {type(rules).__name__}")
    checked = ResponseRules(
        *(flag(rules.leakage), flag(rules.garbage), flag(rules.refusal), flag(rules.secrets)),
        pii=tuple(as_texts(rules.pii)),
        min_length=whole(rules.min_length),
        max_length=whole(rules.max_length),
        required=tuple(as_texts(rules.required)),
        forbidden=tuple(as_texts(rules.forbidden)),
        respect_code=flag(rules.respect_code),
        fail_severity=as_text(rules.fail_severity),
        allow=tuple(as_texts(rules.allow)),
    )
    known_kinds(checked.pii)
    if checked.fail_severity not in SEVERITIES:
        raise ParitasError("invalid_argument", f"fail_severity must be one of {', '.join(SEVERITIES)}")
    for name, length in (("min_length", checked.min_length), ("max_length", checked.max_length)):
        if length < 0:
            raise ParitasError("invalid_argument", f"{name} must be at least 0")
    for name, patterns in (("required", checked.required), ("forbidden", checked.forbidden)):
        for at, pattern in enumerate(patterns):
            if pattern == "":
                raise ParitasError("pattern_empty", f"{name} must have no empty text: number {at} is one", at)
    return checked


def _result(text: str, rules: ResponseRules) -> ValidationResult:
    issues = _issues(text, rules)
    least = SEVERITIES.index(rules.fail_severity)
    ok = all(SEVERITIES.index(issue.severity) < least for issue in issues)
    counts = {kind: sum(issue.kind == kind for issue in issues) for kind in KINDS}
    return ValidationResult(ok, issues, counts, lambda: _sanitized(text, rules))


def _issues(text: str, rules: ResponseRules) -> list[Issue]:
    """By start, then the order of kinds, then the longer one, then the order in which they are found."""
    code = code_regions(text) if rules.respect_code else []
    found: list[Issue] = []

    def add(kind: str, rule: str, severity: str, start: int, end: int, said: str = "", exempt: bool = False) -> None:
        if rule in rules.allow or (exempt and any(region.start <= start < region.end for region in code)):
            return
        message = MESSAGES.get(rule, MESSAGES.get(kind, "")).format(said)
        found.append(Issue(kind, rule, severity, start, end, message))

    if all(category(ch)[0] == "Z" or category(ch) in ("Cc", "Cf") for ch in text):
        add("length", "empty", "high", 0, len(text))
    if len(text) < rules.min_length:
        add("length", "too_short", "medium", 0, len(text))
    if 0 < rules.max_length < len(text):
        add("length", "too_long", "medium", 0, len(text))
    for required in rules.required:
        if required not in text:
            add("length", "missing_required", "medium", 0, len(text), required)
    for start, end in _leftmost_longest(text, rules.forbidden):
        add("length", "forbidden", "medium", start, end)
    if rules.leakage:
        for leak in find_leaks(text):
            severity = "medium" if leak.rule in PHRASES else "high"
            add("leakage", leak.rule, severity, leak.start, leak.end, leak.rule, exempt=True)
    if rules.refusal:
        refusal = find_refusal(text, code)
        if refusal is not None:
            partial = len(text) - refusal[1] > REST
            add("refusal", "partial_refusal" if partial else "refusal", "low" if partial else "medium", *refusal)
    if rules.garbage:
        for fault in [*find_garbage(text, code), *unclosed_fences(text)]:
            add("garbage", fault.rule, GARBAGE[fault.rule], fault.start, fault.end)
    if rules.secrets:
        for secret in scan_secrets(text):
            add("secrets", secret.secret_type, secret.severity, secret.start, secret.end, secret.secret_type)
    for match in scan_pii(text, rules.pii):
        severity = "low" if match.kind == "ip" and match.detail in NOBODYS else PII[match.kind]
        add("pii", match.kind, severity, match.start, match.end, match.kind)
    return sorted(found, key=lambda issue: (issue.start, KINDS.index(issue.kind), -issue.end))


def _leftmost_longest(text: str, patterns: Sequence[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    while at < len(text):
        longest = max((len(pattern) for pattern in patterns if text.startswith(pattern, at)), default=0)
        if longest > 0:
            found.append((at, at + longest))
        at += max(longest, 1)
    return found


def _sanitized(text: str, rules: ResponseRules) -> str:
    """Leaked syntax cut, secrets and personal data masked, the rest as it is."""
    issues = _issues(text, rules)
    fate = [""] * len(text)
    for kinds, what in ((("secrets", "pii"), "mask"), (("leakage",), "cut")):
        for start, end, _ in united([(issue.start, issue.end) for issue in issues if issue.kind in kinds]):
            fate[start:end] = [what] * (end - start)
    kept = []
    for ch, what in zip(text, fate, strict=True):
        if what != "cut":
            kept.append("*" if what == "mask" and ch not in "\n\v\f\r\x85\u2028\u2029" else ch)
    return "".join(kept)
