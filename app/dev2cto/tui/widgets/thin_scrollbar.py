"""A scrollbar as one thin line: its handle is drawn, its track is not."""

from __future__ import annotations

from math import ceil
from typing import Any

from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender

from dev2cto import symbols


class ThinScrollBar(ScrollBarRender):
    """Draws a handle of `│`; clicks and drags work as on Textual's own."""

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Any = None,
        bar_color: Any = None,
    ) -> Segments:
        """Return one segment for each cell."""
        above, below = ({"@mouse.down": f"scroll_{way}"} for way in ("up", "down"))
        style = Style(color=bar_color, bgcolor=back_color, meta={"@mouse.down": "grab"})
        handle = Segment(symbols.current().divider, style)
        if not (window_size and size and virtual_size > window_size):
            return Segments([Segment(" ", Style(bgcolor=back_color))] * size, new_lines=True)
        length = max(1, ceil(size * window_size / virtual_size))
        start = round((size - length) * position / (virtual_size - window_size))
        return Segments(
            [
                handle
                if start <= n < start + length
                else Segment(" ", Style(bgcolor=back_color, meta=above if n < start else below))
                for n in range(size)
            ],
            new_lines=True,
        )


def install() -> None:
    """Have every scrollbar drawn like this."""
    ScrollBar.renderer = ThinScrollBar
