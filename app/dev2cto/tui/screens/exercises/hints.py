"""The hints of a lab or a code review: each press of the key shows one more."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from dev2cto.presenters.exercise_texts import next_hint
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText

if TYPE_CHECKING:
    from dev2cto.markdown.parser import Block
    from dev2cto.presenters.feedback import RenderMarkdown
    from dev2cto.study.sessions.code_lab import CodeSession
    from dev2cto.study.sessions.diff import DiffSession


class HintsPage(TextPage):
    """The hints so far, the newest last and in sight."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("h", "hint", "hint", tooltip="one more hint", id="hints.next")]

    def __init__(self, session: CodeSession | DiffSession, prose: RenderMarkdown) -> None:
        """Open the next hint and show all so far. Raises NotSaved."""
        super().__init__("Hints", next_hint(session, prose))
        self._session = session

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the key while there is another hint."""
        if action == "hint":
            return self._session.hints_shown < len(self._session.exercise.hints)
        return super().check_action(action, parameters)

    def action_hint(self) -> None:
        """Show one more hint."""
        blocks: list[Block] = next_hint(self._session, self.prose)
        self.query_one(MarkdownText).show(blocks)
        self.refresh_bindings()
        self.call_after_refresh(self.action_edge, 1)
