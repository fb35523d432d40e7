"""Rules about test-wiseness: how well guessing strategies score without knowledge of the subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from math import comb

from dev2cto.course.check.answer_options import AnswerOption, choices
from dev2cto.course.check.course_snapshot import CourseSnapshot
from dev2cto.course.check.rules import Finding, Rule, second_standard
from dev2cto.course.check.strategies import FIRST, SECOND, Strategy
from dev2cto.course.check.text_fields import bare
from dev2cto.items.base import Item
from dev2cto.items.multi import Multi
from dev2cto.items.single import Single
from dev2cto.text import pluralize
from dev2cto.yaml.decode import SourceObject

MARGIN = Fraction(10, 100)
"""How much better than chance a strategy may score in a module."""
COURSE_MARGIN = Fraction(8, 100)
"""How much better than chance a strategy may score over the whole course."""
FEWEST = 8
"""Minimum number of items to judge a strategy; with fewer its score is mostly luck."""
FEWEST_MULTIS = 3
"""Number of multi items from which a constant number of right options is noticeable."""
LISTED = 12
"""Maximum number of items named in a finding."""

GuessableKind = type[Single] | type[Multi]
KINDS: tuple[tuple[GuessableKind, str], ...] = ((Single, "single"), (Multi, "multi"))


@dataclass(frozen=True, slots=True)
class Bank:
    """The items of one module; `file` locates their bank.yaml."""

    file: SourceObject
    items: tuple[Item, ...]
    quiz: bool = True
    """Whether the module has a quiz; the prologue's bank is used for inline checks only."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The mean score (0..1) of a strategy and that of chance, over the items it applies to."""

    strategy: str
    earned: Fraction
    chance: Fraction
    items: int
    works: tuple[str, ...] = ()
    """Ids of the items for which it earns the full score."""

    @property
    def excess(self) -> Fraction:
        """How much better than chance."""
        return self.earned - self.chance


def guesses(
    items: Iterable[Item], kind: GuessableKind, strategies: Sequence[Strategy] = FIRST + SECOND
) -> Iterator[Guess]:
    """Yield the exact expected score of every strategy over the items of that kind."""
    asked = [(item, _by_alphabet(item)) for item in items if isinstance(item, kind)]
    if not asked:
        return
    chance = _mean([_expected(parts, [0] * len(parts), kind) for _, parts in asked])
    for strategy in strategies:
        earned = [_expected(parts, strategy.weigh(item, parts), kind, strategy.skip) for item, parts in asked]
        works = tuple(item.id for (item, _), score in zip(asked, earned, strict=True) if score == 1)
        yield Guess(strategy.name, _mean(earned), chance, len(asked), works)


def _by_alphabet(item: Item) -> list[AnswerOption]:
    return sorted(choices(item), key=lambda part: bare(part.text).casefold())


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _expected(parts: Sequence[AnswerOption], weights: Sequence[float], kind: GuessableKind, skip: int = 0) -> Fraction:
    """Return the expected score of picking by weight: one option of a single, half of a multi; ties are random."""
    ranked = sorted(zip(weights, parts, strict=True), key=lambda each: -each[0])
    ties = [[part.right for _, part in tied] for _, tied in groupby(ranked, key=lambda each: each[0])]
    picks = 1 if kind is Single else len(parts) // 2
    return _expected_by_ties(tuple((sum(rights), len(rights)) for rights in ties), picks, skip)


@lru_cache(maxsize=1024)
def _expected_by_ties(ties: tuple[tuple[int, int], ...], picks: int, skip: int) -> Fraction:
    """Compute `_expected` from the ties, best first: how many options are right, of how many."""
    keys, options = (sum(column) for column in zip(*ties, strict=True))
    skip = min(skip, options - picks)
    hits: dict[int, Fraction] = {0: Fraction(1)}
    before = 0
    for rights, size in ties:
        picked = max(0, min(before + size, skip + picks) - max(before, skip))
        before += size
        hits = _drawn(hits, rights, size, picked)
    return sum((share * _score(n, picks, keys, options) for n, share in hits.items()), Fraction(0))


def _drawn(hits: dict[int, Fraction], rights: int, size: int, picked: int) -> dict[int, Fraction]:
    """Update the distribution of hits after `picked` of `size` tied options, `rights` of them right, are drawn.

    The number of right ones drawn follows the hypergeometric distribution.
    """
    ways = comb(size, picked)
    found: dict[int, Fraction] = {}
    for more in range(min(rights, picked) + 1):
        share = Fraction(comb(rights, more) * comb(size - rights, picked - more), ways)
        for n, before in hits.items():
            found[n + more] = found.get(n + more, Fraction(0)) + before * share
    return found


def _score(hits: int, picks: int, keys: int, options: int) -> Fraction:
    false = Fraction(picks - hits, options - keys) if options > keys else Fraction(0)
    return max(Fraction(0), Fraction(hits, keys) - false)


def _too_good(
    file: SourceObject, items: Sequence[Item], strategies: Sequence[Strategy], margin: Fraction
) -> Iterator[Finding]:
    for kind, name in KINDS:
        for guess in guesses(items, kind, strategies):
            if guess.items >= FEWEST and guess.excess > margin:
                earned, chance = float(guess.earned), float(guess.chance)
                message = (
                    f"picking {guess.strategy} earns {earned * 100:.0f} % in {guess.items} {name} items; "
                    f"chance would earn {chance * 100:.0f} %"
                )
                listed = f"{', '.join(guess.works[:LISTED])}{' ...' if len(guess.works) > LISTED else ''}"
                yield Finding(file, (), message, f"it works on {listed}" if listed else "")


def guessable(bank: Bank) -> Iterator[Finding]:
    """Report basic strategies that beat chance by more than ten percentage points in a module."""
    yield from _too_good(bank.file, bank.items, FIRST, MARGIN)


def guessable_in_other_ways(bank: Bank) -> Iterator[Finding]:
    """Report advanced strategies that beat chance by more than ten percentage points in a module."""
    yield from _too_good(bank.file, bank.items, SECOND, MARGIN)


def guessable_course(snapshot: CourseSnapshot) -> Iterator[Finding]:
    """Report strategies that beat chance by more than eight percentage points over the whole course."""
    items = [item for module in snapshot.modules for item in module.items]
    yield from _too_good(snapshot.course, items, FIRST + SECOND, COURSE_MARGIN)


def same_number_of_keys(bank: Bank) -> Iterator[Finding]:
    """Report a bank whose multi items all have the same number of right options, which test-takers notice."""
    multis = [item for item in bank.items if isinstance(item, Multi)]
    if len(multis) >= FEWEST_MULTIS and len({len(item.answers) for item in multis}) == 1:
        keys = len(multis[0].answers)
        message = f"each of the {len(multis)} multi items has {pluralize(keys, 'right option')}"
        yield Finding(bank.file, (), message, "vary the number")


RULES = (
    Rule("Q341", "a guesser beats chance", "bank", guessable),
    second_standard("Q345", "an advanced guesser beats chance", "bank", guessable_in_other_ways),
    second_standard("Q346", "a guesser beats chance over the course", "course", guessable_course),
    second_standard("Q347", "every multi item has the same number of keys", "bank", same_number_of_keys),
)
