"""The learner's notes and bookmarks. A note keeps its revisions; two made at once are both shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dev2cto.study.names import current
from dev2cto.study.results import section_title

if TYPE_CHECKING:
    from dev2cto.study.core import Study


@dataclass(frozen=True, slots=True)
class Note:
    """A note: where it hangs (reading#section, an item's or exercise's id, or ""), its text and moment.

    `others` holds texts that another session wrote from the same beginning.
    """

    id: str
    anchor: str
    title: str
    text: str
    at: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A marked section of a reading (anchor reading#section)."""

    anchor: str
    label: str
    at: str


def notes(study: Study) -> tuple[Note, ...]:
    """All notes, the newest first."""
    revisions = study.record.all("note_revs")
    children: dict[str, list[str]] = {}
    for id, doc in revisions.items():
        children.setdefault(str(doc.get("parent", "")), []).append(id)
    found = []
    for id, doc in study.record.all("notes").items():
        head = str(doc.get("head", ""))
        revision = revisions.get(head)
        if revision is None:
            continue
        anchor = current(str(doc.get("anchor", "")), study.course.renamed)
        rivals = [r for r in children.get(str(revision.get("parent", "")), ()) if r != head]
        others = tuple(
            str(revisions[r]["text"])
            for r in rivals
            if revisions[r].get("note") == id and r not in children and revisions[r]["text"] != revision["text"]
        )
        found.append(Note(id, anchor, title_of(study, anchor), str(revision["text"]), str(revision["at"]), others))
    return tuple(sorted(found, key=lambda note: note.at, reverse=True))


def note_at(study: Study, anchor: str) -> Note | None:
    """The newest note at that anchor."""
    return next((note for note in notes(study) if note.anchor == anchor), None)


def write_note(study: Study, anchor: str, text: str, id: str = "") -> str:
    """Keep a new revision of the note `id`, or a new note; returns its id. An empty text takes the note away."""
    record = study.record
    old = record.get("notes", id) if id else None
    with record.batch():
        if not text.strip():
            if old is not None:
                record.remove("notes", id)
            return ""
        note = id or record.new_id()
        parent = str(old.get("head", "")) if old else ""
        revision = record.add("note_revs", {"note": note, "parent": parent, "text": text, "at": study.now()})
        record.put("notes", note, {"anchor": anchor, "head": revision, "at": study.now()})
    return note


def bookmarks(study: Study) -> tuple[Bookmark, ...]:
    """All bookmarks, the newest first."""
    found = (
        Bookmark(current(id, study.course.renamed), str(doc.get("label", "")), str(doc.get("at", "")))
        for id, doc in study.record.all("bookmarks").items()
    )
    return tuple(sorted(found, key=lambda mark: mark.at, reverse=True))


def toggle_bookmark(study: Study, anchor: str) -> bool:
    """Set or take away the bookmark of a section; whether it is set now."""
    if study.record.get("bookmarks", anchor):
        study.record.remove("bookmarks", anchor)
        return False
    study.record.put("bookmarks", anchor, {"label": title_of(study, anchor), "at": study.now()})
    return True


def title_of(study: Study, anchor: str) -> str:
    """What an anchor is called: "Reading / Heading", the exercise's title, "a question of Step 2"."""
    base = anchor.partition("#")[0]
    exercise = study.course.exercise(base)
    if exercise is not None:
        return exercise.title
    if study.course.item(base) is not None:
        module = study.course.module_of(base)
        return f"a question of {module.name}" if module else base
    return section_title(study, anchor.replace("#", ".")) if anchor else "no place"
