"""Arithmetic and conditions in course files: Python's grammar, limited to a whitelist of nodes, without eval.

All values are floats (true is 1, false is 0), so no result takes more than 8 bytes. Length and depth are limited, so
no text can exhaust the stack. Each text is first scanned token by token to find authors' mistakes with their column;
Python's parser then only builds the tree.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from keyword import iskeyword
from typing import NamedTuple

from dev2cto.errors import CourseError
from dev2cto.yaml.decode import did_you_mean

MAX_LENGTH = 400
MAX_DEPTH = 40
WORDS = ("and", "or", "not")

_TOKEN = re.compile(
    r"(?P<number>(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|[-+*/%()<>,])"
    r"|(?P<wrong>\S)"
)
_OPERATORS = frozenset(("or", "and", "<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "/", "//", "%", "**"))
_BEFORE_NOT = frozenset(("", "(", ",", *WORDS))
_ADVICE = {
    "=": "compare with ==",
    "!": "write not",
    "&": "write and",
    "|": "write or",
    "^": "write ** for a power",
    ".": "there are no attributes",
    "[": "there are no lists",
    "{": "names are written without braces here",
    "\u2212": "write - for minus",
    "\u00d7": "write * for times",
}

INFINITY = math.inf

Compute = Callable[[Mapping[str, float]], float]
"""Computes a value from the values of names."""


class ExpressionError(CourseError):
    """An expression cannot be parsed or has no value; `column` counts from 1."""

    def __init__(self, message: str, column: int, hint: str = "") -> None:
        super().__init__(message, hint)
        self.column = column


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed expression; `names` maps each name to the column of its first use."""

    text: str
    names: Mapping[str, int]
    compute: Compute = field(repr=False, compare=False)

    def value(self, given: Mapping[str, float]) -> float:
        """Return the value, which is finite. Raises ExpressionError (unknown name, division by zero, too large)."""
        return self.compute(given)

    def holds(self, given: Mapping[str, float]) -> bool:
        """Return whether the condition is true. Raises ExpressionError like `value`."""
        return self.compute(given) != 0


