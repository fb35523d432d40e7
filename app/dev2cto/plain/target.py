"""Where to go next."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.study.state.location import Location


@dataclass(frozen=True, slots=True)
class Target:
    """A screen by its name, the ids it shows, and the place in it where one is known."""

    screen: str
    ids: tuple[str, ...] = ()
    place: Location | None = None
