"""The result of a final form: by step and objective, with what to reread."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from dev2cto.presenters import result_text
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.result import ResultPage


class FinalResultPage(ResultPage):
    """The end of an attempt at a final form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "another", "again", tooltip="retake the final form", id="result.another"),
    ]

    def again(self) -> str:
        """The whole form, since its questions are for it alone."""
        return result_text.TAKE_AGAIN

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No retry of what was missed: the whole form is taken again."""
        return action != "retry" and super().check_action(action, parameters)

    def action_retry(self) -> None:
        """Take it again."""
        self.action_another()

    def action_another(self) -> None:
        """Go to the start of another attempt."""
        self.app.pop_screen()
        self.host.go(Location("final", (self.quiz.module.id,)))
