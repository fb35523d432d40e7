"""Texts for the portfolio."""

from __future__ import annotations

from collections.abc import Sequence

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


def artefact_note(study: StudyContext, line: PortfolioLine) -> str:
    """An artefact's file, and when it was submitted last; before that, the minutes that it takes."""
    return f"{line.file}, {f'submitted {relative_day(study, line.at)}' if line.at else f'{line.minutes} min'}"
