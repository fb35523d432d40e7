"""The message FieldLeft, in a module apart from the fields: those are slow to import and not needed on home."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class FieldLeft(Message):
    """The learner left a field by tab or escape; the typed text is kept."""

    def __init__(self, field: Widget) -> None:
        super().__init__()
        self.field = field
