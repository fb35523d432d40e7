"""Days to come in words, without "today" and the like, which each text has in its own way."""

from datetime import date


def day_words(day: date, today: date, *, weekday: bool = False) -> str:
    """A day like "9 December" or "Monday 9 December"; with its year where that is not the year of `today`."""
    name = f"{day:%A} " if weekday else ""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{name}{day.day} {day:%B}{year}"
