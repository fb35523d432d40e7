"""What a verdict says of each part of an answer: an option, a pair, a line of code, a blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dev2cto import symbols
from dev2cto.items.base import JudgedPart, PartVerdict
from dev2cto.items.forms import (
    Arrange,
    Blanks,
    Form,
    Group,
    MarkLines,
    Option,
    Pair,
    PickMany,
    PickOne,
    Predict,
    Response,
    Write,
    assignment,
    texts,
)
from dev2cto.items.response_text import one_line
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, Style, flowing
from dev2cto.study.queries.question_models import Feedback

STYLES: Mapping[PartVerdict, Style] = {"right": "good", "wrong": "bad", "missed": "warn", "unmarked": "muted"}


class PartNote(NamedTuple):
    """The verdict on a part: a word, what is right there, and the reason (Markdown); both empty if not shown."""

    id: str
    verdict: PartVerdict
    word: str
    rest: str = ""
    reason: str = ""
    alone: bool = False
    """Whether one option was to be chosen: the right one is then no part that was missed."""

    @property
    def said(self) -> Spans:
        """The word in its colour, and what is right there."""
        style: Style = "good" if self.alone and self.verdict == "missed" else STYLES[self.verdict]
        return (Span(self.word, style), *((Span(f"; {self.rest}"),) if self.rest else ()))

    def sign(self, form: Form | None) -> Span:
        """The sign: a tick for what belongs, a cross for a mistake; a missed part is a mistake unless one chose it."""
        marks, chosen = symbols.current(), isinstance(form, PickOne | PickMany | MarkLines)
        match self.verdict:
            case "right":
                return Span(marks.right, "good")
            case "missed" if chosen:
                return Span(marks.right, "good" if self.alone else "warn")
            case "wrong" | "missed":
                return Span(marks.wrong, "bad")
            case "unmarked":
                return Span("" if chosen else marks.right, "good")


def part_notes(feedback: Feedback, *, every: bool = False, numbers: bool = False) -> list[PartNote]:
    """Return the note on each part, with its reason where that matters; with `every`, all reasons the course gives.

    With `numbers`, the right one of numbered targets is named by its number, too.
    """
    form = feedback.form
    if form is None:
        return []
    notes = []
    for part in feedback.parts:
        word, rest = _words(form, part, numbers)
        reason = part.why if every or matters(form, part) else ""
        notes.append(PartNote(part.id, part.verdict, word, rest, reason, isinstance(form, PickOne)))
    return notes


def has_more_reasons(feedback: Feedback) -> bool:
    """Whether the course gives reasons that are shown only on request."""
    form = feedback.form
    return form is not None and any(part.why.strip() and not matters(form, part) for part in feedback.parts)


def matters(form: Form, part: JudgedPart) -> bool:
    """Whether the reason is shown at once: those of what was chosen or should have been, or of what is wrong."""
    if isinstance(form, PickOne | PickMany | MarkLines):
        return part.verdict != "unmarked"
    return part.verdict in ("wrong", "missed")


def _words(form: Form, part: JudgedPart, numbers: bool) -> tuple[str, str]:
    """Return the verdict in a word, and what is right there where it is wrong."""
    match form:
        case PickOne() | PickMany() | MarkLines():
            missed = "right" if isinstance(form, PickOne) else "missed"
            return {"right": "you, right", "wrong": "you, wrong", "missed": missed, "unmarked": ""}[part.verdict], ""
        case _ if part.verdict in ("right", "unmarked"):
            return "right", ""
        case Pair() | Group():
            targets = assignment(form)[1]
            at = next((n for n, target in enumerate(targets, 1) if target.id == part.right), 0)
            return "wrong", f"right: {f'{at}, ' if numbers else ''}{one_line(targets[at - 1])}" if at else ""
        case Arrange():
            return "wrong", f"belongs at {part.right}" if part.right else "does not belong"
        case Predict() if part.id in ("1", "2"):
            return ("too high" if part.id == "1" else "too low"), ""
        case _:
            return "wrong", f"right: {part.right}" if part.right else ""


def judged_blocks(feedback: Feedback, *, every: bool = False, signs: bool = False) -> Iterator[Block]:
    """Yield the parts with the learner's own answer, the verdict in words and its reason, for texts and lines.

    Options and lines that were rightly left alone are shown only with `every`. With `signs`, a tick or a cross too.
    """
    form = feedback.form
    if form is None:
        return
    own = dict(_own(form, feedback.response))
    listed = isinstance(form, PickOne | PickMany | MarkLines)
    first = True
    for note in part_notes(feedback, every=every):
        if note.id not in own or (listed and note.verdict == "unmarked" and not every):
            continue
        marker, spans, joint = own[note.id]
        sign = note.sign(form) if signs else Span("")
        marker = f"{sign.text or ' '} {marker}" if signs else marker
        word = (Span(joint), *note.said) if note.word else ()
        yield Paragraph((*spans, *word), marker=marker, tight=not first, marker_style=sign.style)
        if note.reason.strip():
            yield Paragraph(flowing(note.reason), indent=len(marker), tight=True)
        first = False


def _own(form: Form, response: Response) -> Iterator[tuple[str, tuple[str, Spans, str]]]:
    """Yield each part's id with a marker, what the learner answered there, and what comes before the verdict."""
    match form:
        case PickOne() | PickMany():
            for n, option in enumerate(form.options, 1):
                yield option.id, (f"{n}. ", flowing(option.text), ": ")
        case MarkLines(lines=lines):
            for n, line in enumerate(lines, 1):
                yield str(n), (f"line {n}: ", (Span(line.strip(), "code"),), ": ")
        case Pair() | Group():
            entries, targets = assignment(form)
            given = response if isinstance(response, Mapping) else {}
            names = {target.id: one_line(target) for target in targets}
            for n, entry in enumerate(entries, 1):
                chosen = names.get(given.get(entry.id, ""), "nothing")
                yield entry.id, (f"{n}. ", (*flowing(entry.text), Span(f": {chosen}")), ", ")
        case Arrange(entries=entries):
            place = {id: n for n, id in enumerate(texts(response), 1)}
            for entry in entries:
                marker = f"{place[entry.id]}. " if entry.id in place else "left out: "
                yield entry.id, (marker, flowing(entry.text), ": ")
        case Blanks():
            for n, text in enumerate(texts(response), 1):
                yield str(n), (f"blank {n}: ", _typed(text), ", ")
        case Predict():
            low, high, typed = (*texts(response), "", "")[:3] if texts(response) else ("", "", str(response))
            for n, (marker, text) in enumerate((("At least ", low), ("At most ", high), ("You: ", typed)), 1):
                yield str(n), (marker, _typed(text), ", ")
        case Write(lines=False):
            yield "1", ("You: ", _typed(str(response)), ", ")
        case Write():
            return


def _typed(text: str) -> Spans:
    return (Span(" ".join(text.split()) or "nothing", "" if text.strip() else "muted"),)


def right_order(feedback: Feedback) -> tuple[Option, ...]:
    """Return the entries in the right order, if theirs was wrong; the right answer to other forms is at its parts."""
    form = feedback.form
    if not isinstance(form, Arrange) or all(part.verdict in ("right", "unmarked") for part in feedback.parts):
        return ()
    place = {part.id: int(part.right) for part in feedback.parts if part.right}
    return tuple(sorted((entry for entry in form.entries if entry.id in place), key=lambda entry: place[entry.id]))
