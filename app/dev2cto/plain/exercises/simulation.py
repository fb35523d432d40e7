"""A simulation by lines: a period's amounts and decisions, what it brought, and in the end the debrief."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from dev2cto.errors import Dev2CtoError, NotSaved
from dev2cto.exercises.simulations.engine import Available
from dev2cto.markdown.parser import para
from dev2cto.plain.exercises.common import title
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, TextInput, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import simulation_text
from dev2cto.presenters.simulation_debrief import hindsight
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.state.location import Location

BRIEF = PromptCommand("d", "brief", "the brief and the gauges again")
LOG = PromptCommand("l", "log", "what happened so far")
AGAIN = PromptCommand("a", "again", "plays again with another seed; this play is kept")
LEAVE = PromptCommand("q", "back", "goes back; everything is kept")
PAIR = re.compile(r"\s*(\d+)\s*(?:=\s*|\s)\s*([+-]?)\s*(\d+(?:\.\d+)?|rest)\s*")
"""A use by its number, and what it gets: an amount, more or less by one, or the rest."""
HOW = (
    "A number and an amount: 1 40 gives the first use 40; 1 +5 or 1 -5 changes it; 1 rest gives it all that is left. "
    "Commas separate several."
)


def simulation(ui: PlainUI, session: SimulationSession, place: Location | None) -> Location | None:
    """Divide, decide, see what it brought; every step is kept as it is taken."""
    if session.changed:
        ui.say(session.changed)
    SimulationScreen(ui, session).run(place)
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """A use with its number in the list."""

    available: Available
    use: str
    name: str


class SimulationScreen:
    """One play of a simulation, by lines."""

    def __init__(self, ui: PlainUI, session: SimulationSession) -> None:
        self.ui, self.session = ui, session

    def run(self, place: Location | None) -> None:
        """Brief, periods, ending, debrief, from where the learner was. Raises Ended."""
        stage = self.stage_of(place)
        while stage:
            if self.session.sync():
                self.ui.say("This play went on in another session.")
                stage = self.present
            self.keep(stage)
            match stage:
                case "brief":
                    stage = self.brief()
                case "divide":
                    stage = self.divide()
                case "decision":
                    stage = self.decision()
                case "report":
                    stage = self.report()
                case _:
                    stage = self.ending(stage)

    def stage_of(self, place: Location | None) -> str:
        """Where it goes on: what a period brought is shown until the learner goes on."""
        kept, session = place.extra if place is not None else {}, self.session
        over = len(session.state.reports)
        if not session.attempt.begun:
            return "brief"
        if over and "over" in kept and (kept.get("stage") == "report" or int(kept["over"]) < over):
            return "report"
        return "debrief" if session.ended and kept.get("stage") == "debrief" else self.present

    @property
    def present(self) -> str:
        """What waits."""
        if self.session.ended:
            return "ending"
        return "divide" if self.session.state.available else "decision"

    def keep(self, stage: str) -> None:
        """Remember what of it is shown."""
        underway = stage in ("divide", "decision", "report", "ending")
        extra = {"stage": stage, "over": len(self.session.state.reports), "underway": underway}
        self.ui.keep(Location("exercise", (self.session.exercise.id,), extra=extra))

    def head(self, where: str) -> None:
        """Where one is, with the dashboard."""
        self.ui.head(title(self.ui, self.session), f"{where}; {simulation_text.levels(self.session)}")

    def brief(self) -> str:
        """What it is about; the next stage, empty to leave."""
        self.ui.head(title(self.ui, self.session))
        self.ui.show(simulation_text.brief(self.session, self.ui.prose))
        match self.ui.ask(Prompt((LEAVE,), enter="begins; everything is kept as you do it")):
            case CommandInput(""):
                with suppress(NotSaved):  # it is said when the first division cannot be kept
                    self.session.begin()
                return self.present
            case CommandInput("q"):
                return ""
            case _:
                return "brief"

    def commands(self) -> tuple[PromptCommand, ...]:
        """What can be done in every period."""
        state = self.session.state
        return (BRIEF, *((LOG,) if state.reports or state.divisions else ()), LEAVE)

    def command(self, key: str) -> bool:
        """Do it; False where it leads elsewhere."""
        match key:
            case "d":
                self.ui.show(simulation_text.brief(self.session, self.ui.prose))
            case "l":
                self.ui.show(simulation_text.so_far(self.session, self.ui.prose))
            case _:
                return False
        return True

    # -- dividing

    def divide(self) -> str:
        """The period's amounts; the next stage."""
        ui, session = self.ui, self.session
        state = session.state
        self.head(f"period {state.period + 1} of {state.total}")
        ui.show(simulation_text.period(session, ui.prose))
        lines = self.lines()
        self.show_amounts(lines)
        asked = False
        while True:
            prompt = Prompt(
                self.commands(),
                numbers(len(lines)),
                "asks how much",
                "is done",
                "1 40: 40 for 1",
                explained=HOW,
            )
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
                    over = len(state.reports)
                    try:
                        session.divide()
                    except Dev2CtoError as error:
                        ui.complain(error)
                        continue
                    return self.after(over)
                case CommandInput("q"):
                    return ""
                case CommandInput(key) if self.command(key):
                    continue
                case _:
                    return "divide"
            asked = False

    def lines(self) -> list[Line]:
        """All uses of all budgets, in order."""
        return [Line(a, use.id, use.name) for a in self.session.state.available for use in a.budget.uses]

    def show_amounts(self, lines: list[Line]) -> None:
        """Each budget with what is left, and its uses with what they get."""
        ui, session, number = self.ui, self.session, 0
        for available in session.state.available:
            budget = available.budget
            ui.say(f"{simulation_text.budget(session, available)}{simulation_text.rules(available)}.")
            for use in budget.uses:
                number += 1
                amount = simulation_text.quantity(session.amount(budget.id, use.id), budget.unit)
                ui.item(number, f"{use.name}: {amount}. {ui.line(use.meaning)}")
        ui.console.gap()

    def ask_amount(self, line: Line) -> None:
        """Ask how much one use gets."""
        session, budget = self.session, line.available.budget
        room = simulation_text.quantity(session.room(budget.id, line.use), budget.unit)
        keep = PromptCommand("q", "keep", "keeps it as it is")
        match self.ui.ask(Prompt((keep,), text=f"How much for {line.name}? 0 to {room}")):
            case TextInput(text):
                self.set(line, text)
            case _:
                pass

    def give(self, text: str, lines: list[Line]) -> None:
        """Amounts as they were typed: "1 40, 2 rest"; nothing is changed by a text that cannot be read."""
        found = [PAIR.fullmatch(part) for part in text.split(",")]
        read = [(int(pair[1]), pair[2] + pair[3]) for pair in found if pair]
        if len(read) < len(found) or any(not 1 <= number <= len(lines) for number, _ in read):
            self.ui.say(f"{text.strip()[:40]!r} cannot be read. {HOW}")
            return
        for number, amount in read:
            self.set(lines[number - 1], amount)

    def set(self, line: Line, text: str) -> None:
        """Give one use that amount, or change it by that."""
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

    # -- deciding and going on

    def decision(self) -> str:
        """The decision that waits; the next stage."""
        ui, session = self.ui, self.session
        state, asked = session.state, session.state.asked
        if asked is None:
            return self.present
        self.head(f"period {state.period + 1} of {state.total}")
        ui.show(simulation_text.decision(session, ui.prose))
        for n, choice in enumerate(asked.offered, 1):
            ui.item(n, ui.line(choice.text))
        while True:
            match ui.ask(Prompt(self.commands(), numbers(len(asked.offered)), "decides")):
                case ChoiceInput(number):
                    over = len(state.reports)
                    try:
                        session.decide(asked.offered[number].id)
                    except Dev2CtoError as error:
                        ui.complain(error)
                        continue
                    return self.after(over)
                case CommandInput("q"):
                    return ""
                case CommandInput(key) if self.command(key):
                    continue
                case _:
                    return "decision"

    def after(self, over: int) -> str:
        """The report where a period is over now, else what waits."""
        return "report" if len(self.session.state.reports) > over else self.present

    def report(self) -> str:
        """What the period brought; the next stage."""
        ui, session = self.ui, self.session
        over = session.state.reports[-1]
        self.head(f"period {len(session.state.reports)} of {session.state.total}")
        ui.show(simulation_text.report(session, over, ui.prose, first=max(0, len(over.decided) - 1)))
        while True:
            match ui.ask(Prompt(self.commands(), enter="goes on")):
                case CommandInput("q"):
                    return ""
                case CommandInput(""):
                    return self.present
                case CommandInput(key) if self.command(key):
                    continue
                case _:
                    return "report"

    def ending(self, stage: str) -> str:
        """The ending, then the debrief; the next stage."""
        ui, session = self.ui, self.session
        self.head("the end")
        if stage == "ending":
            ui.show([para(session.state.title), *ui.prose(session.state.text)])
            enter = "shows all figures, and what was luck in it"
        else:
            ui.show(hindsight(session, ui.prose, words=True))
            enter = "goes back"
        while True:
            match ui.ask(Prompt((*self.commands(), AGAIN), enter=enter)):
                case CommandInput("a"):
                    try:
                        session.replay()
                    except NotSaved as error:
                        ui.complain(error)
                        continue
                    return self.present
                case CommandInput("q"):
                    return ""
                case CommandInput(""):
                    return "debrief" if stage == "ending" else ""
                case CommandInput(key) if self.command(key):
                    continue
                case _:
                    return stage
