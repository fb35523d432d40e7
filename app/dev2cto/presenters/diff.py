"""Texts for code reviews: marks, comments, the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dev2cto import symbols
from dev2cto.exercises.diffs.diff import WEIGHTS, FaultWeight, SeededFault, address_text
from dev2cto.exercises.diffs.review_score import ReviewMark, ReviewOutcome
from dev2cto.markdown.columns import ColumnPair
from dev2cto.markdown.parser import Block, Paragraph, Span, Style, para
from dev2cto.presenters.feedback import RenderMarkdown, indented, one_line
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.text import pluralize, sanitize

MEANINGS: Mapping[FaultWeight, str] = {
    "must": "it must not be merged like this",
    "should": "worth changing",
    "question": "ask the author",
}
"""What each weight tells the author of the change."""
STATES = {"changed": "changed", "new": "new file", "deleted": "deleted"}
BRIEF_COMMENT = 60
"""The maximum number of characters shown of a comment in a list."""


DRAFT_COMMENT = "a draft comment"
HELPED = "It marks the exercise as helped."
BEGUN_ELSEWHERE = "Started in another session:"


def state(session: DiffSession, stage: str) -> str:
    """The state for the title before and after the review."""
    return "done" if session.done else "not done yet" if stage == "verdict" else "not begun"


def lost_blocks(session: DiffSession) -> list[Block]:
    """Comments on lines that a course update removed or changed; empty if there are none."""
    lost = session.lost_marks
    head = para("The change was revised. These comments are on lines that no longer exist:", "warn")
    return [head, *(para(comment or "no comment", indent=3, tight=True) for comment in lost)] if lost else []


def mark_lines(session: DiffSession) -> Iterator[tuple[str, str, str]]:
    """Yield (address, weight, shortened comment) of every mark, then of unsaved comments on unmarked lines."""
    marks = session.marks
    yield from ((address, mark.weight, short_comment(mark)) for address, mark in marks.items())
    yield from ((address, "", DRAFT_COMMENT) for address in session.draft_addresses() if address not in marks)


def again(session: DiffSession) -> str:
    """Begin another review; return a message about kept marks, or "". Raises NotSaved."""
    session.again()
    count = len(session.marks)
    return f"{pluralize(count, 'mark')} that found a fault {'is' if count == 1 else 'are'} kept." if count else ""


def tally(marks: Mapping[str, ReviewMark]) -> str:
    """The number of marks by weight: "4 marks: 2 must, 1 should, 1 question"."""
    weights = [mark.weight for mark in marks.values()]
    parts = [f"{weights.count(weight)} {weight}" for weight in WEIGHTS if weight in weights]
    return f"{pluralize(len(weights), 'mark')}: {', '.join(parts)}" if parts else "no marks"


def code_text(text: str) -> str:
    """A line of code for wrapping between words; no-break spaces keep its indentation."""
    shown = sanitize(text)
    code = shown.lstrip(" ")
    return "\u00a0" * (len(shown) - len(code)) + code


def short_comment(mark: ReviewMark) -> str:
    """The first line of a comment, cut to fit a list."""
    first = sanitize(mark.comment.strip()).partition("\n")[0]
    more = len(first) > BRIEF_COMMENT or "\n" in mark.comment.strip()
    return (f"{first[:BRIEF_COMMENT].rstrip()} ..." if more else first) or "no comment"


def verdict(session: DiffSession, outcome: ReviewOutcome) -> tuple[str, Style]:
    """The verdict on a review with its reason, in one sentence, and its style."""
    score, needed = f"{outcome.score * 100:.0f} %", f"{session.study.course.pass_mark * 100:.0f} %"
    if session.passes(outcome):
        reason = "" if outcome.score >= session.study.course.pass_mark else " Every must was found."
        return f"Done: {score}.{reason}", "good"
    musts = sum(fault.weight == "must" for fault in session.exercise.seeded)
    missed = sum(fault.weight == "must" for fault in outcome.missed)
    if missed:
        return (
            f"Not done yet: {missed} of {pluralize(musts, 'must')} missed. {score}; {needed} or every must passes.",
            "bad",
        )
    if musts:
        found, wrong = pluralize(len(outcome.found), "fault"), pluralize(len(outcome.accused), "false alarm")
        return f"Not done yet: every must was found, but with {wrong} for {found} found. {score}.", "bad"
    return f"Not done yet: {score}; {needed} passes.", "bad"


def verdict_parts(
    session: DiffSession, outcome: ReviewOutcome, prose: RenderMarkdown, *, show: str, signed: bool = False
) -> list[Block | ColumnPair]:
    """The verdict page: faults found and missed, false alarms, decoys left alone, the debrief.

    Missed faults are listed only if the exercise is done or the learner asked for them; `show` says how to ask;
    `signed` puts the sign of the verdict before its words.
    """
    summary, style = verdict(session, outcome)
    mark = symbols.current().right if style == "good" else symbols.current().wrong
    sign = f"{mark} " if signed else ""
    scores = [f"{float(doc.get('score', 0)) * 100:.0f} %" for doc in session.submissions()]
    before = f"   Your reviews so far: {', '.join(scores)}." if len(scores) > 1 else ""
    parts: list[Block | ColumnPair] = [Paragraph((Span(f"{sign}{summary}", style), Span(before, "muted")))]
    total = len(session.exercise.seeded)
    parts.append(para(f"Found: {len(outcome.found)} of {pluralize(total, 'fault')}", "heading"))
    for each in outcome.found:
        parts += _place(session, each.fault, prose)
        parts.append(ColumnPair(_yours(each.marks), _theirs(each.fault, prose)))
        given = {mark.weight for mark in each.marks}
        if given != {each.fault.weight}:
            weights = f"You chose {' and '.join(sorted(given))}, they chose {each.fault.weight}"
            parts.append(para(f"{weights}; the score ignores that.", "muted", indent=3, tight=True))
    parts += _missed(session, outcome, prose, show)
    if outcome.accused:
        parts.append(para(f"False alarms: {pluralize(len(outcome.accused), 'line')}", "heading"))
    for alarm in outcome.accused:
        parts += _code(session, (alarm.mark.address,))
        parts += _mine(alarm.mark)
        why = (
            one_line(prose, alarm.decoy.why)
            if alarm.decoy
            else (Span("No fault was planted here, but your point may still be valid.", "muted"),)
        )
        parts.append(Paragraph((Span("It is right: " if alarm.decoy else "", "muted"), *why), indent=3, tight=True))
    if outcome.resisted:
        count = f"{len(outcome.resisted)} of {pluralize(len(session.exercise.decoys), 'line')}"
        parts.append(para(f"Looks wrong, and you rightly left it: {count}", "heading"))
    for decoy in outcome.resisted if session.shows_missed else ():
        parts += _code(session, tuple(decoy.addresses.values()))
        parts.append(Paragraph(one_line(prose, decoy.why), indent=3, tight=True))
    if session.shows_missed:
        parts += [para("Looking back", "heading"), *prose(session.exercise.debrief)]
    return parts


def _missed(session: DiffSession, outcome: ReviewOutcome, prose: RenderMarkdown, show: str) -> list[Block | ColumnPair]:
    if not outcome.missed:
        return []
    weights = [fault.weight for fault in outcome.missed]
    listed = ", ".join(f"{weights.count(weight)} {weight}" for weight in WEIGHTS if weight in weights)
    parts: list[Block | ColumnPair] = [para(f"Missed: {listed}", "heading")]
    if not session.shows_missed:
        return [*parts, para(show, "muted")]
    for fault in outcome.missed:
        parts += _place(session, fault, prose)
        parts += _theirs(fault, prose)
    return parts


def _place(session: DiffSession, fault: SeededFault, prose: RenderMarkdown) -> list[Block]:
    """What is wrong, and the lines concerned."""
    head = Paragraph((Span(f"{fault.weight}  ", "accent"), *one_line(prose, fault.what)))
    return [head, *_code(session, tuple(fault.addresses.values()), tight=True)]


def _code(session: DiffSession, addresses: Sequence[str], *, tight: bool = False) -> list[Block]:
    """The addresses and texts of lines, removed ones first."""
    blocks: list[Block] = []
    for address in sorted(addresses, key=lambda address: "@-" not in address):
        found = session.change.find(address)
        if found is not None:
            text = sanitize(found[1].text).strip()
            shown = f"{found[1].sign} {text}".strip() if text else "an empty line"
            spans = (Span(f"{address_text(address)}   ", "muted"), Span(shown, "code"))
            blocks.append(Paragraph(spans, indent=3, tight=tight or bool(blocks)))
    return blocks


def _yours(marks: Sequence[ReviewMark]) -> tuple[Block, ...]:
    return tuple(block for mark in marks for block in _mine(mark))


def _mine(mark: ReviewMark) -> list[Block]:
    lines = sanitize(mark.comment.strip()).split("\n")
    shown = [para(line, indent=3, tight=True) for line in lines] if mark.comment.strip() else []
    return [
        para(f"You ({mark.weight})", "bold", indent=3),
        *(shown or [para("no comment", "muted", indent=3, tight=True)]),
    ]


def _theirs(fault: SeededFault, prose: RenderMarkdown) -> tuple[Block, ...]:
    head = para(f"A senior engineer ({fault.weight})", "bold", indent=3)
    first, *rest = indented(prose(fault.comment))
    if isinstance(first, Paragraph):
        first = Paragraph(first.spans, first.indent, first.marker, first.quote, tight=True)
    return (head, first, *rest)
