"""The learner's promises as a section of the portfolio's index, in Markdown."""

from __future__ import annotations

from datetime import datetime

from dev2cto.export.transcript import escaped
from dev2cto.study.context import StudyContext
from dev2cto.study.state.promises import Promise, promises


def promise_lines(study: StudyContext) -> list[str]:
    """The section's lines, oldest promise first; empty if none was made."""
    lines = [_line(study, promise) for promise in reversed(promises(study))]
    return ["", "## Promises", "", *lines] if lines else []


def _line(study: StudyContext, promise: Promise) -> str:
    """A promise as an item of a list: when it was made, its words, what became of it."""
    last = promise.outcomes[-1].at if promise.outcomes and promise.life.state != "open" else ""
    state = f" {promise.life.state.capitalize()}, {_day(study, last)}." if last else ""
    notes = f" What happened: {' '.join(map(escaped, promise.notes))}" if promise.notes else ""
    return f"- {_day(study, promise.at)}: {escaped(promise.words)}{state}{notes}"


def _day(study: StudyContext, at: str) -> str:
    return study.today(datetime.fromisoformat(at)).isoformat()
