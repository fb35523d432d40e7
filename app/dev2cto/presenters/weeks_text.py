"""Texts for the time on the progress screen: minutes by week, a calendar of the last weeks, reviews to come.

With columns if `drawn`, else in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dev2cto import symbols
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, TableBlock, para
from dev2cto.presenters.bars import history
from dev2cto.study.queries.advice import WEEKS
from dev2cto.study.queries.view_models import minutes

SHOWN = 4
"""Weeks of the calendar, the present one included."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EMPTY_REVIEWS = "No question is due in the next days. Questions you answered come back here."


def week_blocks(
    days: Mapping[date, float], today: date, goal: int, *, drawn: bool, narrow: bool = False
) -> list[Block]:
    """Minutes of study in each of the last weeks, then on each day of the last of them; `goal` is 0 without one."""
    weeks = week_minutes(days, today)
    words = f"best {max(weeks)}, this week {weeks[-1]}"
    goals = f", goal {goal}" if goal else ""
    if not drawn:
        listed = ", ".join(str(week) for week in weeks)
        last = f"Minutes in the last {WEEKS} weeks{goals}: {listed}; {words}."
        return [para("Weeks", "heading"), para(last), *(para(line, tight=True) for line in _in_words(days, today))]
    head = Paragraph((Span("Weeks", "heading"), Span(f"   minutes{goals}", "muted")))
    return [head, *figured(history(weeks), words, narrow=narrow), *_calendar(days, today)]


def figured(columns: Spans, words: str, *, narrow: bool) -> list[Block]:
    """Small columns and what they say behind them, or where it is `narrow`, below them."""
    if narrow:
        return [Paragraph(columns, indent=1, tight=True), para(words, "muted", indent=1, tight=True)]
    return [Paragraph((*columns, Span(f"   {words}", "muted")), indent=1, tight=True)]


def week_minutes(days: Mapping[date, float], today: date) -> list[int]:
    """Minutes by week, the present one last; `days` are seconds."""
    weeks = [0.0] * WEEKS
    for day, seconds in days.items():
        ago = (_monday(today) - _monday(day)).days // 7
        if 0 <= ago < WEEKS:
            weeks[WEEKS - 1 - ago] += seconds
    return [int(seconds // 60) for seconds in weeks]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks_shown(days: Mapping[date, float], today: date) -> list[tuple[str, date]]:
    """The name and the Monday of each week of the calendar, the present one first, back to the first with study."""
    first = _monday(min((day for day, seconds in days.items() if seconds), default=today))
    mondays = [_monday(today) - timedelta(days=7 * n) for n in range(SHOWN)]
    names = ["This week", "Last week", *(f"{monday.day} {monday:%B}" for monday in mondays[2:])]
    found = list(zip(names, mondays, strict=True))
    return [found[0], *((name, monday) for name, monday in found[1:] if monday >= first)]


def _calendar(days: Mapping[date, float], today: date) -> list[Block]:
    """A row for each week, and in it a column for each day; the days to come are dim."""
    shown = _weeks_shown(days, today)
    by_week = [[days.get(monday + timedelta(days=n), 0.0) for n in range(7)] for _, monday in shown]
    marks = symbols.current().history([seconds for week in by_week for seconds in week])
    heads = tuple(
        part
        for n, day in enumerate(DAYS)
        for part in (Span(day[0], "bright" if n == today.weekday() else "muted"), Span("\u00a0" if n < 6 else ""))
    )
    rows: list[tuple[Spans, ...]] = [((Span(""),), heads, (Span(""),))]
    for n, ((name, _), week) in enumerate(zip(shown, by_week, strict=True)):
        columns = "\u00a0".join(marks[7 * n : 7 * n + 7])
        rows.append(((Span(name),), (Span(columns, "fill"),), (Span(minutes(sum(week)), "muted"),)))
    return [TableBlock(tuple(rows), ("left", "left", "right"), 1, head=False)]


def _in_words(days: Mapping[date, float], today: date) -> Iterator[str]:
    """The same in a line for each week."""
    for name, monday in _weeks_shown(days, today):
        studied = [(DAYS[n], days.get(monday + timedelta(days=n), 0.0)) for n in range(7)]
        listed = ", ".join(f"{day} {int(seconds // 60)} min" for day, seconds in studied if seconds >= 60)
        yield f"{name if name.endswith('week') else f'Week of {name}'}: {listed or 'nothing'}."


def review_blocks(ahead: Sequence[int], *, drawn: bool, narrow: bool = False) -> list[Block]:
    """Questions due today and on each of the days after."""
    head = para("Reviews to come", "heading")
    if not any(ahead):
        return [head, para(EMPTY_REVIEWS, tight=True)]
    names = ["today", "tomorrow", *(f"in {n} days" for n in range(2, len(ahead)))]
    words = ", ".join(f"{count} {name}" for count, name in zip(ahead, names, strict=True) if count)
    if not drawn:
        return [head, para(f"{words}.")]
    return [head, *figured(history(ahead, "fill-warm"), words, narrow=narrow)]
