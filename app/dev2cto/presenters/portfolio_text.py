"""Texts for the portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from dev2cto.study.context import StudyContext
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import PortfolioLine
from dev2cto.study.queries.view_models import minutes

ABOUT = "Documents you could use at work. `dev2cto export --portfolio DIR` writes them out as files."
NO_ARTEFACTS = "This course has no artefacts."


def portfolio_title(lines: Sequence[PortfolioLine]) -> tuple[str, str]:
    """How many of the artefacts are done, and the time that the others take together."""
    left = sum(line.minutes for line in lines if line.state != "done")
    aside = f"{sum(line.state == 'done' for line in lines)} of {len(lines)} done"
    return "Portfolio", f"{aside}, {minutes(left * 60)} left" if left else aside


def running_minutes(lines: Sequence[PortfolioLine]) -> list[int]:
    """For each artefact, the minutes that it and those above it still take together."""
    return list(accumulate(0 if line.state == "done" else line.minutes for line in lines))


def submitted(study: StudyContext, line: PortfolioLine) -> str:
    """When an artefact was submitted last; empty if it never was."""
    return f"submitted {relative_day(study, line.at)}" if line.at else ""


def artefact_note(study: StudyContext, line: PortfolioLine, so_far: int) -> str:
    """An artefact's file, when it was submitted, and unless it is done its minutes, alone and with those above it."""
    left = "" if line.state == "done" else f"{line.minutes} min"
    total = f"{minutes(so_far * 60)} with those above" if left and so_far != line.minutes else ""
    return ", ".join(word for word in (line.file, submitted(study, line), left, total) if word)
