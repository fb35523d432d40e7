"""The page of an artefact: brief, draft, versions, rubric and sample."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.export.packet_files import write_packet
from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import artefact_text, peer_review_text, two_person
from dev2cto.presenters.exercise_texts import hint_blocks
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.rubric import RubricPage
from dev2cto.tui.screens.exercises.writing import WritingPage
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class ArtefactPage(ExercisePage[ArtefactSession]):
    """Write, submit, rate, compare, revise."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hint", "hint", id="artefact.hint"),
        Binding("w", "packet", "write a packet for a reader", show=False, id="artefact.packet"),
        Binding("l", "readers", "what readers wrote", show=False, id="artefact.readers"),
    ]
    _hints = 0
    _submitted = False
    """Whether a version was just submitted, so that rating it comes next."""

    def body(self) -> ComposeResult:
        """The brief, the actions and the hints."""
        yield MarkdownText(self.prose(self.session.exercise.brief))
        yield Rows()
        yield MarkdownText(id="hints")

    def on_mount(self) -> None:
        """Return to the editor or to the criterion where the learner left off."""
        self.refresh_content()
        if self.restored is not None and self.kept.get("writing"):
            self.write(self.restored)
        elif "criterion" in self.kept and self.session.versions():
            self.judge(self.restored)

    def refresh_content(self) -> None:
        """Update the state in the title and the actions."""
        self.name_it(artefact_text.state(self.session))
        rows = self.query_one(Rows)
        rows.show([
            Row(action.id, (Span(action.words, "bold" if n == 0 else ""), Span(note, "muted")), gap=n == 0)
            for n, action in enumerate(artefact_text.actions(self.session))
            for note in ("   " + action.note if action.note else "",)
        ])  # fmt: skip
        if self._submitted:
            self._submitted = False
            rows.point("rate")

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Do what the chosen row says."""
        kind, _, number = message.row.id.partition(":")
        match kind:
            case "write":
                self.write(self.place())
            case "other":
                self.other(int(number))
            case "rate":
                self.judge()
            case "sample":
                self.read(artefact_text.SAMPLE, self.prose(self.session.exercise.sample))
            case "versions":
                self.versions()
            case "packet":
                self.action_packet()
            case "readers":
                self.action_readers()
            case "script" if (script := self.session.exercise.script) is not None:
                self.read(two_person.TITLE, two_person.script_blocks(script, self.prose))

    def write(self, place: Location) -> None:
        """Open the editor; `place` has its cursor."""

        def submit(text: str) -> None:
            self.say_on_return(*artefact_text.submit(self.session, text))
            self._submitted = True

        self.app.push_screen(WritingPage(self.session, place, submit))

    def judge(self, place: Location | None = None) -> None:
        """Open the rubric for the latest version, at `place` if given."""
        self.app.push_screen(RubricPage(self.session, str(self.session.versions()[-1]["id"]), place))

    def other(self, number: int) -> None:
        """Show a draft of another session, which can be taken into the editor."""
        writer, text = self.session.other_texts()[number]
        rows = [Row("take", (Span("Copy this text into the editor; the current text is kept as a draft"),))]

        def chosen(_: str) -> None:
            self.session.keep(text)
            self.host.live_changed()
            self.refresh_content()

        self.app.push_screen(ListPage(f"Draft from {writer}", rows, chosen, before=artefact_text.text_blocks(text)))

    def versions(self) -> None:
        """List the versions, newest first; one opens as the difference from the version before."""
        names = artefact_text.version_names(self.session)
        rows = [
            Row(str(n), (Span(name), Span(f"   {at}", "muted"))) for n, (name, at) in reversed(list(enumerate(names)))
        ]

        def chosen(id: str) -> None:
            n = int(id)
            self.read(names[n][0], artefact_text.version_blocks(self.session.versions(), n))

        self.app.push_screen(ListPage("Versions", rows, chosen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A packet is about a version; what readers wrote is shown once there is some."""
        if action == "packet":
            return bool(self.session.versions())
        if action == "readers":
            return bool(self.session.reviews())
        return super().check_action(action, parameters)

    def action_packet(self) -> None:
        """Write a packet of the latest version, and say where it is."""
        self.notify_learner(*peer_review_text.written(write_packet(self.session)))

    def action_readers(self) -> None:
        """Show what readers wrote beside the learner's own ratings."""
        self.read(peer_review_text.TITLE, peer_review_text.reviews_blocks(self.session))

    def action_hint(self) -> None:
        """Show the hints so far and one more."""
        hints = self.session.exercise.hints
        more = self._hints < len(hints)
        self._hints += more
        blocks = hint_blocks(hints, self._hints, self.prose, more=more)
        self.query_one("#hints", MarkdownText).show([para(""), *blocks])
