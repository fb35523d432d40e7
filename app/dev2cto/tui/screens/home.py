"""Home: the line to continue, the steps, what is due."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.learning.completion import MARKS
from dev2cto.prose.blocks import Span, Spans, para
from dev2cto.prose.layout import Line
from dev2cto.study.home import tell_once
from dev2cto.study.overview import HomeView, StepLine, minutes
from dev2cto.study.place import Place
from dev2cto.tui.page import Page
from dev2cto.tui.widgets.lines import Plain, Prose, said
from dev2cto.tui.widgets.rows import Row, Rows

ONWARD = "onward"


class Home(Page):
    """Where every session begins."""

    _told: tuple[str, ...] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(n % 10), f"step('{n}')", f"open step {n}", key_display=str(n % 10), show=False, id=f"home.step{n}"
            )
            for n in range(1, 11)
        ),
        Binding("r", "app.review", "review", id="home.review"),
        Binding("slash", "app.search", "search", key_display="/", id="home.search"),
        Binding("n", "app.notebook", "notebook", id="home.notebook"),
        Binding("p", "app.progress", "progress", id="home.progress"),
        Binding("q", "back", "quit", id="home.quit"),
        Binding("escape", "nothing", "", show=False, id="home.stay"),
    ]

    def body(self) -> ComposeResult:
        """The list and what stands under it."""
        yield Rows(id="steps")
        yield Plain(id="facts")
        yield Prose(id="notices")

    def on_mount(self) -> None:
        """Show what the record knows, and what the learner is told once."""
        self._told = tell_once(self.study)
        self.refresh_content()

    def refresh_content(self) -> None:
        """Read the study anew."""
        view = self.study.home()
        self.head(f"dev2cto   {view.title}", f"Course {view.percent} %")
        rows = self.query_one(Rows)
        fresh = not rows.rows
        rows.show([*onward_rows(view), *(step_row(step, first=n == 0) for n, step in enumerate(view.steps))])
        if fresh:
            rows.point(ONWARD)
        self.query_one("#facts", Plain).show(facts(view))
        told = [*view.notices, *self._told]
        self.query_one("#notices", Prose).show([para(""), *(para(text, "warn", indent=6, tight=True) for text in told)])

    def place(self) -> Place | None:
        """Home is no place to come back to: the place stays where the learner was."""
        return None

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Continue, or open the step."""
        if message.row.id == ONWARD:
            self.course_app.action_resume()
        else:
            self.course_app.go("step", (message.row.id,))

    def action_step(self, step: str) -> None:
        """Open a step by its number."""
        if self.study.course.module(step) is not None:
            self.course_app.go("step", (step,))
        else:
            self.say(f"This course has no step {step}.")

    def action_nothing(self) -> None:
        """Escape at home leads nowhere: q quits."""


def onward_rows(view: HomeView) -> list[Row]:
    """The line to continue."""
    if view.onward is None:
        return [Row("", (Span("Everything in this course is done. Reviews keep it fresh.", "bold"),), fixed=True)]
    word = "Begin" if not view.last_here else "Continue"
    return [
        Row(
            ONWARD,
            (Span(view.onward.title, "bold"), Span(f"   {view.onward.note}", "muted")),
            lead=(Span(f"{word:<9}", "accent"),),
        )
    ]


def step_row(step: StepLine, *, first: bool) -> Row:
    """A step's line: number, title, state, and how far each of its parts is."""
    number = step.step if step.step.isdigit() else ""
    broken = (Span(f"  {step.broken} broken, see the step", "warn"),) if step.broken else ()
    title = f"{step.title[:35]:<36}"
    counts = f"read {step.readings_done}/{step.readings}"
    quiz = f"quiz {step.quiz:>5}" if step.quiz else " " * 10
    done = f"ex {step.exercises_done}/{step.exercises}" if step.exercises else ""
    spans: Spans = (
        Span(title),
        Span(f"{MARKS[step.state]} "),
        Span(f" {counts}  {quiz}  {done}", "muted"),
        *broken,
    )
    return Row(step.module, spans, lead=(Span(f"{number:>2} "),), fixed=True, gap=first)


def facts(view: HomeView) -> list[Line]:
    """Reviews, minutes, portfolio, last visit."""
    lines: list[Line] = [said("")]
    if view.due:
        word = "question" if view.due == 1 else "questions"
        left = f"   *  {view.due} {word} to review, about {view.due_minutes} min"
        lines.append(said((left, "bold"), ("   press r", "muted")))
    goal = f" of {minutes(view.goal_minutes * 60)}" if view.goal_minutes else ""
    parts = [f"{minutes(view.week_minutes * 60)}{goal} this week"]
    if view.portfolio:
        parts.append(f"portfolio {view.portfolio_done} of {view.portfolio}")
    if view.last_here:
        parts.append(f"last here {view.last_here}")
    lines.append(said("      ", ("     ".join(parts), "muted")))
    return lines
