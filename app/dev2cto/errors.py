"""The one tree of errors that a learner may see."""

from __future__ import annotations


class Dev2CtoError(Exception):
    """Something a person can act on: what happened, and the way out."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(Dev2CtoError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class CourseError(Dev2CtoError):
    """The course, or the part of it that is asked for, cannot be read."""


class RecordError(Dev2CtoError):
    """The record cannot be opened or used as asked."""

    exit_code = 3


class NewerRecord(RecordError):
    """The record was written by a newer version; nothing was touched."""


class OtherCourse(RecordError):
    """The record was kept in another course; nothing was touched."""

    exit_code = 1


class NotSaved(RecordError):
    """The change did not reach the disk; what is in memory is as before it."""


class ReadOnly(NotSaved):
    """The record was opened for reading only."""


class LabError(Dev2CtoError):
    """A lab cannot be laid out or run."""
