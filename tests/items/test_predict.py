"""A number that is predicted: an interval first, which the judgement of the number leaves alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dev2cto.items.base import Draw, Item, Retry
from dev2cto.items.forms import Predict, incomplete_reason, interval, normalize_response
from dev2cto.items.numeric import Numeric

ReadItem = Callable[[str], Item]
TEXT = "kind: numeric\nanswer: 150\ntol: 0.5\nunit: ms\nunits: {s: 1000}\npredict: true\n"
FORM = Predict("ms", {"s": 1000.0})
DRAW = Draw()


@pytest.mark.parametrize("ends", [("1", "2"), ("0.1 s", "200"), ("", ""), ("9", "1"), ("x", "y")])
def test_the_number_alone_is_judged(item_of: ReadItem, ends: tuple[str, str]) -> None:
    item = item_of(TEXT)
    assert item.final((*ends, "150 ms"), DRAW).score == 1
    assert item.final((*ends, "0.15 s"), DRAW).score == 1
    assert item.final((*ends, "151"), DRAW).score == 0
    assert item.final((*ends, "150 minutes"), DRAW).score == 0.5


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (("", "", ""), "First give an interval"),
        (("100", "", "150"), "First give an interval"),
        (("100", "lots", "150"), "First give an interval"),
        (("100", "200 kg", "150"), "First give an interval"),
        (("200", "100", "150"), "The low end of the interval is above the high end."),
        (("100 ms", "0.2 s", " "), "Now write the number."),
        (("100 ms", "0.2 s", "150"), ""),
        (("150", "150", "150"), ""),
    ],
)
def test_what_is_missing_is_said(response: tuple[str, ...], words: str) -> None:
    assert incomplete_reason(FORM, response).startswith(words)
    assert bool(incomplete_reason(FORM, response)) == bool(words)


def test_the_ends_are_in_the_unit_of_the_answer(item_of: ReadItem) -> None:
    item = item_of(TEXT)
    assert isinstance(item, Numeric)
    assert item.predicted(("0.1 s", "200", "7")) == interval(FORM, ("0.1 s", "200", "7")) == (100, 200)
    assert item.predicted(("200", "100", "7")) is None
    assert item.predicted("150") is None
    assert item.value(DRAW) == 150


def test_an_answer_from_before_it_was_predicted_is_judged_as_it_was(item_of: ReadItem) -> None:
    assert normalize_response(FORM, "150 ms") == ("", "", "150 ms")
    assert item_of(TEXT).final("150 ms", DRAW).score == 1
    assert item_of(TEXT.replace("predict: true\n", "")).fingerprint == item_of(TEXT).fingerprint


def test_what_is_no_number_is_asked_for_again(item_of: ReadItem) -> None:
    item = item_of(TEXT)
    again = item.grade(("100", "200", "much"), DRAW)
    assert isinstance(again, Retry)
    assert "cannot be read as one number" in again.message
    assert not isinstance(item.grade(("100", "200", "much"), DRAW, again), Retry)
