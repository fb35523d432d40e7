"""Course changes since the learner's last visit, reported once."""

from __future__ import annotations

from typing import Any

from dev2cto.course.outline import CourseOutline
from dev2cto.study.context import StudyContext
from dev2cto.study.state.renames import resolve
from dev2cto.text import pluralize


def course_contents(course: CourseOutline) -> dict[str, dict[str, str]]:
    """The fingerprints of readings, exercises and items by id."""
    return {
        "readings": {r.id: r.fingerprint for m in course.modules for r in m.readings},
        "exercises": {e.id: e.fingerprint for m in course.modules for e in m.exercises},
        "items": {i.id: i.fingerprint for m in course.modules for i in m.items},
    }


def what_changed(study: StudyContext) -> tuple[str, ...]:
    """The changes since the last visit in sentences; empty on the first visit."""
    now = course_contents(study.course)
    before = _last_seen(study)
    if before is None:
        return ()
    old = {
        kind: {resolve(id, study.course.renamed): fp for id, fp in dict(before.get(kind, {})).items()} for kind in now
    }
    changed = sum(
        1
        for id in study.progress.answered()
        if id in now["items"] and old["items"].get(id, "") not in ("", now["items"][id])
    )
    found: list[str] = []
    if changed:
        found.append(f"{pluralize(changed, 'question')} changed since you answered.")
    hidden = study.progress.hidden()
    for kind, word in (("readings", "reading"), ("exercises", "exercise"), ("items", "question")):
        new = len(now[kind].keys() - old[kind].keys() - hidden)
        gone = len(old[kind].keys() - now[kind].keys())
        other = sum(1 for id, fp in old[kind].items() if kind == "readings" and now[kind].get(id, fp) != fp)
        if new:
            found.append(f"{pluralize(new, word)} {'is' if new == 1 else 'are'} new.")
        if other:
            found.append(f"{pluralize(other, word)} {'was' if other == 1 else 'were'} revised.")
        if gone:
            found.append(f"{pluralize(gone, word)} left the course; your answers are kept.")
    return tuple(found)


def mark_seen(study: StudyContext) -> None:
    """Record the present course, so that changes are reported once, and rebuild if it changed. Raises NotSaved."""
    contents: dict[str, Any] = {**course_contents(study.course), "renamed": dict(study.course.renamed)}
    last = _last_seen(study)
    if study.record.readonly_reason or (last and all(last.get(kind) == contents[kind] for kind in contents)):
        return
    with study.record.batch():
        now = {**contents, "version": study.course.version, "at": study.now()}
        study.record.table("course_seen").put(_id(study), now)
        if last:
            from dev2cto.study.state.rebuild import rebuild

            rebuild(study)


def _id(study: StudyContext) -> str:
    """The document's id, one for each machine: their copies of the course may differ in age."""
    return f"{study.course.id}/{study.device}"


def _last_seen(study: StudyContext) -> dict[str, Any] | None:
    return study.record.table("course_seen").get(doc_id=_id(study))
