"""dev2cto merge: merge records of other machines into this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit
from dev2cto.paths import expanded
from dev2cto.record.layout import learner_of

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from dev2cto.cli.arguments import Arguments
    from dev2cto.study.study import Study

HELP = "merge records of other machines into yours"
ARGUMENTS: Arguments = {"sources": {"nargs": "+", "metavar": "DIR|BACKUP"}}


def run(options: Namespace) -> int:
    """Merge the records; order and repetition make no difference. The exit code is 1 if a source was damaged."""
    study, sources = open_study(options), [expanded(source) for source in options.sources]
    with study.record:
        merged = study.merge(sources)
    labs = [folder for source in sources if (folder := labs_beside(study, source)) is not None]
    texts = f" and {merged.texts} large texts" if merged.texts else ""
    emit([
        f"Record of {study.course.title}: {study.record.directory}",
        f"Merged: {merged.entries} new entries{texts}.",
        *merged.broken,
        *(f"Its lab files are still in {folder}; copy what you need to {study.workspace}." for folder in labs),
    ])  # fmt: skip
    return 1 if merged.broken else 0


def labs_beside(study: Study, source: Path) -> Path | None:
    """Return the workspace folder of another record of this learner, or None if there is none."""
    learner, real = learner_of(study.record.directory).resolve(), source.resolve()
    if not real.is_relative_to(learner):
        return None
    folder = study.workspace_root / real.relative_to(learner)
    return folder if folder.is_dir() and folder != study.workspace else None
