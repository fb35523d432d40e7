"""Texts for promises: making one, looking back on it, and what lists say of it."""

from __future__ import annotations

from datetime import date

from dev2cto.learning.promises import Result, day_named
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters.days import day_words
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.home import relative_day
from dev2cto.study.state.promises import DAY_HINT, Plan, Promise
from dev2cto.text import one_line, pluralize

FIELDS = (("after", "After"), ("do", "I will"), ("day", "Ask me on"))
"""The fields of a promise with their labels, in order."""
ABOUT = "Plans that name a moment are kept more often. Change it to fit your work."
MAKE = "Promise it"
BEGUN = "This is your draft, not promised yet."
HAPPENED = "Did you, and what happened? One line; it may stay empty."
RESULTS: dict[Result, str] = {
    "kept": "I did it",
    "later": "Not yet: ask me once more in a week",
    "let go": "Not doing it: let it go",
}
AFTER_ALL = "I did it after all"
DELETED = "Promise deleted."


def promise_title(study: StudyContext, reading: str) -> str:
    """The title of both screens: the reading that it comes from, if the course still has it."""
    found = study.course.reading(reading)
    return f"Promise / {found.title}" if found is not None else "Promise"


def asking_day(day: date, today: date) -> str:
    """The day on which a promise is asked about: "Monday 30 November, in 7 days"."""
    ahead = (day - today).days
    near = "today" if ahead == 0 else "tomorrow" if ahead == 1 else f"in {ahead} days"
    return f"{day_words(day, today, weekday=True)}, {near}"


def plan_blocks(study: StudyContext, plan: Plan) -> list[Block]:
    """A promise as it is being written, in words, and the day on which it will be asked about."""
    sentence = f"After {one_line(plan.after) or '...'}, I will {one_line(plan.do) or '...'}."
    day = day_named(plan.day, study.today())
    asked = f"You will be asked on {asking_day(day, study.today())}." if day is not None else DAY_HINT
    return [para(sentence, "bold"), para(asked, "muted")]


def made_notice(study: StudyContext, typed: str) -> str:
    """The message after a promise for the day that was typed."""
    day = day_named(typed, study.today())
    return f"Promised. You will be asked on {asking_day(day, study.today())}." if day is not None else "Promised."


def state_words(study: StudyContext, promise: Promise) -> str:
    """How far a promise is, in a few words."""
    life, today = promise.life, study.today()
    if life.state != "open":
        last = max(outcome.at for outcome in promise.outcomes if outcome.result == life.state)
        return f"{life.state} {relative_day(study, last)}"
    if life.day > today:
        return f"open, asked about on {asking_day(life.day, today)}"
    days = (today - life.day).days
    return f"due for {pluralize(days, 'day')}" if days else "due today"


def promise_line(study: StudyContext, promise: Promise) -> tuple[str, str]:
    """A promise in a list: its words; then its reading, how far it is, and what happened."""
    reading = study.course.reading(promise.reading)
    parts = [reading.title if reading is not None else "", state_words(study, promise), *promise.notes]
    return promise.words, ", ".join(part for part in parts if part)


def promise_blocks(study: StudyContext, promise: Promise) -> list[Block]:
    """A promise with what to look at, how far it is, and what was said of it before."""
    look_at = [para(f"Look at: {promise.look_at}.")] if promise.look_at else []
    state = state_words(study, promise)
    made = f"Made {relative_day(study, promise.at)}; {state}."
    said: list[Block] = [
        Paragraph((Span(f"{relative_day(study, each.at)}: "), Span(each.note)), marker="- ", tight=n > 0)
        for n, each in enumerate(each for each in promise.outcomes if each.note)
    ]
    return [para(promise.words, "bold"), *look_at, para(made, "muted"), *said]


def choice_words(promise: Promise) -> tuple[tuple[Result, str], ...]:
    """What can be said of a promise now, with its words."""
    over = promise.life.state == "let go"
    return tuple((result, AFTER_ALL if over else RESULTS[result]) for result in promise.life.choices)


def look_back_blocks(study: StudyContext, promise: Promise) -> list[Block]:
    """A promise that is over, with what happened, to be remembered between questions."""
    return [
        para("Looking back", "heading"),
        para(f"You promised: {promise.words}"),
        *(para(f"What happened: {note}", tight=True) for note in promise.notes),
        para(f"{state_words(study, promise).capitalize()}.", "muted", tight=True),
    ]


def answered_notice(result: Result, note: str) -> str:
    """The message after that answer; none blames."""
    match result:
        case "kept":
            return "Kept. Reviews look back on what happened." if note.strip() else "Kept."
        case "later":
            return "You will be asked once more, in a week."
        case "let go":
            return "Let go. Not every plan fits."
