"""The base class of the exercise pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dev2cto.exercises.base import Exercise
from dev2cto.markdown.parser import Block
from dev2cto.presenters.exercise_texts import exercise_title
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.text_page import TextPage

if TYPE_CHECKING:
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession

S = TypeVar("S", bound="ExerciseSession")


class ExercisePage(Page, Generic[S]):
    """The page of one exercise."""

    def __init__(self, session: S, place: Location | None = None) -> None:
        """`place` is where the learner left off."""
        super().__init__()
        self.session = session
        self.restored = place
        self.module = session.attempt.module
        self._asked = ""

    @property
    def exercise(self) -> Exercise:
        """The exercise of the session."""
        return self.session.exercise

    @property
    def kept(self) -> dict[str, Any]:
        """The extra data of the location where the learner left off; empty if there is none."""
        return dict(self.restored.extra) if self.restored is not None else {}

    def name_it(self, aside: str) -> None:
        """Set the title line, with `aside` on the right."""
        self.set_title(exercise_title(self.session), aside)

    def place(self) -> Location:
        """The location of this exercise."""
        return self.here()

    def here(self, cursor: int = 0, **extra: Any) -> Location:
        """Return the location of this exercise, with the learner's position in it."""
        return Location("exercise", (self.exercise.id,), None, cursor, extra)

    def read(self, title: str, blocks: Sequence[Block]) -> None:
        """Show a text on a separate page."""
        self.app.push_screen(TextPage(title, blocks))

    def end_undo(self) -> None:
        """Offer no undo any more: something else is changed."""
        self.undoable = None
        self.notify_learner()
        self.refresh_bindings()

    def confirmed(self, action: str, message: str, does: str, key: str = "") -> bool:
        """Whether the action was requested just before; if not, show `message` and what its key `does` now."""
        asked = self._asked == action
        self._asked = "" if asked else action
        if not asked:
            self.notify_learner(message, f"{key or self.key(action)} {does}.")
        return asked

    def unconfirm(self) -> None:
        """Reset the confirmation, because the learner did something else."""
        self._asked = ""
