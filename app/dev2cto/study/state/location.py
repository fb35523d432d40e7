"""The location type: the target of a navigation, and the learner's position that the record keeps up to date."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from dev2cto.items.forms import Response


class Location(NamedTuple):
    """A screen by name, the ids it shows, the response not submitted yet, and the cursor."""

    screen: str
    ids: tuple[str, ...] = ()
    response: "Response | None" = None
    cursor: int | None = None
    """None for a newly opened screen, which starts at its default; a stored location always has a cursor."""
    extra: Mapping[str, Any] = MappingProxyType({})

    @property
    def under(self) -> "Location | None":
        """The location below: what a note or report was opened over, or what the learner left for a step."""
        found = self.extra.get("under")
        return Location.read(found) if isinstance(found, Mapping) else None

    @property
    def since(self) -> "Location | None":
        """Where the learner studied before this, if it was opened over home."""
        found = self.extra.get("since")
        return Location.read(found) if isinstance(found, Mapping) else None

    def document(self, at: str) -> dict[str, Any]:
        """The location as the record stores it; `at` is the time, ISO 8601."""
        return {
            "screen": self.screen,
            "ids": list(self.ids),
            "response": to_json(self.response),
            "cursor": self.cursor or 0,
            "extra": dict(self.extra),
            "at": at,
        }

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Location":
        """Read a stored location."""
        ids, cursor, extra = document.get("ids"), document.get("cursor"), document.get("extra")
        return cls(
            str(document.get("screen", "home")),
            tuple(str(id) for id in ids) if isinstance(ids, list) else (),
            from_json(document.get("response")),
            cursor if isinstance(cursor, int) and 0 <= cursor < 2**31 else 0,
            dict(extra) if isinstance(extra, Mapping) else {},
        )


def section_location(id: str) -> Location:
    """The location of a section, given as "reading.section" or "reading#section"."""
    reading, _, section = id.replace("#", ".", 1).partition(".")
    return Location("reading", (reading, section))


def to_json(response: "Response | None") -> Any:
    """Convert a response to JSON types."""
    if response is None or isinstance(response, str):
        return response
    return dict(response) if isinstance(response, Mapping) else list(response)


def from_json(value: Any) -> "Response | None":
    """Convert the result of `to_json` back to a response."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {str(k): str(v) for k, v in value.items()}
    return tuple(str(v) for v in value) if isinstance(value, list | tuple) else str(value)
