"""Reporting a question: a ready text, the learner's argument, a file."""

from __future__ import annotations

from dev2cto.errors import Dev2CtoError
from dev2cto.items.base import Draw
from dev2cto.items.forms import Response
from dev2cto.plain.face import Face
from dev2cto.plain.text_entry import TextEntry
from dev2cto.prose.blocks import para
from dev2cto.study.reports import report_text, save_report


def report(face: Face, item: str, response: Response | None, draw: Draw, *, judged: bool) -> None:
    """Ask what is wrong and save the report. Raises Ended."""
    text = report_text(face.study, item, response, draw, judged=judged)
    owner = f"report:{item}"
    face.head("Report a question", item)
    face.show([para(line, tight=True) for line in text.rstrip().split("\n")])
    face.say("Say what is wrong and why; .q leaves without a report.")
    entry = TextEntry(face, face.study.draft(owner), lambda text, _: face.study.keep_draft(owner, text))
    if entry.run() == "leave":
        face.say(f"Left without a report; {face.study.draft_is_kept}.")
        return
    try:
        file = save_report(face.study, item, response, draw, f"{text.rstrip()}\n\n{entry.text}")
    except Dev2CtoError as error:
        face.complain(error)
        return
    face.study.drop_draft(owner)
    face.say(f"Saved as {file}")
