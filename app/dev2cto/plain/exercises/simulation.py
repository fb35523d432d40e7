"""The screen of a simulation: a period's amounts and decisions, its results, and the debrief at the end."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from dev2cto.errors import NotSaved
from dev2cto.exercises.simulations.engine import Available
from dev2cto.plain.exercises.play import PlayScreen
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, TextInput, numbers
from dev2cto.presenters import play_text, simulation_text
from dev2cto.study.sessions.simulation import SimulationSession

BRIEF = PromptCommand("d", "brief", "the brief and the gauges again")
PAIR = re.compile(r"(\d+)(?: ?= ?| )([+-]?) ?(\d+(?:\.\d+)?|rest)")
"""A use by its number, and its amount: absolute, a change with a sign, or the rest."""
HOW = (
    "A number and an amount: 1 40 gives the first use 40; 1 +5 or 1 -5 changes it; 1 rest gives it all that is left. "
    "Commas separate several."
)


@dataclass(frozen=True, slots=True)
class NumberedUse:
    """A use in the numbered list."""

    available: Available
    use: str
    name: str


class SimulationScreen(PlayScreen[SimulationSession]):
    """Allocate budgets, decide, see the results; every step is saved at once."""

    texts = simulation_text

    def show(self, stage: str) -> str:
        """Show a stage; if another session continued this play, go to its current stage instead."""
        if self.session.sync():
            self.ui.say(simulation_text.WENT_ON)
            return self.session.waiting
        return super().show(stage)

    def act(self, stage: str) -> str:
        """Act on a stage, with the allocation as well; leaving the brief begins the play."""
        if stage == "divide":
            return self.divide()
        following = super().act(stage)
        if stage == "brief" and following not in ("", "brief"):
            with suppress(NotSaved):  # reported when the first allocation cannot be saved
                self.session.begin()
        return following

    def commands(self, stage: str) -> tuple[PromptCommand, ...]:
        """Return the commands of a stage, with the brief after the first one."""
        brief = (BRIEF,) if stage != "brief" else ()
        return (*brief, *super().commands(stage))

    def read(self, key: str, stage: str) -> bool:
        """Show the text that a command asks for, the brief included."""
        if key != "d":
            return super().read(key, stage)
        self.ui.show(simulation_text.brief(self.session, self.ui.prose))
        return True

    # -- dividing

    def divide(self) -> str:
        """Allocate the period's budgets; returns the next stage, empty to leave."""
        ui, session = self.ui, self.session
        lines = self.lines()
        self.show_amounts(lines)
        commands = self.commands("divide")
        prompt = Prompt(commands, numbers(len(lines)), "asks how much", "is done", "1 40: 40 for 1", explained=HOW)
        asked = False
        while True:
            outcomes = session.outcomes
            match ui.ask(prompt):
                case ChoiceInput(number):
                    self.ask_amount(lines[number])
                    self.show_amounts(lines)
                case TextInput(text):
                    self.give(text, lines)
                    self.show_amounts(lines)
                case CommandInput(""):
                    left = simulation_text.left_over(session)
                    if left and not asked:
                        asked = True
                        ui.say(f"{left} Enter again leaves it so.")
                        continue
                    if self.tried(session.divide):
                        return session.stage_after(outcomes)
                    continue
                case CommandInput("q"):
                    return ""
                case CommandInput(key) if self.read(key, "divide"):
                    continue
                case _:
                    return "divide"
            asked = False

    def lines(self) -> list[NumberedUse]:
        """Return all uses of all budgets, in order."""
        return [NumberedUse(a, use.id, use.name) for a in self.session.state.available for use in a.budget.uses]

    def show_amounts(self, lines: list[NumberedUse]) -> None:
        """Show each budget with what is left, and its uses with their amounts."""
        ui, session, number = self.ui, self.session, 0
        for available in session.state.available:
            budget = available.budget
            ui.say(f"{simulation_text.budget(session, available)}{simulation_text.rules(available)}.")
            for use in budget.uses:
                number += 1
                amount = play_text.quantity(session.amount(budget.id, use.id), budget.unit)
                ui.numbered_line(number, f"{use.name}: {amount}. {ui.inline(use.meaning)}")
        ui.console.gap()

    def ask_amount(self, line: NumberedUse) -> None:
        """Ask for the amount of one use."""
        session, budget = self.session, line.available.budget
        room = play_text.quantity(session.room(budget.id, line.use), budget.unit)
        keep = PromptCommand("q", "keep", "keeps it")
        match self.ui.ask(Prompt((keep,), text=f"How much for {line.name}? 0 to {room}")):
            case TextInput(text):
                self.set(line, text)
            case _:
                pass

    def give(self, text: str, lines: list[NumberedUse]) -> None:
        """Set amounts typed as "1 40, 2 rest"; a text that cannot be read changes nothing."""
        found = [PAIR.fullmatch(" ".join(part.split())) for part in text.split(",")]
        read = [(int(pair[1]), pair[2] + pair[3]) for pair in found if pair]
        if len(read) < len(found) or any(not 1 <= number <= len(lines) for number, _ in read):
            self.ui.say(f"{text.strip()[:40]!r} cannot be read. {HOW}")
            return
        for number, amount in read:
            self.set(lines[number - 1], amount)

    def set(self, line: NumberedUse, text: str) -> None:
        """Set the amount of one use, or change it if the number has a sign."""
        session, budget = self.session, line.available.budget
        text = text.strip()
        now, room = session.amount(budget.id, line.use), session.room(budget.id, line.use)
        number = re.fullmatch(r"([+-]?)(\d+(?:\.\d+)?)", text.replace(" ", ""))
        if text == "rest":
            wanted = room
        elif number is not None:
            by = float(number[2])
            wanted = {"+": now + by, "-": max(0.0, now - by)}.get(number[1], by)
        else:
            self.ui.say(f"{text[:40]!r} is not an amount.")
            return
        got = session.give(budget.id, line.use, wanted)
        if got != wanted:
            self.ui.say(simulation_text.not_all(line.available, line.use, wanted, got))
