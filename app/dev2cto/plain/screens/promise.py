"""Making a reading's plan one's own promise: each field is kept when it is typed."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, TextInput, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import promise_text
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import Plan, make_promise, plan_begun, promise_owner, proposed
from dev2cto.text import one_line

MAKE = "promises it"


def run(ui: PlainUI, location: Location) -> Location | None:
    """Show the plan of the reading named first, or its draft; a number changes a field, enter promises it."""
    study, reading = ui.study, location.ids[0]
    begun = plan_begun(study, reading)
    plan = Plan.read(begun.text) if begun is not None else proposed(study, reading)
    ui.show_title(promise_text.promise_title(study, reading))
    ui.say(promise_text.BEGUN if begun is not None else promise_text.ABOUT)
    ui.save_location(Location("promise", (reading,)))
    show(ui, plan)
    while True:
        match ui.ask(Prompt((BACK,), numbers(len(plan)), "changes it", enter=MAKE)):
            case ChoiceInput(number):
                plan = change(ui, plan, number)
                if plan.draft != (begun.text if begun is not None else ""):
                    study.keep_draft(promise_owner(reading), plan.draft)
                show(ui, plan)
            case CommandInput(""):
                try:
                    undo = make_promise(study, reading, plan)
                except Dev2CtoError as error:
                    ui.show_error(error)
                    continue
                ui.offer_undo(promise_text.made_notice(study, plan.day), undo)
                return None
            case CommandInput("q"):
                if study.draft(promise_owner(reading)):
                    ui.say(f"Left; {study.draft_is_kept}.")
                return None
            case _:
                show(ui, plan)


def show(ui: PlainUI, plan: Plan) -> None:
    """The fields with their numbers, and the promise in words."""
    for n, ((_, label), text) in enumerate(zip(promise_text.FIELDS, plan, strict=True), 1):
        ui.numbered_line(n, f"{label}: {text}")
    ui.show(promise_text.plan_blocks(ui.study, plan))


def change(ui: PlainUI, plan: Plan, number: int) -> Plan:
    """Ask for the words of a field; enter keeps them as they are."""
    name, label = promise_text.FIELDS[number]
    match ui.ask(Prompt((BACK,), text=f"{label}: your words", enter="keeps it", free=True)):
        case TextInput(text):
            return plan._replace(**{name: one_line(text)})
        case _:
            return plan
