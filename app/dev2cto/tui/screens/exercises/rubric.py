"""The page for rating one's own text, criterion by criterion."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto import symbols
from dev2cto.markdown.parser import Block, Style, para
from dev2cto.presenters import artefact_text
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.location import Location
from dev2cto.study.state.undo import Undo
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.widgets.choices import Choices, choice_rows
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import SidePane


class RubricPage(ExercisePage[ArtefactSession]):
    """One criterion at a time, with descriptions of the ratings 0 to 3."""

    DEFAULT_CSS = "RubricPage #outcome { margin: 1 0 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"rate({n})", "rate", id=f"rubric.rate{n}") for n in range(4)),
        Binding("left", "go(-1)", "criterion", tooltip="previous criterion", id="rubric.before"),
        Binding("right", "go(1)", "criterion", tooltip="next criterion", id="rubric.after"),
        Binding("t", "text", "my text", id="rubric.text"),
        Binding("v", "sample", "the example", id="rubric.sample"),
    ]

    def __init__(self, session: ArtefactSession, submission: str, place: Location | None = None) -> None:
        super().__init__(session, place)
        self.submission = submission
        self.ratings = session.ratings(submission)
        self.number = next(iter(session.unrated(self.ratings)), 0)
        if "criterion" in self.kept:
            self.number = min(int(self.kept["criterion"]), len(session.exercise.rubric) - 1)

    def beside(self) -> SidePane:
        """What the criterion is about, in the learner's text and in the strong example."""
        return SidePane(artefact_text.compared_blocks(self.session, self.submission, self.number, self.prose))

    def body(self) -> ComposeResult:
        """The criterion, its rating descriptions and the outcome."""
        yield MarkdownText(id="criterion")
        yield Choices()
        yield MarkdownText(id="outcome")

    def on_mount(self) -> None:
        """Show the criterion where the learner left off, or the first without a rating."""
        self.show()
        if self.restored is not None:
            self.query_one(Rows).cursor = min(self.restored.cursor or 0, 3)

    def place(self) -> Location:
        """The location of the exercise, at this criterion."""
        return self.here(self.query_one(Rows).cursor, criterion=self.number, underway=True)

    @on(Rows.Moved)
    def moved(self) -> None:
        """Save the place, which includes the row under the cursor."""
        self.keep_place()

    def show(self) -> None:
        """Show the current criterion."""
        rubric = self.session.exercise.rubric
        criterion = rubric[self.number]
        given = self.ratings.get(criterion.id)
        self.set_title(*artefact_text.criterion_title(self.session, self.number))
        self.query_one("#criterion", MarkdownText).show([para(criterion.criterion, "heading")])
        compared = artefact_text.compared_blocks(self.session, self.submission, self.number, self.prose)
        self.query_one(SidePane).show(compared)
        options = [(n, self.inline(anchor), n == given) for n, anchor in enumerate(criterion.anchors)]
        self.query_one(Rows).show(choice_rows(options), given or 0)
        self.query_one("#outcome", MarkdownText).show(self.outcome())
        self.query_one("#frame", Body).scroll_home(animate=False)
        self.refresh_bindings()
        if len(self.ratings) == len(rubric):
            self.call_after_refresh(self.query_one("#outcome", MarkdownText).scroll_visible, animate=False)
        self.keep_place()

    def outcome(self) -> list[Block]:
        """Return the result of the rating; empty until all criteria are rated."""
        points, follows = artefact_text.rubric_verdict(self.session, self.ratings)
        if not points:
            return []
        good = all(rating >= 2 for rating in self.ratings.values())
        style: Style = "good" if good else ""
        sign = f"{symbols.current().right} " if good else ""
        return [para(points, "bold"), para(f"{sign}{follows}", style)]

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Give the rating of the chosen row."""
        self.action_rate(int(message.row.id))

    def action_rate(self, points: int) -> None:
        """Save the rating and go to the next criterion without one."""
        rubric, rated = self.session.exercise.rubric, self.number
        ratings = {**self.ratings, rubric[rated].id: points}
        undo = self.session.rate(self.submission, ratings)
        self.ratings = ratings
        unrated = self.session.unrated(ratings)
        last = not unrated and rated + 1 == len(rubric)
        self.number = unrated[0] if unrated else min(rated + 1, len(rubric) - 1)
        self.show()
        said = "That was the last criterion; all are rated." if last else artefact_text.rated(rated, points)
        self.offer_undo(said, undo._replace(run=lambda: self._take_back(rated, undo)))

    def _take_back(self, number: int, undo: Undo) -> None:
        undo.run()
        self.number, self.ratings = number, self.session.ratings(self.submission)

    async def undone(self) -> None:
        """Show the criterion whose rating was undone."""
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Arrows work up to the first and last criterion."""
        if action == "go":
            return 0 <= self.number + int(str(parameters[0])) < len(self.session.exercise.rubric)
        return super().check_action(action, parameters)

    def action_go(self, step: int) -> None:
        """Go to the previous (-1) or next (1) criterion, where the rating itself can be changed."""
        self.end_undo()
        self.number = max(0, min(len(self.session.exercise.rubric) - 1, self.number + step))
        self.show()

    def action_text(self) -> None:
        """Show the text that is being rated."""
        self.read("My text", artefact_text.text_blocks(self.session.submitted_text(self.submission)))

    def action_sample(self) -> None:
        """Show the strong example."""
        self.read(artefact_text.SAMPLE, self.prose(self.session.exercise.sample))
