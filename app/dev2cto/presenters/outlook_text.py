"""Texts for what stands beside home: this week, what comes next, the pace."""

from __future__ import annotations

from datetime import date, timedelta

from dev2cto import symbols
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, TableBlock, para
from dev2cto.presenters.bars import history
from dev2cto.presenters.days import day_words
from dev2cto.study.queries.outlook import Outlook
from dev2cto.study.queries.view_models import HomeView, minutes

DAYS = "MTWTFSS"


def outlook_blocks(view: HomeView, ahead: Outlook, today: date) -> list[Block]:
    """The whole column."""
    goal = f" of {minutes(view.goal_minutes * 60)}" if view.goal_minutes else ""
    blocks: list[Block] = [
        para("This week", "heading"),
        Paragraph(week_days(ahead.today), tight=True),
        Paragraph(week_marks(ahead), tight=True),
        para(f"{minutes(view.week_minutes * 60)}{goal}", tight=True),
    ]
    if ahead.following:
        rows = tuple(((Span(part.title),), (Span(f"{part.minutes} min", "muted"),)) for part in ahead.following)
        blocks += [para("Next", "heading"), TableBlock(rows, ("left", "right"), head=False, tight=True)]
    if ahead.step and ahead.done_on is not None:
        blocks += [
            para("At this pace", "heading"),
            para(f"{ahead.step} done {done_words(ahead.done_on, today)}", tight=True),
        ]
    return blocks


def week_days(today: int) -> Spans:
    """The initials of the days, today's bright."""
    return tuple(
        Span(f"{day}  " if n < len(DAYS) - 1 else day, "bright" if n == today else "muted")
        for n, day in enumerate(DAYS)
    )


def week_marks(ahead: Outlook) -> Spans:
    """A column for each day up to today; days to come are dim."""
    past = history(ahead.week[: ahead.today + 1], gap="  ")
    rest = "".join(f"  {symbols.current().ahead}" for _ in ahead.week[ahead.today + 1 :])
    return (*past, Span(rest, "muted"))


def done_words(day: date, today: date) -> str:
    """When something is done: "today", "tomorrow", "on 9 December"."""
    if day <= today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    return f"on {day_words(day, today)}"
