"""How well someone does who knows nothing about the subject and much about tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from dev2cto.curriculum.checks.parts import Part, choices
from dev2cto.curriculum.checks.rules import Finding, Rule
from dev2cto.curriculum.checks.texts import bare, content
from dev2cto.items.base import Item
from dev2cto.items.multi import Multi
from dev2cto.items.single import Single
from dev2cto.shapes import Located

MARGIN = Fraction(10, 100)
"""A guesser may do so much better than chance."""
FEWEST = 8
"""In fewer items a strategy's score is luck."""

Weight = Callable[[Item, Part, int], float]

STRATEGIES: dict[str, Weight] = {
    "the longest option": lambda item, part, place: len(bare(part.text)),
    "the first option by alphabet": lambda item, part, place: -place,
    "the most detailed option": lambda item, part, place: len(re.findall(r"[\d,()\[\]]", bare(part.text))),
    "the option with most words of the question": lambda item, part, place: len(
        content(part.text) & content(item.prompt)
    ),
}


@dataclass(frozen=True, slots=True)
class Bank:
    """The items of one module; `file` locates their bank.yaml."""

    file: Located
    items: tuple[Item, ...]
    quiz: bool = True
    """Whether a quiz is drawn from it; the prologue's bank serves inline checks only."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a strategy earns on average, and what chance earns, over the items it applies to."""

    strategy: str
    earned: Fraction
    chance: Fraction
    items: int

    @property
    def excess(self) -> Fraction:
        """How much better than chance."""
        return self.earned - self.chance


def guesses(items: tuple[Item, ...], kind: type[Single] | type[Multi]) -> Iterator[Guess]:
    """The exact expectation of every strategy over the items of that kind; ties are broken by lot."""
    asked = [item for item in items if isinstance(item, kind)]
    if not asked:
        return
    chance = sum((_earned(item, lambda *_: 0) for item in asked), Fraction(0)) / len(asked)
    for name, weight in STRATEGIES.items():
        earned = sum((_earned(item, weight) for item in asked), Fraction(0)) / len(asked)
        yield Guess(name, earned, chance, len(asked))


def _earned(item: Item, weight: Weight) -> Fraction:
    """The expected score of picking the options of greatest weight: one in a single, half of them in a multi."""
    parts = sorted(choices(item), key=lambda part: bare(part.text).casefold())
    weighed = [(weight(item, part, place), part.right) for place, part in enumerate(parts)]
    picks = 1 if isinstance(item, Single) else len(parts) // 2
    limit = sorted((w for w, _ in weighed), reverse=True)[picks - 1]
    sure = [right for w, right in weighed if w > limit]
    tied = [right for w, right in weighed if w == limit]
    draws = [sum(sure) + sum(lot) for lot in combinations(tied, picks - len(sure))]
    keys = sum(right for _, right in weighed)
    return sum((_score(hits, picks, keys, len(parts)) for hits in draws), Fraction(0)) / len(draws)


def _score(hits: int, picks: int, keys: int, options: int) -> Fraction:
    return max(Fraction(0), Fraction(hits, keys) - Fraction(picks - hits, options - keys))


def guessable(bank: Bank) -> Iterator[Finding]:
    """A strategy without knowledge scores more than chance and ten points."""
    for kind, name in ((Single, "single"), (Multi, "multi")):
        for guess in guesses(bank.items, kind):
            if guess.items >= FEWEST and guess.excess > MARGIN:
                earned, chance = float(guess.earned), float(guess.chance)
                message = (
                    f"picking {guess.strategy} earns {earned:.0%} in {guess.items} {name} items, chance {chance:.0%}"
                )
                yield Finding(bank.file, (), message, _worst(bank, kind, guess.strategy))


def _worst(bank: Bank, kind: type[Single] | type[Multi], strategy: str) -> str:
    weight = STRATEGIES[strategy]
    lost = [item.id for item in bank.items if isinstance(item, kind) and _earned(item, weight) == 1]
    return f"it works on {', '.join(lost[:12])}{' ...' if len(lost) > 12 else ''}"


RULES = (Rule("Q341", "a guesser beats chance", "bank", guessable),)
