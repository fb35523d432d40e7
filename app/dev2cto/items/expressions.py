"""Arithmetic and conditions written in the course, without Python's eval.

Grammar, from weakest to strongest: `or`, `and`, `not`, comparisons (may be chained), `+ -`, `* / // %`, unary `+ -`,
`**` (to the right), numbers, names, calls, parentheses. All values are floats (true is 1, false is 0), so that no
expression can grow beyond 8 bytes; length and depth are limited, so that none can exhaust the stack.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dev2cto.errors import CourseError
from dev2cto.shapes import suggest

MAX_LENGTH = 400
MAX_DEPTH = 40

TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|[-+*/%()<>,])"
)
POWERS = {"or": 1, "and": 2, "<": 4, "<=": 4, ">": 4, ">=": 4, "==": 4, "!=": 4}
POWERS |= {"+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6, "**": 8}
NOT, COMPARE, UNARY = 3, 4, 7
WORDS = ("and", "or", "not")
ADVICE = {
    "=": "compare with ==",
    "!": "write not",
    "&": "write and",
    "|": "write or",
    "^": "write ** for a power",
    ".": "there are no attributes",
    "[": "there are no lists",
    "{": "names stand without braces here",
    "\u2212": "write - for minus",
    "\u00d7": "write * for times",
}


class ExpressionError(CourseError):
    """An expression that cannot be read or has no value; `column` counts from 1."""

    def __init__(self, message: str, column: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.column = column


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Unary:
    sign: str
    operand: Tree
    column: int


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: Tree
    right: Tree
    column: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Comparisons in a row: `1 < a <= 3`."""

    first: Tree
    rest: tuple[tuple[str, Tree], ...]
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Tree, ...]
    column: int


Tree = Number | Name | Unary | Binary | Chain | Call


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
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"the expression is longer than {MAX_LENGTH} characters", MAX_LENGTH + 1)
    return _Parser(text).formula()


def _round(value: float, digits: float = 0) -> float:
    """Halves go away from zero, as people round; Python's own round would send 2.5 to 2."""
    if digits != int(digits) or abs(digits) > 12:
        raise ValueError
    step = Decimal(1).scaleb(-int(digits))
    if abs(value) >= 1e15:
        return value
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP))


FUNCTIONS: dict[str, tuple[int, int, Callable[..., float]]] = {
    "abs": (1, 1, abs),
    "min": (2, 20, min),
    "max": (2, 20, max),
    "round": (1, 2, _round),
    "floor": (1, 1, lambda a: float(math.floor(a))),
    "ceil": (1, 1, lambda a: float(math.ceil(a))),
    "sqrt": (1, 1, math.sqrt),
    "log": (1, 2, math.log),
    "exp": (1, 1, math.exp),
}
"""Least and most arguments of each function; `log` is natural unless a base is given."""

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
            return _apply(FUNCTIONS[tree.name][2], arguments, tree.column)


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


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


class _Parser:
    """Top-down operator precedence (Pratt 1973): one loop for all operators, one call a nesting level."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self.split()
        self.at = 0
        self.depth = 0
        self.names: dict[str, int] = {}

    def split(self) -> list[_Token]:
        tokens, place = [], 0
        while place < len(self.text):
            found = TOKEN.match(self.text, place)
            if found is None:
                sign = self.text[place]
                raise ExpressionError(f"{sign!r} has no meaning here", place + 1, ADVICE.get(sign, ""))
            kind = found.lastgroup or ""
            if kind != "space":
                tokens.append(_Token(kind, found.group(), place + 1))
            place = found.end()
        return [*tokens, _Token("end", "", len(self.text) + 1)]

    def formula(self) -> Formula:
        tree = self.expression(0)
        rest = self.tokens[self.at]
        if rest.kind != "end":
            hint = "write numbers without commas" if rest.text == "," else ""
            raise ExpressionError(f"{rest.text!r} is not expected here: an operator is missing", rest.column, hint)
        return Formula(self.text, tree, dict(self.names))

    def take(self) -> _Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def expression(self, least: int) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError("the expression nests too deeply", self.tokens[self.at].column)
        left = self.operand(least)
        while (power := POWERS.get(self.tokens[self.at].text)) is not None and power >= least:
            token = self.tokens[self.at]
            if power == COMPARE:
                left = self.chain(left)
            else:
                self.at += 1
                right = self.expression(UNARY if token.text == "**" else power + 1)
                left = Binary(token.text, left, right, token.column)
        self.depth -= 1
        return left

    def chain(self, first: Tree) -> Chain:
        column, rest = self.tokens[self.at].column, []
        while POWERS.get(self.tokens[self.at].text) == COMPARE:
            sign = self.take().text
            rest.append((sign, self.expression(COMPARE + 1)))
        return Chain(first, tuple(rest), column)

    def operand(self, least: int) -> Tree:
        token = self.take()
        if token.kind == "number":
            return Number(_finite(float(token.text.replace("_", "")), token.column), token.column)
        if token.text in ("-", "+"):
            return Unary(token.text, self.expression(UNARY), token.column)
        if token.text == "not":
            if least > NOT:
                raise ExpressionError("'not' needs parentheses around it here", token.column)
            return Unary("not", self.expression(NOT), token.column)
        if token.text == "(":
            inner = self.expression(0)
            self.closed(token)
            return inner
        if token.kind == "name" and token.text not in WORDS:
            return self.name(token)
        if token.kind == "end":
            raise ExpressionError("the expression ends too early", token.column)
        raise ExpressionError(f"a number or a name is missing before {token.text!r}", token.column)

    def name(self, token: _Token) -> Tree:
        if self.tokens[self.at].text != "(":
            if token.text in FUNCTIONS:
                raise ExpressionError(f"{token.text} is a function: {token.text}(...)", token.column)
            self.names.setdefault(token.text, token.column)
            return Name(token.text, token.column)
        if token.text not in FUNCTIONS:
            hint = suggest(token.text, FUNCTIONS, all_of=True)
            raise ExpressionError(f"there is no function {token.text!r}", token.column, hint)
        opening, arguments = self.take(), []
        if self.tokens[self.at].text != ")":
            arguments.append(self.expression(0))
            while self.tokens[self.at].text == ",":
                self.at += 1
                arguments.append(self.expression(0))
        self.closed(opening)
        least, most, _ = FUNCTIONS[token.text]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise ExpressionError(f"{token.text} takes {wanted} values, not {len(arguments)}", token.column)
        return Call(token.text, tuple(arguments), token.column)

    def closed(self, opening: _Token) -> None:
        if self.take().text != ")":
            raise ExpressionError("this parenthesis is not closed", opening.column)
