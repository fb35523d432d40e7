"""dev2cto review: show what is due for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "show what is due for review"
ARGUMENTS: Arguments = {}


def run(options: Namespace) -> int:
    """Print the number of due items, the plan, and the items due on the following days."""
    session = open_study(options, readonly=True).review()
    lines = [f"{session.total} to review now"]
    if session.plan.words:
        lines.append(session.plan.words)
    days = ", ".join(f"{count} in {day} d" for day, count in enumerate(session.coming) if day and count)
    if days:
        lines.append(f"coming: {days}")
    emit(lines)
    return 0
