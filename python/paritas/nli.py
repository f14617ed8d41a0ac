"""How a caller's own judge of entailment is asked, for both backends."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
from collections.abc import Awaitable, Iterable, Sequence
from typing import Any

from paritas.errors import ParitasTypeError

Pairs = Sequence[tuple[str, str]]


def ask(scorer: Any, pairs: Pairs) -> list[float]:
    """What a scorer says about the pairs; what it raises goes on to the caller."""
    answer = _call(scorer, pairs)
    if inspect.isawaitable(answer):
        _close(answer)
        raise ParitasTypeError("invalid_argument", "the nli_scorer returns an awaitable: call averify")
    return numbers(answer)


def ask_later(scorer: Any, plan: Any, timeout: float | None) -> Awaitable[Any]:
    """The second half of VerifiedScorer.averify: asks without blocking the event loop, and finishes the plan."""
    return _ask_later(scorer, plan, timeout)


async def _ask_later(scorer: Any, plan: Any, timeout: float | None) -> Any:
    judge = scorer.nli_scorer
    if judge is None:
        return scorer._finish(plan, None)
    return scorer._finish(plan, await asyncio.wait_for(_scores(judge, plan.pairs), timeout))


async def _scores(scorer: Any, pairs: Pairs) -> list[float]:
    batch, single = _methods(scorer)
    call = batch if batch is not None else single
    if inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__):
        if batch is not None:
            return numbers(await batch(list(pairs)) if pairs else [])
        assert single is not None
        return [_number(await single(premise, hypothesis)) for premise, hypothesis in pairs]
    answer = await _in_thread(scorer, pairs)
    return numbers(await answer if inspect.isawaitable(answer) else answer)


async def _in_thread(scorer: Any, pairs: Pairs) -> Any:
    """A thread that nobody waits for: a scorer that never returns must not keep the process alive."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def settle(error: BaseException | None, answer: Any) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(answer)
        else:
            future.set_exception(error)

    def run() -> None:
        error: BaseException | None = None
        answer: Any = None
        try:
            answer = _call(scorer, pairs)
        except BaseException as raised:
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop may have gone
            loop.call_soon_threadsafe(settle, error, answer)

    threading.Thread(target=run, name="paritas-nli", daemon=True).start()
    return await future


def _methods(scorer: Any) -> tuple[Any, Any]:
    """score_batch or the scorer itself, and score: whichever it has."""
    batch = getattr(scorer, "score_batch", None)
    if callable(batch):
        return batch, None
    single = getattr(scorer, "score", None)
    if callable(single):
        return None, single
    if callable(scorer):
        return scorer, None
    needed = "an nli_scorer with score_batch or score, or a callable is needed"
    raise ParitasTypeError("invalid_argument", f"{needed}, not {type(scorer).__name__}")


def _call(scorer: Any, pairs: Pairs) -> Any:
    batch, single = _methods(scorer)
    if not pairs:
        return []
    if batch is not None:
        return batch(list(pairs))
    answers = []
    for premise, hypothesis in pairs:
        answer = single(premise, hypothesis)
        if inspect.isawaitable(answer):
            return _gather([answer], single, pairs[1:])
        answers.append(answer)
    return answers


async def _gather(first: list[Any], single: Any, rest: Pairs) -> list[Any]:
    return [await answer for answer in first] + [await single(*pair) for pair in rest]


def _close(answer: Any) -> None:
    close = getattr(answer, "close", None)
    if callable(close):
        close()


def numbers(values: Any) -> list[float]:
    """Floats of any iterable, NumPy's included; NaN stands for what is none."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ParitasTypeError("invalid_argument", f"a sequence of numbers is needed, not {type(values).__name__}")
    return [_number(value) for value in values]


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")
