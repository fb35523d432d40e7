"""dev2cto next: show what comes next, for a shell prompt or status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.arguments import JSON
from dev2cto.cli.output import emit, emit_json
from dev2cto.paths import is_shipped

if TYPE_CHECKING:
    from argparse import Namespace

HELP = "show what comes next, in one line"
ARGUMENTS = JSON


def run(options: Namespace) -> int:
    """Print one line, prefixed with the course's id unless it is the shipped course."""
    study = open_study(options, readonly=True)
    view, course = study.home(), study.course.id
    if options.json:
        emit_json({"course": course, "next": view.onward.document() if view.onward else None, "due": view.due})
        return 0
    due = f"; {view.due} to review" if view.due else ""
    which = "" if is_shipped(study.curriculum.root) else f"{course}: "
    emit([which + (f"{view.onward.title} ({view.onward.note}){due}" if view.onward else f"all done{due}")])
    return 0
