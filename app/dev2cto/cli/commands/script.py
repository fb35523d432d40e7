"""dev2cto script: print the script of an exercise for two people and an observer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "print the script of an exercise for two people and an observer"
ARGUMENTS: Arguments = {
    "id": {"nargs": "?", "default": "", "metavar": "ID", "help": "an exercise (default: list those with a script)"}
}


def run(options: Namespace) -> int:
    """Print the sheet, a page for each person, or the list of exercises that have one."""
    from dev2cto.bootstrap import open_curriculum
    from dev2cto.cli.course_text import scripts, sheet
    from dev2cto.cli.output import emit

    curriculum = open_curriculum(options)
    emit(sheet(curriculum, options.id) if options.id else scripts(curriculum))
    return 0
