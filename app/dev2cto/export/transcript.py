"""Render a transcript as Markdown, plain text or CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, assert_never

from dev2cto.study.queries.transcript import ArtefactSummary, Transcript
from dev2cto.study.queries.view_models import minutes
from dev2cto.text import one_line, pluralize

Format = Literal["md", "text", "csv"]
EXPORT = "To export it: dev2cto export transcript FILE (with --format md, text or csv)"
COLUMNS = ("section", "date", "step", "kind", "title", "result", "percent", "minutes")
FORMULA = ("=", "+", "-", "@")
"""First characters that make a spreadsheet treat a cell as a formula."""


def render(found: Transcript, form: Format) -> str:
    """Render the transcript in that format, ending with a line break."""
    match form:
        case "md":
            return markdown(found)
        case "text":
            return text(found)
        case "csv":
            return as_csv(found)
        case _:
            assert_never(form)


def about(found: Transcript) -> tuple[str, str]:
    """Return two sentences: what the transcript is, and what it is not."""
    return (
        f"A record that {one_line(found.learner)} keeps of their own study of {one_line(found.course)} "
        f"({one_line(found.version)}), made on {_day(found.made)}.",
        "It is not a certificate. No one supervised this study, and anyone who has its files can change the answers.",
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _percent(score: float | None) -> str:
    return "" if score is None else f"{score * 100:.0f}"


# -- Markdown

FIGURES = ("Studied", "Score", "Questions")
"""Columns that are aligned at the right."""
SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")


def escaped(words: str) -> str:
    """Escape a text of the course or learner so that Markdown displays it literally."""
    return SPECIAL.sub(r"\\\1", one_line(words))


def markdown(found: Transcript) -> str:
    """Render the transcript as Markdown, with headings and tables."""
    what, not_what = about(found)
    lines = [f"# Transcript of {escaped(found.learner)}", "", escaped(what), "", not_what, ""]
    lines += ["## Steps", "", *_table(("Step", "Title", "State", "Studied"), [
        (s.step, s.title, s.state, minutes(s.minutes * 60)) for s in found.steps
    ]), "", f"Study time in all: {minutes(found.minutes * 60)}.", ""]  # fmt: skip
    lines += ["## What was done", ""]
    lines += _table(("Day", "Step", "What", "Title", "Result"), [
        (f"{e.day}", e.step, e.kind, e.title, e.result) for e in found.entries
    ]) or ["Nothing yet."]  # fmt: skip
    lines += ["", "## Objectives", ""]
    lines += _table(("Step", "Objective", "Score", "Questions"), [
        (o.step, o.text, o.words, f"{o.answered}") for o in found.objectives
    ]) or ["No question answered yet."]  # fmt: skip
    lines += ["", "## Artefacts", ""]
    for artefact in found.artefacts:
        lines += [f"### {escaped(artefact.title)}", "", escaped(f"{_summary(artefact)}"), ""]
        if artefact.rubric:
            lines += [*_table(("Criterion", "Judged by the learner"), list(_ratings(artefact))), ""]
    lines += [] if found.artefacts else ["Nothing submitted yet.", ""]
    lines += ["## Final form", ""] if found.finals else []
    for final in found.finals:
        passed = "passed" if final.passed else "not passed"
        lines += [f"{_day(final.day)}: {_percent(final.score)} %, {passed}.", ""]
        lines += [*_table(("Step", "Score", "Questions"), [
            (name, f"{_percent(score)} %", f"{count}") for name, score, count in final.steps
        ]), ""]  # fmt: skip
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; empty if it has no rows."""
    if not rows:
        return []
    cells = [[escaped(cell) for cell in row] for row in rows]
    return [_row(head), _row(["---:" if name in FIGURES else "---" for name in head]), *(_row(row) for row in cells)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _summary(artefact: ArtefactSummary) -> str:
    versions = pluralize(artefact.versions, "version")
    return f"{artefact.step}, {artefact.file}, {artefact.state}; {versions}, the last of {_day(artefact.day)}."


def _ratings(artefact: ArtefactSummary) -> Iterator[tuple[str, str]]:
    for score in artefact.rubric:
        yield score.criterion, "not judged" if score.rating is None else f"{score.rating} of 3"


# -- plain text


def text(found: Transcript) -> str:
    """Render the transcript as plain text."""
    lines = [f"Transcript of {one_line(found.learner)}", "", *about(found), "", "Steps"]
    lines += [f"{s.step}, {s.title}: {s.state}, {minutes(s.minutes * 60)} studied" for s in found.steps]
    lines += [f"Study time in all: {minutes(found.minutes * 60)}.", "", "What was done"]
    lines += [f"{e.day}  {e.step}, {e.kind}: {e.title}: {e.result}" for e in found.entries] or ["Nothing yet."]
    lines += ["", "Objectives"]
    lines += [f"{o.step}, {o.words} of {o.answered}: {o.text}" for o in found.objectives] or [
        "No question answered yet."
    ]
    lines += ["", "Artefacts"]
    for artefact in found.artefacts:
        lines.append(f"{artefact.title}: {_summary(artefact)}")
        lines += [f"  {criterion}: {rating}" for criterion, rating in _ratings(artefact)]
    lines += [] if found.artefacts else ["Nothing submitted yet."]
    lines += ["", "Final form"] if found.finals else []
    for final in found.finals:
        passed = "passed" if final.passed else "not passed"
        lines.append(f"{_day(final.day)}: {_percent(final.score)} %, {passed}.")
        lines += [f"  {name}: {_percent(score)} % of {count} questions" for name, score, count in final.steps]
    return "\n".join(one_line(line) if line[:1] != " " else f"  {one_line(line)}" for line in lines) + "\n"


# -- CSV


def as_csv(found: Transcript) -> str:
    """Render the transcript as one CSV table (RFC 4180), with `about` first and then the sections in turn."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _rows(found):
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def _cell(words: str) -> str:
    """Return the cell's text, quoted if a spreadsheet would treat it as a formula."""
    words = one_line(words)
    return f"'{words}" if words.startswith(FORMULA) else words


def _rows(found: Transcript) -> Iterator[tuple[str, ...]]:
    for words in about(found):
        yield "about", f"{found.made}", "", "", words, "", "", ""
    for s in found.steps:
        yield "step", "", s.step, "", s.title, s.state, "", f"{s.minutes}"
    yield "study time", "", "", "", "all", "", "", f"{found.minutes}"
    for e in found.entries:
        yield "done", f"{e.day}", e.step, e.kind, e.title, e.result, _percent(e.score), ""
    for o in found.objectives:
        yield "objective", "", o.step, f"{o.answered} questions", o.text, o.words, _percent(o.score), ""
    for a in found.artefacts:
        yield "artefact", f"{a.day}", a.step, a.file, a.title, a.state, "", ""
        for criterion, rating in _ratings(a):
            yield "criterion", f"{a.day}", a.step, a.file, criterion, rating, "", ""
    for final in found.finals:
        passed = "passed" if final.passed else "not passed"
        yield "final form", f"{final.day}", "", "", "Final form", passed, _percent(final.score), ""
        for name, score, count in final.steps:
            yield "final form", f"{final.day}", name, f"{count} questions", "", "", _percent(score), ""
