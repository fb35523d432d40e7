"""numeric items: tolerance, units, known mistakes, drawn parameters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.items.base import Draw, Grade, Item, Retry, number
from dev2cto.items.numeric import Numeric
from dev2cto.items.parameters import combinations

ReadItem = Callable[[str], Item]

LATENCY = """
kind: numeric
answer: "2300"
tol: 50
unit: ms
units: {s: 1000, min: 60000}
wrong:
  - value: 2300 / 2
    why: You halved it.
"""


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("2300", 1),
        ("2,300 ms", 1),
        ("2.3 s", 1),
        ("2350", 1),
        ("2250.0 milliseconds", 1),
        ("2351", 0),
        ("2249", 0),
        ("2.36 s", 0),
        ("-2300", 0),
        ("2300 s", 0.5),
        ("2.3 ms", 0.5),
        ("2300 queries", 0.5),
        ("2.3", 0),
        ("5 queries", 0),
        ("0", 0),
        ("", 0),
    ],
)
def test_a_value_is_judged_with_its_unit(item_of: ReadItem, typed: str, score: float) -> None:
    assert item_of(LATENCY).final(typed, Draw()).score == score


def test_a_wrong_unit_is_named_and_a_known_mistake_explained(item_of: ReadItem) -> None:
    item = item_of(LATENCY)
    (unit,) = item.final("2300 s", Draw()).chosen
    assert unit.about == "2300 s"
    assert "the answer should be in ms" in unit.text
    (halved,) = item.final("1.15 s", Draw()).chosen
    assert halved.text == "You halved it."


def test_an_unknown_unit_is_reported_without_credit(item_of: ReadItem) -> None:
    (remark,) = item_of(LATENCY).final("7 apples", Draw()).chosen
    assert remark.text == "The answer should be in ms."


def test_no_number_asks_again_and_twice_the_same_is_judged(item_of: ReadItem) -> None:
    item = item_of(LATENCY)
    asked = item.grade("a while", Draw())
    assert isinstance(asked, Retry)
    assert "12.5 ms" in asked.message
    assert isinstance(item.grade("some time", Draw(), asked), Retry)
    grade = item.grade("a while", Draw(), asked)
    assert isinstance(grade, Grade)
    assert (grade.score, grade.right, grade.chosen) == (0.0, ("2300 ms",), ())


@pytest.mark.parametrize(
    ("fields", "typed", "score"),
    [
        ("answer: 1 / 3\nrel: 0.01", "0.333", 1),
        ("answer: 1 / 3\nrel: 0.01", "0.34", 0),
        ("answer: 0.3", "0.30", 1),
        ("answer: 0.1 + 0.2", "0.3", 1),
        ("answer: 12", "12.01", 0),
        ("answer: -4\nrel: 0.1", "-4.4", 1),
        ("answer: 0\ntol: 0.1", "-0.1", 1),
        ("answer: 0.387\ntol: 0.001", "38.7 %", 1),
        ("answer: 38.7\ntol: 0.1", "38.7 %", 1),
        ('answer: 38.7\ntol: 0.1\nunit: "%"', "38.7", 1),
        ("answer: 1200000\nunit: EUR", "1.2 million", 1),
        ("answer: 1200000\nunit: EUR", "\u20ac1.2M", 1),
        ("answer: 1200000\nunit: EUR", "$1,200,000", 0.5),
    ],
)
def test_tolerances_and_bare_shares(item_of: ReadItem, fields: str, typed: str, score: float) -> None:
    assert item_of(f"kind: numeric\n{fields}\n").final(typed, Draw()).score == score


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("answer: 38.7123\ntol: 0.5", "38.7"),
        ("answer: 2300.4\nrel: 0.01\nunit: ms", "2300 ms"),
        ("answer: 1 / 3", "0.333333"),
        ("answer: 1234567", "1,234,567"),
        ("answer: 0.00001234\nrel: 0.001", "1.234e-05"),
    ],
)
def test_the_key_shows_what_the_tolerance_leaves_meaning_to(item_of: ReadItem, fields: str, shown: str) -> None:
    item = item_of(f"kind: numeric\n{fields}\n")
    assert item.solution(Draw()) == (shown,)
    assert item.final(item.key(Draw()), Draw()).score == 1


def test_drawn_values_fill_prompt_explanation_and_known_mistakes(samples: dict[str, Item]) -> None:
    item = samples["s-budget-sum"]
    draw = Draw(given={"net": 100, "app": 50, "n": 21, "q": 6.5})
    assert "21 queries of\n6.5 ms" in item.ask(draw)
    assert "100 + 50 + 21 x 6.5" in item.reason(draw)
    assert item.solution(draw) == ("286.5 ms",)
    (remark,) = item.final("156.5", draw).chosen
    assert remark.text == "You counted one query; the page runs 21 of them."


def test_every_draw_takes_its_values_from_the_file_and_all_occur(samples: dict[str, Item]) -> None:
    item = samples["s-budget-sum"]
    draws = [item.draw(Random(seed)).given for seed in range(300)]
    assert {draw["net"] for draw in draws} == {80, 100, 120, 140, 160}
    assert {draw["app"] for draw in draws} == {35, 50, 65}
    assert {draw["n"] for draw in draws} == {11, 21, 31}


def test_a_draw_from_before_a_parameter_was_added_still_has_values(samples: dict[str, Item]) -> None:
    item = samples["s-budget-sum"]
    old = Draw(given={"net": 100})
    assert "11 queries of\n4 ms" in item.ask(old)
    assert item.final(item.key(old), old).score == 1


@given(st.integers(0, 10_000))
def test_the_key_of_every_draw_is_right(seed: int) -> None:
    item = Numeric(
        kind="numeric", id="n", objective="o", level="apply", prompt="p", explain="e", answer="a / b", rel=0.01,
        given={"a": (1.0, 7.0, 1e6), "b": (3.0, 0.07)},
    )  # fmt: skip
    draw = item.draw(Random(seed))
    assert item.final(item.key(draw), draw).score == 1
    assert all(item.final(wrong, draw).score < 1 for wrong in item.mistakes(draw))


def test_combinations_are_exhaustive_while_few() -> None:
    assert len(list(combinations({"a": (1.0, 2.0), "b": (1.0, 2.0, 3.0)}))) == 6
    long = tuple(float(n) for n in range(100))
    many = list(combinations({"a": long, "b": long, "c": (0.0, 1.0)}))
    assert {row["a"] for row in many} == set(long)
    assert len(many) <= 101


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.0, "3"),
        (9999, "9999"),
        (10000, "10,000"),
        (1234.5, "1234.5"),
        (12345.25, "12,345.25"),
        (-0.5, "-0.5"),
        (1e-07, "1e-07"),
        (1e16, "1e+16"),
        (float("inf"), "inf"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: float, shown: str) -> None:
    assert number(value) == shown


def test_the_order_of_names_in_the_file_plays_no_part(item_of: ReadItem) -> None:
    one = item_of("kind: numeric\nanswer: a + b\ngiven: {a: [1, 2, 3], b: [10, 20, 30, 40]}\n")
    other = item_of("kind: numeric\nanswer: a + b\ngiven: {b: [10, 20, 30, 40], a: [1, 2, 3]}\n")
    assert all(one.draw(Random(seed)) == other.draw(Random(seed)) for seed in range(20))
