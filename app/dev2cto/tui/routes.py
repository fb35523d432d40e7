"""Names of screens to screens; each is imported when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from dev2cto.errors import CourseError

if TYPE_CHECKING:
    from dev2cto.study.place import Place
    from dev2cto.tui.app import CourseApp


def open_screen(app: CourseApp, name: str, ids: tuple[str, ...], place: Place | None) -> Screen[None]:
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
            from dev2cto.tui.screens.own_keys import KeysPage

            return KeysPage()
        case "help", _:
            from dev2cto.tui.screens.help import HelpPage

            return HelpPage(app.screen, app.key("commands"))
        case _:
            raise CourseError(f"There is no screen {name!r}.", "Press q to go back.")
