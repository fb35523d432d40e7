"""The errors whose messages are shown to the learner."""

from __future__ import annotations


class Dev2CtoError(Exception):
    """Base of all errors that the learner can act on; `hint` says what to do.

    A newline in the hint sets a command on a line of its own, so that it can be copied.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(Dev2CtoError):
    """Invalid arguments or input."""

    exit_code = 2


class CourseError(Dev2CtoError):
    """The course, or the requested part of it, cannot be read."""


class RecordError(Dev2CtoError):
    """The record cannot be opened or used as requested."""

    exit_code = 3


class NewerRecord(RecordError):
    """The record was written by a newer version; nothing was changed."""


class OtherCourse(RecordError):
    """The record belongs to another course; nothing was changed."""

    exit_code = 1


class DamagedSource(RecordError):
    """A backup, or a record from elsewhere, is not whole or cannot be one; nothing was changed."""

    exit_code = 1


class NotSaved(RecordError):
    """The change could not be written; the state in memory was rolled back."""


class ReadOnly(NotSaved):
    """The record was opened read-only."""


class LabError(Dev2CtoError):
    """A lab's files cannot be copied, or it cannot be run."""