@lru_cache(maxsize=4096)
def formula(text: str) -> Formula:
    """Parse an expression; results are cached. Raises ExpressionError with the column of the mistake."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"the expression is longer than {MAX_LENGTH} characters", MAX_LENGTH + 1)
    names = _scan(text)
    spaced = re.sub(r"\s", " ", text)
    try:  # the added parenthesis shifts Python's offsets from 0 to columns from 1
        tree = ast.parse(f"({spaced})", mode="eval").body
    except SyntaxError as problem:
        raise ExpressionError("this number cannot be read", max(1, (problem.offset or 2) - 1)) from None
    return Formula(text, names, _Compiler(text).compiled(tree))


def _scan(text: str) -> dict[str, int]:
    """Map each name to the column of its first use. Raises ExpressionError if an operand or operator is missing."""
    names: dict[str, int] = {}
    opened: list[tuple[int, bool]] = []
    """The column of each open parenthesis, and whether it belongs to a function call."""
    before, function, operand_next = "", False, True
    tokens = [(found.lastgroup, found.group(), found.start() + 1) for found in _TOKEN.finditer(text)]
    for kind, token, column in tokens:
        if kind == "wrong":
            raise ExpressionError(f"{token!r} has no meaning here", column, _ADVICE.get(token, ""))
    for at, (kind, token, column) in enumerate(tokens):
        if token == "(" and operand_next:
            opened.append((column, function))
            if len(opened) > MAX_DEPTH:
                raise ExpressionError("the expression is nested too deeply", column)
        elif token == ")" and opened and (not operand_next or (before == "(" and opened[-1][1])):
            opened.pop()
            operand_next = False
        elif operand_next:
            called = at + 1 < len(tokens) and tokens[at + 1][1] == "("
            operand_next = _check_operand(kind, token, column, before) or called
            if kind == "name" and token not in WORDS:
                _check_name(token, column, called=called)
                if not called:
                    names.setdefault(token, column)
        elif token in _OPERATORS or (token == "," and opened and opened[-1][1]):
            operand_next = True
        else:
            hint = "write numbers without commas" if token == "," else ""
            raise ExpressionError(f"{token!r} is not expected here: an operator is missing", column, hint)
        function, before = kind == "name" and token not in WORDS, token
    if operand_next:
        raise ExpressionError("the expression ends too early", len(text) + 1)
    if opened:
        raise ExpressionError("this parenthesis is not closed", opened[-1][0])
    return names


def _check_operand(kind: str | None, token: str, column: int, before: str) -> bool:
    """Return whether the token is only a sign, so that an operand must still follow."""
    if token == "not" and before not in _BEFORE_NOT:
        raise ExpressionError("'not' needs parentheses around it here", column)
    if token in ("+", "-", "not"):
        return True
    if kind == "sign" or token in WORDS:
        raise ExpressionError(f"a number or a name is missing before {token!r}", column)
    if kind == "number" and not math.isfinite(float(token.replace("_", ""))):
        raise ExpressionError("this number is too large", column)
    return False


def _check_name(name: str, column: int, *, called: bool) -> None:
    if iskeyword(name):
        raise ExpressionError(f"{name!r} has no meaning here", column)
    if called and name not in FUNCTIONS:
        raise ExpressionError(f"there is no function {name!r}", column, did_you_mean(name, FUNCTIONS, all_of=True))
    if name in FUNCTIONS and not called:
        raise ExpressionError(f"{name} is a function: {name}(...)", column)


class Function(NamedTuple):
    """A function that expressions may call."""

    compute: Callable[..., float]
    least: int
    """The smallest number of arguments."""
    most: int


def _round(value: float, digits: float = 0) -> float:
    """Round halves away from zero, as people do; Python's round would turn 2.5 into 2."""
    if digits != int(digits) or abs(digits) > 12:
        raise ValueError
    step = Decimal(1).scaleb(-int(digits))
    if abs(value) >= 1e15:
        return value
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP))


FUNCTIONS = {
    "abs": Function(abs, 1, 1),
    "min": Function(min, 2, 20),
    "max": Function(max, 2, 20),
    "round": Function(_round, 1, 2),
    "floor": Function(lambda a: float(math.floor(a)), 1, 1),
    "ceil": Function(lambda a: float(math.ceil(a)), 1, 1),
    "sqrt": Function(math.sqrt, 1, 1),
    "log": Function(math.log, 1, 2),
    "exp": Function(math.exp, 1, 1),
}
"""The functions by name; `log` is natural unless a base is given."""

_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class _Compiler:
    """Compiles a tree to nested functions: a scenario's conditions are evaluated thousands of times."""

    def __init__(self, text: str) -> None:
        self.text = text

    def compiled(self, tree: ast.expr, depth: int = 1) -> Compute:
        """Compile a tree; `depth` counts signs and powers, which nest without parentheses."""
        column = tree.col_offset
        if depth > MAX_DEPTH:
            raise ExpressionError("the expression is nested too deeply", column)
        match tree:
            case ast.Constant(value=int() | float() as number):
                value = float(number)
                return lambda given: value
            case ast.Name():
                return _name(tree.id, column)
            case ast.UnaryOp():
                return _signed(tree.op, self.compiled(tree.operand, depth + 1))
            case ast.BoolOp():
                return _joined(tuple(self.compiled(value, depth) for value in tree.values), isinstance(tree.op, ast.Or))
            case ast.BinOp():
                inner = depth + isinstance(tree.op, ast.Pow)
                left, right = self.compiled(tree.left, depth), self.compiled(tree.right, inner)
                return _binary(_ARITHMETIC[type(tree.op)], left, right, self._sign_column(tree))
            case ast.Compare():
                operators = (_COMPARISONS[type(sign)] for sign in tree.ops)
                steps = tuple(zip(operators, (self.compiled(c, depth) for c in tree.comparators), strict=True))
                return _chain(self.compiled(tree.left, depth), steps)
            case ast.Call(func=ast.Name(id=name)):
                function, given = FUNCTIONS[name], len(tree.args)
                if not function.least <= given <= function.most:
                    least, most = function.least, function.most
                    wanted = str(least) if least == most else f"{least} to {most}"
                    raise ExpressionError(f"{name} takes {wanted} values, not {given}", column)
                return _call(function.compute, tuple(self.compiled(a, depth) for a in tree.args), column)
            case _:
                raise ExpressionError("this has no meaning here", column)

    def _sign_column(self, tree: ast.BinOp) -> int:
        """Return the operator's column: the first character between the operands except spaces and parentheses."""
        column = tree.left.end_col_offset or 0
        while self.text[column - 1] == ")" or self.text[column - 1].isspace():
            column += 1
        return column


