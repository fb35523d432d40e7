"""Words for numbers and states."""

from __future__ import annotations


def count(number: int, word: str) -> str:
    """A number with its word: "1 question", "3 questions"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def share(done: int, of: int, word: str) -> str:
    """How many of how many: "readings 2 of 7"."""
    return f"{word} {done} of {of}"
