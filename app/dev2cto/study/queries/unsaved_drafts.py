"""The query for unsaved drafts: texts left unsubmitted when a session ended."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import submissions
from dev2cto.study.queries.quiz_result import section_title
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import is_unsaved, notes, title_of
from dev2cto.study.state.promises import draft_of


@dataclass(frozen=True, slots=True)
class UnsavedDraft:
    """A draft: what it is a draft of, its number of lines, and the location to continue it."""

    title: str
    lines: int
    location: Location


def unsaved_drafts(study: StudyContext) -> tuple[UnsavedDraft, ...]:
    """All drafts, newest first.

    Those of parts no longer in the course, and those submitted since in another session, are skipped.
    """
    owners = study.draft_owners()
    if not owners:
        return ()
    submitted = {str(d["exercise"]): study.record.made("submissions", str(d["id"])).ms for d in submissions(study)}
    newest = sorted(owners, key=lambda owner: owners[owner], reverse=True)
    open_ = (owner for owner in newest if owners[owner].ms > submitted.get(owner.partition("#")[0], 0))
    return tuple(found for owner in open_ if (found := _unsaved(study, owner)) is not None)


def _unsaved(study: StudyContext, owner: str) -> UnsavedDraft | None:
    text = study.draft(owner)
    lines = len(text.splitlines())
    if not text.strip():
        return None
    kind, colon, note = owner.partition(":")
    if colon and kind == "note":
        return _note(study, note, lines) if is_unsaved(study, note) else None
    if colon and kind in ("promise", "outcome"):
        return _promise(study, kind, note)
    if "#" in owner:
        return _comment(study, owner, lines)
    exercise = study.course.exercise(owner)
    if exercise is not None and exercise.kind == "simulation":
        return None  # holds amounts, not a text; its step shows that it is begun
    if exercise is not None:
        location = Location("exercise", (owner,), None, 10_000 * lines, {"writing": True})
        return UnsavedDraft(exercise.title, lines, location)
    return _answer(study, owner, lines)


def _promise(study: StudyContext, screen: str, id: str) -> UnsavedDraft | None:
    """The draft of a promise, or of what became of one; None if another session saved what it became."""
    drafted = draft_of(study, screen, id)
    return UnsavedDraft(drafted.title, 1, Location(screen, (id,))) if drafted is not None else None


def _note(study: StudyContext, name: str, lines: int) -> UnsavedDraft:
    note = next((note for note in notes(study) if note.id == name), None)
    ids = ("", note.id) if note else (name,)
    title = note.title if note else title_of(study, name)
    return UnsavedDraft(f"note on {title}", lines, Location("note", ids))


def _comment(study: StudyContext, owner: str, lines: int) -> UnsavedDraft | None:
    """The draft of a comment in a code review; None if the comment was saved since."""
    from dev2cto.study.sessions.comments import comment_location, has_draft

    id, _, address = owner.partition("#")
    exercise = study.course.exercise(id)
    if exercise is None or not has_draft(study, id, address):
        return None
    return UnsavedDraft(f"a comment in {exercise.title}", lines, comment_location(id, address, 10_000 * lines))


def _answer(study: StudyContext, item: str, lines: int) -> UnsavedDraft | None:
    """The draft of an answer in an open attempt or a reading; None if neither asks the item."""
    module = study.course.module_of(item)
    if study.course.item(item) is None or module is None:
        return None
    for id in study.progress.open_attempts():
        if item in (study.documents.find("attempts", id) or {}).get("items", ()):
            return UnsavedDraft(f"an answer in the quiz of {module.name}", lines, Location("quiz", (module.id, id)))
    for reading in module.readings:
        if item in reading.checks:
            full = study.curriculum.reading(reading.id)
            section = next((s.id for s in full.sections if s.check == item), "")
            title = section_title(study, f"{reading.id}.{section}")
            return UnsavedDraft(f"an answer in {title}", lines, Location("reading", (reading.id, section)))
    return None
