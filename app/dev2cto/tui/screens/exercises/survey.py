"""The self-assessment: one statement at a time, then where one stands, then the plan."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.prose.blocks import Block, Listing, Paragraph, Span, para
from dev2cto.study.place import Place
from dev2cto.study.survey import SurveySession
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.writing import WritingPage
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.rows import Row, Rows, choice_rows

BAR = 12


class SurveyPage(ExercisePage):
    """Rate, say how sure, next; every rating is kept at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})", "choose", id=f"survey.digit{n}") for n in range(4)),
        Binding("left", "go(-1)", "statement before", key_display="<-", show=False, id="survey.before"),
        Binding("right", "go(1)", "statements", key_display="<- ->", id="survey.after"),
        Binding("enter", "onward", "go on", show=False, id="survey.onward"),
        Binding("a", "again", "take it again", show=False, id="survey.again"),
    ]

    def __init__(self, session: SurveySession, place: Place | None = None) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self._restored = place
        missing = session.missing
        ids = [s.id for s in session.exercise.statements]
        self.stage = "statement" if session.attempt.begun and missing else "results" if not missing else "brief"
        self.number = ids.index(missing[0]) if missing else 0
        self.rating: int | None = None

    def body(self) -> ComposeResult:
        """The text and the choices."""
        yield Prose(id="text")
        yield Rows()

    def on_mount(self) -> None:
        """Back into the plan where the learner left it."""
        self.show()
        if self._restored is not None and self._restored.extra.get("writing"):
            self.write(self._restored)

    def refresh_content(self) -> None:
        """The plan may have been submitted."""
        self.show()

    def show(self) -> None:
        """Show the present stage."""
        exercise, rows = self.session.exercise, self.query_one(Rows)
        count = len(exercise.statements)
        rated = count - len(self.session.missing)
        self.name_it("done" if self.session.done and self.stage == "results" else f"{rated} of {count} rated")
        text = self.query_one("#text", Prose)
        match self.stage:
            case "brief":
                text.show(self.prose(exercise.brief))
                rows.show([Row("begin", (Span("Begin", "bold"),), gap=True)], 0)
            case "statement":
                statement = exercise.statements[self.number]
                text.show([
                    para(f"Statement {self.number + 1} of {count}", "muted"),
                    Paragraph(self.inline(statement.text)),
                ])  # fmt: skip
                given = self.session.answers.get(statement.id)
                mark = self.rating if self.rating is not None else given[0] if given else None
                if self.rating is None:
                    options = [(n, word, n == mark) for n, word in enumerate(exercise.scale)]
                else:
                    options = [(n, word, False) for n, word in enumerate(exercise.confidence, 1)]
                rows.show(choice_rows([(n, self.inline(word), on) for n, word, on in options]), 0)
                if self.rating is not None:
                    text.show([
                        para(f"Statement {self.number + 1} of {count}", "muted"),
                        Paragraph(self.inline(statement.text)),
                        Paragraph((Span(f"You: {exercise.scale[self.rating]}.   "), Span("How sure are you?", "bold"))),
                    ])  # fmt: skip
            case _:
                text.show(self.results())
                plan = "Write the plan" if not self.session.done else "Revise the plan"
                rows.show([
                    Row("plan", (Span(plan, "bold"),), gap=True),
                    Row("review", (Span("Go through the statements again"),)),
                    Row("again", (Span("Take it anew; this taking is kept"),)),
                ], 0)  # fmt: skip
        rows.focus()
        self.refresh_bindings()

    def results(self) -> list[Block]:
        """Each step's mean and confidence, and the change since the last taking."""
        shifts = {shift.module: shift for shift in self.session.shifts()}
        lines = []
        for result in self.session.results():
            if result.rating is None:
                continue
            full = round(result.rating / 3 * BAR)
            shift = shifts.get(result.module)
            change = f"  {shift.change:+.1f}" if shift and shift.change is not None else ""
            name = self.subject(result.module)
            lines.append(f"{name:<28} {'#' * full}{'.' * (BAR - full)}  {result.rating:.1f} of 3{change}")
        head = para("Where you see yourself", "heading")
        sure = [r for r in self.session.results() if r.confidence is not None and r.confidence < 1]
        note = "Guessed rather than known: " + "; ".join(self.subject(r.module) for r in sure)
        tail = [para(note + ".")] if sure else []
        return [head, Listing(tuple(lines), indent=2), *tail]

    def subject(self, id: str) -> str:
        """What the statements of that module or subject are about."""
        module = self.study.course.module(id)
        return self.session.exercise.subjects.get(id) or (module.title if module else id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits and arrows belong to the statements."""
        if action in ("digit", "go"):
            return self.stage == "statement"
        return True

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """What the row says."""
        match message.row.id:
            case "begin" | "review":
                self.stage = "statement"
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
        if number == 0:
            return
        statement = self.session.exercise.statements[self.number]
        try:
            self.session.rate(statement.id, self.rating, number - 1)
        except NotSaved as error:
            self.complain(error)
            return
        self.rating = None
        missing = self.session.missing
        ids = [s.id for s in self.session.exercise.statements]
        later = [ids.index(id) for id in missing if ids.index(id) > self.number]
        if not missing:
            self.stage = "results"
        else:
            self.number = later[0] if later else ids.index(missing[0])
        self.show()

    def action_go(self, step: int) -> None:
        """To the statement before or after; before the first rating is sure, back to the rating."""
        if self.rating is not None and step < 0:
            self.rating = None
        else:
            self.number = max(0, min(len(self.session.exercise.statements) - 1, self.number + step))
            self.rating = None
        self.show()

    def action_onward(self) -> None:
        """Enter opens the row under the cursor."""
        self.query_one(Rows).action_open()

    def action_again(self) -> None:
        """Anew; the old taking is kept."""
        try:
            self.session.again()
        except NotSaved as error:
            self.complain(error)
            return
        self.stage, self.number, self.rating = "statement", 0, None
        self.show()

    def write(self, place: Place) -> None:
        """The plan."""
        session = self.session

        def submit(text: str) -> None:
            done = session.submit(text)
            self.say("Submitted: done." if done else "Submitted; the form of the plan still lacks something.")

        page = WritingPage(session.exercise.file, place, session.text, session.keep, session.lint, submit, ".md")
        self.app.push_screen(page)
