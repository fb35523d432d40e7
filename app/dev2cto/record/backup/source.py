"""A record from elsewhere, a folder or an archive, read to its end and checked before anything of it is taken."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dev2cto.errors import DamagedSource, OtherCourse, RecordError
from dev2cto.record.backup import daily
from dev2cto.record.backup import manifest as manifests
from dev2cto.record.backup.manifest import FileDigest, Manifest
from dev2cto.record.backup.survey import Survey, count
from dev2cto.record.backup.unpacked_folder import cannot_unpack
from dev2cto.record.journal import blobs, durable_io
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.layout import BLOBS, journals
from dev2cto.record.recovery import foreign_lines
from dev2cto.record.recovery.recovery import own_copies
from dev2cto.record.store import Store
from dev2cto.text import one_line, pluralize

_PIECE = 1 << 20
_SHOWN = 5
"""Problems named in one message."""

Adopt = Callable[[Mapping[str, Path]], tuple[Store, Collection[str]]]
"""(journals by file name) to those that can be adopted, see adoption.py, and the store that takes their documents."""


@dataclass(slots=True)
class Source:
    """A record as it was found."""

    path: Path
    """As the learner gave it."""
    journals: dict[str, Path] = field(default_factory=dict)
    """By file name."""
    texts: dict[str, Path] = field(default_factory=dict)
    """Large texts by their names; the content matches."""
    damage: list[str] = field(default_factory=list)
    """Sentences without a full stop: why it is not whole."""
    notes: list[str] = field(default_factory=list)
    """Sentences without a full stop: what else the learner should know."""
    survey: Survey = field(default_factory=Survey)
    missing: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Spans of line numbers, by writer, that are nowhere in it."""

    def refuse_damaged(self, way_out: str = "Add --partial to use the intact part.") -> None:
        """Raises DamagedSource, saying what is damaged and the way out, if it is not whole."""
        if self.damage:
            more = [f"and {pluralize(len(self.damage) - _SHOWN, 'more problem')}"] if len(self.damage) > _SHOWN else []
            raise DamagedSource(
                f"{self.path} is damaged: {'; '.join([*self.damage[:_SHOWN], *more])}.",
                f"Nothing was changed. {way_out}",
            )

    def refuse_other_course(self, ids: Collection[str]) -> None:
        """Raises OtherCourse if the record belongs to a course without any of these ids; the current id comes first.

        Records that name no course predate the field and are accepted. Without ids all are.
        """
        courses = self.survey.courses
        if ids and courses and courses.isdisjoint(ids):
            raise OtherCourse(
                f"{self.path} belongs to the course {' and '.join(sorted(courses))}, not to {next(iter(ids))}.",
                "Nothing was changed. Give that course's folder with --course DIR.",
            )


@contextlib.contextmanager
def opened(path: Path, scratch: Path, into: Store | None = None, adopt: Adopt | None = None) -> Iterator[Source]:
    """Read and check a record's folder or an archive of it; what must be unpacked is in `scratch` during the block.

    Its documents are applied to `into`, if given. The journals that `adopt`, if given, chooses are files of our own, so
    that nobody changes them after they were read.
    What a folder's journals lack is taken from its own backups.
    Raises RecordError if there is no record, DamagedSource beyond the limits of tar_reading.py, NewerRecord if a newer
    version wrote it, NotSaved if `scratch` cannot be written.
    """
    unpacked = scratch / f".{durable_io.token()}.tmp"
    source = Source(path, survey=Survey(into=into))
    try:
        if path.is_dir():
            _read_folder(source, unpacked, adopt)
        else:
            _read_archive(source, unpacked, adopt)
        yield source
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def _unreadable(path: Path, problem: OSError) -> RecordError:
    return RecordError(f"{path} cannot be read: {problem.strerror or problem}.")


def _no_record(path: Path, why: str) -> RecordError:
    return RecordError(
        f"No record found in {path}{why and f' ({why})'}.",
        "Give a folder with *.jsonl files, or an archive written by dev2cto backup.",
    )


def _read_folder(source: Source, unpacked: Path, adopt: Adopt | None) -> None:
    try:
        for path in journals(source.path):
            if path.is_file() and not path.is_symlink():
                source.journals[path.name] = path
        for path in sorted((source.path / BLOBS).glob("*")):
            if path.is_file() and not path.is_symlink() and blobs.is_intact(path):
                source.texts[path.name] = path
        if not source.journals:
            raise _no_record(source.path, "")
        if adopt is not None:
            source.survey.into, chosen = adopt(source.journals)
            source.survey.only = chosen
            source.journals |= {name: _copied(source.journals[name], unpacked) for name in chosen}
        source.survey.read(source.path, source.journals)
        expected = daily.expected(source.path)
        _complete(source, unpacked, expected)
    except OSError as problem:
        raise _unreadable(source.path, problem) from problem
    source.missing = source.survey.missing(expected)
    lost = count(source.missing)
    if lost:
        source.damage.append(f"{entries(lost)} missing")
    _note_damaged_lines(source, source.notes)


