"""Records of other courses than the shipped one: how a new one begins, and what is kept of the course elsewhere.

Such a record belongs to the folder that the course is in. A course that was moved or renamed, or is a copy, begins a
record of its own, and the learner is shown how to bring the answers along.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import join
from typing import NamedTuple

from dev2cto.clock import SystemClock
from dev2cto.course.loader import load_course
from dev2cto.errors import Dev2CtoError
from dev2cto.paths import cache_dir, is_shipped, shipped_course
from dev2cto.record.layout import DEFAULT_LEARNER, is_of_other_course, journals, learner_of, origin_of
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.study.context import StudyContext
from dev2cto.study.state.course_trust import PREFIX
from dev2cto.yaml.tree import Problems


class OtherRecord(NamedTuple):
    """A record that holds answers to this course and belongs to another folder."""

    directory: Path
    origin: str
    """The course's folder then; empty where that is not known."""


def take_settings(study: StudyContext, learner: Path) -> None:
    """Give a new record the settings of the learner's first record, which follow the learner; trust does not."""
    if journals(learner):
        with suppress(Dev2CtoError), _read(learner) as record, study.record.batch():
            for id, doc in record.table("settings").stream():
                if not id.startswith(PREFIX):
                    study.record.table("settings").put(id, doc)


def _read(directory: Path) -> Record:
    return open_directory(directory, clock=SystemClock(), cache=cache_dir(), readonly=True)


def other_records(study: StudyContext) -> tuple[OtherRecord, ...]:
    """The records of this learner that hold answers to a course with this id, apart from the one that is open."""
    own = study.record.directory
    return tuple(_others(study, own)) if is_of_other_course(own) else ()


def _others(study: StudyContext, own: Path) -> Iterator[OtherRecord]:
    for folder in sorted(own.parent.iterdir()) if own.parent.is_dir() else ():
        if folder != own and folder.name.rpartition("-")[0] == study.course.id and journals(folder):
            yield OtherRecord(folder, origin_of(folder))
    if _is_in_the_shipped_record(study.course.id, learner_of(own)):
        yield OtherRecord(learner_of(own), "")


def _is_in_the_shipped_record(id: str, learner: Path) -> bool:
    """Whether a course with that id was studied before other courses had records of their own.

    What the shipped record says of the shipped course's own id is about the shipped course.
    """
    shipped = shipped_course()
    head = load_course(shipped, Problems()) if shipped else None
    if head is None or head.id == id or not journals(learner):
        return False
    with suppress(Dev2CtoError), _read(learner) as record:
        return any(seen.partition("/")[0] == id for seen, _ in record.table("course_seen").stream())
    return False


def notices(study: StudyContext) -> tuple[str, ...]:
    """Which records there are of this course already, and what says how to bring their answers along.

    The command itself is long, and a screen would break it into lines that cannot be copied.
    """
    doctor = join(["dev2cto", *option_words(study), "doctor"])
    return tuple(
        f"You studied a course {study.course.id} {origin_words(other)}; in {study.curriculum.root} it has a new record."
        f" How to bring your answers along: {doctor}"
        for other in other_records(study)
    )


def origin_words(other: OtherRecord) -> str:
    """Where or when the course was studied with that record."""
    return f"in {other.origin}" if other.origin else "before each course had a record of its own"


def command(study: StudyContext, other: OtherRecord) -> str:
    """The command that brings the other record's answers into this course's."""
    return join(["dev2cto", *option_words(study), "merge", str(other.directory)])


def option_words(study: StudyContext) -> list[str]:
    """The options that name learner and course, where they are not the usual ones."""
    name, root = learner_of(study.record.directory).name, study.curriculum.root
    learner = [] if name == DEFAULT_LEARNER else ["--learner", name]
    return learner if is_shipped(root) else [*learner, "--course", str(root)]
