"""A scenario: gauges, a scene, choices, what comes of them."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.plain.exercises.choose import title
from dev2cto.plain.face import Face
from dev2cto.plain.prompt import Chosen, Command, Prompt, Said, numbers
from dev2cto.plain.target import Target
from dev2cto.prose.blocks import para
from dev2cto.study import pairs, story
from dev2cto.study.hindsight import hindsight
from dev2cto.study.place import Place
from dev2cto.study.scenario import ScenarioSession

LOG = Command("l", "log", "what happened so far")
AGAIN = Command("a", "again", "plays again from the start; this path is kept")
SCRIPT = Command("t", "script", "shows the script for two people")
LEAVE = Command("q", "back", "goes back; every decision is kept")


def scenario(face: Face, session: ScenarioSession) -> Target | None:
    """Decide, see what comes of it, and in the end what else could have been."""
    if session.changed:
        face.say(session.changed)
    stage = "brief" if not session.attempt.begun else "ending" if session.ended else "scene"
    while stage:
        face.keep(Place("exercise", (session.exercise.id,)))
        match stage:
            case "brief":
                stage = brief(face, session)
            case "scene":
                stage = scene(face, session)
            case _:
                stage = ending(face, session, stage)
    return None


def brief(face: Face, session: ScenarioSession) -> str:
    """What it is about; the next stage, empty to leave."""
    face.head(title(face, session))
    face.show(story.brief(session, face.prose))
    while True:
        match face.ask(Prompt(commands(session), enter="begins; every decision is kept as you take it")):
            case Said("t"):
                show_script(face, session)
            case Said("q"):
                return ""
            case Said(""):
                return "scene"
            case _:
                return "brief"


def commands(session: ScenarioSession, *commands: Command) -> tuple[Command, ...]:
    """These, and the script where there is one, before the way out."""
    return (*commands, *((SCRIPT,) if session.exercise.script is not None else ()), LEAVE)


def show_script(face: Face, session: ScenarioSession) -> None:
    """The script for two people."""
    if session.exercise.script is not None:
        face.show([para(pairs.TITLE, "heading"), *pairs.script_blocks(session.exercise.script, face.prose)])


def scene(face: Face, session: ScenarioSession) -> str:
    """The situation and the choices; the next stage."""
    state = session.state
    face.head(title(face, session), f"decision {state.decision} of {state.total}; {story.levels(session)}")
    face.show([para(state.title), *face.prose(state.text)])
    for n, choice in enumerate(state.offered, 1):
        face.item(n, face.line(choice.text))
    while True:
        match face.ask(Prompt(commands(session, LOG), numbers(len(state.offered)), "decides")):
            case Chosen(number):
                try:
                    session.decide(state.offered[number].id)
                except NotSaved as error:
                    face.complain(error)
                    continue
                return outcome(face, session)
            case Said("l"):
                face.show(story.so_far(session, face.prose) or [para("Nothing happened yet.")])
            case Said("t"):
                show_script(face, session)
            case Said("q"):
                return ""
            case _:
                return "scene"


def outcome(face: Face, session: ScenarioSession) -> str:
    """What came of the decision; the next stage."""
    face.show(story.last_decision(session, face.prose))
    face.say(f"Now: {story.levels(session)}.")
    after = "ending" if session.ended else "scene"
    while True:
        match face.ask(Prompt(commands(session, LOG), enter="goes on")):
            case Said("l"):
                face.show(story.so_far(session, face.prose))
            case Said("t"):
                show_script(face, session)
            case Said("q"):
                return ""
            case _:
                return after


def ending(face: Face, session: ScenarioSession, stage: str) -> str:
    """The ending, then the path in hindsight; the next stage."""
    state, figures = session.state, stage == "debrief"
    face.head(title(face, session), f"the end; {story.levels(session, figures=figures)}")
    if stage == "ending":
        face.show([para(state.title), *face.prose(state.text)])
        enter = "shows it in hindsight"
    else:
        face.show(hindsight(session, face.prose))
        enter = "goes back"
    while True:
        match face.ask(Prompt(commands(session, LOG, AGAIN), enter=enter)):
            case Said("l"):
                face.show(story.so_far(session, face.prose, figures=figures))
            case Said("t"):
                show_script(face, session)
            case Said("a"):
                try:
                    session.replay()
                except NotSaved as error:
                    face.complain(error)
                    continue
                return "scene"
            case Said("q"):
                return ""
            case Said(""):
                return "debrief" if stage == "ending" else ""
            case _:
                return stage
