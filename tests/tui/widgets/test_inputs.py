"""The fields of the full screen."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

from dev2cto.tui.widgets.inputs import LineInput, TextEditor


@pytest.mark.parametrize("field", [LineInput, TextEditor])
async def test_a_removed_field_can_be_painted_once_more(field: type[Widget]) -> None:
    app = App[None]()
    async with app.run_test(size=(40, 12)) as pilot:
        widget = field()
        await app.mount(widget)
        widget.focus()
        await pilot.pause()
        shown = widget.size
        widget.notify_style_update()
        await widget.remove()
        lines = widget.render_lines(Region(0, 0, *shown))
        assert {line.text for line in lines} == {" " * shown.width}
