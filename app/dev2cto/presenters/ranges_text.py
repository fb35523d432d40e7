"""Texts for the intervals that the learner gave: how often they held, what that means, their scores by week."""

from __future__ import annotations

from dev2cto.learning.intervals import ALPHA
from dev2cto.learning.ranges import ENOUGH, RangeTrack
from dev2cto.markdown.parser import Block, Span, TableBlock, para
from dev2cto.presenters.bars import bar, history, percent
from dev2cto.presenters.weeks_text import figured
from dev2cto.study.queries.ranges import Ranges
from dev2cto.text import pluralize

HEAD = "Your ranges, and how often they held"
CLAIMED = f"{(1 - ALPHA) * 100:.0f} %"
SCORE = (
    f"0 is perfect, a range as wide as the answer scores 1, and a miss costs {2 / ALPHA:.0f} times what it misses by"
)
SHORT, LONG = 8, 20
"""Cells of the bar, where the page has two columns and otherwise."""


def range_blocks(view: Ranges, *, drawn: bool, narrow: bool = False) -> list[Block]:
    """The section on ranges; nothing before the first one was given, since few questions ask for one."""
    found = view.track
    if not found.given:
        return []
    share, indent = found.held / found.given, 1 if drawn else 0
    if drawn:
        of = f"of {found.given}" if narrow else f"of {pluralize(found.given, 'range')}, {CLAIMED} claimed"
        row = ((Span("Held"),), bar(share, 1, SHORT if narrow else LONG), (Span(percent(share)),), (Span(of, "muted"),))
        table = TableBlock((row,), ("left", "left", "right", "left"), 1, head=False, tight=True)
        blocks: list[Block] = [para(HEAD, "heading"), table]
    else:
        held = f"Held the answer: {share * 100:.0f} % of {pluralize(found.given, 'range')}, {CLAIMED} claimed"
        blocks = [para(HEAD, "heading"), para(held, tight=True)]
    blocks.append(para(range_words(found), "muted", indent=indent, tight=True))
    return [*blocks, *_scores(view, drawn, narrow)]


def range_words(found: RangeTrack) -> str:
    """One sentence on whether the ranges hold the answer as often as claimed, and whether they are getting narrower."""
    share = f"{found.held / found.given * 100:.0f} %"
    narrower = ""
    if found.is_narrower and found.widths is not None:
        before, after = (f"{width * 50:.0f} %" for width in found.widths)
        narrower = f", and have become narrower without losing hits: {after} to either side, {before} before"
    match found.fit:
        case "unknown":
            missing = pluralize(ENOUGH - found.given, "more range", "more ranges")
            return f"It takes {missing} to say whether they are honest."
        case "too narrow":
            return f"They are too narrow: {share} hold the answer where {CLAIMED} would be honest."
        case "too wide":
            return f"They hold the answer nearly always{narrower or ', so they can be narrower and still be honest'}."
        case "honest":
            return f"They hold the answer about as often as you claim{narrower}."


def _scores(view: Ranges, drawn: bool, narrow: bool) -> list[Block]:
    """The typical interval score of the first and the last week, and of those between."""
    known = [score for score in view.scores if score is not None]
    if len(known) < 2:
        return []
    words = f"score by week: {known[0]:.1f} at first, {known[-1]:.1f} last; {SCORE}"
    if not drawn:
        return [para(f"{words[:1].upper()}{words[1:]}.", tight=True)]
    return figured(history([score or 0.0 for score in view.scores]), words, narrow=True)
