"""dev2cto show: print the course, or one part of it, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "print the course, or one part of it, as text"
ARGUMENTS: Arguments = {
    "id": {"nargs": "?", "default": "", "metavar": "ID", "help": "a step, reading, section, exercise or term"}
}


def run(options: Namespace) -> int:
    """Print the part with that id, or an overview without one."""
    from dev2cto.bootstrap import open_curriculum
    from dev2cto.cli.course_text import describe, overview
    from dev2cto.cli.output import emit

    curriculum = open_curriculum(options)
    emit(describe(curriculum, options.id.replace("#", ".")) if options.id else overview(curriculum))
    return 0
