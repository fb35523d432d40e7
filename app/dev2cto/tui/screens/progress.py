"""How it goes: steps, objectives, attempts, calibration, time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.learning.completion import MARKS
from dev2cto.learning.mastery import CONFIDENCE
from dev2cto.markdown.parser import Block, Listing, Paragraph, Span, para
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import Progress, progress
from dev2cto.study.queries.view_models import minutes
from dev2cto.study.state.location import Location
from dev2cto.text import bar, pluralize
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText


class ProgressPage(TextPage):
    """A text made from the record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "transcript", "transcript", id="progress.transcript"),
    ]
    opened_by = "progress"

    def __init__(self) -> None:
        super().__init__("Progress", ())

    def body(self) -> ComposeResult:
        """The whole."""
        self._aside = f"Course {self.study.home().percent} %"
        yield MarkdownText(self.blocks(progress(self.study)))

    def action_transcript(self) -> None:
        """What was done when."""
        self.host.go(Location("transcript"))

    def blocks(self, view: Progress) -> list[Block]:
        """All parts, each with a word for when there is nothing yet."""
        blocks: list[Block] = [para("Steps", "heading")]
        for m in view.modules:
            done = f"{MARKS[m.state]} {bar(m.minutes_done, m.minutes)}  "
            spent = Span("   " + minutes(m.spent).replace(" ", "\u00a0"), "muted")
            blocks.append(Paragraph((Span(f"{m.name}  {m.title}"), spent), indent=2, marker=done, tight=True))
        blocks.append(para("Objectives: the latest answer to each of their questions", "heading"))
        for m in view.modules:
            known = [o for o in m.objectives if o.mastery.answered]
            if known:
                blocks.append(para(m.name, "bold"))
                blocks += [
                    Paragraph((Span(o.text), Span(f"   {o.mastery.words}", "muted")), marker="- ", tight=True)
                    for o in known
                ]
        if not view.answered:
            blocks.append(para("No question answered yet."))
        blocks += self.attempts(view)
        blocks += self.calibration(view)
        return blocks

    def attempts(self, view: Progress) -> list[Block]:
        """Quizzes, the newest first."""
        lines = tuple(
            f"{self.study.module(a.module).name:<9} {a.kind:<6}"
            f" {a.score * 100:3.0f} %  {'passed' if a.passed else '':<7} {relative_day(self.study, a.at)}"
            for a in view.attempts[:20]
            if self.study.course.module(a.module)
        )
        head = para("Quizzes", "heading")
        return [head, Listing(lines, indent=2) if lines else para("No quiz finished yet.")]

    def calibration(self, view: Progress) -> list[Block]:
        """Confidence against correctness."""
        head = para("How well you know what you know", "heading")
        lines = tuple(
            f"{CONFIDENCE[row.confidence]:<9} {bar(row.mean, 1)} {row.mean * 100:3.0f} % right"
            f" of {pluralize(row.answers, 'answer')}"
            for row in view.calibration
            if row.confidence in CONFIDENCE
        )
        if not lines:
            empty = "Say after each answer how sure you are, and this will show how often you were right."
            return [head, para(empty)]
        return [head, Listing(lines, indent=2)]
