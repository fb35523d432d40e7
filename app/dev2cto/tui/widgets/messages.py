"""The message of a field that was left; apart from the fields, which are slow to load and not needed on home."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class FieldLeft(Message):
    """The learner leaves a field by tab or escape; what is typed stays."""

    def __init__(self, field: Widget) -> None:
        super().__init__()
        self.field = field
