"""Guessing strategies of a test-wise person who knows nothing about the subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from dev2cto.course.check.answer_options import AnswerOption
from dev2cto.course.check.text_fields import bare, content, reason_in, words
from dev2cto.items.base import Item

Weigh = Callable[[Item, Sequence[AnswerOption]], Sequence[float]]
"""Return the weight of each option; options are given in alphabetical order."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """Picks the options with the greatest weight after skipping the `skip` greatest; ties are broken at random."""

    name: str
    weigh: Weigh
    skip: int = 0


def lengths(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    """Weight by length in characters, without markup."""
    return [len(bare(part.text)) for part in parts]


def _alphabet(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    return [-place for place, _ in enumerate(parts)]


def _details(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    return [len(re.findall(r"[\d,()\[\]]", bare(part.text))) for part in parts]


def _echoes(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    asked = content(item.prompt)
    return [len(content(part.text) & asked) for part in parts]


def _near_mean(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    sizes = lengths(item, parts)
    return [-abs(size - mean(sizes)) for size in sizes]


def likeness(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    """Weight by the share of the option's content words that also occur in the question."""
    asked = content(item.prompt)
    contents = [content(part.text) for part in parts]
    return [len(stems & asked) / len(stems) if stems else 0 for stems in contents]


def _unlikeness(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    return [-share for share in likeness(item, parts)]


def _odd(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    """Weight by how few words the option shares with the others, measured by Dice's coefficient."""
    texts = [frozenset(words(part.text)) for part in parts]
    return [-sum(_dice(one, other) for other in texts if other is not one) for one in texts]


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0


def _reasons(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    return [reason_in(part.text) is not None for part in parts]


def _no_reasons(item: Item, parts: Sequence[AnswerOption]) -> list[float]:
    return [reason_in(part.text) is None for part in parts]


FIRST = (
    Strategy("the longest option", lengths),
    Strategy("the first option by alphabet", _alphabet),
    Strategy("the most detailed option", _details),
    Strategy("the option with most words of the question", _echoes),
)
SECOND = (
    Strategy("the second longest option", lengths, skip=1),
    Strategy("the option of mean length", _near_mean),
    Strategy("the option nearest to the question", likeness),
    Strategy("the option farthest from the question", _unlikeness),
    Strategy("the odd one out", _odd),
    Strategy("an option with a reason in it", _reasons),
    Strategy("an option without a reason in it", _no_reasons),
)
