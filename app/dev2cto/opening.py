"""Course and record to a study: what every command and both faces begin with."""

from __future__ import annotations

import os
from argparse import Namespace
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from dev2cto.clock import SystemClock
from dev2cto.curriculum.curriculum import Curriculum
from dev2cto.paths import cache_dir, course_dir, data_dir
from dev2cto.record.record import Record, learner_dir
from dev2cto.study.core import Study

if TYPE_CHECKING:
    from pathlib import Path


def record_dir(options: Namespace) -> Path:
    """The folder of this learner's record of this course."""
    return learner_dir(data_dir(), options.learner)


def open_curriculum(options: Namespace) -> Curriculum:
    """The course that the options name, without a record."""
    return Curriculum.open(course_dir(options.course), cache_dir())


def open_study(options: Namespace, *, readonly: bool = False) -> Study:
    """The study that the options name. Raises Dev2CtoError for what cannot be opened."""
    curriculum = open_curriculum(options)
    record = Record.open(record_dir(options), clock=SystemClock(), cache=cache_dir(), readonly=readonly)
    seed = os.environ.get("DEV2CTO_SEED")
    rng = Random(seed) if seed else SystemRandom()
    return Study(curriculum, record, SystemClock(), rng)
