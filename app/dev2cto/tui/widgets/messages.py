"""The messages of fields, in a module apart from those: they are slow to import and not needed on home."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class FieldLeft(Message):
    """The learner left a field by tab or escape; the typed text is kept."""

    def __init__(self, field: Widget) -> None:
        super().__init__()
        self.field = field


class CursorMoved(Message):
    """The cursor moved in a line whose text is as it was."""
