"""Permission to run a course's code: the shipped course has it, any other needs the learner's trust.

The trust is kept on this device, for this course's folder alone: no archive or synced record can bring it.
"""

from __future__ import annotations

from dev2cto.course.check.lab_check import listings
from dev2cto.labs.trust import code_hash, trusted
from dev2cto.study.context import StudyContext

TRUST = "trust"
"""The name of the trusted hash among the device's settings."""


def is_trusted(study: StudyContext) -> bool:
    """Whether the labs of this course may run."""
    root = study.curriculum.root
    return trusted(root, study.device_settings.read().get(TRUST, ""), listings(root))


def trust(study: StudyContext) -> str:
    """Trust the course's present code and return its hash. Raises NotSaved."""
    root = study.curriculum.root
    hash = code_hash(root, listings(root))
    study.device_settings.change({TRUST: hash})
    return hash


def revoke(study: StudyContext) -> None:
    """Revoke the trust in this course. Raises NotSaved."""
    study.device_settings.change({TRUST: None})
