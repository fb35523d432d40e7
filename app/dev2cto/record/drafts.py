"""Drafts: unsubmitted texts, one for each session, so that no session overwrites another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from dev2cto.record.journal.codec import Doc, deep_copy
from dev2cto.record.moments import Moment
from dev2cto.record.stored_table import Version


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was typed but not submitted."""

    id: str
    """Id of its document: <owner id>/<device>.<slot>."""
    owner: str
    writer: str
    """device.slot of the session that typed it."""
    text: str
    cursor: int
    at: datetime
    """When it was last changed, in UTC, by the clock of its machine: to show, not to order by."""
    doc: Doc
    version: Version
    """Its place in the order of all changes."""

    @property
    def moment(self) -> Moment:
        """When it was last changed, by the hybrid clock."""
        return Moment(self.version[0], made=False)

    @property
    def used(self) -> int:
        """Milliseconds spent on it, for a timed answer; else 0."""
        used = self.doc.get("used", 0)
        return used if isinstance(used, int) else 0

    @property
    def device(self) -> str:
        """The machine it was typed on."""
        return self.writer.split(".")[0]


def continues(text: str, mine: str, other: str) -> bool:
    """Whether a text was edited from `mine` rather than from `other`.

    Meant to be called after the first key, when the text still closely resembles its origin.
    """
    return not mine or mine == other or _common(text, mine) >= _common(text, other)


def _common(one: str, other: str) -> int:
    """The number of characters that two texts share at their beginnings plus at their ends."""
    return _same(one, other) + _same(one[::-1], other[::-1])


def _same(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def drafts_of(owner: str, docs: Mapping[str, Doc], versions: Mapping[str, Version]) -> list[Draft]:
    """Return all drafts of an item, exercise or note, newest first."""
    found = []
    for id, doc in docs.items():
        of, _, writer = id.rpartition("/")
        if of == owner:
            text, cursor = doc.get("text", ""), doc.get("cursor", 0)
            version = versions[id]
            found.append(Draft(id, owner, writer, text, cursor, _time(doc, version), deep_copy(doc), version))
    return sorted(found, key=lambda draft: draft.version, reverse=True)


def _time(doc: Doc, version: Version) -> datetime:
    """When the draft was typed; if its document has no valid time, when it was saved."""
    try:
        at = datetime.fromisoformat(doc["at"])
    except (KeyError, TypeError, ValueError):
        return datetime.fromtimestamp(version[0] / 1000, UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
