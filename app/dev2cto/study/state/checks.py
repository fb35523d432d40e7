"""The inline questions of readings that are still open."""

from __future__ import annotations

from dev2cto.course.outline import ReadingOutline
from dev2cto.study.context import StudyContext


def open_checks(study: StudyContext, reading: ReadingOutline) -> int:
    """The number of the reading's questions without an answer, or whose answer was reset or is out of date."""
    module = study.course.module_of(reading.id)
    known = {item.id: item for item in module.items} if module else {}
    asked = [known[id] for id in reading.checks if id in known and not known[id].final_form]
    return sum(not _is_answered(study, item.id, item.fingerprint, reading.id) for item in asked)


def _is_answered(study: StudyContext, item: str, fingerprint: str, reading: str) -> bool:
    answer, resets = study.progress.check(item), study.resets
    if answer is None or answer.fingerprint != fingerprint:
        return False
    given = study.progress.check_shown(item)
    return not (resets.covers(item, given, "check") or resets.covers(reading, given))
