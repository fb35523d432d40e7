"""dev2cto trust: allow a course from elsewhere to run its labs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit
from dev2cto.study.state.course_trust import revoke, trust

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "allow a course from elsewhere to run its labs"
ARGUMENTS: Arguments = {"--revoke": {"action": "store_true", "help": "withdraw the trust"}}


def run(options: Namespace) -> int:
    """Trust the current files of the course, or withdraw the trust."""
    study = open_study(options)
    with study.record:
        if options.revoke:
            revoke(study)
            emit([f"{study.course.title}: its code will no longer be run."])
            return 0
        trust(study)
    emit([
        f"{study.course.title}: its labs may run with your permissions.",
        "This covers its code and data as they are now, and ends when one byte of them changes.",
        "Only run code from people you trust.",
    ])  # fmt: skip
    return 0
