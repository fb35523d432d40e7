"""The course that is shipped: clean, and of no use to somebody who knows about tests and not about the subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations
from math import comb

import pytest

from dev2cto.course import loader
from dev2cto.course.check.check import check_course
from dev2cto.items.base import Draw, Item
from dev2cto.items.categorise import Categorise
from dev2cto.items.forms import Arrange, Group, MarkLines, Pair, PickMany, PickOne, Response, empty_response
from dev2cto.items.kinds import KINDS
from dev2cto.items.lines import Lines
from dev2cto.items.match import Match
from dev2cto.items.matrix import Matrix
from dev2cto.items.multi import Multi
from dev2cto.items.order import Order
from dev2cto.items.single import Single
from dev2cto.yaml.tree import Problems
from tests.support.studies import SHIPPED

COURSE = loader.load_course(SHIPPED, Problems())
assert COURSE is not None
MODULES = COURSE.modules
DRAW = Draw()
Share = Fraction
Strategy = Callable[[Item], Response | None]
"""What somebody answers who does not read the question; None where that is no answer to this kind."""


@cache
def bank(module: str) -> tuple[Item, ...]:
    """All items of a module."""
    return loader.load_bank(SHIPPED, module, Problems())


def tick_all(item: Item) -> Response | None:
    """Everything marked; everything into the first group."""
    match item.form(DRAW):
        case PickMany(options=options):
            return tuple(option.id for option in options)
        case MarkLines(lines=lines):
            return tuple(str(n) for n, _ in enumerate(lines, 1))
        case Group(entries=entries, groups=groups):
            return {entry.id: groups[0].id for entry in entries}
        case _:
            return None


def tick_none(item: Item) -> Response | None:
    """Nothing at all."""
    return empty_response(item.form(DRAW)) if item.scored else None


def longest(item: Item) -> Response | None:
    """The longest option; of several, the longer half."""
    match item.form(DRAW):
        case PickOne(options=options):
            return max(options, key=lambda option: len(option.text)).id
        case PickMany(options=options):
            by_length = sorted(options, key=lambda option: -len(option.text))
            return tuple(option.id for option in by_length[: len(options) // 2])
        case _:
            return None


def by_alphabet(item: Item) -> Response | None:
    """What comes first when all is sorted: in place of any order that a file could leak."""
    match item.form(DRAW):
        case PickOne(options=options):
            return min(options, key=lambda option: option.text).id
        case Arrange(entries=entries):
            return tuple(option.id for option in sorted(entries, key=lambda option: option.text))
        case Pair(lefts=lefts, rights=rights):
            ranked = sorted(rights, key=lambda option: option.text)
            return {left.id: right.id for left, right in zip(lefts, ranked, strict=False)}
        case _:
            return None


@cache
def tau(entries: int) -> Share:
    """The mean of max(0, Kendall's tau) over all orders of so many entries."""
    pairs = comb(entries, 2)
    sums = [sum(1 if a < b else -1 for a, b in combinations(order, 2)) for order in permutations(range(entries))]
    return Share(sum(max(0, each) for each in sums), pairs * len(sums))


def marked(right: int, wrong: int) -> Share:
    """The mean of max(0, hits/k - false/(n-k)) when each option is marked or not by a coin."""
    worth = (
        comb(right, hits) * comb(wrong, false) * max(Share(0), Share(hits, right) - Share(false, wrong))
        for hits in range(right + 1)
        for false in range(wrong + 1)
    )
    return Share(sum(worth), 2 ** (right + wrong))


def placed(entries: int, groups: int) -> Share:
    """The mean of max(0, (c - n/m)/(n - n/m)) when each entry goes into any group."""
    luck, p = Share(entries, groups), Share(1, groups)
    worth = (
        comb(entries, hits) * p**hits * (1 - p) ** (entries - hits) * max(Share(0), (hits - luck) / (entries - luck))
        for hits in range(entries + 1)
    )
    return sum(worth, Share(0))


def chance(item: Item) -> Share:
    """What an answer drawn by lot earns on average: the exact mean over all answers there are."""
    match item:
        case Single(distractors=distractors):
            return Share(1, 1 + len(distractors))
        case Multi(answers=answers, distractors=distractors):
            return marked(len(answers), len(distractors))
        case Lines(lines=lines, listing=listing):
            return marked(len(lines), len(listing) - len(lines))
        case Order(order=order, extras=extras):
            return tau(len(order)) * (Share(1, 2) if extras else 1)
        case Match(pairs=pairs, extras=extras):
            return Share(1, len(pairs) + len(extras))
        case Categorise(places=places, groups=groups):
            return placed(len(places), len(groups))
        case Matrix(statements=statements):
            return placed(len(statements), 2)
        case _:
            return Share(0)


def mean(values: Iterable[Share]) -> Share:
    listed = list(values)
    return sum(listed, Share(0)) / len(listed)


def earned(item: Item, response: Response) -> Share:
    return Share(item.final(response, DRAW).score).limit_denominator(10_000)


def test_it_is_clean() -> None:
    assert [str(problem) for problem in check_course(SHIPPED, datetime.now(UTC).date())] == []


def test_every_kind_of_item_is_used() -> None:
    assert {item.kind for module in MODULES for item in bank(module)} == set(KINDS)


@pytest.mark.parametrize("strategy", [tick_all, tick_none, longest, by_alphabet])
@pytest.mark.parametrize("module", MODULES)
def test_no_strategy_earns_more_than_chance_and_ten_points(module: str, strategy: Strategy) -> None:
    answered = [(item, response) for item in bank(module) if (response := strategy(item)) is not None]
    assert answered
    got, luck = mean(earned(*pair) for pair in answered), mean(chance(item) for item, _ in answered)
    assert got <= luck + Share(1, 10)


@pytest.mark.parametrize("module", MODULES)
def test_marking_all_and_marking_nothing_earn_nothing(module: str) -> None:
    for item in bank(module):
        if isinstance(item, Multi | Lines):
            everything = tick_all(item)
            assert everything is not None
            assert earned(item, everything) == 0
        if item.scored:
            assert earned(item, empty_response(item.form(DRAW))) == 0


def test_chance_is_the_mean_over_all_answers() -> None:
    assert (tau(3), marked(2, 3), placed(6, 3)) == (Share(5, 18), Share(3, 16), Share(80, 729))
