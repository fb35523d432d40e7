"""dev2cto doctor: check the terminal, the record and the course."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dev2cto import __version__
from dev2cto.bootstrap import open_curriculum, open_study, record_dir
from dev2cto.cli.arguments import JSON
from dev2cto.cli.output import emit, emit_json
from dev2cto.cli.terminal_probe import show_keys, widths
from dev2cto.diagnostics import Diagnosis, editor, folder, guarded, terminal
from dev2cto.editor import editor_command
from dev2cto.paths import data_dir
from dev2cto.record.layout import is_begun
from dev2cto.study.queries.other_records import command, origin_words, other_records

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "check the terminal, the record and the course"
ARGUMENTS: Arguments = {**JSON, "--keys": {"action": "store_true", "help": "show the keys that the terminal sends"}}

WORDS = {"fine": "ok   ", "note": "note ", "wrong": "WRONG"}


def run(options: Namespace) -> int:
    """Print each result with advice; the exit code is 1 if something is wrong."""
    if options.keys:
        return show_keys()
    findings = [
        Diagnosis("dev2cto", __version__),
        *terminal(),
        *([] if options.json else widths()),
        *folder("data", data_dir()),
        editor(editor_command()),
        *guarded("record", lambda: record(options)),
        *guarded("course", lambda: course(options)),
    ]
    if options.json:
        emit_json([dataclasses.asdict(finding) for finding in findings])
    else:
        for finding in findings:
            emit([f"{WORDS[finding.judgement]} {finding.about}: {finding.found}"])
            if finding.advice:
                emit([f"      {finding.advice}"])
        emit(["Keys: dev2cto doctor --keys shows which keys the terminal sends; in the app, ? lists all keys."])
    return 1 if any(finding.judgement == "wrong" for finding in findings) else 0


def record(options: Namespace) -> Iterator[Diagnosis]:
    """Check the health of the record, and list other sessions that have it open."""
    place = record_dir(options)
    study = open_study(options, readonly=True)
    for kept in other_records(study):
        yield Diagnosis(
            "record: another copy",
            f"{study.course.id} was studied {origin_words(kept)}",
            "note",
            f"To add those answers: {command(study, kept)}",
        )
    if fault := study.device_settings.fault:
        yield Diagnosis(
            "this device's settings",
            f"{study.device_settings.file} is not used: {fault}",
            "wrong",
            "Choose editor and workspace again, and trust the course again; the file is set aside then.",
        )
    if not is_begun(place):
        yield Diagnosis("record", f"none of {study.course.title} yet; the first start creates it: {place}")
        return
    record = study.record
    answers = len(record.table("answers"))
    yield Diagnosis("record", f"{place}, {answers} answers")
    for damage in record.damage:
        advice = (
            f"The original is kept in {place / damage.kept}."
            if damage.kept
            else "All readable data is used. The next start repairs the file and keeps the original."
        )
        yield Diagnosis("record: damage", f"{damage.file} at byte {damage.offset}: {damage.what}", "note", advice)
    if record.restored:
        yield Diagnosis("record: restored", record.restored, "note", "No action is needed.")
    if record.lost:
        yield Diagnosis("record: lost", record.lost, "wrong", "If a backup has it: dev2cto merge BACKUP")
    for other in record.others():
        where = f"process {other.pid} on {other.host}{f', terminal {other.tty}' if other.tty else ''}"
        yield Diagnosis(
            "record: open elsewhere", f"{where}, since {other.since:%Y-%m-%d %H:%M}", "note", "Both may save answers."
        )


def course(options: Namespace) -> Iterator[Diagnosis]:
    """Check that every part of the course can be read."""
    outline = open_curriculum(options).outline
    broken = [problem for module in outline.modules for problem in module.broken]
    yield Diagnosis(
        "course",
        f"{outline.title} {outline.version}, {len(outline.modules)} modules",
        "wrong" if broken else "fine",
        f"Mistakes in the course hide parts of it ({len(broken)} found): dev2cto check" if broken else "",
    )
