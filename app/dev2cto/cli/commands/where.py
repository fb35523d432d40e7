"""dev2cto where: show the folders in use, and this machine's name in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.arguments import JSON
from dev2cto.cli.output import emit, emit_json
from dev2cto.paths import cache_dir, course_dir

if TYPE_CHECKING:
    from argparse import Namespace

HELP = "show the folders of the record, the course and the workspace"
ARGUMENTS = JSON


def run(options: Namespace) -> int:
    """Print the folders of this course, and the prefix of this machine's files in the record."""
    study = open_study(options, readonly=True)
    places = {
        "course": course_dir(options.course),
        "record": study.record.directory,
        "workspace": study.workspace,
        "settings": study.device_settings.file,
        "cache": cache_dir(),
        "device": study.record.device,
    }
    if options.json:
        emit_json(places)
    else:
        emit([f"{name:<10} {path}" for name, path in places.items()])
    return 0
