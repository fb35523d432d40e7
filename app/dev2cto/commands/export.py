"""dev2cto export: the record as JSON, the portfolio as files."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dev2cto.commands.output import emit
from dev2cto.errors import Dev2CtoError
from dev2cto.learning.completion import IN_PORTFOLIO
from dev2cto.opening import open_study
from dev2cto.record.record import Record
from dev2cto.study.core import Study
from dev2cto.study.history import submissions
from dev2cto.study.progress import text_name

if TYPE_CHECKING:
    from argparse import Namespace

TABLES = (
    "answers", "attempts", "sections", "submissions", "marks", "reviews", "notes", "note_revs", "bookmarks", "reports",
    "study", "settings", "resets",
)  # fmt: skip


def run(options: Namespace) -> int:
    """Write everything the learner did as one JSON document, or the portfolio's texts into a folder."""
    study = open_study(options, readonly=True)
    if options.portfolio:
        return portfolio(study, Path(options.portfolio))
    document = {
        "learner": options.learner,
        "course": {"id": study.course.id, "version": study.course.version},
        "at": study.now(),
        **{table: whole(study.record, table) for table in TABLES},
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, default=str)
    if options.to == "-":
        sys.stdout.write(text + "\n")
        return 0
    write(Path(options.to), text + "\n")
    emit([f"Written: {options.to}"])
    return 0


def whole(record: Record, table: str) -> dict[str, Any]:
    """The documents of a table, with the large texts that are kept in files of their own."""
    docs = record.all(table)
    large = [id for id, doc in docs.items() if any(isinstance(v, Mapping) and "blob" in v for v in doc.values())]
    return {**docs, **{id: record.get(table, id) for id in large}}


def portfolio(study: Study, folder: Path) -> int:
    """The latest submitted text of every artefact and review, and an index."""
    latest: dict[str, tuple[str, str]] = {}
    for doc in submissions(study):
        exercise = study.course.exercise(str(doc["exercise"]))
        if exercise is not None and exercise.kind in IN_PORTFOLIO and doc.get("text"):
            latest[exercise.id] = (str(doc["text"]), str(doc["at"])[:10])
    if not latest:
        emit(["Nothing is submitted yet: the portfolio is empty."])
        return 1
    index = ["# Portfolio", ""]
    for module in study.course.modules:
        for exercise in module.exercises:
            if exercise.id in latest:
                name = text_name(study, exercise.id)
                text, day = latest[exercise.id]
                write(folder / Path(name).name, text.rstrip() + "\n")
                index.append(f"- [{exercise.title}]({Path(name).name}), {module.name}, {day}")
    write(folder / "index.md", "\n".join(index) + "\n")
    emit([f"Written: {len(latest)} texts and index.md into {folder}"])
    return 0


def write(path: Path, text: str) -> None:
    """Write a file, making its folder. Raises Dev2CtoError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Dev2CtoError(f"{path} cannot be written: {error.strerror}.", "Name another file or folder.") from error
