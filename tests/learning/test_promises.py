"""The life of a promise, and the days that a learner may name."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.learning.promises import Outcome, Result, day_named, life

TODAY = date(2026, 11, 23)
"""A Monday."""
DAY = date(2026, 11, 30)
AT = "2026-11-30T10:00:00+00:00"
KEPT, LET_GO = Outcome("kept", "It worked.", AT), Outcome("let go", "", AT)
LATER = Outcome("later", "No incident.", AT, date(2026, 12, 7))


def test_it_is_open_and_asked_about_from_its_day_on_for_two_weeks() -> None:
    found = life(DAY, ())
    assert found.state == "open"
    asked = [n for n in range(40) if found.is_due(TODAY + timedelta(days=n))]
    assert asked == [*range(7, 21)]
    assert found.choices == ("kept", "later", "let go")


def test_it_is_put_off_once_and_asked_about_again() -> None:
    found = life(DAY, (LATER,))
    assert (found.state, found.day) == ("open", date(2026, 12, 7))
    assert not found.is_due(DAY)
    assert found.is_due(date(2026, 12, 7))
    assert found.choices == ("kept", "let go")


def test_one_that_was_let_go_can_still_be_kept_and_one_that_was_kept_is_over() -> None:
    assert life(DAY, (LET_GO,)).choices == ("kept",)
    assert life(DAY, (KEPT,)).choices == ()
    assert not life(DAY, (KEPT,)).is_due(DAY)
    assert not life(DAY, (LET_GO,)).is_due(DAY)


TWICE: dict[tuple[Outcome, Outcome], tuple[str, date]] = {
    (KEPT, LATER): ("kept", date(2026, 12, 7)),
    (KEPT, LET_GO): ("kept", DAY),
    (LATER, LET_GO): ("let go", date(2026, 12, 7)),
    (LATER, LATER._replace(again=date(2026, 12, 9))): ("open", date(2026, 12, 9)),
}


@pytest.mark.parametrize("said", TWICE)
def test_two_machines_that_answered_it_agree_in_any_order(said: tuple[Outcome, Outcome]) -> None:
    for outcomes in permutations(said):
        found = life(DAY, outcomes)
        assert (found.state, found.day) == TWICE[said]
        assert "later" not in found.choices


@given(st.lists(st.sampled_from([KEPT, LATER, LET_GO]), max_size=4), st.randoms())
def test_the_order_of_outcomes_never_matters(said: list[Outcome], chance: Random) -> None:
    mixed = [*said]
    chance.shuffle(mixed)
    assert life(DAY, said) == life(DAY, mixed)


@given(st.lists(st.sampled_from(["kept", "later", "let go"]), max_size=6))
def test_whatever_is_said_it_ends_after_two_answers(wanted: list[Result]) -> None:
    said: list[Outcome] = []
    for result in wanted:
        if result in life(DAY, said).choices:
            said.append(Outcome(result, "", AT, DAY + timedelta(days=7) if result == "later" else None))
    assert [outcome.result for outcome in said].count("later") <= 1
    assert len(said) <= 3  # put off, let go, kept after all


NAMED = {
    "tomorrow": date(2026, 11, 24),
    "Friday": date(2026, 11, 27),
    "fri": date(2026, 11, 27),
    "next friday": date(2026, 11, 27),
    "monday": date(2026, 11, 30),
    "on Monday": date(2026, 11, 30),
    "in 10 days": date(2026, 12, 3),
    "10 days": date(2026, 12, 3),
    "in a week": date(2026, 11, 30),
    "next week": date(2026, 11, 30),
    "in two weeks": date(2026, 12, 7),
    "2026-12-24": date(2026, 12, 24),
    "2027-11-24": date(2027, 11, 24),
}


@pytest.mark.parametrize("text", NAMED)
def test_days_are_named_as_one_says_them(text: str) -> None:
    assert day_named(text, TODAY) == NAMED[text]


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-11-23", "2026-11-22", "2027-11-25", "soon", "in 0 days", "in 999 weeks", "31", "m"],
)
def test_no_day_is_made_up(text: str) -> None:
    assert day_named(text, TODAY) is None


@given(st.text())
def test_any_text_is_a_day_to_come_or_none(text: str) -> None:
    found = day_named(text, TODAY)
    assert found is None or TODAY < found <= TODAY + timedelta(days=366)
