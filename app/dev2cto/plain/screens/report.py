"""Reporting a question: a ready text, the learner's argument, a file."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import para
from dev2cto.plain.line_editor import TextEntry
from dev2cto.plain.ui import PlainUI
from dev2cto.study.state.location import Location
from dev2cto.study.state.reports import report_subject, report_text, save_report


def run(ui: PlainUI, location: Location) -> None:
    """Ask what is wrong with the question named first and save the report. Raises SessionEnded."""
    item, response, draw, judged = report_subject(location)
    text = report_text(ui.study, item, response, draw, judged=judged)
    owner = f"report:{item}"
    ui.show_title("Report a question", item)
    ui.show([para(line, tight=True) for line in text.rstrip().split("\n")])
    ui.say("Write what is wrong, and why; .q leaves without a report.")
    entry = TextEntry(ui, ui.study.draft(owner), lambda text, _: ui.study.keep_draft(owner, text))
    if entry.run() == "leave":
        ui.say(f"Left without a report; {ui.study.draft_is_kept}.")
        return
    try:
        file = save_report(ui.study, item, response, draw, f"{text.rstrip()}\n\n{entry.text}")
    except Dev2CtoError as error:
        ui.show_error(error)
        return
    ui.study.drop_draft(owner)
    ui.say(f"Saved as {file}")
