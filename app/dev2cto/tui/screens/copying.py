"""Code that can be copied from a screen."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.widget import Widget

from dev2cto.markdown.parser import Listing
from dev2cto.tui.widgets.line_widget import MarkdownText


def code_on_screen(screen: Widget) -> list[Listing]:
    """Return the code of which a line is on screen, from top to bottom."""
    found: list[Listing] = []
    for text in screen.query(MarkdownText):
        frame: Widget = next((node for node in text.ancestors if isinstance(node, VerticalScroll)), screen)
        top, shown = text.region.y, frame.region
        found += [code for first, end, code in text.listings() if top + first < shown.bottom and top + end > shown.y]
    return found
