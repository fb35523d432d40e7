"""Expressions: values as in arithmetic, bounds that hold, and errors at the right column."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.items.expressions import MAX_LENGTH, ExpressionError, formula


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3 ** 2", 19),
        ("-2 ** 2", -4),
        ("2 ** -1", 0.5),
        ("2 ** 3 ** 2", 512),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("7 // 2 + 7 % 4", 6),
        ("-7 // 2", -4),
        ("1_000 * 1.5e-1 + .5", 150.5),
        ("abs(-3) + min(4, 2, 9) + max(1, 2)", 7),
        ("floor(2.7) + ceil(2.1) + sqrt(16) + exp(0) + log(1)", 10),
        ("log(8, 2)", 3),
        ("n * (1 - (1 - p / 100) ** 2)", 20 * (1 - 0.95**2)),
        ("n > 19 and not p == 4", 1),
        ("n < 19 or p != 5", 0),
        ("1 < 2 < 3 <= 3", 1),
        ("1 < 3 < 2", 0),
        ("not n == 20", 0),
        ("(n > 1) + (p > 1)", 2),
    ],
)
def test_an_expression_has_its_value(text: str, value: float) -> None:
    assert formula(text).value({"n": 20, "p": 5}) == pytest.approx(value)


@pytest.mark.parametrize(("text", "value"), [("round(2.5)", 3), ("round(-2.5)", -3), ("round(1.005, 2)", 1.01)])
def test_halves_are_rounded_as_people_round(text: str, value: float) -> None:
    assert formula(text).value({}) == value


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "too early"),
        ("1 +", 4, "too early"),
        ("2 * (3 + 4", 5, "not closed"),
        ("3 x", 3, "operator is missing"),
        ("1,000", 2, "operator is missing"),
        ("n.real", 2, "no meaning"),
        ("n[0]", 2, "no meaning"),
        ("a = 1", 3, "no meaning"),
        ("sin(1)", 1, "no function 'sin'"),
        ("1 + __import__(1)", 5, "no function"),
        ("floor", 1, "is a function"),
        ("min(1)", 1, "takes 2 to 20"),
        ("2 + not 1", 5, "parentheses"),
        ("* 2", 1, "missing before '*'"),
        ("1e999", 1, "too large"),
        ("(" * 60 + "1" + ")" * 60, 41, "is nested too deeply"),
        ("-" * 60 + "1", 41, "is nested too deeply"),
        ("1" * (MAX_LENGTH + 1), MAX_LENGTH + 1, "longer than"),
        ("lambda: 1", 7, "no meaning"),
        ("'a' * 9", 1, "no meaning"),
        ("a) + (b", 2, "operator is missing"),
        ("(1, 2)", 3, "operator is missing"),
        ("1 if a else 2", 3, "operator is missing"),
        ("None + 1", 1, "no meaning"),
        ("max()", 1, "takes 2 to 20 values, not 0"),
        ("sqrt(4,)", 8, "missing before ')'"),
        ("2 * 007", 5, "cannot be read"),
        ("\n2 +\n", 6, "too early"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        formula(text)
    assert caught.value.column == column
    assert says in caught.value.message


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("9 ** 9 ** 9", 3, "too large"),
        ("10 ** 10 ** 10", 4, "too large"),
        ("1e300 * 1e300", 7, "too large"),
        ("exp(1000)", 1, "too large"),
        ("1 / (n - n)", 3, "divides by zero"),
        ("n % 0", 3, "divides by zero"),
        ("0 ** -1", 3, "divides by zero"),
        ("(-8) ** (1 / 3)", 6, "root of a negative"),
        ("sqrt(-1)", 1, "no value"),
        ("log(0)", 1, "no value"),
        ("2 * nn", 5, "no value 'nn'"),
    ],
)
def test_what_has_no_value_is_named_with_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        formula(text).value({"n": 1})
    assert (caught.value.column, says in caught.value.message) == (column, True)


def test_a_wrong_name_brings_the_nearest_right_one() -> None:
    with pytest.raises(ExpressionError) as caught:
        formula("chrn * 2").value({"churn": 2, "mrr": 1})
    assert caught.value.hint == "did you mean 'churn'?"


def test_names_are_known_with_the_column_of_their_first_use() -> None:
    assert formula("b + max(a, b)").names == {"b": 1, "a": 9}


def test_the_longest_towers_of_powers_end_at_once() -> None:
    started = time.process_time()
    for text in ("**".join("9" * 30), "**".join(["99999999"] * 8), "*".join(["1e99"] * 60)):
        with pytest.raises(ExpressionError):
            formula(text).value({})
    assert time.process_time() - started < 1


LEAVES = st.one_of(st.integers(0, 99).map(str), st.sampled_from(["a", "b"]))


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "==", "and", "or"]), inner)
    signed = inner.map(lambda x: f"(-{x})")
    return joined.map(lambda t: f"({t[0]} {t[1]} {t[2]})") | inner.map(lambda x: f"abs({x})") | signed


@given(st.recursive(LEAVES, grown, max_leaves=12), st.integers(-9, 9), st.integers(-9, 9))
def test_values_are_pythons_own(text: str, a: int, b: int) -> None:
    names = {"a": float(a), "b": float(b)}
    try:
        truth = text.replace("and", "_and_").replace("or", "_or_")
        expected = float(eval(as_python(truth), {"abs": abs, "truth": truth_of}, names))
    except ZeroDivisionError:
        with pytest.raises(ExpressionError, match="zero"):
            formula(text).value(names)
        return
    assert formula(text).value(names) == pytest.approx(expected, rel=1e-12, nan_ok=False)


def truth_of(value: float) -> bool:
    return bool(value)


def as_python(text: str) -> str:
    """`and` and `or` give an operand in Python and a truth value here: `truth(...)` makes Python's agree."""
    text = text.replace("_and_", "and").replace("_or_", "or")
    out: list[str] = []
    starts: list[int] = []
    depth = 0
    for sign in text:
        if sign == "(":
            depth += 1
            starts.append(len(out))
        out.append(sign)
        if sign == ")":
            start = starts.pop()
            inner = "".join(out[start:])
            logical = " and " in top(inner) or " or " in top(inner)
            if logical:
                out[start:] = list(f"(truth{inner})")
    return "".join(out)


def top(text: str) -> str:
    """The outermost level of a parenthesised text."""
    depth, kept = 0, []
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth <= 1:
            kept.append(sign)
    return "".join(kept)


@given(st.text(alphabet="0123456789.+-*/%()<>=! abemnotrdx,_", max_size=60))
def test_any_text_is_a_value_or_an_expression_error(text: str) -> None:
    try:
        outcome = formula(text).value({"a": 1.5, "b": -2, "e": 0})
    except ExpressionError as error:
        outcome = float(error.column) if 1 <= error.column <= len(text) + 1 else math.nan
    assert math.isfinite(outcome)
