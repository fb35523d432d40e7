"""Names of screens to screens; each is imported when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.errors import CourseError, Dev2CtoError
from dev2cto.plain.target import Target

if TYPE_CHECKING:
    from dev2cto.plain.ui import PlainUI


def go(ui: PlainUI, target: Target | None) -> None:
    """Open a screen, then what it leads to, until one is left; an error is said and ends it."""
    before = ui.module
    try:
        while target is not None:
            ui.study.timer.keep()
            target = screen(ui, target)
    except Dev2CtoError as error:
        ui.complain(error)
    finally:
        ui.module = before


def screen(ui: PlainUI, target: Target) -> Target | None:
    """Run one screen; what it leads to. Raises CourseError where the course has no such thing."""
    study = ui.study
    match target.screen, target.ids:
        case "step", (module, *_):
            from dev2cto.plain.screens.step import step

            return step(ui, study.module(module).id)
        case "reading", (reading, *rest):
            from dev2cto.plain.screens.reading import read

            return read(ui, study.reading(reading), rest[0] if rest and not target.place else "", target.place)
        case "quiz", (_, attempt, *_):
            from dev2cto.plain.screens.quiz import take

            return take(ui, study.attempt(attempt), target.place)
        case "quiz", (module,):
            from dev2cto.plain.screens.quiz_start import start

            return start(ui, study.module(module).id)
        case "final", (_, attempt, *_):
            from dev2cto.plain.screens.final import take_final

            return take_final(ui, study.final_attempt(attempt), target.place)
        case "final", (module,):
            from dev2cto.plain.screens.final import start

            return start(ui, study.module(module).id)
        case "review", _:
            from dev2cto.plain.screens.review import review

            return review(ui, study.review(), target.place)
        case "exercise", (exercise, *_):
            from dev2cto.plain.exercises.dispatch import exercise_screen

            return exercise_screen(ui, study.exercise(exercise), target.place)
        case "search", words:
            from dev2cto.plain.screens.search import search

            return search(ui, " ".join(words))
        case "glossary", words:
            from dev2cto.plain.screens.glossary import glossary

            return glossary(ui, " ".join(words))
        case "terms", terms:
            from dev2cto.plain.screens.glossary import glossary

            return glossary(ui, "", terms)
        case "notebook", _:
            from dev2cto.plain.screens.notebook import notebook

            return notebook(ui)
        case "note", (anchor, *rest):
            from dev2cto.plain.screens.note import note

            return note(ui, anchor, rest[0] if rest else "")
        case "progress", _:
            from dev2cto.plain.screens.progress import progress_text

            return progress_text(ui)
        case "portfolio", _:
            from dev2cto.plain.screens.portfolio import portfolio_list

            return portfolio_list(ui)
        case "transcript", _:
            from dev2cto.plain.screens.transcript import transcript_text

            return transcript_text(ui)
        case "settings", _:
            from dev2cto.plain.screens.settings import settings

            return settings(ui)
        case _:
            raise CourseError(f"There is no screen {target.screen!r}.", "q goes back.")
