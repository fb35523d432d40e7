"""Texts for the portfolio."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.study.context import StudyContext
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import PortfolioLine

ABOUT = "Texts of the kind you would bring to work. `dev2cto export --portfolio DIR` writes them out as files."
NO_ARTEFACTS = "This course has no artefacts."


def portfolio_title(lines: Sequence[PortfolioLine]) -> tuple[str, str]:
    """How many of the artefacts are done."""
    return "Portfolio", f"{sum(line.state == 'done' for line in lines)} of {len(lines)} done"


def artefact_note(study: StudyContext, line: PortfolioLine) -> str:
    """An artefact's file, and when it was submitted last."""
    return line.file + (f", submitted {relative_day(study, line.at)}" if line.at else "")