def _name(name: str, column: int) -> Compute:
    def compute(given: Mapping[str, float]) -> float:
        value = given.get(name)
        if value is None:
            raise ExpressionError(f"there is no value {name!r}", column, did_you_mean(name, given, all_of=True))
        return value if type(value) is float and -INFINITY < value < INFINITY else _finite(float(value), column)

    return compute


def _signed(sign: ast.unaryop, operand: Compute) -> Compute:
    match sign:
        case ast.Not():
            return lambda given: float(operand(given) == 0)
        case ast.USub():
            return lambda given: -operand(given)
        case _:
            return operand


def _joined(operands: tuple[Compute, ...], decisive: bool) -> Compute:
    """Return `or` (the first true operand decides) or `and` (the first false one does)."""
    decided, else_ = float(decisive), float(not decisive)

    def compute(given: Mapping[str, float]) -> float:
        for operand in operands:
            if (operand(given) != 0) is decisive:
                return decided
        return else_

    return compute


def _chain(first: Compute, steps: tuple[tuple[Callable[[float, float], bool], Compute], ...]) -> Compute:
    if len(steps) == 1:
        return _comparison(first, *steps[0])

    def compute(given: Mapping[str, float]) -> float:
        left = first(given)
        for holds, operand in steps:
            right = operand(given)
            if not holds(left, right):
                return 0.0
            left = right
        return 1.0

    return compute


def _comparison(left: Compute, holds: Callable[[float, float], bool], right: Compute) -> Compute:
    return lambda given: 1.0 if holds(left(given), right(given)) else 0.0


def _call(function: Callable[..., float], arguments: tuple[Compute, ...], column: int) -> Compute:
    def compute(given: Mapping[str, float]) -> float:
        try:
            return _finite(function(*[argument(given) for argument in arguments]), column)
        except (ZeroDivisionError, OverflowError, ValueError) as problem:
            raise _no_value(problem, column) from None

    return compute


def _binary(function: Callable[[float, float], float], left: Compute, right: Compute, column: int) -> Compute:
    def compute(given: Mapping[str, float]) -> float:
        try:
            value = function(left(given), right(given))
            return value if type(value) is float and -INFINITY < value < INFINITY else _finite(value, column)
        except (ZeroDivisionError, OverflowError, ValueError) as problem:
            raise _no_value(problem, column) from None

    return compute


def _no_value(problem: Exception, column: int) -> ExpressionError:
    match problem:
        case ZeroDivisionError():
            return ExpressionError("this divides by zero", column)
        case OverflowError():
            return ExpressionError("the result is too large", column)
        case _:
            return ExpressionError("this has no value for these numbers", column)


def _finite(value: float | complex, column: int) -> float:
    if isinstance(value, complex):
        raise ExpressionError("the root of a negative number is not a real number", column)
    if not math.isfinite(value):
        raise ExpressionError("the result is too large", column)
    return float(value)
