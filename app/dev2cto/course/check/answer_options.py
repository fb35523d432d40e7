"""The options of an item, with their positions in its file."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.items.base import Item
from dev2cto.items.categorise import Categorise
from dev2cto.items.match import Match
from dev2cto.items.matrix import Matrix
from dev2cto.items.multi import Multi
from dev2cto.items.options import AnswerChoice
from dev2cto.items.order import Order
from dev2cto.items.single import Single
from dev2cto.yaml.tree import PathStep


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One option: the path to it, its text, and whether it is part of the key."""

    steps: tuple[PathStep, ...]
    text: str
    right: bool
    why: str = ""


def choices(item: Item) -> tuple[AnswerOption, ...]:
    """Return the options of a multiple-choice item, the key first; empty for other kinds."""
    match item:
        case Single():
            return (_part(item.answer, True, "answer"), *_distractors(item.distractors))
        case Multi():
            rights = (_part(choice, True, "answers", n) for n, choice in enumerate(item.answers))
            return (*rights, *_distractors(item.distractors))
        case _:
            return ()


def sides(item: Item) -> tuple[list[AnswerOption], list[AnswerOption]]:
    """Return the right options and the wrong ones."""
    parts = choices(item)
    return [part for part in parts if part.right], [part for part in parts if not part.right]


def groups(item: Item) -> tuple[tuple[AnswerOption, ...], ...]:
    """Return groups of texts that are shown together and must differ from each other."""
    match item:
        case Single() | Multi():
            return (choices(item),)
        case Order():
            entries = [AnswerOption(("order", n), text, True) for n, text in enumerate(item.order)]
            return ((*entries, *(AnswerOption(("extras", n), text, False) for n, text in enumerate(item.extras))),)
        case Match():
            lefts = [AnswerOption(("pairs", n, "left"), pair.left, True) for n, pair in enumerate(item.pairs)]
            rights = [AnswerOption(("pairs", n, "right"), pair.right, True) for n, pair in enumerate(item.pairs)]
            return (
                tuple(lefts),
                (*rights, *(AnswerOption(("extras", n), text, False) for n, text in enumerate(item.extras))),
            )
        case Categorise():
            listed = item.categories.items()
            return (
                tuple(AnswerOption(("categories", name), name, True) for name in item.categories),
                tuple(
                    AnswerOption(("categories", name, n), t, True)
                    for name, texts in listed
                    for n, t in enumerate(texts)
                ),
            )
        case Matrix():
            return (
                tuple(AnswerOption(("statements", n, "text"), s.text, s.answer) for n, s in enumerate(item.statements)),
            )
        case _:
            return ()


def _distractors(distractors: tuple[AnswerChoice, ...]) -> list[AnswerOption]:
    return [_part(choice, False, "distractors", n) for n, choice in enumerate(distractors)]


def _part(choice: AnswerChoice, right: bool, *steps: PathStep) -> AnswerOption:
    return AnswerOption((*steps, "text"), choice.text, right, choice.why)
