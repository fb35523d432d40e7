"""The dilemma rule and the part of chance: by the example, against brute force, and estimated where it is too much."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.exercises.scenarios.chances import chances
from dev2cto.exercises.scenarios.dilemmas import dilemmas, used_gauges
from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.scenarios.scenario import END, Chance, Choice, DelayedEffect, Ending, Scenario, Scene
from tests.support.brute_force import Brute
from tests.support.random_scenarios import made_up


def option(id: str, goto: str = END, **more: Any) -> Choice:
    return Choice(id=id, text=id, result="r", aside="a", goto=goto, **more)


def scenario(*scenes: Scene, low: tuple[str, ...] = ()) -> Scenario:
    """Two gauges that the endings use, and one that they do not."""
    gauges = tuple(
        Gauge(id=id, name=id, start=50, meaning="m", better="low" if id in low else "high") for id in ("a", "b", "c")
    )
    endings = (
        Ending(id="up", title="Up", when="a >= 60 and b >= 40", text="t", good=True),
        Ending(id="down", title="Down", text="t", good=True),
    )
    return Scenario(
        kind="scenario", id="t", title="t", minutes=1, objectives=("o",), brief="b", start=scenes[0].id, debrief="d",
        gauges=gauges, scenes=scenes, endings=endings,
    )  # fmt: skip


def decision(*choices: Choice, id: str = "s") -> Scene:
    return Scene(id=id, title="t", text="t", choices=choices)


def flat(made: Scenario) -> dict[str, str]:
    return {found.scene: found.choice for found in dilemmas(made).flat}


def test_a_decision_that_costs_something_either_way_is_a_dilemma() -> None:
    made = scenario(decision(option("x", effects={"a": 10}), option("y", effects={"b": 10})))
    assert used_gauges(made) == ("a", "b")
    assert flat(made) == {}


@pytest.mark.parametrize(("loss", "found"), [(3, {"s": "x"}), (3.5, {})])
def test_within_three_points_of_the_best_is_as_good_as_the_best(loss: float, found: dict[str, str]) -> None:
    made = scenario(decision(option("x", effects={"a": 20, "b": -loss}), option("y")))
    assert flat(made) == found


def test_points_are_percent_of_a_gauge_s_own_scale() -> None:
    made = scenario(decision(option("x", effects={"a": 20, "b": -25}), option("y")))
    wide = replace(made.gauges[1], start=500, most=1000)
    assert flat(made) == {}
    assert flat(replace(made, gauges=(made.gauges[0], wide, made.gauges[2]))) == {"s": "x"}


def test_a_gauge_that_no_ending_uses_makes_no_dilemma() -> None:
    made = scenario(decision(option("x", effects={"a": 10}), option("y", effects={"c": 40})))
    assert flat(made) == {"s": "x"}


def test_of_a_gauge_that_is_better_low_less_is_more() -> None:
    choices = (option("x", effects={"a": 10, "b": 10}), option("y"))
    assert flat(scenario(decision(*choices))) == {"s": "x"}
    assert flat(scenario(decision(*choices), low=("b",))) == {}
    assert flat(scenario(decision(*choices), low=("a", "b"))) == {"s": "y"}


def test_delayed_and_chance_effects_count() -> None:
    plain = option("x", effects={"a": 10})
    later = replace(plain, later=DelayedEffect(after=2, effects={"b": -20}, text="t"))
    chance = replace(plain, chance=Chance(p=0.5, effects={"b": -20}))
    rare = replace(plain, chance=Chance(p=0.1, effects={"b": -20}))
    assert [flat(scenario(decision(x, option("y")))) for x in (plain, later, chance, rare)] == [
        {"s": "x"}, {}, {}, {"s": "x"},
    ]  # fmt: skip


def test_what_a_choice_opens_counts_once_by_the_mean_and_again_by_the_best() -> None:
    """Going on a way with a better best end and a worse mean is a dilemma though one side has the better mean."""
    first = decision(option("wide", "wide"), option("safe", "safe"))
    wide = decision(option("up", effects={"a": 30}), option("down", effects={"a": -40}), id="wide")
    safe = decision(option("same"), option("as-well"), id="safe")
    assert flat(scenario(first, wide, safe)) == {"wide": "up", "safe": "same"}
    level = replace(wide, choices=(option("up", effects={"a": 2}), option("down")))
    assert flat(scenario(first, level, safe))["s"] == "wide"


def test_plainly_harmful_options_are_left_out() -> None:
    lie = option("lie", effects={"a": 40, "b": 40})
    choices = (option("x", effects={"a": 10}), option("y", effects={"b": 10}))
    assert flat(scenario(decision(*choices, lie))) == {"s": "lie"}
    assert flat(scenario(decision(*choices, replace(lie, harmful="h")))) == {}
    assert flat(scenario(decision(choices[0], replace(choices[1], harmful="h")))) == {"s": "x"}


def test_options_are_compared_where_they_are_open_together() -> None:
    first = decision(
        option("p", "then", sets=("f",), effects={"a": 10}), option("q", "then", effects={"b": 10}), id="first"
    )
    x, y = option("x", effects={"a": 10}), option("y", effects={"b": 10})
    both = decision(x, y, option("bonus", effects={"a": 20, "b": 20}, when="f"), id="then")
    (found,) = dilemmas(scenario(first, both)).flat
    assert (found.scene, found.choice) == ("then", "bonus")
    assert found.share == pytest.approx(0.5)
    third = option("r", "then", effects={"a": 4, "b": 4})
    assert flat(scenario(replace(first, choices=(*first.choices, third)), both)) == {}


def test_without_an_ending_that_names_a_gauge_all_gauges_count() -> None:
    made = scenario(decision(option("x", effects={"c": 10}), option("y", effects={"a": 10})))
    ends = (replace(made.endings[0], when=None), made.endings[1])
    assert used_gauges(replace(made, endings=ends)) == ("a", "b", "c")
    assert flat(replace(made, endings=ends)) == {}


def test_the_sample_has_one_flat_decision(sample: Any) -> None:
    assert flat(sample("scenario")[0]) == {"weekend": "tell"}


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_rule_agrees_with_brute_force(seed: int) -> None:
    made = made_up(Random(seed), decisions=Random(seed).choice((2, 3, 3, 4)))
    found = dilemmas(made)
    assert found.exact
    assert {f.scene: f.share for f in found.flat} == pytest.approx(Brute(made).flat())


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_part_of_chance_agrees_with_brute_force(seed: int) -> None:
    made = made_up(Random(seed), decisions=Random(seed).choice((2, 3, 3, 4)))
    found = chances(made)
    assert found.exact
    assert found.share == pytest.approx(Brute(made).changed_by_chance())


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_what_is_drawn_is_near_to_what_is_counted(seed: int) -> None:
    made = made_up(Random(seed))
    assert chances(made, most=0).share == pytest.approx(chances(made).share, abs=0.12)
    assert not chances(made, most=0).exact
    assert chances(made, most=0) == chances(made, most=0)


def test_what_is_clearly_flat_is_flat_when_played_too() -> None:
    """Four decisions in a row, every second one of them flat by twenty points."""
    names = ("s", "t", "u", "v", END)
    scenes = [
        decision(
            option("x", names[n + 1], effects={"a": 20}, chance=Chance(p=0.5, effects={"b": -4})),
            option("y", names[n + 1], effects={"b": 20 if n % 2 else -20}),
            id=names[n],
        )
        for n in range(4)
    ]
    counted, played = dilemmas(scenario(*scenes)), dilemmas(scenario(*scenes), most=0)
    assert counted.exact
    assert not played.exact
    assert played.flat == counted.flat
    assert {found.scene for found in played.flat} == {"s", "u"}


def test_a_scenario_with_a_condition_that_has_no_value_is_left_to_the_rule_that_says_so() -> None:
    made = scenario(decision(option("x", when="1 / (a - 50) > 0"), option("y")))
    assert dilemmas(made).flat == ()
    assert chances(made).share == 0
