"""Navigation between screens: open by location, go back, resume, and the keys that work everywhere."""

from __future__ import annotations

from dev2cto.study.screens import SCREENS, opener
from dev2cto.study.state.location import Location
from dev2cto.tui.keymap import LearnerKeymap
from dev2cto.tui.screens.base import Page

PAGES = {
    name: f"dev2cto.tui.screens.{page}"
    for name, page in {
        "step": "step:StepPage.at",
        "reading": "reading:ReadingPage.at",
        "quiz": "quiz:QuizPage.at",
        "quiz_start": "quiz_start:QuizStartPage.at",
        "exercise": "exercises:exercise_page",
        "final": "final:FinalPage.at",
        "final_start": "final_start:FinalStartPage.at",
        "review": "review:ReviewPage.at",
        "search": "search:SearchPage.at",
        "glossary": "glossary:GlossaryPage.at",
        "notebook": "notebook:NotebookPage.at",
        "note": "note:NotePage.at",
        "report": "report:ReportPage.at",
        "progress": "progress:ProgressPage.at",
        "portfolio": "portfolio:PortfolioPage.at",
        "transcript": "transcript:TranscriptPage.at",
        "settings": "settings:SettingsPage.at",
        "keys": "keymap_settings:KeysPage.at",
        "help": "help:HelpPage.at",
    }.items()
}
"""Import paths by screen, loaded on first use: each is a callable (host, location) that returns a page."""


class Navigation(LearnerKeymap, inherit_bindings=False):
    """An App that opens the screens of the course."""

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
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.action_leave()

    def go(self, location: Location) -> None:
        """Open a screen.

        Raises CourseError if the course lacks what the location names, NotSaved if opening it could not be recorded.
        """
        page = self.page
        opened = opener(PAGES, location)(self, location)
        if not SCREENS[location.screen].needs and type(opened) is type(page):
            return
        if page is not None:
            page.keep_place()
        self.push_screen(opened)

    def action_resume(self) -> None:
        """Go to the place the learner left; a note or report opens over the screen it was written on."""
        from dev2cto.study.queries.home import next_step

        if (found := next_step(self.study)) is None:
            return
        location = found.location
        if (under := location.under) is not None:
            self.go(under)
        self.go(location)
        if "command" in location.extra:
            self.call_later(self.action_commands, *location.extra["command"])

    def action_visit(self, screen: str) -> None:
        """Open a screen whose location needs no ids."""
        self.go(Location(screen))

    def action_commands(self, words: str = "", cursor: int | None = None) -> None:
        """Open the command palette, with text and cursor restored if it was left half typed."""
        from dev2cto.tui.screens.command_palette import CommandsPage

        page = self.page
        if page is not None and not isinstance(page, CommandsPage):
            self.push_screen(CommandsPage(page, words, cursor))
