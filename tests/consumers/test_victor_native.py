"""victor_native from PyPI beside ours: the same names and parameters, the same results but for listed differences."""

import json
import sys

import pytest
from conftest import run

SCRIPT = r"""
import inspect, json, sys
import victor_native as theirs
from paritas.compat import victor_native as ours

def parameters(function):
    text = getattr(function, "__text_signature__", None)
    if text is not None:
        return [part.split("=")[0].split(":")[0].strip() for part in text.strip("()").split(",") if part.strip(" /*$")]
    return None

def names(function):
    return [name for name in inspect.signature(function).parameters]

wrong = []
for name in ours.__all__:
    one, two = getattr(ours, name), getattr(theirs, name, None)
    if two is None:
        wrong.append([name, "is none of theirs"])
    elif not isinstance(one, type) and parameters(two) is not None:
        try:
            own = names(one)
        except ValueError:  # a built-in function says them in its first line
            own = [part.split(":")[0].strip() for part in one.__doc__.split("(")[1].split(")")[0].split(",")]
        if own[: len(parameters(two))] != parameters(two):
            wrong.append([name, own, parameters(two)])
TEXTS = ["", "abc b bar", "Read the file, then READ it again", "ababab", "x" * 50, "the cat sat on the mat"]
PATTERNS = [["ab", "abc"], ["read", "file", "again"], ["cat", "mat", "the"], ["x"]]
def said(module, text, patterns, flag):
    matcher = module.PatternMatcher(patterns, flag)
    found = [[match.pattern_idx, match.start, match.end, match.matched_text] for match in matcher.find_all(text)]
    return [
        found, matcher.count_matches(text), matcher.count_by_pattern(text), sorted(matcher.matched_patterns(text)),
        matcher.replace_all(text, "-"), module.contains_any_pattern(text, patterns, flag),
    ]
for text in TEXTS:
    for patterns in PATTERNS:
        for flag in (True, False):
            both = [said(module, text, patterns, flag) for module in (ours, theirs)]
            if both[0] != both[1]:
                wrong.append([text, patterns, flag, *both])
for text in ("Now let me read it. Let me check.", "nothing", "I will read it", "first let me see"):
    if list(map(tuple, ours.find_circular_patterns(text))) != theirs.find_circular_patterns(text):
        wrong.append([text, ours.find_circular_patterns(text), theirs.find_circular_patterns(text)])
ones, others = ours.ThinkingDetector(), theirs.ThinkingDetector()
for text in ("Let me read this file.", "The cache is stale.", "Let me check that.", "Nothing of the kind happens."):
    if ones.record_thinking(text)[0] != others.record_thinking(text)[0]:
        wrong.append([text])
if ones.get_stats().keys() != others.get_stats().keys():
    wrong.append([sorted(ones.get_stats()), sorted(others.get_stats())])
calls = [("read", {"a": 1}), ("read", {"a": 2}), ("write", {"a": 1})]
if [len(set(module.compute_batch_signatures(calls * 2))) for module in (ours, theirs)] != [3, 3]:
    wrong.append("signatures")
if [len(module.compute_signature("a", {})) for module in (ours, theirs)] != [16, 16]:
    wrong.append("length of signatures")
print(json.dumps(wrong))
"""


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="victor_native 0.8.1 has wheels for Python 3.11 alone")
def test_names_and_results_are_those_of_victor_native(environment, build_wheel):
    installed = environment("victor-native")
    installed.pip(build_wheel("wheel-victor-native"))
    run(
        installed.python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-q",
        "--no-deps",
        "victor-native==0.8.1",
    )
    assert json.loads(run(installed.python, "-c", SCRIPT, cwd=installed.folder)) == []
