"""Arithmetic and conditions written in the course, without Python's eval.

All values are floats (true is 1, false is 0), so that no result can grow beyond 8 bytes; the grammar is in syntax.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dev2cto.items.syntax import (
    WORDS,
    Binary,
    Call,
    Chain,
    ExpressionError,
    Name,
    Number,
    Parser,
    Tree,
    Unary,
)
from dev2cto.shapes import suggest

__all__ = ["FUNCTIONS", "WORDS", "ExpressionError", "Formula", "formula"]

Compute = Callable[[Mapping[str, float]], float]
"""Works a value out of the values of names."""


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression that was read; `names` holds each name with the column of its first use."""

    text: str
    tree: Tree
    names: Mapping[str, int]
    compute: Compute = field(repr=False, compare=False)

    def value(self, given: Mapping[str, float]) -> float:
        """The finite value under those names. Raises ExpressionError (unknown name, division by zero, too large)."""
        return self.compute(given)

    def holds(self, given: Mapping[str, float]) -> bool:
        """Whether the condition is true under those names. Raises ExpressionError like `value`."""
        return self.value(given) != 0


@lru_cache(maxsize=4096)
def formula(text: str) -> Formula:
    """Read an expression once. Raises ExpressionError with the column of the mistake."""
    parser = Parser(text)
    tree = parser.whole()
    return Formula(text, tree, dict(parser.names), _compiled(tree))


def _round(value: float, digits: float = 0) -> float:
    """Halves go away from zero, as people round; Python's own round would send 2.5 to 2."""
    if digits != int(digits) or abs(digits) > 12:
        raise ValueError
    step = Decimal(1).scaleb(-int(digits))
    if abs(value) >= 1e15:
        return value
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP))


FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "min": min,
    "max": max,
    "round": _round,
    "floor": lambda a: float(math.floor(a)),
    "ceil": lambda a: float(math.ceil(a)),
    "sqrt": math.sqrt,
    "log": math.log,
    "exp": math.exp,
}
"""What each function does; `log` is natural unless a base is given."""

ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
}
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _compiled(tree: Tree) -> Compute:
    """The expression as nested functions: a scenario's conditions are worked out thousands of times."""
    match tree:
        case Number():
            number = tree.value
            return lambda given: number
        case Name():
            return _name(tree.name, tree.column)
        case Unary(sign="not"):
            operand = _compiled(tree.operand)
            return lambda given: float(operand(given) == 0)
        case Unary(sign="-"):
            operand = _compiled(tree.operand)
            return lambda given: -operand(given)
        case Unary():
            return _compiled(tree.operand)
        case Binary(sign="and"):
            left, right = _compiled(tree.left), _compiled(tree.right)
            return lambda given: float(left(given) != 0 and right(given) != 0)
        case Binary(sign="or"):
            left, right = _compiled(tree.left), _compiled(tree.right)
            return lambda given: float(left(given) != 0 or right(given) != 0)
        case Binary():
            return _call(ARITHMETIC[tree.sign], (_compiled(tree.left), _compiled(tree.right)), tree.column)
        case Chain():
            steps = tuple((COMPARISONS[sign], _compiled(operand)) for sign, operand in tree.rest)
            return _chain(_compiled(tree.first), steps)
        case Call():
            return _call(FUNCTIONS[tree.name], tuple(map(_compiled, tree.arguments)), tree.column)


def _name(name: str, column: int) -> Compute:
    def compute(given: Mapping[str, float]) -> float:
        if name not in given:
            raise ExpressionError(f"there is no value {name!r}", column, suggest(name, given, all_of=True))
        return _finite(float(given[name]), column)

    return compute


def _chain(first: Compute, steps: tuple[tuple[Callable[[float, float], bool], Compute], ...]) -> Compute:
    def compute(given: Mapping[str, float]) -> float:
        left = first(given)
        for holds, operand in steps:
            right = operand(given)
            if not holds(left, right):
                return 0.0
            left = right
        return 1.0

    return compute


def _call(function: Callable[..., float], arguments: tuple[Compute, ...], column: int) -> Compute:
    return lambda given: _apply(function, tuple([argument(given) for argument in arguments]), column)


def _apply(function: Callable[..., float], arguments: tuple[float, ...], column: int) -> float:
    try:
        return _finite(function(*arguments), column)
    except ZeroDivisionError:
        raise ExpressionError("this divides by zero", column) from None
    except OverflowError:
        raise ExpressionError("the result is too large", column) from None
    except ValueError:
        raise ExpressionError("this has no value for these numbers", column) from None


def _finite(value: float | complex, column: int) -> float:
    if isinstance(value, complex):
        raise ExpressionError("a root of a negative number is no real number", column)
    if not math.isfinite(value):
        raise ExpressionError("the result is too large", column)
    return float(value)
