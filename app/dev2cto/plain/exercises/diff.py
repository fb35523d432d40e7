"""The screen of a code review: a diff to mark and comment on, then what was found and missed."""

from __future__ import annotations

from typing import Any

from dev2cto.errors import Dev2CtoError
from dev2cto.exercises.diffs.diff import address_text
from dev2cto.exercises.diffs.folding import LineRow
from dev2cto.markdown.columns import stacked
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.exercises.diff_comment import comment, say_mark
from dev2cto.plain.exercises.diff_listing import Meant, listing, meant, notes_of
from dev2cto.plain.prompt import BACK, CommandInput, Prompt, PromptCommand, TextInput
from dev2cto.presenters.diff import HELPED, again, lost_blocks, mark_lines, state, tally, verdict_parts
from dev2cto.presenters.exercise_texts import next_hint
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.state.location import Location

REVIEWING = (
    PromptCommand("f", "finish", "finishes the review"),
    PromptCommand("l", "list", "lists your marks"),
    PromptCommand("c", "change", "shows the change again"),
    PromptCommand("o", "open", "shows the lines of a gap by its number; without a number, of all gaps", "NUMBER"),
    PromptCommand("x", "remove", "removes the mark on a line", "LINE"),
    PromptCommand("h", "hint", "the hints so far and the next one", shown=False),
    PromptCommand("b", "brief", "the brief again", shown=False),
    PromptCommand("q", "back", "goes back; every mark is kept"),
)
MISSED = PromptCommand("v", "missed", "what you missed")
AGAIN = PromptCommand("a", "redo", "reviews the change again")
CHANGE = PromptCommand("c", "change", "shows the change with your marks")
BRIEF = PromptCommand("b", "brief", "the brief again", shown=False)
HOW = (
    "A line's number, like +12, -10 or 12, comments on that line; 2:12 is line 12 of the second file.",
    "+12 must TEXT marks it directly with that comment; so do should and question.",
)


