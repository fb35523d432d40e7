"""Reports of a faulty question: a prepared text with what the author needs, saved as a file to send."""

from __future__ import annotations

from pathlib import Path

from dev2cto.errors import Dev2CtoError
from dev2cto.items.base import Draw
from dev2cto.items.forms import Response
from dev2cto.items.response_text import options_text, response_text
from dev2cto.paths import write_numbered
from dev2cto.study.context import StudyContext
from dev2cto.study.state.location import Location, from_json, to_json


def report_location(item: str, response: Response | None, draw: Draw, *, judged: bool) -> Location:
    """The location of the report screen for a question, with the learner's answer and the drawn values."""
    about = {"response": to_json(response), "draw": draw.document(), "judged": judged}
    return Location("report", (item,), extra=about)


def report_subject(place: Location) -> tuple[str, Response | None, Draw, bool]:
    """What a report at that place is about: the question, the answer, its values, whether it was judged."""
    about = place.extra
    response, draw = from_json(about.get("response")), Draw.read(about.get("draw", {}))
    return place.ids[0], response, draw, about.get("judged") is True


def report_text(study: StudyContext, item_id: str, response: Response | None, draw: Draw, *, judged: bool) -> str:
    """The text of a report: what was asked comes first, and room for the learner's argument last.

    It includes the right answer only if the response was `judged`, so that a report spoils no question. (The author
    can look the answer up by the question's id and fingerprint.)
    """
    item = study.curriculum.item(item_id)
    form = item.form(draw)
    given = () if response is None else response_text(form, response)
    values = ", ".join(f"{name} = {value:g}" for name, value in draw.given.items())
    parts = [
        f"Report of a question\n\n{item.ask(draw).strip()}",
        "\n".join(options_text(form)),
        f"My answer{'' if judged else ' so far'}\n\n" + ("\n".join(given) or "(none given)"),
        "The right answer\n\n" + "\n".join(item.solution(draw)) if judged else "",
        f"course:       {study.course.id} {study.course.version}\n"
        f"question:     {item.id} ({item.kind})\n"
        f"fingerprint:  {item.fingerprint}\n"
        f"values drawn: {values or 'none'}",
        "What I think is wrong, and why\n\n",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def save_report(study: StudyContext, item_id: str, response: Response | None, draw: Draw, text: str) -> Path:
    """Save the report to the record and to a file in the workspace; return the file's path.

    Raises NotSaved, or Dev2CtoError if only the file cannot be written: the record then has the text.
    """
    item = study.curriculum.item(item_id)
    report = {"item": item_id, "fingerprint": item.fingerprint, "text": text, "at": study.now()}
    study.record.table("reports").insert(report)
    folder = study.workspace / "reports"
    try:
        return write_numbered(folder / f"{item_id}.txt", text)
    except OSError as error:
        raise Dev2CtoError(
            f"The report is in your record, but no file could be written: {error.strerror}.",
            f"Check {folder}, or choose another workspace in the settings.",
        ) from error
