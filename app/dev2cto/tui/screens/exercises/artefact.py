"""An artefact: brief, draft, versions, rubric, sample."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Listing, Span, para
from dev2cto.presenters import two_person
from dev2cto.presenters.exercise_texts import version_blocks
from dev2cto.study.queries.home import ago
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.location import Location
from dev2cto.text import clean, counted
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.rubric import RubricPage
from dev2cto.tui.screens.exercises.writing import WritingPage
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import Prose
from dev2cto.tui.widgets.rows import Row, Rows


class ArtefactPage(ExercisePage):
    """Write, submit, judge, compare, write again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hint", "hint", id="artefact.hint"),
    ]

    def __init__(self, session: ArtefactSession, place: Location | None = None) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self._restored = place
        self._hints = 0
        self._submitted = False
        """Whether a version was submitted just now: judging it comes next."""

    def body(self) -> ComposeResult:
        """Brief and what can be done."""
        yield Prose(self.prose(self.session.exercise.brief))
        yield Rows()
        yield Prose(id="hints")

    def on_mount(self) -> None:
        """Back into the editor, or to the criterion, where the learner left it."""
        self.refresh_content()
        place, versions = self._restored, self.session.versions()
        if place is not None and place.extra.get("writing"):
            self.write(place)
        elif place is not None and "criterion" in place.extra and versions:
            self.app.push_screen(RubricPage(self.session, str(versions[-1]["id"]), place))

    def refresh_content(self) -> None:
        """Versions and state."""
        session = self.session
        versions = session.versions()
        self.name_it("done" if session.done else counted(len(versions), "version") if versions else "not begun")
        rows = [Row("write", (Span("Write" if not versions else "Write the next version", "bold"),), gap=True)]
        for n, (writer, _) in enumerate(session.other_texts()):
            rows.append(Row(f"other:{n}", (Span(f"Another draft, from {writer}"),)))
        if versions:
            latest = versions[-1]
            rated = session.ratings(str(latest["id"]))
            word = "Judge your latest version against the rubric"
            note = f"   {len(rated)} of {len(session.exercise.rubric)} rated" if rated else ""
            rows.append(Row("rate", (Span(word), Span(note, "muted"))))
            rows.append(Row("sample", (Span("Read a strong example"),)))
            rows.append(Row("versions", (Span(f"Versions ({len(versions)})"),)))
        if session.exercise.script is not None:
            rows.append(Row("script", (Span(two_person.TITLE),)))
        self.query_one(Rows).show(rows)
        if self._submitted:
            self._submitted = False
            self.query_one(Rows).point("rate")

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """What the row says."""
        kind, _, number = message.row.id.partition(":")
        match kind:
            case "write":
                self.write(self.place())
            case "other":
                self.other(int(number))
            case "rate":
                latest = self.session.versions()[-1]
                self.app.push_screen(RubricPage(self.session, str(latest["id"])))
            case "sample":
                self.app.push_screen(TextPage("A strong example", self.prose(self.session.exercise.sample)))
            case "versions":
                self.versions()
            case "script" if (script := self.session.exercise.script) is not None:
                self.app.push_screen(TextPage(two_person.TITLE, two_person.script_blocks(script, self.prose)))

    def write(self, place: Location) -> None:
        """The editor."""
        session = self.session

        def submit(text: str) -> None:
            lacks = any(not result.ok for result in session.lint(text))
            session.submit(text)
            form = "Its form still lacks something: in the editor, Look at the form says what." if lacks else ""
            self.say_on_return("Submitted. Judge it against the rubric, then read the example.", form)
            self._submitted = True

        suffix = "." + session.exercise.file.rpartition(".")[2]
        brief = self.prose(session.exercise.brief)
        self.app.push_screen(
            WritingPage(self.exercise.title, place, session.text, session.keep, session.lint, submit, suffix, brief)
        )

    def other(self, number: int) -> None:
        """A draft of another session: to read, and to take over."""
        writer, text = self.session.other_texts()[number]
        rows = [Row("take", (Span("Take this text into the editor; the present one stays a draft of its session"),))]

        def chosen(_: str) -> None:
            self.session.keep(text)
            self.host.live_changed()
            self.refresh_content()

        self.app.push_screen(
            ListPage(f"Draft from {writer}", rows, chosen, before=[Listing(tuple(clean(text).split("\n")), indent=0)])
        )

    def versions(self) -> None:
        """All versions; one opens as the difference to the one before."""
        versions = self.session.versions()
        rows = [
            Row(str(n), (Span(f"Version {n + 1}"), Span(f"   {ago(self.study, str(doc['at']))}", "muted")))
            for n, doc in reversed(list(enumerate(versions)))
        ]

        def chosen(id: str) -> None:
            n = int(id)
            self.app.push_screen(TextPage(f"Version {n + 1}", version_blocks(versions, n)))

        self.app.push_screen(ListPage("Versions", rows, chosen))

    def action_hint(self) -> None:
        """One more hint."""
        hints = self.session.exercise.hints
        self._hints = min(len(hints), self._hints + 1)
        blocks: list[Block] = [para("")]
        for n, hint in enumerate(hints[: self._hints], 1):
            blocks += [para(f"Hint {n} of {len(hints)}", "accent"), *self.prose(hint)]
        if not hints:
            blocks.append(para("This artefact has no hints.", "muted"))
        self.query_one("#hints", Prose).show(blocks)
