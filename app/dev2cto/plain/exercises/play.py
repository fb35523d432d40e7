"""The base of the scenario and simulation screens: text and choices, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from dev2cto.markdown.parser import Block, para
from dev2cto.plain.exercises.common import ExerciseScreen
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.presenters import play_text
from dev2cto.presenters.play_text import PlayTexts
from dev2cto.presenters.two_person import TITLE, script_blocks, script_of
from dev2cto.study.state.location import Location

if TYPE_CHECKING:
    from dev2cto.study.sessions.scenario import ScenarioSession
    from dev2cto.study.sessions.simulation import SimulationSession

P = TypeVar("P", bound="ScenarioSession | SimulationSession")
LOG = PromptCommand("l", "log", "what has happened so far")
AGAIN = PromptCommand("a", "replay", f"{play_text.AGAIN}; this play is kept")
SCRIPT = PromptCommand("t", "script", "shows the script for two people")
LEAVE = PromptCommand("q", "back", "goes back; every step is kept")


def numbered(texts: Sequence[str]) -> list[Block]:
    """Return the choices, each after its number."""
    return [para(text, marker=f"{n}. ", tight=n > 1) for n, text in enumerate(texts, 1)]


class PlayScreen(ExerciseScreen[P]):
    """Decide, see the consequences, and look back at the end; every step is saved at once."""

    texts: PlayTexts[P]

    def run(self, place: Location) -> None:
        """Run the stages, from where the learner left off. Raises SessionEnded."""
        if self.session.changed:
            self.ui.say(self.session.changed)
        stage = self.session.stage_at(place.extra)
        while stage:
            self.ui.save_location(self.here(**self.session.kept(stage)))
            stage = self.show(stage)

    def show(self, stage: str) -> str:
        """Show a stage and act on it; returns the next stage, empty to leave. Raises SessionEnded."""
        levels = f"; {play_text.levels(self.session, stage)}" if stage != "brief" else ""
        self.head(f"{self.texts.how_far(self.session, stage)}{levels}")
        offered = self.session.offered if stage == self.session.DECIDING else ()
        options = numbered([self.ui.inline(choice.text) for choice in offered])
        self.ui.show_question(self.texts.stage_blocks(self.session, stage, self.ui.prose, drawn=False), options)
        return self.act(stage)

    def act(self, stage: str) -> str:
        """Ask for a decision, or just to go on; returns the next stage, empty to leave. Raises SessionEnded."""
        session = self.session
        offered = session.offered if stage == session.DECIDING else ()
        enter = play_text.ENTER.get(stage, "")
        while True:
            outcomes = session.outcomes
            match self.ui.ask(Prompt(self.commands(stage), numbers(len(offered)), "decides", enter)):
                case ChoiceInput(number):
                    if self.tried(lambda number=number: session.decide(offered[number].id)):  # type: ignore[misc]
                        return session.stage_after(outcomes)
                case CommandInput("a"):
                    if self.tried(session.replay):
                        return session.waiting
                case CommandInput(""):
                    return "" if stage == "debrief" else session.next_stage(stage)
                case CommandInput("q"):
                    return ""
                case CommandInput(key) if self.read(key, stage):
                    pass
                case _:
                    return stage

    def commands(self, stage: str) -> tuple[PromptCommand, ...]:
        """Return the commands of a stage."""
        log = (LOG,) if stage != "brief" else ()
        again = (AGAIN,) if self.session.ended else ()
        script = (SCRIPT,) if script_of(self.session.exercise) is not None else ()
        return (*log, *again, *script, LEAVE)

    def read(self, key: str, stage: str) -> bool:
        """Show the text that a command asks for; returns False if it is not a command for a text."""
        if key == "l":
            past = self.texts.transcript(self.session, stage, self.ui.prose)
            self.ui.show(past or [para("Nothing has happened yet.")])
        elif key == "t" and (script := script_of(self.session.exercise)) is not None:
            self.ui.show([para(TITLE, "heading"), *script_blocks(script, self.ui.prose)])
        else:
            return False
        return True
