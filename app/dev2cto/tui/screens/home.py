"""Home: the line to continue, the steps, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto import symbols
from dev2cto.markdown.layout import WIDTH
from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters import home_text
from dev2cto.presenters.bars import bar
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.queries.view_models import HomeView, StepLine
from dev2cto.study.state.location import Location
from dev2cto.text import sanitize, unbroken
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import STATES, Row
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from dev2cto.study.queries.unsaved_drafts import UnsavedDraft

ONWARD, DRAFT, PROMISE, REVIEW = "onward", "draft", "promise", "review"
BAR = 8
"""Cells of a step's bar."""
MOST_DRAFTS = 3
"""Unsaved drafts that are offered at a time, and promises to look back on."""
LEAD = 10
"""Cells before what was begun."""
WIDE = 70
"""Cells from which a step's line has all its columns."""
COLUMNS = {"read": 6, "quiz": 7, "exercises": 10}
"""The columns of figures with their cells."""


class HomePage(Page):
    """Where every session begins."""

    _once: tuple[str, ...] = ()
    _view: HomeView | None = None
    _drafts: tuple[UnsavedDraft, ...] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n % 10), f"step('{n}')", "open that step", show=False, id=f"home.step{n}") for n in range(1, 11)),
        Binding("r", "app.visit('review')", "review", tooltip="review what is due", id="home.review"),
        Binding("slash", "app.visit('search')", "search", tooltip="search the course", id="home.search"),
        Binding("n", "app.visit('notebook')", "notebook", id="home.notebook"),
        Binding("p", "app.visit('progress')", "progress", id="home.progress"),
        Binding("z", "promise", "promise", tooltip="look back on a promise that is due", id="home.promise"),
        Binding("q", "back", "quit", id="home.quit"),
        Binding("escape", "stay", "how to quit", show=False, id="home.stay"),
    ]

    def body(self) -> ComposeResult:
        """The list, and below it the facts and the notices."""
        yield Rows(numbered=False, id="steps")
        yield MarkdownText(id="facts")
        yield MarkdownText(id="notices")

    def on_mount(self) -> None:
        """Keep the notices that are shown in one session only; the rest is read whenever home is shown."""
        self._once = one_time_notices(self.study)

    def on_resize(self) -> None:
        """Show as many columns as fit."""
        self.show_rows()
        if self._view is not None:
            self.show_outlook(self._view)

    async def grow(self) -> None:
        """Build the second column, which there was no room for before."""
        row = self.query_one(Rows).current
        await self.recompose()
        self.refresh_content()
        if row is not None:
            self.query_one(Rows).point(row.id)
        self.focus_first()

    def beside(self) -> SidePane | None:
        """The week, what comes next and the pace; a start in a narrower terminal saves the widgets."""
        return SidePane() if self.has_class("wide") else None

    def show_outlook(self, view: HomeView) -> None:
        """Fill the second column, if there is one: reading it costs a start elsewhere nothing."""
        if not self.has_class("wide"):
            return
        if not self.query(SidePane):
            self.call_later(self.grow)
            return
        from dev2cto.presenters.outlook_text import outlook_blocks
        from dev2cto.study.queries.outlook import outlook

        at = view.onward.location.ids[0] if view.onward is not None and view.onward.location.ids else ""
        self.query_one(SidePane).show(outlook_blocks(view, outlook(self.study, at), self.study.today()))

    def refresh_content(self) -> None:
        """Read the study again."""
        self._view = view = self.study.home()
        self._drafts = self.drafts_to_show(view)
        self.set_title(view.title, (*bar(view.percent, 100), Span(f"  {view.percent} %", "muted")))
        self.show_rows()
        self.query_one("#facts", MarkdownText).show(summary_blocks(view))
        self.show_outlook(view)
        notices = [*view.notices, *self._once, *self.host.key_faults]
        self.query_one("#notices", MarkdownText).show(
            [para(""), *(para(text, "warn", indent=1, tight=True) for text in notices)]
        )

    def show_rows(self) -> None:
        """The lines to continue, then the steps."""
        if self._view is None:
            return
        rows = self.query_one(Rows)
        width = min(WIDTH, self.app.size.width - 4)
        fresh = not rows.rows
        steps = step_rows(self._view.steps, width)
        begun = [*draft_rows(self._drafts), *promise_rows(self._view, width)]
        rows.show([*continue_rows(self._view), *begun, *steps, *due_rows(self._view)])
        if fresh:
            rows.point(ONWARD)

    def drafts_to_show(self, view: HomeView) -> tuple[UnsavedDraft, ...]:
        """Unsaved drafts, apart from the one that the first line leads to."""
        at = view.onward.location if view.onward is not None else Location("")
        return tuple(draft for draft in home_text.drafts(self.study) if not is_of_same_text(draft.location, at))

    def place(self) -> Location | None:
        """None: home is not resumed, so the saved place stays where the learner was."""
        return None

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Continue, review, or open the step."""
        kind, _, number = message.row.id.partition(":")
        if kind == ONWARD:
            self.host.action_resume()
        elif kind == DRAFT:
            self.host.go(self._drafts[int(number)].location)
        elif kind == PROMISE:
            self.host.go(Location("outcome", (number,)))
        elif kind == REVIEW:
            self.host.go(Location("review"))
        else:
            self.host.go(Location("step", (message.row.id,)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow the digits of steps that exist, and looking back on what is due."""
        if action == "promise":
            return self._view is not None and bool(self._view.promises)
        if action == "step":
            return self.study.course.module(str(parameters[0])) is not None
        return super().check_action(action, parameters)

    def action_step(self, step: str) -> None:
        """Open a step by its number."""
        self.host.go(Location("step", (step,)))

    def action_promise(self) -> None:
        """Look back on the promise that is due for longest."""
        if self._view is not None:
            self.host.go(Location("outcome", (self._view.promises[0][0],)))

    def action_stay(self) -> None:
        """Say how to quit: escape does not."""
        self.notify_learner(f"{self.key('back')} quits; everything is saved.")


