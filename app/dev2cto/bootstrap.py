"""Course and record to a study: what every command and both faces begin with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.clock import SystemClock
from dev2cto.course.curriculum import Curriculum
from dev2cto.errors import CourseError
from dev2cto.paths import COURSES, cache_dir, course_dir, course_part, data_dir, is_shipped, origin_hash
from dev2cto.record.layout import journals, learner_dir, note_origin
from dev2cto.record.opening import open_directory
from dev2cto.study.study import Study

if TYPE_CHECKING:
    from argparse import Namespace
    from random import Random


def record_dir(options: Namespace) -> Path:
    """The folder of this learner's record of this course. Raises UsageError, CourseError.

    A course that cannot be read any more is known by where it is, so that its record can still be backed up.
    """
    learner, course = learner_dir(data_dir(), options.learner), course_dir(options.course)
    if is_shipped(course):
        return learner
    try:
        return learner / course_part(course, open_curriculum(options).outline.id)
    except CourseError:
        kept = [folder for folder in (learner / COURSES).glob(f"*-{origin_hash(course)}") if journals(folder)]
        if len(kept) != 1:
            raise
        return kept[0]


def open_curriculum(options: Namespace) -> Curriculum:
    """The course that the options name, without a record."""
    return Curriculum.open(course_dir(options.course), cache_dir())


def open_study(options: Namespace, *, readonly: bool = False) -> Study:
    """The study that the options name. Raises Dev2CtoError for what cannot be opened.

    The shipped course has the learner's folder as its record, any other course a folder below that.
    """
    curriculum, learner = open_curriculum(options), learner_dir(data_dir(), options.learner)
    part = course_part(curriculum.root, curriculum.outline.id)
    is_new = part != Path() and not journals(learner / part)
    record = open_directory(learner / part, clock=SystemClock(), cache=cache_dir(), readonly=readonly)
    study = Study(curriculum, record, SystemClock(), seeded(os.environ.get("DEV2CTO_SEED", "")))
    if part != Path() and not record.readonly_reason:
        note_origin(record.directory, curriculum.root)
        if is_new:
            from dev2cto.study.queries.other_records import take_settings

            take_settings(study, learner)
    return study


def seeded(seed: str) -> Random | None:
    """The chance that a seed gives; None leaves it to the machine."""
    if not seed:
        return None
    from random import Random

    return Random(seed)
