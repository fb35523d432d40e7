"""dev2cto doctor: check the terminal, the record and the course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dev2cto import __version__
from dev2cto.bootstrap import open_curriculum, open_study, record_dir
from dev2cto.cli.arguments import JSON
from dev2cto.cli.output import emit, emit_json
from dev2cto.clock import SystemClock
from dev2cto.diagnostics import Diagnosis, Judgement, editor, folder, guarded, terminal
from dev2cto.editor import editor_command
from dev2cto.paths import data_dir
from dev2cto.record.clocks import differences
from dev2cto.record.erase_marks import asked_of, by_table
from dev2cto.record.layout import is_begun
from dev2cto.study.queries.other_records import command, merge_command, origin_words, other_records
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments
    from dev2cto.record.record import Record

HELP = "check the terminal, the record and the course"
ARGUMENTS: Arguments = {
    **JSON,
    "--keys": {"action": "store_true", "help": "show the keys that the terminal sends"},
    "--deep": {"action": "store_true", "help": "also read the whole record and its backups again and compare them"},
    "--repair": {"action": "store_true", "help": "move invalid entries out of the record, after a backup"},
}

LISTED = 20
"""Documents that are not valid are listed up to this number."""

WORDS = {"fine": "ok   ", "note": "note ", "wrong": "WRONG"}


def run(options: Namespace) -> int:
    """Print each result with advice; the exit code is 1 if something is wrong."""
    from dataclasses import asdict

    from dev2cto.cli.terminal_probe import show_keys, widths

    if options.keys:
        return show_keys()
    if options.repair:
        return repair(options)
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
        emit_json([asdict(finding) for finding in findings])
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
    yield from damage(record)
    yield from set_aside(record)
    if asked := by_table(asked_of(record.directory, record.reader.store)):
        counted = ", ".join(f"{count} of {table}" for table, count in sorted(asked.items()))
        yield Diagnosis(
            "record: erased elsewhere",
            f"another machine asks to erase {pluralize(sum(asked.values()), 'document')} here for good ({counted})",
            "note",
            f"They are kept until you agree. To decide, with a backup first: {merge_command(study)}",
        )
    if options.deep:
        yield from deep(record)
    if record.restored:
        yield Diagnosis("record: restored", record.restored, "note", "No action is needed.")
    for clock in differences(record.reader.headers, SystemClock().now()):
        advice = "Nothing is lost: the order of entries does not depend on clocks. Reviews and days do."
        yield Diagnosis("record: clock", f"{clock.words}.", "note", advice)
    for other in record.others():
        where = f"process {other.pid} on {other.host}{f', terminal {other.tty}' if other.tty else ''}"
        yield Diagnosis(
            "record: open elsewhere", f"{where}, since {other.since:%Y-%m-%d %H:%M}", "note", "Both may save answers."
        )


def damage(record: Record) -> Iterator[Diagnosis]:
    """List the damage of every file, what it cost and what to do; and what is lost without a trace of damage."""
    from dev2cto.record.recovery.damage_report import damaged_files, other_losses, with_carriage_returns

    reports = damaged_files(record.reader, record.device)
    for report in reports:
        for place in report.places[:LISTED]:
            found = f"{report.file} at byte {place.offset:,}, {place.length:,} bytes: {place.what}"
            yield Diagnosis("record: damage", found, "wrong", report.advice)
        if len(report.places) > LISTED:
            more = f"{report.file}: {len(report.places) - LISTED} more places"
            yield Diagnosis("record: damage", more, "wrong", report.advice)
        judgement: Judgement = "wrong" if report.lost or report.open_end else "note"
        advice = "If a backup has it: dev2cto merge BACKUP" if judgement == "wrong" else ""
        yield Diagnosis("record: what was lost", f"{report.file}: {report.cost}", judgement, advice)
    for writer, count in other_losses(record.reader, reports):
        found = f"{pluralize(count, 'entry', 'entries')} of {writer}"
        judgement = "wrong" if record.lost else "note"
        yield Diagnosis("record: lost", found, judgement, "If a backup has it: dev2cto merge BACKUP")
    if names := with_carriage_returns(record.directory):
        advice = "They are read as they are. If git did it: echo '* -text' > .gitattributes, in the record's folder."
        yield Diagnosis("record: line ends", f"those of Windows in {', '.join(names)}", "note", advice)


def deep(record: Record) -> Iterator[Diagnosis]:
    """Read everything again: every line, digest, second copy and reference."""
    from dev2cto.record.recovery.deep_check import DeepCheck

    check = DeepCheck(record)
    for found in check.findings():
        yield Diagnosis(f"record: {found.where}", found.what, "wrong" if found.lost else "note", found.advice)
    yield Diagnosis("record: read again", str(check.counted))


def set_aside(record: Record) -> Iterator[Diagnosis]:
    """List the documents that are not used, each with its line."""
    if not record.set_aside:
        return
    from dev2cto.record.recovery.move_out import line_number

    wrong = [aside for aside in record.set_aside if not aside.newer]
    for aside in wrong[:LISTED]:
        where = f"{aside.file} line {line_number(record, aside.file, aside.line)}"
        yield Diagnosis(
            "record: not valid",
            f"{where}: {aside.what} ({aside.id})",
            "wrong",
            "It is not used; all else is. dev2cto doctor --repair moves it out of the record, after a backup.",
        )
    if len(wrong) > LISTED:
        yield Diagnosis("record: not valid", f"{len(wrong) - LISTED} more entries", "wrong", "dev2cto doctor --repair")
    if len(wrong) < len(record.set_aside):
        count = pluralize(len(record.set_aside) - len(wrong), "entry", "entries")
        yield Diagnosis(
            "record: newer", f"{count} written by a newer version, kept and not used", "note", "Update dev2cto."
        )


def repair(options: Namespace) -> int:
    """Move what is not valid out of the record, after a backup; the exit code is 1 if something had to stay."""
    from dev2cto.cli.commands.backup import make_backup
    from dev2cto.record.recovery.move_out import move_out
    from dev2cto.study.state.sync import rebuild_all

    study = open_study(options)
    with study.record as record:
        if all(aside.newer for aside in record.set_aside):
            emit(["Nothing to repair: every entry of the record is valid."])
            return 0
        saved = make_backup(record, data_dir() / ".backups")
        moved = move_out(record)
        rebuild_all(study)
    emit([
        f"Backup: {saved}",
        f"Moved out: {pluralize(moved.documents, 'entry', 'entries')} that were not valid.",
        *(f"The original lines are in {path}." for path in moved.files),
        *(f"{name} is open in another session: close it and repeat." for name in moved.open_elsewhere),
        *(f"{name} is another machine's: repeat this there, and copy the file again." for name in moved.of_others),
    ])  # fmt: skip
    return 1 if moved.open_elsewhere or moved.of_others else 0


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
