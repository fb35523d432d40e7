"""The draw of a final form: enough of every step, spread over objectives, what was not asked before first."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dev2cto.course.outline import FinalOutline, ItemOutline, ModuleOutline
from dev2cto.learning.completion import CompletedWork, final_state, minutes_done, module_state
from dev2cto.learning.final import draw_final
from dev2cto.learning.next_part import part_after, parts_left
from tests.support.outlines import module

SEEDS = st.integers(0, 2**32)


def step(name: str, objectives: int, each: int, *, scored: bool = True) -> tuple[ItemOutline, ...]:
    """So many items for each of so many objectives."""
    return tuple(
        ItemOutline(f"{name}-{o}-{n}", "single", f"{name}-{o}", scored, "", "", True)
        for o in range(objectives)
        for n in range(each)
    )


A, B, C = step("a", 3, 4), step("b", 2, 6), step("c", 4, 2)
ALL = {item.id for bank in (A, B, C) for item in bank}


def per_step(ids: tuple[str, ...]) -> Counter[str]:
    """How many of each step."""
    return Counter(id[0] for id in ids)


@given(SEEDS, st.integers(1, 40), st.integers(1, 9))
def test_the_length_is_kept_and_every_step_has_its_share(seed: int, length: int, least: int) -> None:
    drawn = draw_final([A, B, C], {}, length, least, Random(seed))
    assert len(drawn) == len(set(drawn))
    shares = sum(min(least, len(bank)) for bank in (A, B, C))
    assert len(drawn) == min(len(ALL), max(length, shares))
    counts = per_step(drawn)
    assert all(counts[name] >= min(least, len(bank)) for name, bank in (("a", A), ("b", B), ("c", C)))


@given(SEEDS, st.integers(1, 12))
def test_what_a_step_gives_is_spread_over_its_objectives(seed: int, least: int) -> None:
    drawn = draw_final([A], {}, 1, least, Random(seed))
    counts = Counter(id[:3] for id in drawn)
    assert max(counts.values()) - min(counts.get(f"a-{o}", 0) for o in range(3)) <= 1


@given(SEEDS)
def test_beyond_the_shares_the_steps_are_drawn_from_evenly(seed: int) -> None:
    drawn = draw_final([A, B], {}, 16, 2, Random(seed))
    assert per_step(drawn) == {"a": 8, "b": 8}


@given(SEEDS, st.sets(st.sampled_from(sorted(ALL))))
def test_what_was_asked_before_comes_last(seed: int, before: set[str]) -> None:
    asked = dict.fromkeys(before, "2026-11-01")
    drawn = set(draw_final([A, B, C], asked, 12, 2, Random(seed)))
    for bank in (A, B, C):
        ids = {item.id for item in bank}
        assert not drawn & ids & before or ids - before <= drawn, "one that was asked, in place of one that was not"


@given(SEEDS)
def test_a_second_form_asks_what_the_first_did_not(seed: int) -> None:
    rng = Random(seed)
    first = draw_final([A, B], {}, 12, 3, rng)
    second = draw_final([A, B], dict.fromkeys(first, "2026-11-01"), 12, 3, rng)
    assert not set(first) & set(second)
    asked = dict.fromkeys(first, "2026-11-01") | dict.fromkeys(second, "2026-11-02")
    third = draw_final([A, B], asked, 12, 3, rng)
    assert set(third) == set(first), "then what was asked longest ago"


def test_what_is_not_scored_is_never_drawn() -> None:
    assert draw_final([step("a", 1, 3, scored=False), step("b", 1, 2)], {}, 9, 2, Random(1)) != ()
    assert all(id.startswith("b") for id in draw_final([step("a", 1, 3, scored=False), B], {}, 9, 2, Random(1)))


def test_chance_decides_what_the_rule_leaves_open() -> None:
    drawn = {draw_final([A, B, C], {}, 10, 2, Random(seed)) for seed in range(20)}
    assert len(drawn) == 20


def with_final(module: ModuleOutline) -> ModuleOutline:
    """The module with a final form of 30 minutes."""
    return module._replace(final=FinalOutline(60, 5, 30))


def test_a_module_is_done_with_its_final_form_and_not_before() -> None:
    capstone = with_final(module("m", quiz=0, exercises=1))
    assert module_state(capstone, CompletedWork(exercises={"m-x0"})) == "begun"
    assert module_state(capstone, CompletedWork(exercises={"m-x0"}, finals={"m"})) == "done"
    alone = with_final(module("m", quiz=0, exercises=0))
    assert module_state(alone, CompletedWork(readings={"m-r0", "m-r1"})) == "begun"
    assert module_state(alone, CompletedWork(finals={"m"})) == "done"
    assert module_state(alone, CompletedWork(finals_begun={"m"})) == "begun"
    assert module_state(alone, CompletedWork(modules={"m"})) == "done"


def test_states_and_minutes_of_a_final_form() -> None:
    capstone = with_final(module("m", quiz=0, exercises=0))
    assert final_state(capstone, CompletedWork()) == "not begun"
    assert final_state(capstone, CompletedWork(quizzes_begun={"m"})) == "not begun"
    assert final_state(capstone, CompletedWork(finals_begun={"m"})) == "begun"
    assert final_state(capstone, CompletedWork(finals={"m"})) == "done"
    assert capstone.minutes == 50
    assert minutes_done(capstone, CompletedWork(finals={"m"})) == 30


def test_the_final_form_comes_last() -> None:
    capstone = with_final(module("m"))
    assert [part.part for part in parts_left(capstone, CompletedWork())][-1] == "final"
    assert "final" not in [part.part for part in parts_left(capstone, CompletedWork(finals={"m"}))]
    done = CompletedWork(readings={"m-r0", "m-r1"}, quizzes={"m"}, exercises={"m-x0", "m-x1"})
    following = part_after(capstone, done, "m-r1")
    assert following is not None
    assert (following.part, following.id, following.minutes) == ("final", "m", 30)
