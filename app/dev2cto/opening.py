"""Course and record to a study: what every command and both faces begin with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dev2cto.clock import SystemClock
from dev2cto.curriculum.curriculum import Curriculum
from dev2cto.paths import cache_dir, course_dir, data_dir
from dev2cto.record.folder import learner_dir
from dev2cto.record.opening import open_directory
from dev2cto.study.core import Study

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path
    from random import Random


def record_dir(options: Namespace) -> Path:
    """The folder of this learner's record of this course."""
    return learner_dir(data_dir(), options.learner)


def open_curriculum(options: Namespace) -> Curriculum:
    """The course that the options name, without a record."""
    return Curriculum.open(course_dir(options.course), cache_dir())


def open_study(options: Namespace, *, readonly: bool = False) -> Study:
    """The study that the options name. Raises Dev2CtoError for what cannot be opened."""
    curriculum = open_curriculum(options)
    record = open_directory(record_dir(options), clock=SystemClock(), cache=cache_dir(), readonly=readonly)
    return Study(curriculum, record, SystemClock(), seeded(os.environ.get("DEV2CTO_SEED", "")))


def seeded(seed: str) -> Random | None:
    """The chance that a seed gives; None leaves it to the machine."""
    if not seed:
        return None
    from random import Random

    return Random(seed)
