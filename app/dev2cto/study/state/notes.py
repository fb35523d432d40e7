"""The learner's notes and bookmarks. A note keeps its revisions; concurrent ones are all shown."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from dev2cto.record.moments import Moment
from dev2cto.study.context import StudyContext
from dev2cto.study.state.undo import Undo, restoring

HIGHLIGHT = "highlight:"
"""Before a highlight's id, in the anchor of a note on it."""


class Note(NamedTuple):
    """A note: its anchor, its text, and when it was written.

    The anchor is reading#section, highlight:id, the id of an item or exercise, or "".

    `others` holds the differing texts of concurrent revisions; `revisions` are the ids of this text's revision and of
    theirs.
    """

    id: str
    anchor: str
    title: str
    text: str
    at: str
    moment: Moment
    """When its newest revision was made, by the hybrid clock."""
    others: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()


class Bookmark(NamedTuple):
    """A bookmarked section of a reading (anchor reading#section)."""

    anchor: str
    label: str
    at: str


def notes(study: StudyContext) -> tuple[Note, ...]:
    """All notes, newest first."""
    revisions = {str(doc.doc_id): doc for doc in study.record.table("note_revs")}
    ends: dict[str, list[str]] = {}
    answered = {parent for doc in revisions.values() for parent in _parents(doc)}
    for id, doc in revisions.items():
        if id not in answered:
            ends.setdefault(str(doc.get("note", "")), []).append(id)
    found, titled = [], cache(partial(title_of, study))
    for id, note in study.documents.all("notes").items():
        head = str(note.get("head", ""))
        if head not in revisions:
            continue
        anchor, text = str(note.get("anchor", "")), str(revisions[head].get("text", ""))
        rivals = [r for r in sorted(ends.get(id, ()), reverse=True) if r != head]
        others = dict.fromkeys(other for r in rivals if (other := str(revisions[r].get("text", ""))) != text)
        at = str(revisions[head]["at"])
        made = max(study.record.made("note_revs", revision) for revision in (head, *rivals))
        found.append(Note(id, anchor, titled(anchor), text, at, made, tuple(others), (head, *rivals)))
    return tuple(sorted(found, key=lambda note: note.moment, reverse=True))


def _parents(revision: Mapping[str, Any]) -> tuple[str, ...]:
    """The revisions that its writer had seen."""
    return (str(revision.get("parent", "")), *map(str, revision.get("seen", ())))


def note_at(study: StudyContext, anchor: str) -> Note | None:
    """The newest note at that anchor."""
    return next((note for note in notes(study) if note.anchor == anchor), None)


def is_unsaved(study: StudyContext, name: str) -> bool:
    """Whether the newest draft of a note, named by the note's id or its anchor, was written after what is saved there.

    A session that was killed leaves its draft behind; once another session has saved the note, it is no longer begun.
    """
    drafts = study.drafts(f"note:{name}")
    saved = next((note for note in notes(study) if name and name in (note.id, note.anchor)), None)
    return bool(drafts and drafts[0].text) and (saved is None or drafts[0].moment.ms > saved.moment.ms)


def write_note(study: StudyContext, anchor: str, text: str, id: str = "", begun: Note | None = None) -> str:
    """Save a new revision of the note `id`, or a new note, and return its id. An empty text deletes the note.

    `begun` is the note as its writer saw it: texts that others wrote since are kept beside the new one. Without it,
    the new revision supersedes all existing ones. Raises NotSaved.
    """
    record = study.record
    shown = begun or next((note for note in notes(study) if note.id == id), None)
    with record.batch():
        if not text.strip():
            if id:
                record.table("notes").remove(doc_ids=[id])
            return ""
        note = id or record.new_id()
        parent, *seen = shown.revisions if shown else ("",)
        revision = record.table("note_revs").insert(
            {"note": note, "parent": parent, "seen": seen, "text": text, "at": study.now()}
        )
        record.table("notes").put(note, {"anchor": anchor, "head": revision, "at": study.now()})
    return note


def delete_note(study: StudyContext, id: str) -> Undo:
    """Delete a note, and this session's draft of it; return what brings the note back. Raises NotSaved."""
    back = restoring(study, "notes", id)
    with study.record.batch():
        study.record.table("notes").remove(doc_ids=[id])
        study.drop_draft(f"note:{id}")
    return Undo(back, "The note is back.")


def bookmarks(study: StudyContext) -> tuple[Bookmark, ...]:
    """All bookmarks, newest first."""
    kept = study.documents.all("bookmarks").items()
    found = (Bookmark(anchor, str(doc.get("label", "")), str(doc.get("at", ""))) for anchor, doc in kept)
    return tuple(sorted(found, key=lambda mark: mark.at, reverse=True))


def toggle_bookmark(study: StudyContext, anchor: str) -> tuple[bool, Undo]:
    """Set or remove the bookmark of a section; return whether it is set now, and the way back. Raises NotSaved."""
    back = restoring(study, "bookmarks", anchor)
    if study.documents.find("bookmarks", anchor) is not None:
        with study.record.batch():
            study.documents.remove("bookmarks", anchor)
        return False, Undo(back, "The bookmark is back.")
    study.record.table("bookmarks").put(anchor, {"label": title_of(study, anchor), "at": study.now()})
    return True, Undo(back, "Bookmark removed.")


def title_of(study: StudyContext, anchor: str) -> str:
    """The display title of an anchor: "Reading / Heading", the exercise's title, "a question of Step 2".

    A note on a highlight (highlight:id) has the title of its section; its passage is a row of its own in the notebook.
    """
    if anchor.startswith(HIGHLIGHT):
        found = study.documents.find("highlights", anchor.removeprefix(HIGHLIGHT))
        return f"{title_of(study, str(found['section']))} / a highlight" if found is not None else "a removed highlight"
    base = anchor.partition("#")[0]
    exercise = study.course.exercise(base)
    if exercise is not None:
        return exercise.title
    if study.course.item(base) is not None:
        module = study.course.module_of(base)
        return f"a question of {module.name}" if module else base
    from dev2cto.study.queries.quiz_result import section_title  # with the items it loads, slower than all notes

    return section_title(study, anchor.replace("#", ".")) if anchor else "no place"
