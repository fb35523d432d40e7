"""The marks: which set is chosen, and how both draw the same."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from dev2cto import symbols
from dev2cto.presenters.bars import bar, history
from dev2cto.study.study import Study
from dev2cto.symbols import PLAIN, UNICODE, PlainSymbols, Symbols, shows_unicode

UTF8 = {"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}


@pytest.mark.parametrize(
    ("surroundings", "encoding", "shown"),
    [
        (UTF8, "utf-8", True),
        (UTF8, "UTF8", True),
        (UTF8, "iso-8859-1", False),
        (UTF8 | {"TERM": "linux"}, "utf-8", False),
        (UTF8 | {"TERM": "vt100"}, "utf-8", False),
        (UTF8 | {"TERM": "dumb"}, "utf-8", False),
        (UTF8 | {"LC_ALL": "C"}, "utf-8", False),
        (UTF8 | {"LC_ALL": "POSIX"}, "utf-8", False),
        ({"TERM": "tmux-256color", "LC_ALL": "C.UTF-8"}, "utf-8", True),
        ({"TERM": "xterm", "LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, "utf-8", True),
        ({"TERM": "xterm"}, "utf-8", True),
    ],
)
def test_the_terminal_and_the_locale_say_which_marks_can_be_shown(
    surroundings: dict[str, str], encoding: str, shown: bool
) -> None:
    assert shows_unicode(surroundings, encoding) is shown


def test_the_setting_comes_before_the_terminal(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    assert symbols.current() is UNICODE
    study.set("symbols", "plain")
    assert symbols.current() is PLAIN
    monkeypatch.setenv("TERM", "linux")
    study.set("symbols", "auto")
    assert symbols.current() is PLAIN
    study.set("symbols", "unicode")
    assert symbols.current() is UNICODE


def test_lines_that_may_be_read_aloud_have_plain_marks_whatever_is_chosen() -> None:
    symbols.for_lines()
    symbols.use("unicode")
    assert symbols.current() is PLAIN


def test_marks_are_as_wide_as_layouts_take_them_to_be() -> None:
    marks = {name: mark for name, mark in vars(Symbols).items() if isinstance(mark, str) and name[0] != "_"}
    assert len(marks) == 24
    for name, mark in marks.items():
        assert cell_len(mark) == (8 if name == "levels" else 1), name
    assert marks.keys() <= vars(PlainSymbols).keys()
    assert "".join(getattr(PLAIN, name) for name in marks).isascii()
    assert len(PLAIN.levels) == len(UNICODE.levels)


def test_a_bar_is_filled_for_its_share_and_what_is_begun_shows() -> None:
    def drawn(part: float, whole: float = 1) -> str:
        return "".join(span.text for span in bar(part, whole, 8) if span.style == "fill")

    assert [len(drawn(part)) for part in (0, 0.001, 0.5, 1, 2)] == [0, 1, 4, 8, 8]
    assert drawn(1, 0) == ""
    symbols.use("plain")
    assert "".join(span.text for span in bar(0.5, 1, 8)) == "####----"


def test_a_history_has_the_highest_column_for_the_largest_value() -> None:
    assert history([1, 2, 8, 0])[0].text == "▂ ▃ █ ·"
    assert history([0, 0])[0].text == "· ·"
