"""Where a front end goes, and where the learner is: one type for both, which the record keeps at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from dev2cto.items.forms import Response


class Location(NamedTuple):
    """A screen by its name, the ids it shows, what was chosen but not submitted, and where the cursor was."""

    screen: str
    ids: tuple[str, ...] = ()
    response: Response | None = None
    cursor: int | None = None
    """None where the screen is opened afresh: it has its own beginning. What the record keeps always has one."""
    extra: Mapping[str, Any] = MappingProxyType({})

    @property
    def under(self) -> Location | None:
        """What a note or a report was written over; what was left for a step."""
        found = self.extra.get("under")
        return Location.read(found) if isinstance(found, Mapping) else None

    def document(self, at: str) -> dict[str, Any]:
        """The place as it is stored."""
        return {
            "screen": self.screen,
            "ids": list(self.ids),
            "response": to_json(self.response),
            "cursor": self.cursor or 0,
            "extra": dict(self.extra),
            "at": at,
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Location:
        """The place that was stored."""
        return cls(
            str(document.get("screen", "home")),
            tuple(str(id) for id in document.get("ids", ())),
            from_json(document.get("response")),
            int(document.get("cursor", 0)),
            dict(document.get("extra", {})),
        )


def section_location(id: str) -> Location:
    """A section of a reading, named as "reading.section" or "reading#section"."""
    reading, _, section = id.replace("#", ".", 1).partition(".")
    return Location("reading", (reading, section))


def to_json(response: Response | None) -> Any:
    """A response as JSON keeps it."""
    if response is None or isinstance(response, str):
        return response
    return dict(response) if isinstance(response, Mapping) else list(response)


def from_json(value: Any) -> Response | None:
    """The response that JSON kept."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {str(k): str(v) for k, v in value.items()}
    return tuple(str(v) for v in value)
