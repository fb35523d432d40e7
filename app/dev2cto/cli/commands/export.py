"""dev2cto export: the record as JSON, the transcript, or the portfolio as files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit, emit_json_pieces, write
from dev2cto.errors import UsageError
from dev2cto.export.files import write_file, write_own_files
from dev2cto.export.record_json import record_json
from dev2cto.learning.completion import IN_PORTFOLIO
from dev2cto.study.queries.history import submissions
from dev2cto.study.queries.progress import text_name
from dev2cto.study.study import Study
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments
    from dev2cto.export.transcript import Format

HELP = "export your record as JSON, your transcript or your portfolio"
ARGUMENTS: Arguments = {
    "to": {
        "nargs": "*",
        "metavar": "[transcript] FILE",
        "help": "the output file (default: standard output); with the word transcript before it, export a list of"
        " your work and its results",
    },
    "--format": {
        "choices": ["md", "text", "csv"],
        "help": "format of the transcript (default: by the ending of FILE, else md)",
    },
    "--portfolio": {"metavar": "DIR", "help": "write the portfolio as Markdown files into DIR"},
}
MIXED = True
USAGE = "%(prog)s [-h] [--course DIR] [--learner NAME] [transcript] [FILE] [--format FORMAT] [--portfolio DIR]"


def run(options: Namespace) -> int:
    """Export the record as one JSON document, the transcript, or the texts of the portfolio."""
    about, to = target(options)
    study = open_study(options, readonly=True)
    if options.portfolio:
        return portfolio(study, Path(options.portfolio))
    if about == "transcript":
        return transcript_to(study, to, options.format)
    course = study.course
    about_course = {"id": course.id, "title": course.title, "version": course.version}
    folder = str(study.curriculum.root)
    head = {"learner": options.learner, "course": {**about_course, "folder": folder}, "at": study.now()}
    return send(record_json(study.record, head), to)


def target(options: Namespace) -> tuple[str, str]:
    """Return what to export ("" for the record) and the file or "-". Raises UsageError if arguments conflict."""
    words = list(options.to)
    about = words.pop(0) if words[:1] == ["transcript"] else ""
    if len(words) > 1:
        hint = "dev2cto export FILE, or dev2cto export transcript FILE"
        raise UsageError(f"Only one file can be written, not {' and '.join(words)}.", hint)
    if options.format and not about:
        raise UsageError("--format applies to the transcript only.", "dev2cto export transcript --format csv FILE")
    return about, words[0] if words else "-"


def transcript_to(study: Study, to: str, chosen: Format | None) -> int:
    """Write the transcript in the chosen format, or in the one that the file's extension implies."""
    from dev2cto.export.transcript import render
    from dev2cto.study.queries.transcript import transcript

    by_name: dict[str, Format] = {".csv": "csv", ".txt": "text"}
    return send(render(transcript(study), chosen or by_name.get(Path(to).suffix.lower(), "md")), to)


def send(document: str | Iterable[str], to: str) -> int:
    """Write a text, or the pieces of a JSON document, to that file, or to standard output for "-".

    Returns the exit code. Raises Dev2CtoError.
    """
    if to != "-":
        write_file(Path(to), document)
        emit([f"Written: {to}"])
    elif isinstance(document, str):
        write(document)
    else:
        emit_json_pieces(document)
    return 0


def portfolio(study: Study, folder: Path) -> int:
    """Write the latest text of each exercise in the portfolio and an index with the promises; return the exit code."""
    from dev2cto.export.promises import promise_lines

    latest: dict[str, tuple[str, str]] = {}
    for doc in submissions(study):
        exercise = study.course.exercise(str(doc["exercise"]))
        if exercise is not None and exercise.kind in IN_PORTFOLIO and doc.get("text"):
            latest[exercise.id] = (str(doc["text"]), str(doc["at"])[:10])
    promised = promise_lines(study)
    if not latest and not promised:
        emit(["The portfolio is empty: no exercise has been submitted yet."])
        return 1
    index, files = ["# Portfolio", ""], {}
    for module in study.course.modules:
        for exercise in module.exercises:
            if exercise.id in latest:
                name = text_name(study, exercise.id)
                text, day = latest[exercise.id]
                files[Path(name).name] = text.rstrip() + "\n"
                index.append(f"- [{exercise.title}]({Path(name).name}), {module.name}, {day}")
    write_own_files(folder, {**files, "index.md": "\n".join([*index, *promised]) + "\n"})
    emit([f"Written: {pluralize(len(latest), 'text')} and index.md to {folder}"])
    return 0
