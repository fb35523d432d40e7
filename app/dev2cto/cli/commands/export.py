"""dev2cto export: the record as JSON, the transcript, the portfolio as files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit
from dev2cto.errors import Dev2CtoError, UsageError
from dev2cto.learning.completion import IN_PORTFOLIO
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.study.queries.history import submissions
from dev2cto.study.queries.progress import text_name
from dev2cto.study.study import Study

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.export.transcript import Format


def run(options: Namespace) -> int:
    """Write everything the learner did as one JSON document, the transcript, or the portfolio's texts."""
    about, to = target(options)
    study = open_study(options, readonly=True)
    if options.portfolio:
        return portfolio(study, Path(options.portfolio))
    if about == "transcript":
        return transcript_to(study, to, options.format)
    document = {
        "learner": options.learner,
        "course": {
            "id": study.course.id,
            "title": study.course.title,
            "version": study.course.version,
            "folder": str(study.curriculum.root),
        },
        "at": study.now(),
        **{table: whole(study.record, table) for table, schema in TABLES.items() if schema.exported},
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, default=str)
    return send(text + "\n", to)


def target(options: Namespace) -> tuple[str, str]:
    """What to export ("" for the record), and the file or "-". Raises UsageError for what cannot be together."""
    words = list(options.to)
    about = words.pop(0) if words[:1] == ["transcript"] else ""
    if len(words) > 1:
        hint = "dev2cto export FILE, or dev2cto export transcript FILE"
        raise UsageError(f"There is one file to write, not {' and '.join(words)}.", hint)
    if options.format and not about:
        raise UsageError("--format is for the transcript.", "dev2cto export transcript --format csv FILE")
    return about, words[0] if words else "-"


def transcript_to(study: Study, to: str, chosen: Format | None) -> int:
    """The transcript in the format that was chosen, or that the file's name asks for."""
    from dev2cto.export.transcript import render
    from dev2cto.study.queries.transcript import transcript

    by_name: dict[str, Format] = {".csv": "csv", ".txt": "text"}
    return send(render(transcript(study), chosen or by_name.get(Path(to).suffix.lower(), "md")), to)


def send(text: str, to: str) -> int:
    """Write the text into that file, or to standard output. Raises Dev2CtoError."""
    if to == "-":
        sys.stdout.write(text)
        return 0
    write(Path(to), text)
    emit([f"Written: {to}"])
    return 0


def whole(record: Record, table: str) -> dict[str, Any]:
    """The documents of a table, with the large texts that are kept in files of their own."""
    return dict(record.table(table).stream())


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