def continue_rows(view: HomeView) -> list[Row]:
    """The line to continue."""
    if view.onward is None:
        return [Row("", (Span(home_text.ALL_DONE, "bold"),), fixed=True)]
    spans = (Span(view.onward.title, "bold"), Span(f"   {unbroken(view.onward.note)}", "muted"))
    return [Row(ONWARD, spans, lead=(Span(f"{home_text.continue_word(view):<{LEAD}}", "warm"),), due=True)]


def is_of_same_text(draft: Location, at: Location) -> bool:
    """Whether a draft is of what is open at a place; notes have an anchor or an id there, or both."""
    if draft.screen == "note":
        return at.screen == "note" and not {*draft.ids}.isdisjoint({*at.ids} - {""})
    return (draft.screen, draft.ids[:1]) == (at.screen, at.ids[:1])


def draft_rows(texts: Sequence[UnsavedDraft]) -> list[Row]:
    """Unsaved drafts, the newest first."""
    return [
        Row(
            f"{DRAFT}:{n}",
            (Span(text.title), Span(f"   {home_text.draft_size(text)}", "muted")),
            lead=(Span(f"{'Begun':<{LEAD}}", "accent"),),
        )
        for n, text in enumerate(texts[:MOST_DRAFTS])
    ]


def promise_rows(view: HomeView, width: int) -> list[Row]:
    """Promises to look back on, each on one line."""
    return [
        Row(
            f"{PROMISE}:{id}",
            (Span(fit_to_width(words, width - LEAD).rstrip()),),
            lead=(Span(f"{home_text.PROMISED:<{LEAD}}", "warm"),),
            fixed=True,
            due=True,
        )
        for id, words in view.promises[:MOST_DRAFTS]
    ]


def step_rows(steps: Sequence[StepLine], width: int) -> list[Row]:
    """A head and a line for each step: number, state, title, bar, and as many counts of its parts as fit."""
    names = tuple(COLUMNS) if width >= WIDE else ("quiz",)
    sizes = {name: COLUMNS[name] for name in names}
    cells = BAR if width >= WIDE else 0
    marks = symbols.current()
    lead = 3 + max(len(marks.begun), len(marks.done)) + 1
    room = width - lead - cells - 1 - sum(sizes.values())
    head = " " * (lead + room + cells + 1) + "".join(f"{name:>{sizes[name]}}" for name in names)
    rows = [Row("", (Span(head, "muted"),), fixed=True, gap=True)]
    for step in steps:
        figures = {
            "read": Span(f"{step.readings_done}/{step.readings}" if step.readings else "", "muted"),
            "quiz": Span(step.quiz or step.final, "good" if step.passed else "muted"),
            "exercises": Span(f"{step.exercises_done}/{step.exercises}" if step.exercises else "", "muted"),
        }
        counts = [Span(f"{figures[name].text:>{sizes[name]}}", figures[name].style) for name in names]
        done = counts if not step.broken else [Span(f"  {step.broken} broken", "warn")]
        number = step.step if step.step.isdigit() else ""
        spans = (
            Span(f"{number:>2} ", "muted"),
            Span(f"{marks.state(step.state)} ", STATES[step.state]),
            Span(fit_to_width(step.title, room)),
            Span(" "),
            *bar(step.share, 1, cells),
            *done,
        )
        rows.append(Row(step.module, spans, fixed=True))
    return rows


def due_rows(view: HomeView) -> list[Row]:
    """What is due for review today; no row if nothing is."""
    if not view.due:
        return []
    about = Span(f", {home_text.due_time(view)}", "muted")
    return [Row(REVIEW, (Span(home_text.due_count(view), "bold"), about), gap=True, due=True)]


def fit_to_width(text: str, width: int) -> str:
    """The text in exactly that many cells; one that is cut ends with dots."""
    text = sanitize(text)
    return set_cell_size(text, width) if cell_len(text) <= width else f"{set_cell_size(text, width - 3)}..."


def summary_blocks(view: HomeView) -> list[Block]:
    """Minutes, portfolio, last visit."""
    facts = "     ".join(map(unbroken, home_text.facts(view)))
    return [*([] if view.due else [para("")]), para(facts, "muted", indent=1, tight=True)]
