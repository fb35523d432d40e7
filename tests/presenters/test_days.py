"""A day to come has its year only where that is another."""

from datetime import date

import pytest

from dev2cto.presenters.days import day_words


@pytest.mark.parametrize(
    ("day", "weekday", "words"),
    [
        (date(2026, 12, 9), False, "9 December"),
        (date(2026, 12, 9), True, "Wednesday 9 December"),
        (date(2027, 3, 5), False, "5 March 2027"),
        (date(2027, 3, 5), True, "Friday 5 March 2027"),
    ],
)
def test_a_day_in_words(day: date, weekday: bool, words: str) -> None:
    assert day_words(day, date(2026, 12, 1), weekday=weekday) == words
