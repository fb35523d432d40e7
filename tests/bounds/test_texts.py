"""Texts of a course and of a learner are read, laid out and judged in linear time."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from dev2cto.course.check.text_fields import without_code
from dev2cto.course.citations import authors
from dev2cto.errors import Dev2CtoError
from dev2cto.exercises.text_lint import Lint, lint_text
from dev2cto.export.packet import FORM, read_packet
from dev2cto.items.output import difference
from dev2cto.items.quantity_parser import canonical, quantity
from dev2cto.items.text_matching import as_code, normalized
from dev2cto.markdown.layout import layout
from dev2cto.markdown.parser import flowing, parse
from dev2cto.plain.answers.predict import BETWEEN
from dev2cto.text import sanitize
from dev2cto.yaml.decode import did_you_mean

PUMPS = (
    "# a" + " " * 9, "~", "~~~a\n", "`", "`a", "``a` ", "*", "a*", "**a ", "_a_", "[", "[@a", "<", "> ", "- ",
    "  - a\n", " ", "|", "| a ", "a\n", "a", "1", "1 ", "1,", "\x1bP", "\x1b]", "&a", "\\", "\n", "\u6f22", "{{a",
    "which ", "A. ", "\u202e",
)  # fmt: skip


def packet(text: str) -> None:
    """Read a form that came back with this behind its labels."""
    form = f"{FORM}\nReader{text}\nReader: {text}\nRating 1: 1{text}\nComment 1:\n{text}\nPacket: a b c d\n"
    with contextlib.suppress(Dev2CtoError):
        read_packet(form.encode("utf-8", "surrogatepass"), "form.md")


READERS: dict[str, Callable[[str], object]] = {
    "sanitize": sanitize,
    "markdown": lambda text: layout(parse(text)),
    "a table": lambda text: layout(parse(f"| a | b |\n|---|---|\n| {text} | b |\n")),
    "one line": flowing,
    "without code": without_code,
    "quantity": quantity,
    "unit": canonical,
    "typed text": normalized,
    "as code": as_code,
    "interval": lambda text: BETWEEN.split(" ".join(text.split())),
    "lint": lambda text: lint_text(Lint(headings=("A",), number_with_unit=True, owner=True, date=True), text),
    "authors": authors,
    "output": lambda text: difference(text.split("\n"), f"{text}b".split("\n")),
    "a packet": packet,
    "a word": lambda text: did_you_mean(text, [f"{text}{n}" for n in range(9)]),
}
SIZES = (1_000, 4_000, 16_000)
NOISE = 0.01
"""Seconds of processor time below which growth is not looked at."""


def seconds(read: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


@pytest.mark.parametrize("name", READERS)
def test_time_grows_with_the_length(name: str) -> None:
    """Four times the text takes at most nine times as long; the first size that shows more ends the test."""
    read = READERS[name]
    for pump in PUMPS:
        most = 1.0
        for size in SIZES:
            text = (pump * size)[:size]
            took = seconds(read, text)
            if took > most:
                took = min(took, seconds(read, text), seconds(read, text))
            assert took <= most, (pump, size)
            most = max(NOISE, 9 * took)


@pytest.mark.parametrize("text", ["# a" + " " * 3_000 + "b", "~" * 60_000, "1 " * 50_000, "\x1bP" * 60_000])
def test_what_once_took_minutes_takes_no_second(text: str) -> None:
    assert sum(seconds(read, text) for read in READERS.values()) < 5
