"""No expression takes more than linear time, whatever it is given: a course and a learner's text may hold anything."""

from __future__ import annotations

import re
import time

import pytest

from tests.support.expressions import Used, in_use

PUMPS = (
    *" \t\na1~`*_#-|:.,/'\"([{<&=+@$?é",
    *(
        "\x1b]",
        "\x1bP",
        "\x1b[",
        "1,",
        "1 1",
        "111 ",
        "1.",
        "a ",
        "A ",
        "A, ",
        "a, A. ",
        "{{",
        "{{a",
        "**a",
        " *a",
        " __a",
    ),
    *(
        "`a",
        "``a ",
        "```\n",
        "~~~a\n",
        "| ",
        "|-",
        "- ",
        "# a",
        "<!--",
        "<a ",
        "which ",
        "words",
        "owner ",
        "# a\n",
        "&a",
    ),
)
"""What is repeated: the beginnings of what expressions look for, without the ends."""
HEADS = ("", "# a", "1", "{{")
SHORT = {
    "cli.parser:invalid choice: '([^']*)' \\(choose from (.*)\\)|unrecognized arguments: (\\S+)": "a command line",
    "course.citations.BY_INITIALS": "500 characters",
    "items.expressions._TOKEN": "400 characters",
    "items.quantity_parser.ABOUT": "80 characters",
    "items.quantity_parser.NUMBER": "80 characters",
    "plain.exercises.diff_listing.LINE": "a typed line, which has no line break",
}
"""Expressions whose input is short, and why."""
USED = tuple(in_use())
SIZES = (400, 1_600, 6_400)
NOISE = 0.003
"""Seconds of processor time below which growth is not looked at."""


def seconds(used: Used, text: str) -> float:
    """The least processor time of three."""
    return min(once(used, text) for _ in range(3))


def once(used: Used, text: str) -> float:
    begun = time.process_time()
    used.apply(text)
    return time.process_time() - begun


def too_slow(used: Used, text: str) -> bool:
    """Whether four times the input takes more than eight times as long; stops at the first size that shows it.

    What looks slow is measured again and again beside the smaller input, since other programs may have been in the way.
    """
    before = 0.0
    for size in SIZES:
        took = once(used, f"{text[:size]}!")
        if is_steep(took, before) and all(
            is_steep(seconds(used, f"{text[:size]}!"), seconds(used, f"{text[: size // 4]}!")) for _ in range(5)
        ):
            return True
        before = took
    return False


def is_steep(took: float, before: float) -> bool:
    return took > NOISE and took > 8 * max(before, NOISE / 8)


def words_of(used: Used) -> list[str]:
    """The first words that an expression looks for: what follows them is reached only behind them."""
    return re.findall(r"(?<![\\A-Za-z])[A-Za-z]{3,}", used.pattern.pattern)[:4]


@pytest.mark.parametrize("used", USED, ids=lambda used: f"{used.name} {used.way}")
def test_an_expression_takes_linear_time(used: Used) -> None:
    if used.name in SHORT:
        pytest.skip(f"its input is short: {SHORT[used.name]}")
    slow = ((h, p) for p in PUMPS for h in (*HEADS, *words_of(used)) if too_slow(used, h + p * SIZES[-1]))
    assert next(slow, None) is None


def test_expressions_are_found() -> None:
    """In files of all parts, named and unnamed, and those that are excused exist."""
    names = {used.name for used in USED}
    assert len(names) > 80
    assert SHORT.keys() <= names
