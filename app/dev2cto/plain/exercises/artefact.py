"""The screen of an artefact: brief, draft, versions, rubric and sample."""

from __future__ import annotations

from dev2cto.export.packet_files import write_packet
from dev2cto.markdown.parser import para
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.exercises.rubric import assess
from dev2cto.plain.exercises.writing import write
from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.presenters import artefact_text, peer_review_text, two_person
from dev2cto.presenters.exercise_texts import hint_blocks
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.location import Location

HINT = PromptCommand("h", "hint", "the hints so far and the next one")


class ArtefactScreen(ExerciseScreen[ArtefactSession]):
    """Write, submit, rate, compare, revise."""

    _hints = 0

    def run(self, place: Location) -> None:
        """Offer the actions until the learner leaves. Raises SessionEnded."""
        ui, session = self.ui, self.session
        if place.extra.get("writing"):
            self.head()
            self.write(place)
        brief = ui.prose(session.exercise.brief)
        while True:
            ui.save_location(self.here())
            self.head(artefact_text.state(session))
            if brief:
                ui.show(brief)
            brief = ()
            actions = artefact_text.actions(session)
            for n, action in enumerate(actions, 1):
                ui.numbered_line(n, f"{action.words} ({action.note})" if action.note else action.words)
            hint = (HINT,) if session.exercise.hints else ()
            match ui.ask(Prompt((*hint, BACK), numbers(len(actions)), enter="chooses 1")):
                case ChoiceInput(number):
                    self.do(actions[number].id)
                case CommandInput(""):
                    self.do("write")
                case CommandInput("h"):
                    self.hint()
                case CommandInput("q"):
                    return
                case _:
                    pass

    def do(self, action: str) -> None:
        """Run the action with that id."""
        ui, session = self.ui, self.session
        kind, _, number = action.partition(":")
        match kind:
            case "write":
                self.write(self.here())
            case "other":
                self.other(int(number))
            case "rate":
                assess(ui, session, str(session.versions()[-1]["id"]))
            case "sample":
                ui.show(ui.prose(session.exercise.sample))
            case "packet":
                ui.say(" ".join(peer_review_text.written(write_packet(session))))
            case "readers":
                ui.show([para(peer_review_text.TITLE, "heading"), *peer_review_text.reviews_blocks(session)])
            case "script" if (script := session.exercise.script) is not None:
                ui.show([para(two_person.TITLE, "heading"), *two_person.script_blocks(script, ui.prose)])
            case _:
                self.versions()

    def write(self, place: Location) -> None:
        """Enter the text line by line; `place` has the cursor."""

        def submit(text: str) -> None:
            self.ui.say(" ".join(artefact_text.submit(self.session, text)))

        write(self.ui, self.session, place, submit)

    def other(self, number: int) -> None:
        """Show a draft of another session, which can replace this one."""
        writer, text = self.session.other_texts()[number]
        self.ui.show_title(f"Draft from {writer}")
        self.ui.show(artefact_text.text_blocks(text))
        take = PromptCommand("t", "take", "makes this your draft; the current text is kept as a draft")
        if self.ui.ask(Prompt((take, BACK), enter="goes back")) == CommandInput("t"):
            self.session.keep(text)

    def versions(self) -> None:
        """List the versions; one opens as the difference from the version before."""
        self.ui.show_title("Versions")
        typed = choose(self.ui, [", ".join(name) for name in artefact_text.version_names(self.session)], "opens it")
        if isinstance(typed, ChoiceInput):
            self.ui.show(artefact_text.version_blocks(self.session.versions(), typed.number))

    def hint(self) -> None:
        """Show the hints so far and one more."""
        hints = self.session.exercise.hints
        more = self._hints < len(hints)
        self._hints += more
        self.ui.show(hint_blocks(hints, self._hints, self.ui.prose, more=more))
