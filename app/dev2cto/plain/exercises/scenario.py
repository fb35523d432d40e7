"""A scenario: gauges, a scene, choices, what comes of them."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.markdown.parser import para
from dev2cto.plain.exercises.common import title
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import scenario_text, two_person
from dev2cto.presenters.scenario_debrief import hindsight
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.state.location import Location

LOG = PromptCommand("l", "log", "what happened so far")
AGAIN = PromptCommand("a", "again", "plays again from the start; this path is kept")
SCRIPT = PromptCommand("t", "script", "shows the script for two people")
LEAVE = PromptCommand("q", "back", "goes back; every decision is kept")


def scenario(ui: PlainUI, session: ScenarioSession, place: Location) -> Location | None:
    """Decide, see what comes of it, and in the end what else could have been."""
    if session.changed:
        ui.say(session.changed)
    stage = "brief" if not session.attempt.begun else "ending" if session.ended else "scene"
    while stage:
        ui.keep(Location("exercise", (session.exercise.id,)))
        match stage:
            case "brief":
                stage = brief(ui, session)
            case "scene":
                stage = scene(ui, session)
            case _:
                stage = ending(ui, session, stage)
    return None


def brief(ui: PlainUI, session: ScenarioSession) -> str:
    """What it is about; the next stage, empty to leave."""
    ui.head(title(ui, session))
    ui.show(scenario_text.brief(session, ui.prose))
    while True:
        match ui.ask(Prompt(commands(session), enter="begins; every decision is kept as you take it")):
            case CommandInput("t"):
                show_script(ui, session)
            case CommandInput("q"):
                return ""
            case CommandInput(""):
                return "scene"
            case _:
                return "brief"


def commands(session: ScenarioSession, *commands: PromptCommand) -> tuple[PromptCommand, ...]:
    """These, and the script where there is one, before the way out."""
    return (*commands, *((SCRIPT,) if session.exercise.script is not None else ()), LEAVE)


def show_script(ui: PlainUI, session: ScenarioSession) -> None:
    """The script for two people."""
    if session.exercise.script is not None:
        ui.show([para(two_person.TITLE, "heading"), *two_person.script_blocks(session.exercise.script, ui.prose)])


def scene(ui: PlainUI, session: ScenarioSession) -> str:
    """The situation and the choices; the next stage."""
    state = session.state
    ui.head(title(ui, session), f"decision {state.decision} of {state.total}; {scenario_text.levels(session)}")
    ui.show([para(state.title), *ui.prose(state.text)])
    for n, choice in enumerate(state.offered, 1):
        ui.item(n, ui.line(choice.text))
    while True:
        match ui.ask(Prompt(commands(session, LOG), numbers(len(state.offered)), "decides")):
            case ChoiceInput(number):
                try:
                    session.decide(state.offered[number].id)
                except NotSaved as error:
                    ui.complain(error)
                    continue
                return outcome(ui, session)
            case CommandInput("l"):
                ui.show(scenario_text.so_far(session, ui.prose) or [para("Nothing happened yet.")])
            case CommandInput("t"):
                show_script(ui, session)
            case CommandInput("q"):
                return ""
            case _:
                return "scene"


def outcome(ui: PlainUI, session: ScenarioSession) -> str:
    """What came of the decision; the next stage."""
    ui.show(scenario_text.last_decision(session, ui.prose))
    ui.say(f"Now: {scenario_text.levels(session)}.")
    after = "ending" if session.ended else "scene"
    while True:
        match ui.ask(Prompt(commands(session, LOG), enter="goes on")):
            case CommandInput("l"):
                ui.show(scenario_text.so_far(session, ui.prose))
            case CommandInput("t"):
                show_script(ui, session)
            case CommandInput("q"):
                return ""
            case _:
                return after


def ending(ui: PlainUI, session: ScenarioSession, stage: str) -> str:
    """The ending, then the path in hindsight; the next stage."""
    state, figures = session.state, stage == "debrief"
    ui.head(title(ui, session), f"the end; {scenario_text.levels(session, figures=figures)}")
    if stage == "ending":
        ui.show([para(state.title), *ui.prose(state.text)])
        enter = "shows it in hindsight"
    else:
        ui.show(hindsight(session, ui.prose))
        enter = "goes back"
    while True:
        match ui.ask(Prompt(commands(session, LOG, AGAIN), enter=enter)):
            case CommandInput("l"):
                ui.show(scenario_text.so_far(session, ui.prose, figures=figures))
            case CommandInput("t"):
                show_script(ui, session)
            case CommandInput("a"):
                try:
                    session.replay()
                except NotSaved as error:
                    ui.complain(error)
                    continue
                return "scene"
            case CommandInput("q"):
                return ""
            case CommandInput(""):
                return "debrief" if stage == "ending" else ""
            case _:
                return stage
