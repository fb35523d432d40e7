"""Going from screen to screen: by name, back, to the place left, and by the keys that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from dev2cto.errors import CourseError
from dev2cto.tui.keymap import LearnerKeymap
from dev2cto.tui.screens.base import Page

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location

GOING = ("help", "search", "notebook", "progress", "review", "glossary", "commands")
"""Actions that lead to another screen."""


class Navigation(LearnerKeymap, inherit_bindings=False):
    """An App that opens the screens of the course."""

    @property
    def page(self) -> Page | None:
        """The topmost screen of ours, under any dialog."""
        return next((s for s in reversed(self.screen_stack) if isinstance(s, Page)), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Fields are gone through where there are some; a screen to be answered first, or one without room, lets
        nobody pass it by; help is there all the same.
        """
        if action in ("focus_next", "focus_previous"):
            return any(widget is not self.focused for widget in self.screen.focus_chain)
        if action not in GOING:
            return True
        if isinstance(self.screen, Page) and self.screen.opened_by == action:
            return False
        blocked = any(isinstance(screen, Page) and screen.blocking for screen in self.screen_stack)
        return isinstance(self.screen, Page) and (not blocked or action == "help")

    def action_leave(self) -> None:
        """Leave the program."""
        self.exit(return_code=0)

    def back(self) -> None:
        """To the screen before; from home, out."""
        page = self.page
        if page is not None:
            page.keep_place()
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.action_leave()

    def go(self, screen: str, ids: tuple[str, ...] = (), place: Location | None = None) -> None:
        """Open a screen by its name and ids, at that place where one is given.

        Raises CourseError where the course has no such thing, NotSaved where it would have to be saved first.
        """
        page = self.page
        opened = open_screen(self, screen, ids, place)
        if not ids and type(opened) is type(page):
            return
        if page is not None:
            page.keep_place()
        self.push_screen(opened)

    def action_resume(self) -> None:
        """Go to the place the learner left, and to what a note or a report there was written over."""
        from dev2cto.study.queries.home import continuation

        if (found := continuation(self.study)) is None:
            return
        onward, place = found
        if place is not None and (under := place.under) is not None:
            self.go(under.screen, under.ids, under)
        self.go(onward.screen, onward.ids, place)
        if place is not None and "command" in place.extra:
            self.call_later(self.action_commands, *place.extra["command"])

    def action_help(self) -> None:
        """Every key that works here."""
        self.go("help")

    def action_search(self) -> None:
        """Find words in the course."""
        self.go("search")

    def action_notebook(self) -> None:
        """Notes and bookmarks."""
        self.go("notebook")

    def action_progress(self) -> None:
        """How it goes."""
        self.go("progress")

    def action_review(self) -> None:
        """What is due."""
        self.go("review")

    def action_glossary(self) -> None:
        """Terms and what they mean."""
        self.go("glossary")

    def action_commands(self, words: str = "", cursor: int | None = None) -> None:
        """Everything that can be done here, to find by its name; with words that were half typed."""
        from dev2cto.tui.screens.command_palette import CommandsPage

        page = self.page
        if page is not None and not isinstance(page, CommandsPage):
            self.push_screen(CommandsPage(page, words, cursor))


def open_screen(app: Navigation, name: str, ids: tuple[str, ...], place: Location | None) -> Screen[None]:
    """The screen of that name for those ids. Raises CourseError where the course has no such thing."""
    study = app.study
    match name, ids:
        case "step", (module, *_):
            from dev2cto.tui.screens.step import Step

            return Step(study.module(module).id)
        case "reading", (reading, *rest):
            from dev2cto.tui.screens.reading import ReadingPage

            section, sought, *_ = (*rest, "", "")
            return ReadingPage(study.reading(reading), section=section, sought=sought, place=place)
        case "quiz", (module, attempt, *_):
            from dev2cto.tui.screens.quiz import QuizPage

            return QuizPage(study.attempt(attempt), place=place)
        case "quiz", (module,):
            from dev2cto.tui.screens.quiz_start import QuizStart

            return QuizStart(study.module(module).id)
        case "final", (_, attempt, *_):
            from dev2cto.tui.screens.final import FinalPage

            return FinalPage(study.final_attempt(attempt), place=place)
        case "final", (module,):
            from dev2cto.tui.screens.final_start import FinalStart

            return FinalStart(study.module(module).id)
        case "review", _:
            from dev2cto.tui.screens.review import ReviewPage

            return ReviewPage(study.review(), place=place)
        case "exercise", (exercise, *_):
            from dev2cto.tui.screens.exercises import exercise_page

            return exercise_page(study.exercise(exercise), place)
        case "search", _:
            from dev2cto.tui.screens.search import SearchPage

            return SearchPage(ids[0] if ids else "", place)
        case "glossary", _:
            from dev2cto.tui.screens.glossary import GlossaryPage

            return GlossaryPage(ids[0] if ids else "")
        case "notebook", _:
            from dev2cto.tui.screens.notebook import NotebookPage

            return NotebookPage()
        case "note", (anchor, *rest):
            from dev2cto.tui.screens.note import NotePage

            return NotePage(anchor, rest[0] if rest else "", place)
        case "report", (item, *_):
            from dev2cto.tui.screens.report import ReportPage

            return ReportPage(study.curriculum.item(item).id, place=place)
        case "progress", _:
            from dev2cto.tui.screens.progress import ProgressPage

            return ProgressPage()
        case "portfolio", _:
            from dev2cto.tui.screens.portfolio import PortfolioPage

            return PortfolioPage()
        case "transcript", _:
            from dev2cto.tui.screens.transcript import TranscriptPage

            return TranscriptPage()
        case "settings", _:
            from dev2cto.tui.screens.settings import SettingsPage

            return SettingsPage(place)
        case "keys", _:
            from dev2cto.tui.screens.keymap_settings import KeysPage

            return KeysPage()
        case "help", _:
            from dev2cto.tui.screens.help import HelpPage

            return HelpPage(app.screen, app.key("commands"))
        case _:
            raise CourseError(f"There is no screen {name!r}.", "Press q to go back.")
