"""The base class of the exercise screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.exercise_texts import exercise_title
from dev2cto.study.state.location import Location

if TYPE_CHECKING:
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession

S = TypeVar("S", bound="ExerciseSession")


class ExerciseScreen(Generic[S]):
    """The screen of one exercise."""

    def __init__(self, ui: PlainUI, session: S) -> None:
        self.ui, self.session = ui, session
        self._asked = ""

    def run(self, place: Location) -> None:
        """Run the exercise until the learner leaves; `place` is where they left off. Raises SessionEnded."""
        raise NotImplementedError

    def head(self, aside: str = "") -> None:
        """Show the title."""
        self.ui.show_title(exercise_title(self.session), aside)

    def here(self, cursor: int = 0, **extra: Any) -> Location:
        """Return the location of this exercise, with the learner's position in it."""
        return Location("exercise", (self.session.exercise.id,), None, cursor, extra)

    def tried(self, act: Callable[[], object]) -> bool:
        """Call `act`; returns False, and shows the error, if it raises Dev2CtoError."""
        try:
            act()
        except Dev2CtoError as error:
            self.ui.show_error(error)
            return False
        return True

    def confirmed(self, key: str, message: str, does: str) -> bool:
        """Whether the key was typed just before; if not, show `message` and what typing it again `does`."""
        asked = self._asked == key
        self._asked = "" if asked else key
        if not asked:
            self.ui.say(f"{message} {key} {does}.")
        return asked

    def unconfirm(self) -> None:
        """Reset the confirmation, because the learner did something else."""
        self._asked = ""
