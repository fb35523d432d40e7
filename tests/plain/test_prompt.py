"""What a typed line means."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, TextInput, numbers, span

SKIP = PromptCommand("s", "skip", "puts it off")
FIND = PromptCommand("f", "find", "finds words", "WORDS")
MENU = Prompt((SKIP, FIND, BACK), ("1", "2", "prologue"), "opens it", enter="goes on")
FREE = Prompt((SKIP, BACK), text="your answer", free=True)


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("1", ChoiceInput(0)),
        (" 2 ", ChoiceInput(1)),
        ("Prologue", ChoiceInput(2)),
        ("", CommandInput("")),
        ("s", CommandInput("s")),
        ("SKIP", CommandInput("s")),
        ("q", CommandInput("q")),
        ("back", CommandInput("q")),
        ("f two words", CommandInput("f", "two words")),
        ("find two", CommandInput("f", "two")),
        ("/word", CommandInput("/", "word")),
        ("search a b", CommandInput("/", "a b")),
        ("n", CommandInput("n")),
        ("3", None),
        ("s now", None),
        ("nonsense", None),
    ],
)
def test_a_line_at_a_menu(line: str, means: object) -> None:
    assert MENU.read(line) == means


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("q", CommandInput("q")),
        ("skip", TextInput("skip")),
        ("Q", TextInput("Q")),
        ("n", TextInput("n")),
        ("=q", TextInput("q")),
        ("=?", TextInput("?")),
        ("==q", TextInput("=q")),
        ("=", TextInput("=")),
        ("=>", TextInput("=>")),
        ("=5", TextInput("=5")),
        ("  two  words", TextInput("  two  words")),
        ("", None),
    ],
)
def test_a_line_where_any_text_may_be_meant(line: str, means: object) -> None:
    assert FREE.read(line) == means


def test_an_own_letter_wins_over_the_one_that_works_everywhere() -> None:
    terms = PromptCommand("g", "terms", "the terms of this reading")
    assert [c.word for c in Prompt((terms,)).all_commands if c.key == "g"] == ["terms"]


@pytest.mark.parametrize("width", [40, 60, 76])
def test_the_line_fits_and_always_tells_the_way_back_and_the_help(width: int) -> None:
    many = [PromptCommand(letter, f"command{letter}", "does something") for letter in "abcdefgh"]
    line = Prompt((*many, BACK), numbers(9), "opens it", enter="goes on").line(width)
    assert cell_len(line) <= max(width, len("1 to 9 opens it, enter goes on, q back, ? all"))
    assert line.endswith("q back, ? all")


def test_help_names_everything_that_can_be_typed() -> None:
    shown = "\n".join(MENU.help())
    for words in (
        "1, 2 or prologue",
        "enter",
        "s, or skip: puts it off",
        "f WORDS, or find",
        "q, or back",
        "p, or progress",
    ):
        assert words in shown
    free = "\n".join(FREE.help())
    assert "progress" not in free
    assert "put = in front" in free


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("1",), "1"),
        (("1", "2"), "1 or 2"),
        (("1", "2", "3"), "1 to 3"),
        (("prologue", "1", "2", "3", "capstone"), "1 to 3, prologue or capstone"),
        (("0", "1", "2", "3"), "0 to 3"),
    ],
)
def test_labels_in_short(labels: tuple[str, ...], shown: str) -> None:
    assert span(labels) == shown
