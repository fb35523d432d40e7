"""A text line by line: what is typed is kept at once, and a line that begins with a dot can do more."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dev2cto.plain.console import Console
from dev2cto.plain.line_editor import COMMAND, TextEntry
from dev2cto.plain.navigator import open_location
from dev2cto.plain.session_end import SessionEnded
from dev2cto.plain.signals import Signals
from dev2cto.plain.ui import PlainUI
from dev2cto.study.study import Study
from tests.support.typist import Typist

Kept = list[tuple[str, int]]


def enter(study: Study, *lines: str, text: str = "", after: int | None = None) -> tuple[TextEntry, str, Kept]:
    """The entry after these lines, how it ended, and what was kept in turn."""
    kept: Kept = []
    ui = PlainUI(study, Console(Typist(lines), io.StringIO()), Signals(), open_location)
    entry = TextEntry(ui, text, lambda now, at: kept.append((now, at)), after=after)
    return entry, entry.run(), kept


def test_every_line_is_kept_as_it_is_entered(study: Study) -> None:
    entry, end, kept = enter(study, "one", "", "  three", ".")
    assert end == "end"
    assert entry.text == "one\n\n  three\n"
    assert kept == [("one\n", 1), ("one\n\n", 2), ("one\n\n  three\n", 3)]


def test_the_end_of_the_input_loses_nothing(study: Study) -> None:
    kept: Kept = []
    ui = PlainUI(study, Console(Typist(["one", "two"]), io.StringIO()), Signals(), open_location)
    with pytest.raises(SessionEnded):
        TextEntry(ui, "", lambda now, at: kept.append((now, at))).run()
    assert kept[-1] == ("one\ntwo\n", 2)


def test_leaving_says_so(study: Study) -> None:
    assert enter(study, "one", ".q")[1] == "leave"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([".a 1", "new"], "one\nnew\ntwo\nthree\n"),
        ([".a 0", "new", "er"], "new\ner\none\ntwo\nthree\n"),
        ([".r 2 zwei"], "one\nzwei\nthree\n"),
        ([".r 2"], "one\n\nthree\n"),
        ([".d 2"], "one\nthree\n"),
        ([".d 1-2", "four"], "three\nfour\n"),
        ([".d 1-3"], ""),
        ([".a 2", ".d 1", "new"], "two\nnew\nthree\n"),
        ([".l", ".l 2-3", ".?"], "one\ntwo\nthree\n"),
        ([".d 4", ".d x", ".a 4", ".r 9 x", ".r"], "one\ntwo\nthree\n"),
        (["..l", "..", "...", ".gitignore", ".5 s"], "one\ntwo\nthree\n.l\n.\n...\n.gitignore\n.5 s\n"),
        ([".r 3 ..l"], "one\ntwo\n..l\n"),
    ],
)
def test_lines_are_put_in_changed_and_taken_away(study: Study, lines: list[str], text: str) -> None:
    entry, _, kept = enter(study, *lines, ".", text="one\ntwo\nthree\n")
    assert entry.text == text
    assert not kept or kept[-1][0] == text


@pytest.mark.parametrize("line", ["q", "?", ".x", "quit"])
def test_a_line_that_looks_like_a_command_is_text_and_is_pointed_out(study: Study, line: str) -> None:
    out = io.StringIO()
    entry = TextEntry(
        PlainUI(study, Console(Typist([line, "."]), out), Signals(), open_location), "Well\n", lambda *_: None
    )
    entry.run()
    assert entry.text == f"Well\n{line}\n"
    assert f"{line!r} is now line 2 of your text. .d 2 deletes it" in out.getvalue()


def test_typing_goes_on_where_it_was(study: Study) -> None:
    entry, _, _ = enter(study, "new", ".", text="one\ntwo\n", after=1)
    assert entry.text == "one\nnew\ntwo\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), max_size=30), max_size=8))
def test_any_text_can_be_entered(study: Study, wanted: list[str]) -> None:
    assume(not any(line.startswith("..") and COMMAND.fullmatch(line[1:].rstrip()) for line in wanted))
    typed = [f".{line}" if COMMAND.fullmatch(line.rstrip()) else line for line in wanted]
    entry, _, _ = enter(study, *typed, ".")
    assert entry.lines == wanted
