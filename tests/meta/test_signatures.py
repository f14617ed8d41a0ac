"""The reference has the signatures of the native module: the same parameters, order and defaults."""

import ast
import importlib
import inspect
from pathlib import Path

import paritas
import pytest

STUB = ast.parse((Path(__file__).parents[2] / "python/paritas/_native.pyi").read_text("utf-8"))
REFERENCE = importlib.import_module("paritas.reference")
Signature = list[tuple[str, str, str]]
_KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "either",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}
_ANY = "kwargs"  # pybind11 calls **options so, whatever the reference calls them; no caller can tell
# How an object is pickled: natively by its state, in the reference by a call. test_bm25 pickles both.
_PICKLING = {"__getstate__", "__setstate__", "__reduce__"}


def native(function: ast.FunctionDef) -> Signature:
    """(name, kind, default) of every parameter, as the stub says."""
    args = function.args
    out = []
    for kind, items in (("positional", args.posonlyargs), ("either", args.args)):
        out += [(item.arg, kind) for item in items]
    defaults: list[ast.expr | None] = [None] * (len(out) - len(args.defaults)) + list(args.defaults)
    if args.vararg:
        out.append((args.vararg.arg, "*"))
        defaults.append(None)
    out += [(item.arg, "keyword") for item in args.kwonlyargs]
    defaults += args.kw_defaults
    if args.kwarg:
        out.append((_ANY, "**"))
        defaults.append(None)
    return [
        (name, kind, "" if default is None else repr(ast.literal_eval(default)))
        for (name, kind), default in zip(out, defaults, strict=True)
        if name != "self"
    ]


def reference(function) -> Signature:
    return [
        (
            _ANY if item.kind is inspect.Parameter.VAR_KEYWORD else name,
            _KINDS[item.kind],
            "" if item.default is inspect.Parameter.empty else repr(item.default),
        )
        for name, item in inspect.signature(function).parameters.items()
        if name not in {"self", "cls"}
    ]


def functions(body) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def pairs():
    """(name, native signature, function of the reference) of every public function and method."""
    for name, node in functions(STUB.body).items():
        if name in paritas.__all__:
            yield name, node, getattr(REFERENCE, name)
    for node in STUB.body:
        if isinstance(node, ast.ClassDef) and node.name in paritas.__all__:
            for method, function in functions(node.body).items():
                if method in _PICKLING:
                    continue
                decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
                if not any("property" in text or text.endswith(".setter") for text in decorators):
                    yield f"{node.name}.{method}", function, getattr(getattr(REFERENCE, node.name), method, None)


PAIRS = list(pairs())


def test_there_are_functions_to_compare():
    assert {name for name, _, _ in PAIRS} >= {"selfcheck", "trend_drop"}


@pytest.mark.parametrize("name,stub,function", PAIRS, ids=[name for name, _, _ in PAIRS])
def test_the_reference_has_the_native_signature(name, stub, function):
    assert function is not None, f"the reference has no {name}"
    if name.split(".")[-1].startswith("__") and name.split(".")[-1] != "__init__":
        return  # the languages' own operators take what Python gives them
    assert reference(function) == native(stub)
