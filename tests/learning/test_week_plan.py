"""The weeks up to a date: every part in one of them, in order, and evenly by days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dev2cto.learning.next_part import NextPart
from dev2cto.learning.week_plan import FARTHEST, date_for, minutes_a_week, spread

WEDNESDAY = date(2026, 12, 2)


def part(number: int, minutes: int = 30) -> NextPart:
    return NextPart("m", "reading", f"r{number}", f"Reading {number}", minutes)


def test_the_first_week_ends_on_sunday_and_gets_its_days_share() -> None:
    weeks = spread([part(n) for n in range(24)], WEDNESDAY, WEDNESDAY + timedelta(days=11))
    assert [week.begins for week in weeks] == [WEDNESDAY, date(2026, 12, 7)]
    assert [len(week.parts) for week in weeks] == [10, 14]


def test_a_day_that_has_passed_has_no_plan_and_today_has_one() -> None:
    assert spread([part(1)], WEDNESDAY, WEDNESDAY - timedelta(days=1)) == ()
    (week,) = spread([part(1)], WEDNESDAY, WEDNESDAY)
    assert [each.id for each in week.parts] == ["r1"]


def test_a_far_day_is_planned_as_far_as_anybody_looks() -> None:
    assert len(spread([part(1)], WEDNESDAY, date(2100, 1, 1))) < FARTHEST / 7 + 2


@given(st.lists(st.integers(0, 300), max_size=60), st.integers(0, 400), st.integers(0, 6))
def test_every_part_is_in_one_week_in_order(sizes: list[int], days: int, weekday: int) -> None:
    today = WEDNESDAY + timedelta(days=weekday)
    parts = [part(n, size) for n, size in enumerate(sizes)]
    weeks = spread(parts, today, today + timedelta(days=days))
    assert [each for week in weeks for each in week.parts] == parts
    share = sum(sizes) / (days + 1)
    longest = max(sizes, default=0)
    for week, following in pairwise(weeks):
        length = (following.begins - week.begins).days
        assert abs(week.minutes - share * length) <= longest + 1


def test_minutes_a_week_and_the_day_they_lead_to_agree() -> None:
    assert minutes_a_week(140, WEDNESDAY, WEDNESDAY + timedelta(days=13)) == 70
    assert date_for(140, 70, WEDNESDAY) == WEDNESDAY + timedelta(days=13)
    assert date_for(140, 0, WEDNESDAY) is None
    assert date_for(1_000_000, 1, WEDNESDAY) is None
