"""Text of any kind, from anywhere, is shown whole and harmless: prose, rows, titles, fields, every form."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input, TextArea

from dev2cto.items.base import Draw, Example, FeedbackNote, Point
from dev2cto.items.forms import (
    Arrange,
    Blanks,
    Form,
    Group,
    MarkLines,
    Option,
    Pair,
    PickMany,
    PickOne,
    Predict,
    Response,
    Write,
)
from dev2cto.markdown.layout import layout
from dev2cto.markdown.parser import Listing, Span, inline, para, parse, plain
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import write_note
from dev2cto.text import sanitize
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.title_and_keys import title_lines
from tests.support.pilot_driver import Driver, opened
from tests.support.tour import quickly_opened
from tests.support.typist import harmless

NASTY = (
    "[/b] [Team] Topologies [red]x[/red] [@click=app.quit]y[/]", "\x1b[31mred\x1b[0m \x1b[2J\x1b[H gone",
    "\x1b]0;title\x07text", "\x9b31m \x90q\x9c \x85 c1", "\u202eabc\u202c \u2066x\u2069 bidi", "soft\u00adhyphen",
    "zero\u200bwidth\u200d\ufeff\u2060", "e\u0301\u0302\u0303\u0304 combining " + "a" + "\u0308" * 30,
    "漢字かな交じり文 한국어 \uff46\uff55\uff4c\uff4c", "\U0001f469\u200d\U0001f4bb \U0001f3f3\ufe0f\u200d\U0001f308",
    "\U0001f1f3\U0001f1f1 \u260e\ufe0f \U0001f44d\U0001f3fd", "tab\ttab\t\ttab", "w" * 400, "漢" * 200,
    "line\u2028sep\u2029para", "bell\x07 back\x08space nul\x00 del\x7f vt\x0b ff\x0c", "\x1b", "\x1b[", "\x1bP tail",
    "word " * 1000, "\u0600 \u06dd arabic \u05e2\u05d1 \u200frtl", "*a* **b** `c` <b>d</b> [e](http://f) ![g](h) &amp;",
    "\\*", "\ud800", "  lead and trail  ",
)  # fmt: skip
ALL = " ".join(NASTY)
PIECES = st.sampled_from([*NASTY, *(chr(n) for n in (*range(32), *range(127, 160)))])
"""Texts that broke something somewhere, and every control character."""
TEXTS = st.lists(PIECES | st.text(max_size=30), min_size=1, max_size=4).map(" ".join)
"""Any text, most often one that is made to break things."""
WIDTHS = st.sampled_from((56, 76))
SLOW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
"""Each example opens the app: few of them, the same in each run, and none made smaller."""


def squeezed(text: str) -> str:
    """The visible characters."""
    return re.sub(r"\s", "", sanitize(text))


@given(TEXTS, WIDTHS)
@settings(deadline=None)
def test_blocks_become_harmless_lines_that_hold_all_of_the_text(text: str, width: int) -> None:
    for blocks in ([para(text)], [Listing(tuple(text.split("\n")))], list(parse(text)), [para(text, marker="- ")]):
        lines = [line.text for line in layout(blocks, width)]
        assert all(harmless(line) and cell_len(line) <= width for line in lines), lines
    assert squeezed("".join(line.text for line in layout([para(text)], width))) == squeezed(text)
    assert squeezed("".join(line.text for line in layout([Listing(tuple(text.split("\n")))], width))) == squeezed(text)


@given(TEXTS, WIDTHS)
@settings(deadline=None)
def test_rows_become_harmless_lines_that_hold_all_of_the_text(text: str, width: int) -> None:
    rows = Rows([Row("a", (Span(text),)), Row("b", inline(text), lead=(Span("[ ] "),), gap=True)], numbered=False)
    lines = [line.text for line in rows.lines_at(width)]
    assert all(harmless(line) and cell_len(line) <= width for line in lines), lines
    assert squeezed("".join(lines)) == squeezed(text) + "[]" + squeezed(plain(inline(text)))


@given(TEXTS, TEXTS, WIDTHS)
@settings(deadline=None)
def test_titles_are_harmless_and_leave_room(left: str, right: str, width: int) -> None:
    for line in title_lines(sanitize(left).replace("\n", " "), (Span(sanitize(right)[:40].replace("\n", " ")),), width):
        assert harmless(line.text)
        assert cell_len(line.text) <= width


# -- in the app


def drawn(widget: Widget) -> Iterator[str]:
    """Every row of a widget and of what is in it, as the strips that go to the terminal."""
    for part in [widget, *widget.walk_children(Widget)]:
        if not part.children and part.size.width:
            for y in range(part.virtual_size.height if not isinstance(part, Input) else 1):
                yield part.render_line(y).text


def check(driver: Driver, width: int, *texts: str) -> None:
    """Nothing that the screen shows or can scroll to is harmful or too wide, and all of the texts is there."""
    for strip in driver.strips:
        assert harmless(strip.text), ascii(strip.text)
        assert cell_len(strip.text) <= width
    rows = list(drawn(driver.app.screen))
    assert all(harmless(row) for row in rows), [ascii(row) for row in rows if not harmless(row)]
    whole = squeezed("".join(rows)).replace("▌", "")  # at the left of each line of the selected row
    for text in texts:
        assert squeezed(text) in whole, ascii(text)


def on_screen(width: int, go: Callable[[Driver], object], *texts: str) -> None:
    """Open the app, go there, and check it."""

    async def run(folder: Path) -> None:
        study = quickly_opened(folder)
        async with opened(study, (width, 24)) as driver:
            go(driver)
            await driver.settle()
            check(driver, width, *texts)
        study.record.close()

    with TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


def forms(text: str) -> dict[str, tuple[Form, Response]]:
    """Every form with that text in all of its places, and a response."""
    two = (Option("a", text), Option("b", f"{text}."))
    return {
        "pick one": (PickOne(two), "a"),
        "pick many": (PickMany(two), ("a",)),
        "line": (Write(unit=text), text),
        "text": (Write(lines=True), text),
        "arrange": (Arrange(two, leave_out=True), ("b",)),
        "pair": (Pair(two, two), {"a": "b"}),
        "group": (Group(two, two), {"a": "b"}),
        "lines": (MarkLines("py", tuple(text.split("\n"))), ("1",)),
        "predict": (Predict(unit=text), ("1", "2", text)),
        "blanks": (Blanks((text, text, text)), (text, "x")),
    }


class Stage(Page):
    """A question, or its judgement."""

    def __init__(self, question: Question, response: Response, feedback: Feedback | None) -> None:
        super().__init__()
        self.question, self.response, self.feedback = question, response, feedback

    def body(self) -> ComposeResult:
        """The question."""
        yield QuestionBox(self.question)

    def on_mount(self) -> None:
        """Give the response back."""
        self.set_title(self.question.prompt, self.question.item)
        box = self.query_one(QuestionBox)
        box._answer.restore(self.response)
        if self.feedback is not None:
            box.show_feedback(self.feedback)
        else:
            box.show_hint(self.question.prompt)


@pytest.mark.parametrize("kind", forms(""))
@pytest.mark.parametrize("judged", [False, True], ids=["asked", "judged"])
@given(text=TEXTS, width=st.sampled_from((60, 80)))
@example(text=ALL, width=60)
@example(text="cut \x10\x1bP off", width=60)
@settings(SLOW, max_examples=3)
def test_a_question_of_any_form_shows_any_text(kind: str, judged: bool, text: str, width: int) -> None:
    form, response = forms(text)[kind]
    question = Question("s-retry", "t1", "single", 1, 3, text, form, Draw(), hints=1)
    remarks = (FeedbackNote(text, text, wrong=True),)
    points, examples = (Point("a", text), Point("b", text, True)), (Example(text, text, text),)
    written = isinstance(form, Write) and form.lines
    feedback = Feedback(
        "s-adr" if written else "s-retry", response, 0.0, "compare" if written else "not quite", remarks, (text,), text,
        3, not written, "", text, examples if written else (), points if written else (), "an-answer",
    )  # fmt: skip
    expected = [] if kind in ("line", "text", "blanks", "predict") else [sanitize(text)]
    on_screen(
        width,
        lambda d: d.app.push_screen(Stage(question, response, feedback if judged else None)),
        *(t if kind == "lines" else plain(inline(t)) for t in expected if "\n" not in t),
    )


@given(text=TEXTS, width=st.sampled_from((60, 80)))
@example(text=ALL, width=60)
@SLOW
def test_a_list_and_a_text_show_any_text(text: str, width: int) -> None:
    on_screen(width, lambda d: d.app.push_screen(TextPage(text, [para(text), Listing((text,))], text)), text)
    on_screen(width, lambda d: d.app.push_screen(ListPage(text, [Row("a", (Span(text),))], lambda _: None)), text)
    on_screen(width, lambda d: d.page.notify_learner(text, text), text)


@given(text=TEXTS.filter(lambda t: "\ud800" not in t), width=st.sampled_from((60, 80)))
@example(text=ALL.replace("\ud800", ""), width=60)
@SLOW
def test_what_the_learner_wrote_is_shown_harmless(text: str, width: int) -> None:
    """In notes, drafts, the notebook, search; a field may scroll, so that not all of a long text is on screen."""

    def note(d: Driver) -> None:
        write_note(d.app.study, "s-contracts#twice", text or "x", "", None)
        d.app.study.keep_draft("note:s-contracts#retry", text, 3)
        d.app.study.keep_draft("report:s-retry", text, 3)

    def notebook(d: Driver) -> None:
        note(d)
        d.app.go(Location("notebook"))

    def old_note(d: Driver) -> None:
        note(d)
        d.app.go(Location("note", ("s-contracts#twice",)))

    def draft(d: Driver) -> None:
        note(d)
        d.app.go(Location("note", ("s-contracts#retry",)))

    def report(d: Driver) -> None:
        note(d)
        d.app.go(Location("report", ("s-retry",)))

    def search(d: Driver) -> None:
        note(d)
        d.app.go(Location("search", (text,)))

    for way in (notebook, old_note, draft, report, search):
        on_screen(width, way)


@pytest.mark.parametrize("text", NASTY)
async def test_pasting_is_harmless(text: str, tmp_path: Path) -> None:
    from textual import events

    study = quickly_opened(tmp_path)
    async with opened(study, (60, 24)) as driver:
        await driver.press("slash")
        focused = driver.app.screen.focused
        assert focused is not None
        focused.post_message(events.Paste(text))
        await driver.settle()
        check(driver, 60)
        driver.app.go(Location("note", ("s-contracts#twice",)))
        await driver.settle()
        focused = driver.app.screen.focused
        assert isinstance(focused, TextArea)
        focused.post_message(events.Paste(text))
        await driver.settle()
        check(driver, 60)
    study.record.close()
