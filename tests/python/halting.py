"""How the tests drive monitors and kernels of either backend."""

from paritas import AsyncStreamingKernel, StreamingKernel

# What a stream that was saved and restored in between must have in common with an unbroken one.
SAFE = (
    *("halt_index", "halt_reason", "halt_code", "halted", "soft_halted", "scores", "emits", "wants", "token_count"),
    *("warning_count", "invalid_count", "unchecked_count", "avg_coherence", "min_coherence", "window_mean"),
    *("trend_drop", "state"),
)


def kernel(api, **options):
    return type("StreamingKernel", (StreamingKernel,), {"_api": api})(**options)


def async_kernel(api, **options):
    return type("AsyncStreamingKernel", (AsyncStreamingKernel,), {"_api": api})(**options)


def calls(scores):
    """A callback that gives these scores, one a call."""
    given = iter(scores)
    return lambda text: next(given)


def run_of(api, scores, tokens=None, **config):
    monitor = api.HaltMonitor(**config)
    for i, score in enumerate(scores):
        monitor.process_token(tokens[i] if tokens else f"t{i} ", score)
    return monitor.finish()


def driven(api, given, broken_at=None):
    """A whole stream as the vectors tell it; with broken_at it is saved there and goes on in another monitor."""
    monitor = api.HaltMonitor(**given["config"])
    wants, events = [], []
    for i, score in enumerate(given["scores"]):
        token = given["tokens"][i] if "tokens" in given else f"t{i} "
        if i == broken_at:
            data = monitor.save_state()
            monitor = api.HaltMonitor()
            monitor.restore_state(data)
        wants.append(monitor.wants_score())
        events.append(monitor.process_token(token, score, given["times"][i] if "times" in given else None))
        if events[-1].halted:
            break
    state = monitor.save_state()
    assert len(state) <= 256 + 8 * (monitor.config.window_size + monitor.config.trend_window) + len(
        "".join(event.token for event in events).encode()
    )
    session = monitor.finish()
    evidence = session.halt_evidence_structured
    emits = [event.emit for event in events]
    if len(session.events) and session.events[-1].token == "" and session.events[-1].index == len(events):
        emits.append(session.events[-1].emit)
    assert broken_at is not None or "".join(emits) == session.output
    last = events[-1] if events else None
    return {
        "halt_index": session.halt_index,
        "halt_reason": session.halt_reason,
        "halt_code": session.halt_code,
        "halted": session.halted,
        "soft_halted": session.soft_halted,
        "output": session.output,
        "tokens": len(session.tokens),
        "emits": emits,
        "scores": [event.score for event in events],
        "wants": wants,
        "token_count": session.token_count,
        "warning_count": session.warning_count,
        "invalid_count": session.invalid_count,
        "unchecked_count": session.unchecked_count,
        "avg_coherence": session.avg_coherence,
        "min_coherence": session.min_coherence,
        "window_mean": last.window_mean if last else 0.0,
        "trend_drop": last.trend_drop if last else 0.0,
        "evidence": None
        if evidence is None
        else {
            "trend_se": evidence.trend_se,
            "scores": evidence.scores,
            "text_tail": evidence.text_tail,
            "token_span": list(evidence.token_span),
            "suggested_action": evidence.suggested_action,
            "last_score": evidence.last_score,
        },
        "state": state.hex(),
    }
