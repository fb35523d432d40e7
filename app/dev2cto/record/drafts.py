"""Half-typed texts, one for each session, so that none replaces another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from dev2cto.record.journal.codec import Doc, deep_copy
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
    at: datetime
    """When it was last changed, in UTC."""
    doc: Doc

    @property
    def used(self) -> int:
        """Milliseconds spent on it, for an answer that has a time."""
        used = self.doc.get("used", 0)
        return used if isinstance(used, int) else 0

    @property
    def device(self) -> str:
        """The machine it was typed on."""
        return self.writer.split(".")[0]


def continues(text: str, mine: str, other: str) -> bool:
    """Whether a text goes on from `mine` rather than from the `other` one; after one key it is close to its origin."""
    return not mine or mine == other or _common(text, mine) >= _common(text, other)


def _common(one: str, other: str) -> int:
    """Characters that two texts share at their beginnings and ends."""
    return _same(one, other) + _same(one[::-1], other[::-1])


def _same(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def drafts_of(owner: str, docs: Mapping[str, Doc], versions: Mapping[str, Version]) -> list[Draft]:
    """All drafts of an item, exercise or note, newest first."""
    found = []
    for id, doc in docs.items():
        of, _, writer = id.rpartition("/")
        if of == owner:
            text, cursor = doc.get("text", ""), doc.get("cursor", 0)
            found.append(Draft(id, owner, writer, text, cursor, _time(doc, versions[id]), deep_copy(doc)))
    return sorted(found, key=lambda draft: (draft.at, versions[draft.id], draft.writer), reverse=True)


def _time(doc: Doc, version: Version) -> datetime:
    """When a document says it was made; where it does not, when it was saved."""
    try:
        at = datetime.fromisoformat(doc["at"])
    except (KeyError, TypeError, ValueError):
        return datetime.fromtimestamp(version[0] / 1000, UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
