"""The plan in words, with reviews beside those that are due."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, ChoiceInput, Prompt, numbers
from dev2cto.plain.screens.settings import change
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import plan_text
from dev2cto.study.queries.plan import plan
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """Show the plan and what can be done, until the learner leaves."""
    while True:
        found = plan(ui.study)
        ui.show_title(*plan_text.plan_title(found))
        ui.show(plan_text.plan_blocks(found, drawn=False))
        actions = [("date", plan_text.date_action(found)), *plan_text.review_actions(found)]
        for number, (_, words) in enumerate(actions, 1):
            ui.numbered_line(number, words)
        typed = ui.ask(Prompt((BACK,), numbers(len(actions)), enter="goes back"))
        if not isinstance(typed, ChoiceInput):
            return None
        name = actions[typed.number][0]
        if name == "date":
            change(ui, "finish_by")
        else:
            ui.go(Location("review", (name,)))
