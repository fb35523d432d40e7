"""Texts for the plan: the weeks up to the learner's date, and what will be known then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dev2cto.learning.next_part import NextPart
from dev2cto.learning.week_plan import PlannedWeek
from dev2cto.markdown.parser import Align, Block, Paragraph, Span, Spans, TableBlock, inline, para
from dev2cto.presenters.bars import bar, percent
from dev2cto.presenters.days import day_words
from dev2cto.study.queries.plan import ObjectiveRecall, Plan
from dev2cto.study.queries.view_models import minutes
from dev2cto.text import pluralize

MOST_WEEKS, MOST_OBJECTIVES = 8, 8
NO_DATE = "No day is set by which you want to be through. With one, the parts that are left are spread over the weeks."
PAST = "That day has passed. Nothing is lost by it: choose another, and the plan begins today."
DONE = "Every part of the course is done. What is left is to keep it: see below."
NO_CARDS = "What will still be known is said here once you have answered questions."


def plan_title(plan: Plan) -> tuple[str, str]:
    """The title, and the date."""
    return "Plan", f"through by {day_words(plan.until, plan.today)}" if plan.until is not None else "no day set"


def date_action(plan: Plan) -> str:
    """The words of the action that sets the date."""
    return (
        "Change the day by which you want to be through" if plan.until else "Set a day by which you want to be through"
    )


def review_actions(plan: Plan) -> list[tuple[str, str]]:
    """(name, words) of the reviews that there is something for."""
    found = []
    if plan.ahead:
        found.append(("ahead", f"Review ahead: the {pluralize(len(plan.ahead), 'question')} that help most"))
    if plan.missed:
        found.append(("missed", f"Review what you missed: {pluralize(len(plan.missed), 'question')}"))
    return found


def plan_blocks(plan: Plan, *, drawn: bool) -> list[Block]:
    """The whole page: time, weeks, recall; with bars and columns if `drawn`, else in words."""
    return [*_pace(plan), *_weeks(plan), *_recall(plan, drawn)]


def _pace(plan: Plan) -> list[Block]:
    """How much is left, and what it means each week."""
    if not plan.left:
        return [para(DONE)]
    if plan.until is None:
        lines = [NO_DATE, f"{minutes(plan.left * 60)} of parts are left."]
    elif not plan.weeks:
        lines = [PAST]
    else:
        lines = [f"{minutes(plan.left * 60)} of parts are left: {minutes(plan.a_week * 60)} a week from today."]
        if plan.goal and plan.a_week > plan.goal and plan.fits is not None:
            lines.append(
                f"Your weekly goal is {minutes(plan.goal * 60)}. It leads to {day_words(plan.fits, plan.today)};"
                f" for the day you chose, study {minutes(plan.a_week * 60)} a week."
            )
        elif plan.goal and plan.fits is not None and plan.fits < plan.until:
            through = day_words(plan.fits, plan.today)
            lines.append(f"At your weekly goal of {minutes(plan.goal * 60)} you are through by {through}.")
    if plan.reviews:
        lines.append(f"Reviews take about {minutes(plan.reviews * 60)} a week on top of that.")
    return [para(line, tight=True) for line in lines]


def _weeks(plan: Plan) -> list[Block]:
    """The next weeks with what to finish in each."""
    if not plan.weeks or not plan.left:
        return []
    blocks: list[Block] = [para("Week by week", "heading")]
    shown = plan.weeks[:MOST_WEEKS]
    rows = tuple(
        ((Span(_begin(week, plan.today), "muted"),), (Span(minutes(week.minutes * 60)),), _parts(plan, week))
        for week in shown
    )
    blocks.append(TableBlock(rows, ("left", "right", "left"), head=False, tight=True))
    if len(plan.weeks) > len(shown):
        blocks.append(
            para(f"... and {pluralize(len(plan.weeks) - len(shown), 'week')} after that.", "muted", tight=True)
        )
    return blocks


def _begin(week: PlannedWeek, today: date) -> str:
    return "this week" if week.begins == today else day_words(week.begins, today)


def _parts(plan: Plan, week: PlannedWeek) -> Spans:
    """What to finish in a week: "Step 2: 3 readings, the quiz"."""
    if not week.parts:
        return (Span("nothing new", "muted"),)
    steps = dict.fromkeys(part.module for part in week.parts)
    words = [f"{plan.names[id]}: {_kinds([part for part in week.parts if part.module == id])}" for id in steps]
    return (Span("; ".join(words)),)


def _kinds(parts: Sequence[NextPart]) -> str:
    readings = sum(part.part == "reading" for part in parts)
    exercises = sum(part.part == "exercise" for part in parts)
    found = [pluralize(readings, "reading")] if readings else []
    found += ["the quiz"] if any(part.part == "quiz" for part in parts) else []
    found += [pluralize(exercises, "exercise")] if exercises else []
    found += ["the final form"] if any(part.part == "final" for part in parts) else []
    return ", ".join(found)


def _recall(plan: Plan, drawn: bool) -> list[Block]:
    """What will be known on the date, the least first, and what reviewing ahead would change."""
    then = f"on {day_words(plan.on, plan.today)}"
    head = para(f"What you will still know {then}", "heading")
    if not plan.recall:
        return [head, para(NO_CARDS)]
    about = "Expected without any review until then"
    about += "; behind it, after reviewing ahead today." if plan.ahead else "."
    blocks: list[Block] = [head, para(about, "muted", tight=True)]
    shown = plan.recall[:MOST_OBJECTIVES]
    if drawn:
        heads = ("", "", "then", "ahead") if plan.ahead else ("", "", "then")
        rows: list[tuple[Spans, ...]] = [tuple((Span(head, "muted"),) for head in heads)]
        for line in shown:
            text, ahead = (Span(f"{line.step}: "), *inline(line.text)), (Span(_after(line, "--  ")),)
            row = (text, bar(line.then, 1, 8), (Span(percent(line.then)),), ahead)
            rows.append(row[: len(heads)])
        aligns: tuple[Align, ...] = ("left", "left", "right", "right")
        blocks.append(TableBlock(tuple(rows), aligns[: len(heads)], wide=0, tight=True))
    else:
        for line in shown:
            after = _after(line, "")
            more = f", {after.strip()} after reviewing ahead" if after else ""
            said = Span(f": {line.now * 100:.0f} % now, {line.then * 100:.0f} % {then}{more}", "muted")
            blocks.append(Paragraph((Span(f"{line.step}: "), *inline(line.text), said), marker="- ", tight=True))
    return blocks


def _after(line: ObjectiveRecall, same: str) -> str:
    """The recall after reviewing ahead; `same` if that changes nothing one would see."""
    return percent(line.reviewed) if round(line.reviewed, 2) > round(line.then, 2) else same
