"""Home: the line to continue, the steps, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dev2cto.plain.prompt import (
    NOTEBOOK,
    PROGRESS,
    REPEAT,
    REVIEW,
    SEARCH,
    ChoiceInput,
    CommandInput,
    Prompt,
    PromptCommand,
    numbers,
)
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import home_text
from dev2cto.study.queries.home import next_step, one_time_notices
from dev2cto.study.queries.view_models import HomeView, StepLine
from dev2cto.study.state.location import Location
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from dev2cto.study.queries.unsaved_drafts import UnsavedDraft

PORTFOLIO = PromptCommand("w", "portfolio", "your texts", shown=False)
PLAN = PromptCommand("l", "plan", "what to do each week; reviews ahead", shown=False)
SETTINGS = PromptCommand("s", "settings", "goal, reviews, editor and more", shown=False)
WELCOME = PromptCommand("i", "welcome", "the story, how long it takes, goal and confidence", shown=False)
DRAFT = PromptCommand("d", "draft", "continues an unsaved draft")
PROMISE = PromptCommand("z", "promise", "looks back on a promise")
QUIT = PromptCommand("q", "quit", "ends dev2cto; everything is saved")
GOOD_TO_KNOW = (
    "Type a number to choose, and a letter or its word for a command.",
    "Every prompt lists the most useful ones; ? lists all of them; q goes back.",
    "Everything is saved as you go: you can disconnect at any time.",
)
"""What `?` adds at home."""
FIRST = "Type a number, a letter or a word, then enter. ? lists all, q goes back."
"""Shown on the first visit."""


def home(ui: PlainUI) -> None:
    """Where every session begins; left with q. Raises SessionEnded."""
    short = False
    while True:
        ui.module = ""
        ui.study.refresh()
        view = ui.study.home()
        drafts = home_text.drafts(ui.study)
        show(ui, view, drafts, short=short)
        labels = [step.step for step in view.steps]
        commands = [REVIEW, SEARCH, NOTEBOOK, PROGRESS, PORTFOLIO, PLAN, SETTINGS, WELCOME, QUIT]
        commands = [DRAFT, *commands] if drafts else commands
        commands = [PROMISE, *commands] if view.promises else commands
        enter = "continues" if view.onward else ""
        typed = ui.ask(Prompt(commands, labels, "opens a step", enter, more=GOOD_TO_KNOW, menu=True))
        short = typed != REPEAT
        match typed:
            case ChoiceInput(number):
                ui.go(Location("step", (view.steps[number].module,)))
            case CommandInput("q"):
                return
            case CommandInput(""):
                go_on(ui)
            case CommandInput("d"):
                choose_draft(ui, drafts)
            case CommandInput("z"):
                choose_promise(ui, view)
            case CommandInput("w"):
                ui.go(Location("portfolio"))
            case CommandInput("l"):
                ui.go(Location("plan"))
            case CommandInput("s"):
                ui.go(Location("settings"))
            case CommandInput("i"):
                ui.go(Location("welcome"))
            case CommandInput(key, words) if key in "rnp/":
                ui.follow(CommandInput(key, words))
            case _:
                pass


def go_on(ui: PlainUI) -> None:
    """To the place the learner left, or what comes next."""
    found = next_step(ui.study)
    if found is None:
        ui.say(home_text.ALL_DONE)
        return
    ui.go(found.location)


def show(ui: PlainUI, view: HomeView, drafts: tuple[UnsavedDraft, ...], *, short: bool) -> None:
    """Notices, what is due and where to continue; then the steps, unless they were shown before."""
    ui.show_title(f"dev2cto: {view.title}", f"{view.percent} % done")
    for notice in view.notices:
        ui.say(notice)
    if due := home_text.due(view):
        ui.say(f"{due}. r begins.")
    if view.onward is None:
        ui.say(home_text.ALL_DONE)
    else:
        ui.say(f"{home_text.continue_word(view)}: {view.onward.title}, {view.onward.note}. Enter goes there.")
    for draft in drafts:
        ui.say(f"Draft: {draft.title}, {home_text.draft_size(draft)}. d continues it.")
    for _, words in view.promises:
        ui.say(f"{home_text.PROMISED}: {words} z looks back on it.")
    ui.console.gap()
    if short:
        return
    for step in view.steps:
        ui.numbered_line(step.step, step_line(step))
    ui.console.gap()
    ui.say(f"{', '.join(home_text.facts(view))}.")
    if not view.last_here:
        ui.say(FIRST)


def tell(ui: PlainUI) -> None:
    """Show what is shown once: damage to the record, changes of the course."""
    for text in one_time_notices(ui.study):
        ui.say(text)


def step_line(step: StepLine) -> str:
    """A step in words: title, state, how far each of its parts is."""
    parts = [f"readings {step.readings_done} of {step.readings}"]
    if step.quiz:
        parts.append("quiz not taken" if step.quiz == "--" else f"quiz best {step.quiz}")
    if step.final:
        parts.append("final form not taken" if step.final == "--" else f"final form best {step.final}")
    if step.exercises:
        parts.append(f"exercises {step.exercises_done} of {step.exercises}")
    broken = f" {pluralize(step.broken, 'mistake')} in its files, see the step." if step.broken else ""
    return f"{step.title}: {step.state}; {', '.join(parts)}.{broken}"


def choose_draft(ui: PlainUI, drafts: tuple[UnsavedDraft, ...]) -> None:
    """Continue the only one, or the one that is chosen."""
    number = choose_one(ui, [f"{draft.title}, {home_text.draft_size(draft)}" for draft in drafts], "continues it")
    if number is not None:
        ui.go(drafts[number].location)


def choose_promise(ui: PlainUI, view: HomeView) -> None:
    """Look back on the only promise that is due, or the one that is chosen."""
    number = choose_one(ui, [words for _, words in view.promises], "looks back on it")
    if number is not None:
        ui.go(Location("outcome", (view.promises[number][0],)))


def choose_one(ui: PlainUI, lines: Sequence[str], does: str) -> int | None:
    """The number of the only line, or of the one that is chosen; None if none is."""
    if len(lines) == 1:
        return 0
    for n, line in enumerate(lines, 1):
        ui.numbered_line(n, line)
    typed = ui.ask(Prompt(choices=numbers(len(lines)), chooses=does))
    return typed.number if isinstance(typed, ChoiceInput) else None
