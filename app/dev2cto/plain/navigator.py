"""Navigation between the screens of plain mode."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dev2cto.errors import Dev2CtoError
from dev2cto.study.queries.visits import Visit
from dev2cto.study.screens import SCREENS, screen_at, unknown_screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from dev2cto.plain.ui import PlainUI
    from dev2cto.study.state.location import Location


def opener(location: Location) -> Callable[[PlainUI, Location], Location | None]:
    """Import and return the function that runs a location's screen, and then returns the next location or None.

    Raises CourseError if plain mode has no such screen, or ids are missing.
    """
    name = screen_at(location)
    if not SCREENS[name].in_plain:
        raise unknown_screen(location)
    run: Callable[[PlainUI, Location], Location | None] = import_module(f"dev2cto.plain.screens.{name}").run
    return run


def open_location(ui: PlainUI, location: Location | None) -> None:
    """Run the screen of a location, then those it leads to; a Dev2CtoError is shown and ends this."""
    before = ui.module
    try:
        while location is not None:
            ui.study.timer.keep()
            visit = Visit(ui.study, location)
            location = opener(location)(ui, location)
            visit.leave()
    except Dev2CtoError as error:
        ui.show_error(error)
    finally:
        ui.module = before
