"""What changed in the course since the learner saw it last, told once."""

from __future__ import annotations

from typing import Any

from dev2cto.course.outline import CourseOutline
from dev2cto.study.context import StudyContext
from dev2cto.study.state.renames import resolve
from dev2cto.text import pluralize


def course_contents(course: CourseOutline) -> dict[str, dict[str, str]]:
    """Fingerprints of readings, exercises and items by id."""
    return {
        "readings": {r.id: r.fingerprint for m in course.modules for r in m.readings},
        "exercises": {e.id: e.fingerprint for m in course.modules for e in m.exercises},
        "items": {i.id: i.fingerprint for m in course.modules for i in m.items},
    }


def what_changed(study: StudyContext) -> tuple[str, ...]:
    """What changed since the last visit, in sentences; empty on a first visit and when nothing did."""
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
    said: list[str] = []
    if changed:
        said.append(f"{pluralize(changed, 'question')} changed since you answered.")
    hidden = study.progress.hidden()
    for kind, word in (("readings", "reading"), ("exercises", "exercise"), ("items", "question")):
        new = len(now[kind].keys() - old[kind].keys() - hidden)
        gone = len(old[kind].keys() - now[kind].keys())
        other = sum(1 for id, fp in old[kind].items() if kind == "readings" and now[kind].get(id, fp) != fp)
        if new:
            said.append(f"{pluralize(new, word)} {'is' if new == 1 else 'are'} new.")
        if other:
            said.append(f"{pluralize(other, word)} {'was' if other == 1 else 'were'} revised.")
        if gone:
            said.append(f"{pluralize(gone, word)} left the course; your answers are kept.")
    return tuple(said)


def mark_seen(study: StudyContext) -> None:
    """Remember the course as it is now, so that a change is told once; sums and cards follow it. Raises NotSaved."""
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
    """Each machine has a course of its own, which may be older or newer than another's."""
    return f"{study.course.id}/{study.device}"


def _last_seen(study: StudyContext) -> dict[str, Any] | None:
    return study.record.table("course_seen").get(doc_id=_id(study))
