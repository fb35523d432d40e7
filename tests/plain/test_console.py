"""Lines out and in: a screen that is full waits, but only where something follows, and never inside a question."""

from __future__ import annotations

import io
from collections.abc import Generator

import pytest

from dev2cto.markdown.parser import para
from dev2cto.plain.console import KEPT, MORE, MORE_HELP, Console
from dev2cto.plain.session_end import SessionEnded
from tests.support.typist import Typist

ROWS = 14
PAGE = ROWS - KEPT


class AtScreen(Typist):
    """Somebody who sits at a screen."""

    terminal = True


@pytest.fixture(autouse=True)
def _screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of ROWS lines."""
    monkeypatch.setattr(Console, "_size", lambda _: (80, ROWS))
    monkeypatch.delenv("LINES", raising=False)


def written(*typed: str, lines: int, then: str = "What?") -> tuple[str, str]:
    """What a console writes that shows so many lines and then asks, and the line that the question gets."""
    out = io.StringIO()
    console = Console(AtScreen(typed), out)
    console.write([f"line {n}" for n in range(1, lines + 1)])
    console.gap()
    return console.read(then), out.getvalue()


@pytest.mark.parametrize(("lines", "waits"), [(PAGE, False), (PAGE + 1, True)])
def test_a_full_screen_waits_where_more_follows(lines: int, waits: bool) -> None:
    answer, shown = written(*[""] * waits, "answer", lines=lines)
    assert answer == "answer"
    assert (MORE in shown) is waits


def test_q_at_a_pause_skips_the_output_and_nothing_else() -> None:
    answer, shown = written("q", "answer", lines=3 * PAGE)
    assert answer == "answer", "the q was for the pause alone"
    assert f"line {PAGE}\n" in shown
    assert f"line {PAGE + 1}\n" not in shown


def test_what_is_typed_at_a_pause_never_reaches_the_next_prompt() -> None:
    answer, shown = written("2", "", "answer", lines=PAGE + 3)
    assert answer == "answer"
    assert "Unknown command: 2." in shown
    assert f"line {PAGE + 3}\n" in shown, "and no line is lost"


@pytest.mark.parametrize("asked", ["?", "h", "help"])
def test_help_at_a_pause_loses_no_line(asked: str) -> None:
    _, shown = written(asked, "", "answer", lines=PAGE + 3)
    assert all(line in shown for line in MORE_HELP)
    assert f"line {PAGE + 1}\nline {PAGE + 2}\n" in shown


def test_quit_at_a_pause_ends_the_session() -> None:
    with pytest.raises(SessionEnded):
        written("quit", lines=PAGE + 1)


@pytest.mark.parametrize(
    ("setting", "lines", "page"),
    [("auto", "", PAGE), ("off", "", None), ("30", "", 30), ("auto", "24", 24 - KEPT), ("off", "24", None)],
)
def test_the_setting_and_lines_give_the_length(
    monkeypatch: pytest.MonkeyPatch, setting: str, lines: str, page: int | None
) -> None:
    monkeypatch.setenv("LINES", lines)
    console = Console(AtScreen([]), io.StringIO())
    console.page_length = lambda: setting
    assert console.page == page


def test_what_belongs_together_is_not_parted() -> None:
    out = io.StringIO()
    console = Console(AtScreen([""]), out)
    console.write(["before"] * (PAGE - 3))
    with console.together():
        for n in range(1, 6):
            console.say(f"option {n}")
    before, _, after = out.getvalue().partition(MORE)
    assert "option" not in before
    assert after.count("option") == 5


def test_a_question_longer_than_a_page_pauses_before_its_last_paragraph() -> None:
    out = io.StringIO()
    console = Console(AtScreen([""] * 9), out)
    question = [para(f"part {n}") for n in range(PAGE)]
    console.show_question(question, [para(f"option {n}", tight=n > 1) for n in range(1, 5)])
    last = out.getvalue().rpartition(MORE)[2]
    assert f"part {PAGE - 1}" in last
    assert all(f"option {n}" in last for n in range(1, 5))


def test_options_longer_than_a_page_are_not_parted_either() -> None:
    out = io.StringIO()
    console = Console(AtScreen([""]), out)
    console.show_question([para("question")], [para(f"option {n}") for n in range(PAGE)])
    assert MORE not in out.getvalue()


def test_the_screen_is_shown_again_on_request_without_what_was_beside_it() -> None:
    out = io.StringIO()
    console = Console(AtScreen(["x", "q"]), out)
    console.say("the screen before")
    console.begin()
    console.write([f"line {n}" for n in range(PAGE - 1)])
    console.read("")
    with console.beside():
        console.say("Unknown command: x.")
    out.truncate(0)
    console.read("")
    console.repeat()
    shown = out.getvalue()
    assert all(f"line {n}" in shown for n in range(PAGE - 1))
    assert "before" not in shown
    assert "Unknown" not in shown


def test_after_fg_the_screen_and_the_prompt_are_written_again() -> None:
    out, source = io.StringIO(), AtScreen([])
    console = Console(source, out)
    console.say("The question")

    def typed() -> Generator[str, None, None]:
        source.resumed()
        yield "answer"

    source._lines = typed()
    assert console.read("Your answer") == "answer"
    assert out.getvalue().endswith("The question\nYour answer\n> \nThe question\nYour answer\n> ")


def test_no_pause_comes_between_a_title_and_its_question() -> None:
    out = io.StringIO()
    console = Console(AtScreen([]), out)
    console.write(["", "Title", ""])
    console.show_question([para(f"part {n}", tight=True) for n in range(PAGE - 2)], [para("option")])
    assert MORE not in out.getvalue()
