"""Packets on disk: one is written into the workspace, and what a reader sent back is taken in from any file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from dev2cto.errors import Dev2CtoError, UsageError
from dev2cto.exercises.artefact import Artefact
from dev2cto.export.packet import LARGEST, packet_text, read_packet, review_of
from dev2cto.paths import write_new, write_numbered
from dev2cto.record.journal.durable_io import read_small
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.peer_reviews import PeerReview, keep_peer_review
from dev2cto.study.state.renames import resolve

FOLDER = "packets"
"""In the workspace."""


class TakenIn(NamedTuple):
    """A review that came back, what it is about, and whether the record did not have it yet."""

    session: ArtefactSession
    review: PeerReview
    new: bool


def artefact_session(study: StudyContext, exercise: str) -> ArtefactSession:
    """Open an artefact by its id. Raises UsageError if it is none, and CourseError."""
    if study.course.exercise(exercise) is None:
        raise UsageError(f"This course has no exercise {exercise!r}.", "To list everything: dev2cto show")
    found = study.curriculum.exercise(exercise)
    if not isinstance(found, Artefact):
        raise UsageError(
            f"{exercise} is not a text for a reader but an exercise of the kind {found.kind}.",
            "To list what you wrote: dev2cto export transcript",
        )
    return ArtefactSession(study, found)


def packet_of(session: ArtefactSession) -> str:
    """The packet of the version submitted last. Raises Dev2CtoError if there is none."""
    versions = session.versions()
    if not versions:
        raise Dev2CtoError(
            f"Nothing has been submitted for {session.exercise.id} yet.",
            "Write and submit it first; a packet is about a version that no longer changes.",
        )
    latest = versions[-1]
    since = {"Written": str(latest["at"])[:10]}
    curriculum = session.study.curriculum
    return packet_text(curriculum, session.exercise, str(latest["id"]), str(latest["text"]), len(versions), since)


def write_packet(session: ArtefactSession, path: Path | None = None) -> Path:
    """Write the packet of the latest version to a new file, by default in the workspace; return its path.

    No file is ever replaced: it may hold what a reader wrote. Raises Dev2CtoError.
    """
    text = packet_of(session)
    name = f"{session.exercise.id}-version-{len(session.versions())}.md"
    file = path or session.study.workspace / FOLDER / name
    try:
        if path is None:
            return write_numbered(file, text)
        write_new(path, text)
    except FileExistsError as error:
        raise Dev2CtoError(
            f"{path} exists already, and may hold what a reader wrote.", "Choose another name."
        ) from error
    except OSError as error:
        raise Dev2CtoError(
            f"The packet cannot be written to {file.parent}: {error.strerror or error}.",
            "Choose another file: dev2cto packet ID FILE",
        ) from error
    return path


def take_back(study: StudyContext, path: Path) -> TakenIn:
    """Take in what a reader sent back. Raises Dev2CtoError, with nothing taken in, and NotSaved."""
    name = os.fspath(path)
    try:
        data = read_small(path, LARGEST)
    except OSError as error:
        raise Dev2CtoError(
            f"{name} cannot be read: {error.strerror or error}.",
            f"Give the file that came back, of at most {LARGEST >> 10} KB: dev2cto packet --back FILE",
        ) from error
    form = read_packet(data, name)
    if form.course != study.course.id:
        raise Dev2CtoError(f"{name} belongs to the course {form.course!r}.", "Choose that course: --course DIR")
    exercise = resolve(form.exercise, study.course.renamed)
    session = artefact_session(study, exercise)
    review = review_of(form, session.versions(), exercise, name)
    return TakenIn(session, review, keep_peer_review(study, review))
