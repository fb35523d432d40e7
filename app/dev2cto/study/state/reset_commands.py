"""Resets, and undoing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from dev2cto.errors import UsageError
from dev2cto.record.rows import ResetLevel
from dev2cto.study.context import StudyContext
from dev2cto.study.state.rebuild import rebuild

LEVELS: tuple[str, ...] = get_args(ResetLevel)


def reset(study: StudyContext, level: str, about: str = "") -> str:
    """Reset that scope and return the reset's id, for `undo`. Raises UsageError for an unknown scope, NotSaved."""
    about = scope(study, level, about)
    with study.record.batch():
        id = study.record.table("resets").insert({"level": level, "about": about, "at": study.now()})
        rebuild(study)
    return id


def undo(study: StudyContext, id: str) -> None:
    """Undo a reset: everything it hid counts again. Raises UsageError for an unknown reset, NotSaved."""
    resets = study.record.table("resets")
    if not resets.contains(doc_id=id):
        raise UsageError(f"There is no reset {id}.", "dev2cto reset --list shows them.")
    with study.record.batch():
        resets.remove(doc_ids=[id])
        rebuild(study)


def scope(study: StudyContext, level: str, about: str) -> str:
    """The full id of a reset's scope; empty for level "all". Raises UsageError if the course has no such thing."""
    if level == "all":
        return ""
    if level not in LEVELS:
        raise UsageError(f"Unknown reset level {level!r}.", f"Use one of {', '.join(LEVELS)}.")
    course = study.course
    found: Mapping[str, Any] = {
        "item": course.item(about),
        "reading": course.reading(about),
        "exercise": course.exercise(about),
        "quiz": course.module(about),
        "final": module if (module := course.module(about)) is not None and module.final is not None else None,
        "step": course.module(about),
    }
    if found[level] is None:
        raise UsageError(f"There is no {level} {about!r} in this course.", "dev2cto show lists what there is.")
    return str(found[level].id)
