"""Lines out and in: a screen that is full waits, but only where something follows."""

from __future__ import annotations

import io

import pytest

from dev2cto.plain.console import KEPT, Console
from tests.support.typist import Typist

ROWS = 14


class AtScreen(Typist):
    """Somebody who sits at a screen."""

    terminal = True


@pytest.mark.parametrize(("lines", "waits"), [(ROWS - KEPT, False), (ROWS - KEPT + 1, True)])
def test_a_full_screen_waits_where_more_follows(monkeypatch: pytest.MonkeyPatch, lines: int, waits: bool) -> None:
    monkeypatch.setattr(Console, "_size", lambda _: (80, ROWS))
    out = io.StringIO()
    console = Console(AtScreen(["", "answer"] if waits else ["answer"]), out)
    console.write([f"line {n}" for n in range(lines)])
    console.gap()
    assert console.read("What?") == "answer"
    assert ("(enter shows more)" in out.getvalue()) is waits
