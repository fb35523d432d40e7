"""The self-assessment: one statement at a time, then where one stands, then the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Listing, Paragraph, Span, para
from dev2cto.presenters.survey_text import then_and_now
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.location import Location
from dev2cto.text import bar
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.writing import WritingPage
from dev2cto.tui.widgets.line_widget import Prose
from dev2cto.tui.widgets.rows import Choices, Row, Rows, choice_rows

BAR = 12


class SurveyPage(ExercisePage):
    """Rate, say how sure, next; every rating is kept at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})", "rate", id=f"survey.digit{n}") for n in range(4)),
        Binding("left", "go(-1)", "statement", tooltip="statement before", id="survey.before"),
        Binding("right", "go(1)", "statement", tooltip="statement after", id="survey.after"),
        Binding("a", "again", "take it again", show=False, id="survey.again"),
    ]

    def __init__(self, session: SurveySession, place: Location | None = None) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self._restored = place
        missing, kept = session.missing, place.extra if place is not None else {}
        ids = [s.id for s in session.exercise.statements]
        self.stage = "statement" if session.attempt.begun and missing else "results" if not missing else "brief"
        self.number = ids.index(missing[0]) if missing else 0
        self.rating: int | None = None
        self.going_through = False
        """All statements are rated; the learner goes through them again."""
        if kept.get("statement") in ids:
            self.stage, self.number = "statement", ids.index(kept["statement"])
            self.rating = kept.get("rating")
        self._cursor = place.cursor if place is not None and self.stage == "statement" else None

    def body(self) -> ComposeResult:
        """The text and the choices."""
        yield Prose(id="text")
        yield Choices()

    def on_mount(self) -> None:
        """Back into the plan where the learner left it."""
        self.show()
        if self._restored is not None and self._restored.extra.get("writing"):
            self.write(self._restored)

    def refresh_content(self) -> None:
        """The plan may have been submitted; in a statement the cursor stays where it was."""
        if self.stage == "statement":
            self._cursor = self.query_one(Rows).cursor
        self.show()

    def place(self) -> Location:
        """This statement, and the rating that is not sure yet."""
        if self.stage != "statement":
            return super().place()
        statement = self.session.exercise.statements[self.number].id
        extra = {"statement": statement, "rating": self.rating, "underway": True}
        return Location("exercise", (self.exercise.id,), None, self.query_one(Rows).cursor, extra)

    @on(Rows.Moved)
    def moved(self) -> None:
        """The row under the cursor is part of the place."""
        self.keep_place()

    def show(self) -> None:
        """Show the present stage."""
        exercise, count = self.session.exercise, len(self.session.exercise.statements)
        rated = count - len(self.session.missing)
        self.name_it("done" if self.session.done and self.stage == "results" else f"{rated} of {count} rated")
        text, rows = self.query_one("#text", Prose), self.query_one(Rows)
        match self.stage:
            case "brief":
                text.show(self.prose(exercise.brief))
                self.show_rows([Row("begin", (Span("Begin", "bold"),), gap=True)], 0)
            case "statement":
                text.show(self.statement())
                self.show_choices()
            case _:
                text.show(self.results())
                plan = "Write the plan" if not self.session.done else "Revise the plan"
                self.show_rows([
                    Row("plan", (Span(plan, "bold"),), gap=True),
                    Row("review", (Span("Go through the statements again"),)),
                    Row("again", (Span("Take it anew; this taking is kept"),)),
                ], 0)  # fmt: skip
        self.set_focus(rows, scroll_visible=False)
        self.refresh_bindings()
        self.keep_place()

    def statement(self) -> list[Block]:
        """The statement; once it is rated, the rating and the question how sure it is."""
        exercise = self.session.exercise
        blocks: list[Block] = [
            para(f"Statement {self.number + 1} of {len(exercise.statements)}", "muted"),
            Paragraph(self.inline(exercise.statements[self.number].text)),
        ]
        if self.rating is not None:
            said = Span(f"You: {exercise.scale[self.rating]}.   ")
            blocks.append(Paragraph((said, Span("How sure are you?", "bold"))))
        return blocks

    def show_choices(self) -> None:
        """The scale, or how sure; what was chosen before is marked, the cursor stands on it."""
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
        """Show these rows; menus have numbers of their own."""
        widget = self.query_one(Rows)
        widget.numbered = numbered
        widget.show(rows, cursor)

    def results(self) -> list[Block]:
        """Each step's mean and confidence, and the change since the last taking or the survey that is repeated."""
        shifts = {shift.module: shift for shift in self.session.shifts()}
        lines = []
        for result in self.session.results():
            if result.rating is None:
                continue
            shift = shifts.get(result.module) if not self.session.exercise.again else None
            change = f"  {shift.change:+.1f}" if shift and shift.change is not None else ""
            name = self.subject(result.module)
            lines.append(f"{name:<28} {bar(result.rating, 3, BAR)}  {result.rating:.1f} of 3{change}")
        head = para("Where you see yourself", "heading")
        sure = [r for r in self.session.results() if r.confidence is not None and r.confidence < 1]
        note = "Guessed rather than known: " + "; ".join(self.subject(r.module) for r in sure)
        tail = [para(note + ".")] if sure else []
        compared = then_and_now(self.session, self.prose) if self.session.exercise.again else []
        return [head, Listing(tuple(lines), indent=2), *tail, *compared]

    def subject(self, id: str) -> str:
        """What the statements of that module or subject are about."""
        module = self.study.course.module(id)
        return self.session.exercise.subjects.get(id) or (module.title if module else id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits and arrows belong to the statements, taking it again to the results."""
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
        """What the row says."""
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
        """A rating, then how sure it is."""
        if self.rating is None:
            self.rating = number
            self.show()
            return
        statement = self.session.exercise.statements[self.number]
        self.session.rate(statement.id, self.rating, number - 1)
        self.rating = None
        self.go_on()
        self.show()

    def go_on(self) -> None:
        """To the next statement without a rating, or simply the next; after all of them, the results."""
        ids, missing = [s.id for s in self.session.exercise.statements], self.session.missing
        if missing:
            later = [ids.index(id) for id in missing if ids.index(id) > self.number]
            self.number = later[0] if later else ids.index(missing[0])
        elif self.going_through and self.number + 1 < len(ids):
            self.number += 1
        else:
            self.stage, self.going_through = "results", False

    def action_go(self, step: int) -> None:
        """To the statement before or after; before the first rating is sure, back to the rating."""
        last = len(self.session.exercise.statements) - 1
        if step > 0 and self.number == last and not self.session.missing:
            self.stage, self.going_through = "results", False
        elif self.rating is None or step > 0:
            self.number = max(0, min(last, self.number + step))
        self.rating = None
        self.show()

    def action_again(self) -> None:
        """Anew; the old taking is kept."""
        self.session.again()
        self.stage, self.number, self.rating = "statement", 0, None
        self.show()

    def write(self, place: Location) -> None:
        """The plan."""
        session = self.session

        def submit(text: str) -> None:
            done = session.submit(text)
            self.say_on_return("Submitted: done." if done else "Submitted; the form of the plan still lacks something.")

        title, brief = self.exercise.title, self.prose(session.exercise.brief)
        self.app.push_screen(WritingPage(title, place, session.text, session.keep, session.lint, submit, ".md", brief))
