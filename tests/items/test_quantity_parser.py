"""Numbers as people type them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.items.quantity_parser import Quantity, factor, quantity, same_unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("42", 42, ""),
        ("2,300 ms", 2300, "ms"),
        ("2.3 s", 2.3, "s"),
        ("2.3s.", 2.3, "s"),
        ("38.7 %", 38.7, "%"),
        ("38.7%", 38.7, "%"),
        ("1e3", 1000, ""),
        ("1.5E-2", 0.015, ""),
        ("1.5 x 10^3", 1500, ""),
        ("1.5\u00d710\u00b3 B", 1500, "B"),
        ("1_000", 1000, ""),
        ("$6,930", 6930, "$"),
        ("-$5", -5, "$"),
        ("\u20ac 1.234,56", 1234.56, "\u20ac"),
        ("EUR 300", 300, "EUR"),
        ("$300k/month", 300, "k $/month"),
        ("\u22125", -5, ""),
        ("\u20135 ms", -5, "ms"),
        ("+7", 7, ""),
        ("2 300,5", 2300.5, ""),
        ("2\u202f300", 2300, ""),
        ("1'000'000", 1_000_000, ""),
        ("1.234.567", 1_234_567, ""),
        ("0,5", 0.5, ""),
        ("0,075", 0.075, ""),
        ("-0,125 ms", -0.125, "ms"),
        ("12,5", 12.5, ""),
        ("1234,567", 1234.567, ""),
        (".5", 0.5, ""),
        ("about 300 ms", 300, "ms"),
        ("~300", 300, ""),
        ("= 12 queries", 12, "queries"),
        ("\uff11\uff12", 12, ""),
    ],
)
def test_a_typed_number_is_read(text: str, value: float, unit: str) -> None:
    found = quantity(text)
    assert found is not None
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "three",
        "1/2",
        "300 or 400",
        "300-400",
        "1 to 2",
        "inf",
        "nan",
        "1e999",
        "0x10",
        "1,23,456",
        "0,075,000",
        "0 075",
        "--5",
        "-$-5",
        "9" * 81,
        "12h30",
        "½",
        "1..2",
        "$",
        "%",
    ],
)
def test_what_is_no_single_number_is_none(text: str) -> None:
    assert quantity(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_what_python_writes_is_read_as_the_same_value(value: float) -> None:
    assert quantity(repr(value)) == Quantity(value)
    assert quantity(f"{value:,.2f} ms") == Quantity(float(f"{value:.2f}"), "ms")


@given(st.text(max_size=90))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    found = quantity(text)
    assert found is None or math.isfinite(found.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seconds", "s"),
        ("sec", "s"),
        ("\u00b5s", "us"),
        ("percent", "%"),
        ("per cent", "%"),
        ("$", "USD"),
        ("requests per second", "req/s"),
        ("requests / s", "rps"),
        ("engineers", "engineer"),
        ("m\u00b2", "m^2"),
        ("EUR/months", "\u20ac per month"),
    ],
)
def test_spellings_of_one_unit_are_one(one: str, other: str) -> None:
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("typed", "unit", "units", "times"),
    [
        ("", "ms", {}, 1),
        ("ms", "ms", {"s": 1000}, 1),
        ("s", "ms", {"s": 1000}, 1000),
        ("seconds", "ms", {"s": 1000}, 1000),
        ("Ms", "ms", {"s": 1000}, 1),
        ("min", "ms", {"s": 1000}, None),
        ("k EUR", "EUR", {}, 1000),
        ("million", "EUR", {}, 1e6),
        ("M", "", {}, 1e6),
        ("k", "k", {}, 1),
        ("/month", "EUR/month", {}, 1),
        ("k $/month", "USD/month", {}, 1000),
        ("mb", "MB", {"Mb": 0.125}, None),
        ("Mb", "MB", {"Mb": 0.125}, 0.125),
        ("queries", "", {}, 1),
    ],
)
def test_a_typed_unit_is_converted(typed: str, unit: str, units: dict[str, float], times: float | None) -> None:
    assert factor(typed, unit, units) == times
