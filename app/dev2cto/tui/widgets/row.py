"""A row of a list."""

from typing import NamedTuple

from dev2cto.learning.completion import PartState
from dev2cto.markdown.parser import Span, Spans, Style

STATES: dict[PartState, Style] = {"not begun": "muted", "begun": "fill", "done": "fill-good"}
"""The styles of the marks of states."""


class Row(NamedTuple):
    """A row: its id, the text, and `lead`, which is put before the text on the first line.

    `fixed` rows are cut off at the right, others wrap below their text. The cursor skips rows with an empty `id`.
    """

    id: str
    spans: Spans
    lead: Spans = ()
    fixed: bool = False
    gap: bool = False
    """Whether a blank line comes before it."""
    caption: bool = False
    """Whether it is the caption of the rows below, which begins where titles do."""
    due: bool = False
    """Whether it is the learner's turn there: its mark is warm, and there even without the cursor."""
    sign: Span | None = None
    """One cell at its left: what was found of it."""
    unseen: str = ""
    """Words by which a filter finds it, too: the rest of a text of which it shows the beginning."""
