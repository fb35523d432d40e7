"""Arithmetic and conditions written in the course, without Python's eval.

All values are floats (true is 1, false is 0), so that no result can grow beyond 8 bytes; the grammar is in syntax.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression that was read; `names` holds each name with the column of its first use."""

    text: str
    tree: Tree
    names: Mapping[str, int]

    def value(self, given: Mapping[str, float]) -> float:
        """The finite value under those names. Raises ExpressionError (unknown name, division by zero, too large)."""
        return _value(self.tree, given)

    def holds(self, given: Mapping[str, float]) -> bool:
        """Whether the condition is true under those names. Raises ExpressionError like `value`."""
        return self.value(given) != 0


@lru_cache(maxsize=4096)
def formula(text: str) -> Formula:
    """Read an expression once. Raises ExpressionError with the column of the mistake."""
    parser = Parser(text)
    return Formula(text, parser.whole(), dict(parser.names))


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


def _value(tree: Tree, given: Mapping[str, float]) -> float:
    match tree:
        case Number():
            return tree.value
        case Name():
            if tree.name not in given:
                hint = suggest(tree.name, given, all_of=True)
                raise ExpressionError(f"there is no value {tree.name!r}", tree.column, hint)
            return _finite(float(given[tree.name]), tree.column)
        case Unary(sign="not"):
            return float(_value(tree.operand, given) == 0)
        case Unary():
            value = _value(tree.operand, given)
            return -value if tree.sign == "-" else value
        case Binary(sign="and"):
            return float(_value(tree.left, given) != 0 and _value(tree.right, given) != 0)
        case Binary(sign="or"):
            return float(_value(tree.left, given) != 0 or _value(tree.right, given) != 0)
        case Binary():
            left, right = _value(tree.left, given), _value(tree.right, given)
            return _apply(ARITHMETIC[tree.sign], (left, right), tree.column)
        case Chain():
            left = _value(tree.first, given)
            for sign, operand in tree.rest:
                right = _value(operand, given)
                if not COMPARISONS[sign](left, right):
                    return 0.0
                left = right
            return 1.0
        case Call():
            arguments = tuple(_value(argument, given) for argument in tree.arguments)
            return _apply(FUNCTIONS[tree.name], arguments, tree.column)


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