def _copied(path: Path, unpacked: Path) -> Path:
    """Copy a file of a folder. Raises NotSaved."""
    try:
        unpacked.mkdir(0o700, exist_ok=True)
        with open(path, "rb") as file, open(unpacked / path.name, "xb") as copy:
            shutil.copyfileobj(file, copy, _PIECE)
    except OSError as problem:
        raise cannot_unpack(problem, unpacked.parent) from problem
    return unpacked / path.name


def _complete(source: Source, unpacked: Path, expected: dict[str, int]) -> None:
    """Add the lines that the folder's journals lack from its own copies."""
    for number, (_, lines) in enumerate(own_copies(source.path)):
        wanted = {writer: IntervalSet(gaps) for writer, gaps in source.survey.missing(expected).items()}
        if not wanted:
            return
        found = [foreign for foreign in lines if foreign.number in wanted.get(foreign.writer, ())]
        for writer in {foreign.writer for foreign in found}:
            name = f"{writer}~backup{number}.jsonl"
            own = [foreign for foreign in found if foreign.writer == writer]
            try:
                unpacked.mkdir(0o700, exist_ok=True)
                (unpacked / name).write_bytes(b"".join(foreign_lines.as_journal(writer, own)))
            except OSError as problem:
                raise cannot_unpack(problem, unpacked.parent) from problem
            source.journals[name] = unpacked / name
            source.survey.read(source.path, {name: unpacked / name})


def entries(number: int) -> str:
    """Return "1 entry is" or "2 entries are"."""
    return "1 entry is" if number == 1 else f"{number} entries are"


def _note_damaged_lines(source: Source, into: list[str]) -> None:
    for name, found in source.survey.damage.items():
        repaired = f", {found.repaired} of them could be repaired" if found.repaired and found.lost else ""
        repaired = ", which could be repaired" if found.repaired and not found.lost else repaired
        into.append(f"{one_line(name)} has {pluralize(found.lost + found.repaired, 'damaged line')}{repaired}")


def _read_archive(source: Source, scratch: Path, adopt: Adopt | None) -> None:
    from dev2cto.record.backup.unpacking import unpack  # tarfile takes 10 ms

    try:
        found = unpack(source.path, scratch)
    except OSError as problem:
        raise _unreadable(source.path, problem) from problem
    source.damage += found.damage
    if not found.journals:
        if found.has_checksum:  # else it may be anything
            source.refuse_damaged("No entry can be read from it: use another backup.")
        raise _no_record(source.path, "; ".join(found.damage))
    wanted = _manifest(source, found.manifests.get(found.top))
    for name, file in {**found.journals, **found.texts}.items():
        kind = source.journals if name in found.journals else source.texts
        inside = str(name.relative_to(found.top)) if name.is_relative_to(found.top) else str(name)
        if wanted is not None and inside not in wanted:
            source.damage.append(f"{one_line(inside)} does not belong to it")
        elif name.name in kind:
            source.damage.append(f"{one_line(inside)} is in it twice")
        else:
            kind[name.name] = file.path
    if adopt is not None:
        source.survey.into, source.survey.only = adopt(source.journals)
    source.survey.read(source.path, source.journals)
    if wanted is not None:
        _compare(source, wanted, {str(n.relative_to(found.top)): f.found for n, f in found.files.items()})
    is_as_written = not source.damage and (wanted is not None or found.has_checksum)
    flaws = source.notes if is_as_written else source.damage
    source.missing = source.survey.missing({})
    lost = count(source.missing)
    if lost:
        flaws.append(f"{entries(lost)} missing{is_as_written * ', as when it was written'}")
    _note_damaged_lines(source, flaws)


def _manifest(source: Source, packed: bytes | None) -> Manifest | None:
    if packed is None:
        source.notes.append("It has no list of its files, like all backups of earlier versions")
        return None
    try:
        return manifests.parsed(packed)
    except ValueError:
        source.damage.append("its list of files cannot be read")
        return None


def _compare(source: Source, wanted: Manifest, have: Mapping[str, FileDigest]) -> None:
    texts = 0
    for name, file in wanted.items():
        found = have.get(name, FileDigest(0, ""))
        if found == file:
            continue
        if not name.endswith(".jsonl"):
            texts += 1
            continue
        damage = source.survey.damage.get(name)
        lost = file.lines - found.lines + (damage.lost if damage else 0)
        changed = "is not as it was written"
        source.damage.append(f"{one_line(name)} {f'lacks {lost} of {file.lines} entries' if lost > 0 else changed}")
    if texts:
        source.damage.append(f"{pluralize(texts, 'large text')} missing or damaged")
