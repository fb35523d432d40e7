"""The page of the self-assessment: one statement at a time, then the results, then the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Align, Block, Paragraph, Span, Spans, TableBlock, para
from dev2cto.presenters import survey_text
from dev2cto.presenters.bars import bar
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.location import Location
from dev2cto.study.state.undo import Undo
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.writing import WritingPage
from dev2cto.tui.widgets.choices import Choices, choice_rows
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

BAR = 12


class SurveyPage(ExercisePage[SurveySession]):
    """Rate a statement, say how sure, go on; every rating is saved at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})", "rate", id=f"survey.digit{n}") for n in range(4)),
        Binding("left", "go(-1)", "statement", tooltip="previous statement", id="survey.before"),
        Binding("right", "go(1)", "statement", tooltip="next statement", id="survey.after"),
        Binding("a", "again", "take it again", show=False, id="survey.again"),
    ]

    rating: int | None = None
    """The rating of the current statement while its confidence is asked; None before."""
    going_through = False
    """Whether the learner goes through the statements again after all were rated."""

    def __init__(self, session: SurveySession, place: Location | None = None) -> None:
        super().__init__(session, place)
        ids = [s.id for s in session.exercise.statements]
        self.stage, self.number = session.stage, session.first_missing
        if self.kept.get("statement") in ids:
            self.stage, self.number = "statement", ids.index(self.kept["statement"])
            self.rating = self.kept.get("rating")
        self._cursor = place.cursor if place is not None and self.stage == "statement" else None

    def body(self) -> ComposeResult:
        """The text and the choices."""
        yield MarkdownText(id="text")
        yield Choices()

    def on_mount(self) -> None:
        """Show the current stage; reopen the plan if the learner was writing it."""
        self.show()
        if self.restored is not None and self.kept.get("writing"):
            self.write(self.restored)

    def refresh_content(self) -> None:
        """Show the current stage again: the plan may have been submitted. A statement keeps its cursor."""
        if self.stage == "statement":
            self._cursor = self.query_one(Rows).cursor
        self.show()

    def place(self) -> Location:
        """The location of this statement, with a rating whose confidence is not given yet."""
        if self.stage != "statement":
            return super().place()
        statement = self.session.exercise.statements[self.number].id
        return self.here(self.query_one(Rows).cursor, statement=statement, rating=self.rating, underway=True)

    @on(Rows.Moved)
    def moved(self) -> None:
        """Save the place, which includes the row under the cursor."""
        self.keep_place()

    def show(self) -> None:
        """Show the current stage."""
        exercise, count = self.session.exercise, len(self.session.exercise.statements)
        rated = count - len(self.session.missing)
        self.name_it("done" if self.session.done and self.stage == "results" else f"{rated} of {count} rated")
        text, rows = self.query_one("#text", MarkdownText), self.query_one(Rows)
        match self.stage:
            case "brief":
                text.show(self.prose(exercise.brief))
                self.show_rows([Row("begin", (Span("Begin", "bold"),), gap=True)], 0)
            case "statement":
                text.show(self.statement())
                self.show_choices()
            case _:
                text.show(self.results())
                self.show_rows([
                    Row(id, (Span(words, "bold" if n == 0 else ""),), gap=n == 0)
                    for n, (id, words) in enumerate(survey_text.menu(self.session))
                ], 0)  # fmt: skip
        self.set_focus(rows, scroll_visible=False)
        self.refresh_bindings()
        self.keep_place()

    def statement(self) -> list[Block]:
        """Return the statement; once it is rated, also the rating and the question for confidence."""
        exercise = self.session.exercise
        blocks: list[Block] = [
            para(f"Statement {self.number + 1} of {len(exercise.statements)}", "muted"),
            Paragraph(self.inline(exercise.statements[self.number].text)),
        ]
        if self.rating is not None:
            rated = Span(f"You: {exercise.scale[self.rating]}.   ")
            blocks.append(Paragraph((rated, Span("How sure are you?", "bold"))))
        return blocks

    def show_choices(self) -> None:
        """Show the scale, or the levels of confidence, with the cursor on an earlier choice."""
        exercise = self.session.exercise
        given = self.session.answers.get(exercise.statements[self.number].id)
        if self.rating is None:
            words, first, chosen = exercise.scale, 0, given[0] if given else None
        else:
            words, first, chosen = exercise.confidence, 1, given[1] + 1 if given else None
        options = [(n, self.inline(word), n == chosen) for n, word in enumerate(words, first)]
        cursor, self._cursor = self._cursor, None
        if cursor is None:
            cursor = chosen - first if chosen is not None else 0
        self.show_rows(choice_rows(options), cursor, numbered=False)

    def show_rows(self, rows: Sequence[Row], cursor: int, *, numbered: bool = True) -> None:
        """Show these rows; `numbered` adds numbers, which the choices of a statement already have."""
        widget = self.query_one(Rows)
        widget.numbered = numbered
        widget.show(rows, cursor)

    def results(self) -> list[Block]:
        """Return each area's mean, the guessed ratings, and the comparison with an earlier survey."""
        rows: list[tuple[Spans, ...]] = [tuple((Span(head),) for head in ("area", "", "of 3", "change"))]
        for area, mean, change in survey_text.rated_areas(self.session):
            moved = "" if change is None else f"{change:+.1f}"
            rows.append(((Span(area),), bar(mean, 3, BAR), (Span(f"{mean:.1f}"),), (Span(moved),)))
        if not any(row[-1][0].text for row in rows[1:]):
            rows = [row[:-1] for row in rows]
        aligns: tuple[Align, ...] = ("left", "left", "right", "right")
        guessed = survey_text.guessed(self.session)
        compared = survey_text.then_and_now(self.session, self.prose) if self.session.exercise.again else []
        tail = [*([para(guessed)] if guessed else []), *compared]
        return [para(survey_text.RESULTS, "heading"), TableBlock(tuple(rows), aligns[: len(rows[0])], indent=2), *tail]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits and arrows work on statements, retaking the survey on the results."""
        exercise = self.session.exercise
        match action:
            case "digit":
                low, count = (0, len(exercise.scale)) if self.rating is None else (1, len(exercise.confidence))
                return self.stage == "statement" and low <= int(str(parameters[0])) < low + count
            case "go" if parameters == (-1,):
                return self.stage == "statement" and (self.number > 0 or self.rating is not None)
            case "go":
                more = self.number + 1 < len(exercise.statements) or not self.session.missing
                return self.stage == "statement" and more
            case "again":
                return self.stage == "results"
            case _:
                return super().check_action(action, parameters)

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Do what the chosen row says."""
        match message.row.id:
            case "begin":
                self.stage = "statement"
                self.show()
            case "review":
                self.stage, self.number, self.going_through = "statement", 0, True
                self.show()
            case "plan":
                self.write(self.place())
            case "again":
                self.action_again()
            case digit:
                self.action_digit(int(digit))

    def action_digit(self, number: int) -> None:
        """Take the digit as the rating, then as the confidence, and save both."""
        if self.rating is None:
            self.rating = number
            self.end_undo()
            self.show()
            return
        rated, statement = self.number, self.session.exercise.statements[self.number]
        words = survey_text.rated(self.session.exercise, self.number, self.rating, number - 1)
        undo = self.session.rate(statement.id, self.rating, number - 1)
        self.rating = None
        self.go_on()
        self.show()
        self.offer_undo(words, undo._replace(run=lambda: self._take_back(rated, undo)))

    def _take_back(self, number: int, undo: Undo) -> None:
        undo.run()
        self.stage, self.number, self.rating = "statement", number, None

    async def undone(self) -> None:
        """Show the statement whose rating was undone."""
        self.show()

    def go_on(self) -> None:
        """Go to the next statement to rate, or to the results."""
        following = self.session.statement_after(self.number, going_through=self.going_through)
        if following is None:
            self.stage, self.going_through = "results", False
        else:
            self.number = following

    def action_go(self, step: int) -> None:
        """Go to the previous (-1) or next (1) statement; from the confidence, back to the rating."""
        last = len(self.session.exercise.statements) - 1
        if step > 0 and self.number == last and not self.session.missing:
            self.stage, self.going_through = "results", False
        elif self.rating is None or step > 0:
            self.number = max(0, min(last, self.number + step))
        self.rating = None
        self.show()

    def action_again(self) -> None:
        """Retake the survey; the old answers are kept."""
        self.session.again()
        self.end_undo()
        self.stage, self.number, self.rating = "statement", 0, None
        self.show()

    def write(self, place: Location) -> None:
        """Open the editor of the plan; `place` has its cursor."""

        def submit(text: str) -> None:
            self.end_undo()
            self.say_on_return(survey_text.submit(self.session, text))

        self.app.push_screen(WritingPage(self.session, place, submit))
