"""Half-typed texts and places, one for each session, so that none replaces another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dev2cto.record.lines import Doc, copy
from dev2cto.record.store import Version


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was typed and not submitted."""

    id: str
    """Its document's id: <owner id>/<device>.<slot>."""
    owner: str
    writer: str
    """device.slot that typed it."""
    text: str
    cursor: int
    saved: int
    """When, ms since 1970."""
    doc: Doc

    @property
    def device(self) -> str:
        """The machine it was typed on."""
        return self.writer.rsplit(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session was."""

    writer: str
    saved: int
    """When, ms since 1970."""
    doc: Doc

    @property
    def device(self) -> str:
        """The machine it was on."""
        return self.writer.rsplit(".", 1)[0]


def drafts_of(owner: str, docs: Mapping[str, Doc], versions: Mapping[str, Version]) -> list[Draft]:
    """All drafts of an item, exercise or note, newest first."""
    found = []
    for id, doc in docs.items():
        of, _, writer = id.rpartition("/")
        if of == owner:
            found.append(
                Draft(id, owner, writer, doc.get("text", ""), doc.get("cursor", 0), versions[id][0], copy(doc))
            )
    return sorted(found, key=lambda draft: (versions[draft.id], draft.writer), reverse=True)


def places(docs: Mapping[str, Doc], versions: Mapping[str, Version]) -> list[Place]:
    """All places, newest first."""
    found = [Place(writer, versions[writer][0], copy(doc)) for writer, doc in docs.items()]
    return sorted(found, key=lambda place: (versions[place.writer], place.writer), reverse=True)
