"""classify_task beside victor_native's: time, and what each makes of requests whose meaning is plain."""

import json
import statistics
import subprocess
import time
from pathlib import Path

import paritas

try:
    import victor_native
except ImportError:
    victor_native = None

# Twenty words each.
REQUESTS = [
    "Please review the parser module and explain why the second pass drops tokens, then fix the bug and run all tests",
    "Could you have a look at the login page of our shop because customers say that the button does nothing at",
    "Don't run the tests yet, but add a short note to the changelog and commit what we have so far",
]
PLAIN = [  # what a person would say
    ("Run the tests", "action"),
    ("Don't run the tests, just explain the plan", "analysis"),
    ("Do not deploy; fix the bug", "edit"),
    ("My address is wrong", "default"),
    ("What's the latest news?", "default"),
    ("prefix the listener", "default"),
    ("Another thing: deploy it", "action"),
    ("Notice: run the tests", "action"),
    ("I cannot log in. Fix the bug", "edit"),
    ("analyzing the code", "analysis"),
    ("Why don't you run the tests?", "action"),
    ("Don't forget to commit", "action"),
    ("skip the tests and deploy", "action"),
    ("Run the tests instead of building the docs", "action"),
    ("Where is the config of the logger?", "search"),
    ("Create a parser for the new format", "generation"),
    ("He was writing a letter to the editor", "generation"),
    ("The runner pruned the branches", "default"),
    ("Please do not edit main.py or rename it", "default"),
    ("Set up a project and scaffold the folders", "generation"),
]


def median(call, rounds=101):
    """Processor time: others may be busy on the machine."""
    taken = []
    for turn in range(rounds + 2):
        start = time.process_time()
        call()
        if turn > 1:
            taken.append(time.process_time() - start)
    return statistics.median(taken)


def name_of(result):
    return str(result.task_type).split(".")[-1].lower()


def right(classify):
    return sum(name_of(classify(text)) == kind for text, kind in PLAIN)


def main() -> None:
    many = [REQUESTS[i % 3] for i in range(1000)]
    short = [PLAIN[i % len(PLAIN)][0] for i in range(1000)]
    ours = median(lambda: [paritas.classify_task(text) for text in many])
    batch = median(lambda: paritas.classify_task_batch(many, threads=1))
    ours_short = median(lambda: [paritas.classify_task(text) for text in short])
    print(f"20 words: {ours * 1e3:.2f} us a call, {batch * 1e3:.2f} in a batch on one thread, all matches as objects")
    print(f"1000 prompts of {sum(len(t.split()) for t in short) / 1000:.1f} words: {ours_short * 1e3:.2f} ms")
    print(f"right on {right(paritas.classify_task)} of {len(PLAIN)} plain requests")
    if victor_native is None:
        print("victor_native: not installed")
    else:
        theirs = median(lambda: [victor_native.classify_task(text) for text in many])
        theirs_short = median(lambda: [victor_native.classify_task(text) for text in short])
        print(f"victor_native, 20 words: {theirs * 1e3:.2f} us a call, {theirs / ours:.2f} times ours; no matches")
        print(f"victor_native, 1000 prompts: {theirs_short * 1e3:.2f} ms, {theirs_short / ours_short:.2f} times ours")
        print(f"victor_native: right on {right(victor_native.classify_task)} of {len(PLAIN)}")
    core = Path("build/release/bench/bench_classify")
    if core.exists():
        told = json.loads(subprocess.run([core], capture_output=True, text=True, check=True).stdout)
        print(
            f"in the core: {told['requests']} ns for the three requests; ms for a megabyte of {told['megabyte']};",
            end=" ",
        )
        print(f"a classifier is made in {told['create']} us")


main()
