"""Permission to run a course's code: the shipped course has it, any other needs the learner's trust."""

from __future__ import annotations

from collections.abc import Mapping

from dev2cto.course.check.lab_check import listings
from dev2cto.labs.trust import code_hash, trusted
from dev2cto.study.context import StudyContext

PREFIX = "trust/"


def is_trusted(study: StudyContext) -> bool:
    """Whether the labs of this course may run."""
    root = study.curriculum.root
    return trusted(root, study.course.id, trusted_hashes(study), listings(root))


def trusted_hashes(study: StudyContext) -> Mapping[str, str]:
    """The trusted code hash of each course, by course id."""
    settings = study.record.table("settings").stream()
    return {id.removeprefix(PREFIX): str(doc["value"]) for id, doc in settings if id.startswith(PREFIX)}


def trust(study: StudyContext) -> str:
    """Trust the course's present code and return its hash. Raises NotSaved."""
    root = study.curriculum.root
    hash = code_hash(root, listings(root))
    study.record.table("settings").put(f"{PREFIX}{study.course.id}", {"value": hash, "at": study.now()})
    return hash


def revoke(study: StudyContext) -> None:
    """Revoke the trust in this course. Raises NotSaved."""
    study.record.table("settings").remove(doc_ids=[f"{PREFIX}{study.course.id}"])
