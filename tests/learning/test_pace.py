"""The pace: when a step is done."""

from __future__ import annotations

from datetime import date, timedelta

from dev2cto.learning.pace import DAYS, finish_day

TODAY = date(2026, 11, 26)


def studied(*minutes: int) -> dict[date, float]:
    """Minutes of study, the last of them today."""
    return {TODAY - timedelta(days=n): 60.0 * each for n, each in enumerate(reversed(minutes))}


def test_the_rest_takes_as_long_as_at_the_pace_of_the_last_weeks() -> None:
    assert finish_day(140, studied(*[20] * 14), TODAY) == TODAY + timedelta(days=7)
    assert finish_day(0, studied(*[20] * 14), TODAY) == TODAY


def test_one_long_day_is_spread_over_a_week() -> None:
    assert finish_day(70, studied(70), TODAY) == TODAY + timedelta(days=7)


def test_without_an_hour_of_study_in_four_weeks_there_is_no_pace() -> None:
    assert finish_day(60, {}, TODAY) is None
    assert finish_day(60, studied(59), TODAY) is None
    assert finish_day(60, {TODAY - timedelta(days=DAYS): 36_000.0}, TODAY) is None
