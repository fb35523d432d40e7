"""Navigation between screens: open by location, go back, resume, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from dev2cto.study.screens import SCREENS, screen_at
from dev2cto.study.state.location import Location
from dev2cto.tui.keymap import LearnerKeymap
from dev2cto.tui.screens.base import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from dev2cto.tui.host import Host


def opener(location: Location) -> Callable[[Host, Location], Page]:
    """Import and return the function that makes a location's page.

    Raises CourseError if there is no such screen, or ids are missing.
    """
    open_page: Callable[[Host, Location], Page] = import_module(f"dev2cto.tui.screens.{screen_at(location)}").open_page
    return open_page


class Navigation(LearnerKeymap):
    """An App that opens the screens of the course."""

    searched = ""

    @property
    def page(self) -> Page | None:
        """The topmost page, under any dialog."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, Page)), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Focus moves only if there are several fields; a blocking page, or a terminal that is too small, allows help
        and nothing else.
        """
        if action in ("focus_next", "focus_previous"):
            return any(widget is not self.focused for widget in self.screen.focus_chain)
        if action not in ("visit", "commands"):
            return True
        if not isinstance(self.screen, Page) or self.screen.opened_by in parameters:
            return False
        blocked = any(isinstance(screen, Page) and screen.blocking for screen in self.screen_stack)
        return not blocked or "help" in parameters

    def action_leave(self) -> None:
        """Leave the program."""
        self.exit(return_code=0)

    def back(self) -> None:
        """Go to the previous screen; leave the program if there is none."""
        page = self.page
        if page is not None:
            page.keep_place()
            if page.visit is not None:
                page.visit.leave()
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.action_leave()

    def go(self, location: Location) -> None:
        """Open a screen.

        Raises CourseError if the course lacks what the location names, NotSaved if opening it could not be recorded.
        """
        from dev2cto.study.queries.visits import Visit

        page = self.page
        opened = opener(location)(cast("Host", self), location)
        if not SCREENS[location.screen].needs and type(opened) is type(page):
            return
        if page is not None:
            page.keep_place()
            page.led_to(location)
        opened.visit = Visit(self.study, location)
        self.push_screen(opened)

    def action_resume(self, exact: bool = False) -> None:
        """Go to the place the learner left; with `exact`, to the very screen on which a line was lost.

        A note or report opens over the screen it was written on, and so does a list that was being filtered.
        """
        from dev2cto.study.queries.home import next_step

        kept, found = self.study.last_place(), next_step(self.study, exact=exact)
        if found is not None:
            location = found.location
            if (under := location.under) is not None:
                self.go(under)
            self.go(location)
            if "command" in location.extra:
                self.call_later(self.action_commands, *location.extra["command"])
        if kept is not None and isinstance(listing := kept[0].extra.get("listing"), Mapping):
            self.call_later(self.go, Location.read(listing))

    def action_visit(self, screen: str) -> None:
        """Open a screen whose location needs no ids."""
        self.go(Location(screen))

    def action_commands(self, words: str = "", cursor: int | None = None) -> None:
        """Open the command palette, with the text and cursor it was left with."""
        from dev2cto.tui.screens.command_palette import CommandsPage

        page = self.page
        if page is not None and not isinstance(page, CommandsPage):
            self.push_screen(CommandsPage(page, words, cursor))
