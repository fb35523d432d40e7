"""Permission to run a course's code: the shipped course has it, any other needs the learner's trust.

The trust is kept on this device, for this course's folder alone: no archive or synced record can bring it. It is in
these very bytes; what has changed since is neither run nor copied to the workspace.
"""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterator
from pathlib import Path

from dev2cto.labs import workspace
from dev2cto.labs.trust import NotTrusted, copy_code, hash_of, trusted_code
from dev2cto.paths import is_shipped
from dev2cto.study.context import StudyContext

FILES, LISTINGS = "trusted files", "trusted listings"
"""The names of the trusted hashes among the device's settings: of the files, and of the code of items."""


@contextlib.contextmanager
def code_of_course(study: StudyContext, listings: tuple[str, ...] = ()) -> Iterator[Path]:
    """Yield the folder from which the course's files may be run or copied; it lasts as long as the block.

    `listings` is the code of items that is to run, too. Raises NotTrusted, or LabError if the code cannot be copied.
    """
    root, given = study.curriculum.root, study.device_settings.read()
    try:
        with trusted_code(root, given.get(FILES, "")) as folder:
            if listings and not is_shipped(root) and given.get(LISTINGS) != hash_of(listings):
                raise NotTrusted("The code of this course's questions has changed since you trusted it.")
            yield folder
    except NotTrusted as refused:
        # on a line of its own, so that no narrow screen breaks it where it could still be copied
        refused.hint = f"If you trust its authors:\n{shlex.join(['dev2cto', 'trust', '--course', str(root)])}"
        raise


@contextlib.contextmanager
def code_of_exercise(study: StudyContext, id: str) -> Iterator[Path]:
    """Yield the exercise's folder as `code_of_course` does. Raises as that."""
    with code_of_course(study) as folder:
        yield folder / study.curriculum.exercise_folder(id).relative_to(study.curriculum.root)


def copy_to_workspace(study: StudyContext, id: str) -> workspace.WorkspaceCopy:
    """Copy missing files of the exercise to the workspace.

    Of a course that is not trusted nothing is copied; what was copied before is still the learner's.
    Raises NotTrusted if there is nothing yet, or LabError.
    """
    try:
        with code_of_exercise(study, id) as source:
            return workspace.materialize(source, study.workspace, id)
    except NotTrusted:
        copies = workspace.list_copies(study.workspace, id)
        if not copies:
            raise
        return workspace.WorkspaceCopy(copies[-1], (), ())


def is_trusted(study: StudyContext) -> bool:
    """Whether the labs of this course may run. Raises LabError if its code cannot be copied."""
    try:
        with code_of_course(study):
            return True
    except NotTrusted:
        return False


def trust(study: StudyContext) -> None:
    """Trust the course's present code. Raises NotSaved, or LabError if an exercise holds what cannot be trusted."""
    from dev2cto.course.check.lab_check import listings, runnable

    root = study.curriculum.root
    with copy_code(root) as copy:
        study.device_settings.change({FILES: copy.hash, LISTINGS: hash_of(listings(runnable(root)))})


def revoke(study: StudyContext) -> None:
    """Revoke the trust in this course. Raises NotSaved."""
    study.device_settings.change({FILES: None, LISTINGS: None})