class DiffScreen(ExerciseScreen[DiffSession]):
    """Read, mark, comment, finish; then compare with what a senior engineer would have written."""

    _opened: frozenset[str] = frozenset()

    def keep(self, **extra: Any) -> None:
        """Save the place and the open gaps."""
        self.ui.save_location(self.here(open=sorted(self._opened), **extra))

    def run(self, place: Location) -> None:
        """Run brief, review and verdict, from where the learner left off. Raises SessionEnded."""
        session, kept = self.session, place.extra
        self._opened = session.gaps_at(kept)
        stage = session.stage_at(kept)
        if address := session.comment_at(kept):
            self.head()
            after = place.cursor // 10_000 if place.cursor is not None else None
            comment(self.ui, session, address, self._opened, after=after)
        while stage:
            match stage:
                case "brief":
                    stage = self.begin()
                case "review":
                    stage = self.review()
                case _:
                    stage = self.verdict()

    def begin(self) -> str:
        """Show the brief; returns the next stage, empty to leave."""
        self.keep()
        self.head(state(self.session, "brief"))
        self.brief()
        typed = self.ui.ask(Prompt((BACK,), enter="shows the change"))
        return (
            {CommandInput(""): "review", CommandInput("q"): ""}.get(typed, "brief")
            if isinstance(typed, CommandInput)
            else "brief"
        )

    def brief(self) -> None:
        """Show the brief."""
        self.ui.show(self.ui.prose(self.session.exercise.brief))

    # -- reviewing

    def review(self) -> str:
        """Mark lines until the review is finished or left; returns the next stage, empty to leave."""
        ui, session = self.ui, self.session
        self.keep(stage="review", underway=True)
        self.head(tally(session.marks))
        ui.show(lost_blocks(session))
        self.show_change()
        while True:
            typed = ui.ask(Prompt(REVIEWING, text="a line's number comments on it", explained=" ".join(HOW)))
            try:
                match typed:
                    case CommandInput("q"):
                        return ""
                    case CommandInput("f"):
                        if self.finish():
                            return "verdict"
                    case CommandInput("again"):
                        self.show_change()
                    case CommandInput(key, words):
                        self.unconfirm()
                        self.command(key, words)
                    case TextInput(text):
                        self.unconfirm()
                        self.line(text)
                    case _:
                        pass
            except Dev2CtoError as error:
                ui.show_error(error)
            self.keep(stage="review", underway=True)

    def show_change(self) -> None:
        """Show the diff with the marks so far."""
        session = self.session
        rows = session.rows(self._opened)
        notes = notes_of(session.marks, session.draft_addresses())
        self.ui.console.write([*listing(rows, session.gaps, notes, self.ui.console.width), ""])

    def command(self, key: str, words: str) -> None:
        """Run the command with that key and argument. Raises Dev2CtoError."""
        match key:
            case "l":
                self.list_marks()
            case "o":
                self.unfold(words)
            case "x":
                self.remove(words)
            case "h":
                self.ui.show(next_hint(self.session, self.ui.prose))
            case "b":
                self.brief()
            case _:
                self.show_change()

    def unfold(self, words: str) -> None:
        """Show the lines of one gap by its number, or the whole diff."""
        session = self.session
        if not words:
            self._opened = frozenset(session.gaps)
            self.show_change()
        elif words.isdecimal() and 1 <= int(words) <= len(session.gaps):
            gap = session.gaps[int(words) - 1]
            before = set(session.rows(self._opened - {gap}))
            self._opened |= {gap}
            rows = [row for row in session.rows(self._opened) if isinstance(row, LineRow) and row not in before]
            lines = listing(rows, session.gaps, notes_of(session.marks), self.ui.console.width)
            self.ui.console.write(["", *lines, ""])
        else:
            self.ui.say(f"Gaps have numbers from 1 to {len(session.gaps)}." if session.gaps else "There are no gaps.")

    def line(self, text: str) -> None:
        """Comment on the line named in `text`, or mark it directly. Raises Dev2CtoError."""
        found = meant(self.session.change, text)
        if isinstance(found, str):
            self.ui.say(found)
        elif found.weight is None:
            comment(self.ui, self.session, found.address, self._opened)
        else:
            self.session.mark(found.address, found.weight, found.comment)
            say_mark(self.ui, self.session, found.address)

    def remove(self, words: str) -> None:
        """Remove the mark on the line named in `words`. Raises Dev2CtoError."""
        found = meant(self.session.change, words)
        if isinstance(found, Meant) and found.address in self.session.marks:
            self.session.unmark(found.address)
            self.ui.say(f"{address_text(found.address)} is no longer marked. {tally(self.session.marks)}.")
        else:
            self.ui.say(found if isinstance(found, str) else f"{address_text(found.address)} is not marked.")

    def list_marks(self) -> None:
        """List all marks, and unfinished comments."""
        self.ui.say(f"{tally(self.session.marks)}.")
        for address, weight, words in mark_lines(self.session):
            self.ui.say(f"{address_text(address)}: {weight}{', ' if weight else ''}{words}")

    # -- the end

    def finish(self) -> bool:
        """Finish and grade the review; False if a confirmation is needed first. Raises NotSaved."""
        doubts = self.session.doubts()
        if doubts and not self.confirmed("f", " ".join(doubts), "finishes the review anyway"):
            return False
        self.session.finish()
        return True

    def verdict(self) -> str:
        """Show what was found, missed and marked wrongly; returns the next stage, empty to leave."""
        ui, session = self.ui, self.session
        self.keep()
        outcome = session.outcome()
        if outcome is None:
            return "review"
        self.head(state(session, "verdict"))
        show = "v shows what you missed; a reviews the change again."
        ui.show(stacked(verdict_parts(session, outcome, ui.prose, show=show)))
        while True:
            hidden = bool(outcome.missed) and not session.shows_missed
            commands = ((MISSED,) if hidden else ()) + (AGAIN, CHANGE, BRIEF, BACK)
            try:
                match ui.ask(Prompt(commands, enter="goes back")):
                    case CommandInput("v"):
                        if self.confirmed("v", HELPED, "shows it anyway"):
                            session.show_missed()
                            return "verdict"
                    case CommandInput("a"):
                        if kept := again(session):
                            ui.say(kept)
                        return "review"
                    case CommandInput("c"):
                        notes = notes_of(session.submitted)
                        lines = listing(session.rows(session.gaps), session.gaps, notes, ui.console.width)
                        ui.console.write([*lines, ""])
                    case CommandInput("b"):
                        self.brief()
                    case CommandInput("" | "q"):
                        return ""
                    case _:
                        return "verdict"
            except Dev2CtoError as error:
                ui.show_error(error)
