"""The grammar of expressions: from text to a frozen tree, with the column of every mistake.

From weakest to strongest: `or`, `and`, `not`, comparisons (may be chained), `+ -`, `* / // %`, unary `+ -`, `**` (to
the right), numbers, names, calls, parentheses. Length and depth are limited, so that no text can exhaust the stack.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

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
ARITY = {"abs": (1, 1), "min": (2, 20), "max": (2, 20), "round": (1, 2), "floor": (1, 1), "ceil": (1, 1)}
ARITY |= {"sqrt": (1, 1), "log": (1, 2), "exp": (1, 1)}
"""Least and most arguments of each function."""
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
    """A number as written."""

    value: float
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    """A value known by name."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Unary:
    """`-`, `+` or `not` before an operand."""

    sign: str
    operand: Tree
    column: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic, `and`, `or`: two operands; `column` is the sign's."""

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
    """A function and its arguments."""

    name: str
    arguments: tuple[Tree, ...]
    column: int


Tree = Number | Name | Unary | Binary | Chain | Call


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


class Parser:
    """Top-down operator precedence (Pratt 1973): one loop for all operators, one call a nesting level.

    After `whole`, `names` holds each name with the column of its first use.
    """

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ExpressionError(f"the expression is longer than {MAX_LENGTH} characters", MAX_LENGTH + 1)
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

    def whole(self) -> Tree:
        """The tree of the whole text."""
        tree = self.expression(0)
        rest = self.tokens[self.at]
        if rest.kind != "end":
            hint = "write numbers without commas" if rest.text == "," else ""
            raise ExpressionError(f"{rest.text!r} is not expected here: an operator is missing", rest.column, hint)
        return tree

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
            return self.number(token)
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

    def number(self, token: _Token) -> Number:
        value = float(token.text.replace("_", ""))
        if not math.isfinite(value):
            raise ExpressionError("this number is too large", token.column)
        return Number(value, token.column)

    def name(self, token: _Token) -> Tree:
        if self.tokens[self.at].text != "(":
            if token.text in ARITY:
                raise ExpressionError(f"{token.text} is a function: {token.text}(...)", token.column)
            self.names.setdefault(token.text, token.column)
            return Name(token.text, token.column)
        if token.text not in ARITY:
            hint = suggest(token.text, ARITY, all_of=True)
            raise ExpressionError(f"there is no function {token.text!r}", token.column, hint)
        opening, arguments = self.take(), []
        if self.tokens[self.at].text != ")":
            arguments.append(self.expression(0))
            while self.tokens[self.at].text == ",":
                self.at += 1
                arguments.append(self.expression(0))
        self.closed(opening)
        least, most = ARITY[token.text]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise ExpressionError(f"{token.text} takes {wanted} values, not {len(arguments)}", token.column)
        return Call(token.text, tuple(arguments), token.column)

    def closed(self, opening: _Token) -> None:
        if self.take().text != ")":
            raise ExpressionError("this parenthesis is not closed", opening.column)
