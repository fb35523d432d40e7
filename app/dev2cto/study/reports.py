"""Reporting a question: a ready text with all that its author needs, saved where the learner can send it from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.errors import Dev2CtoError
from dev2cto.items.base import Draw
from dev2cto.items.forms import Response
from dev2cto.study.place import to_json

if TYPE_CHECKING:
    from dev2cto.study.core import Study


def report_text(study: Study, item_id: str, response: Response | None, draw: Draw) -> str:
    """The text of a report, with room for the learner's argument."""
    item = study.curriculum.item(item_id)
    given = "" if response is None else str(to_json(response))
    values = "".join(f"\n  {name} = {value:g}" for name, value in draw.given.items())
    return (
        f"Report of a question\n\n"
        f"course:       {study.course.id} {study.course.version}\n"
        f"question:     {item.id} ({item.kind})\n"
        f"fingerprint:  {item.fingerprint}\n"
        f"values drawn: {values or 'none'}\n\n"
        f"The question\n\n{item.ask(draw).strip()}\n\n"
        f"My answer\n\n{given or '(none given)'}\n\n"
        f"The key\n\n{to_json(item.key(draw))}\n\n"
        f"What I think is wrong, and why\n\n\n"
    )


def save_report(study: Study, item_id: str, response: Response | None, draw: Draw, text: str) -> Path:
    """Keep the report in the record and as a file in the workspace; returns the file's path.

    Raises Dev2CtoError where the file cannot be written; the record has the text all the same.
    """
    item = study.curriculum.item(item_id)
    study.record.add("reports", {"item": item_id, "fingerprint": item.fingerprint, "text": text, "at": study.now()})
    folder = study.workspace / "reports"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file, number = folder / f"{item_id}.txt", 1
        while file.exists():
            number += 1
            file = folder / f"{item_id}-report-{number}.txt"
        with file.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except OSError as error:
        raise Dev2CtoError(
            f"The report is in your record, but no file could be written: {error.strerror}.",
            f"Look at {folder}, or choose another workspace in the settings.",
        ) from error
    return file
