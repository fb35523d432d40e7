"""Composition root: open the course and the record as a `Study`, for commands and both front ends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto import symbols
from dev2cto.clock import SystemClock
from dev2cto.course.curriculum import Curriculum
from dev2cto.errors import CourseError
from dev2cto.paths import COURSES, cache_dir, config_dir, course_dir, course_part, data_dir, is_shipped, origin_hash
from dev2cto.record.layout import is_begun, journals, learner_dir, note_origin
from dev2cto.record.opening import open_directory
from dev2cto.settings import ACTING
from dev2cto.study.study import Study

if TYPE_CHECKING:
    from argparse import Namespace
    from random import Random


def record_dir(options: Namespace) -> Path:
    """Return the folder of this learner's record of this course. Raises UsageError or CourseError.

    If the course can no longer be read, the record is found by the hash of the course's path, so that it can still
    be backed up.
    """
    learner, course = learner_dir(data_dir(), options.learner), course_dir(options.course)
    if is_shipped(course):
        return learner
    try:
        return learner / course_part(course, open_curriculum(options).outline.id)
    except CourseError:
        records = [folder for folder in (learner / COURSES).glob(f"*-{origin_hash(course)}") if journals(folder)]
        if len(records) != 1:
            raise
        return records[0]


def open_curriculum(options: Namespace) -> Curriculum:
    """Open the course given by the options, without a record. Raises CourseError."""
    return Curriculum.open(course_dir(options.course), cache_dir())


def open_study(options: Namespace, *, readonly: bool = False) -> Study:
    """Open course and record as given by the options. Raises Dev2CtoError if either cannot be opened.

    The record of the shipped course is in the learner's folder, that of any other course in a subfolder.
    """
    curriculum, learner = open_curriculum(options), learner_dir(data_dir(), options.learner)
    part = course_part(curriculum.root, curriculum.outline.id)
    is_new = part != Path() and not journals(learner / part)
    record = open_directory(
        learner / part, clock=SystemClock(), cache=cache_dir(), config=config_dir(), readonly=readonly
    )
    study = Study(curriculum, record, SystemClock(), seeded(os.environ.get("DEV2CTO_SEED", "")))
    if holds_acting_settings(study) and (not readonly or is_begun(record.directory)):
        from dev2cto.study.state.device_move import move_acting_settings

        move_acting_settings(study)
    if part != Path() and not record.readonly_reason:
        note_origin(record.directory, curriculum.root)
        if is_new:
            from dev2cto.study.queries.other_records import take_settings

            take_settings(study, learner)
    symbols.use(study.settings.symbols)
    return study


def holds_acting_settings(study: Study) -> bool:
    """Whether the record may hold settings that belong into this device's file: older ones, or some restored since."""
    table = study.record.table("settings")
    return not study.device_settings.is_begun or any(table.get(doc_id=f"{study.device}/{name}") for name in ACTING)


def seeded(seed: str) -> Random | None:
    """Return a seeded random source, or None (the system's) for an empty seed."""
    if not seed:
        return None
    from random import Random

    return Random(seed)
