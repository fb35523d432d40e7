"""Records of courses other than the shipped one: settings for a new record, and older records of the same course.

Such a record belongs to the course's folder. A course that was moved, renamed or copied therefore starts a new record,
and the learner is shown how to bring the answers along.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import join
from typing import NamedTuple

from dev2cto.clock import SystemClock
from dev2cto.device_settings import DeviceSettings
from dev2cto.errors import Dev2CtoError
from dev2cto.paths import cache_dir, config_dir, is_shipped, shipped_course
from dev2cto.record.layout import DEFAULT_LEARNER, is_of_other_course, journals, learner_of, origin_of
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.settings import ACTING, is_preference
from dev2cto.study.context import StudyContext
from dev2cto.study.state.device_move import written_here


class OtherRecord(NamedTuple):
    """A record with answers to this course that belongs to another folder."""

    directory: Path
    origin: str
    """The course's folder at that time; empty if unknown."""


def take_settings(study: StudyContext, learner: Path) -> None:
    """Copy the preferences of the learner's main record to a new record, and this device's editor and workspace.

    The latter come from this device's own file: what a record says of them is never taken.
    """
    main = DeviceSettings(learner, study.device)
    acting = main.read()
    if journals(learner):
        with suppress(Dev2CtoError), _read(learner) as record, study.record.batch():
            if not main.is_begun:
                acting = written_here(record, study.device)
            for id, doc in record.table("settings").stream():
                if is_preference(id):
                    study.record.table("settings").put(id, doc)
    with suppress(Dev2CtoError):
        study.device_settings.change({name: acting[name] for name in ACTING if name in acting})


def _read(directory: Path) -> Record:
    return open_directory(directory, clock=SystemClock(), cache=cache_dir(), config=config_dir(), readonly=True)


def other_records(study: StudyContext) -> tuple[OtherRecord, ...]:
    """This learner's other records with answers to a course with this id."""
    own = study.record.directory
    return tuple(_others(study, own)) if is_of_other_course(own) else ()


def _others(study: StudyContext, own: Path) -> Iterator[OtherRecord]:
    for folder in sorted(own.parent.iterdir()) if own.parent.is_dir() else ():
        if folder != own and folder.name.rpartition("-")[0] == study.course.id and journals(folder):
            yield OtherRecord(folder, origin_of(folder))
    if _is_in_the_shipped_record(study.course.id, learner_of(own)):
        yield OtherRecord(learner_of(own), "")


def _is_in_the_shipped_record(id: str, learner: Path) -> bool:
    """Whether the main record has answers to a course with that id, from before each course had its own record.

    For the shipped course's id it does not count: those answers are to the shipped course.
    """
    from dev2cto.course.loader import load_course
    from dev2cto.yaml.tree import Problems

    shipped = shipped_course()
    head = load_course(shipped, Problems()) if shipped else None
    if head is None or head.id == id or not journals(learner):
        return False
    with suppress(Dev2CtoError), _read(learner) as record:
        return any(seen.partition("/")[0] == id for seen, _ in record.table("course_seen").stream())
    return False


def notices(study: StudyContext) -> tuple[str, ...]:
    """Messages about other records of this course, with the command that explains how to merge them.

    The merge command itself is too long: a screen would break it into lines that cannot be copied.
    """
    doctor = join(["dev2cto", *option_words(study), "doctor"])
    return tuple(
        f"You studied a course {study.course.id} {origin_words(other)}; in {study.curriculum.root} it has a new record."
        f" How to bring your answers along: {doctor}"
        for other in other_records(study)
    )


def origin_words(other: OtherRecord) -> str:
    """Phrase: where or when the course was studied with that record."""
    return f"in {other.origin}" if other.origin else "before each course had a record of its own"


def command(study: StudyContext, other: OtherRecord) -> str:
    """The shell command that merges the other record into this one."""
    return join(["dev2cto", *option_words(study), "merge", str(other.directory)])


def merge_command(study: StudyContext) -> str:
    """The shell command that asks whether to erase here what a sync tool says was erased elsewhere."""
    return join(["dev2cto", *option_words(study), "merge"])


def option_words(study: StudyContext) -> list[str]:
    """The command-line options for learner and course; none for the defaults."""
    name, root = learner_of(study.record.directory).name, study.curriculum.root
    learner = [] if name == DEFAULT_LEARNER else ["--learner", name]
    return learner if is_shipped(root) else [*learner, "--course", str(root)]
