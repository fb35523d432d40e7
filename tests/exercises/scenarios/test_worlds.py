"""The same choices in other worlds: counted, drawn where that is too much, and gone on with where chance closes one."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.exercises.scenarios.debrief import debrief
from dev2cto.exercises.scenarios.player import play
from dev2cto.exercises.scenarios.scenario import END, Chance, Choice, Ending, Scenario, Scene
from dev2cto.exercises.scenarios.worlds import WORLDS, worlds
from tests.exercises.conftest import Sample
from tests.support.random_scenarios import made_up


@pytest.fixture(scope="module")
def friday(sample: Sample) -> Scenario:
    scenario = sample("scenario")[0]
    assert isinstance(scenario, Scenario)
    return scenario


def test_all_worlds_are_counted_with_their_probability(friday: Scenario) -> None:
    found = worlds(friday, {"red-build": "ship", "weekend": "tell"})
    assert dict(found.endings) == pytest.approx({"honest": 0.6, "loud": 0.4})
    assert found.gauges == pytest.approx({"trust": 75 - 0.4 * 8, "up-time": 75 - 0.4 * 10, "fund": 1200 - 0.4 * 300})
    assert (found.exact, found.strayed) == (True, 0)


def test_a_path_without_chance_has_one_end(friday: Scenario) -> None:
    found = worlds(friday, {"red-build": "hold", "weekend": "tell"})
    assert found.endings == (("quiet", 1),)


def split(p: float, *, closes: bool) -> Scenario:
    """Chance sets a flag after the first choice, and the flag closes, or leads around, the second."""

    def choice(id: str, **more: object) -> Choice:
        given = {"text": id, "result": "r", "aside": "a", "goto": END} | more
        return Choice(id=id, **given)  # type: ignore[arg-type]  # fields by name

    chance = Chance(p=p, sets=("blocked",), goto=None if closes else "detour")
    first = (choice("go", goto="fork", chance=chance), choice("stay", goto="fork"))
    fork = (
        choice("left", effects={"a": 10}, when="not blocked"),
        choice("right", effects={"a": -10}),
        choice("back"),
        choice("lie", effects={"a": 50}, harmful="h"),
    )
    base = made_up(Random(0))
    return replace(
        base,
        start="s",
        gauges=(replace(base.gauges[0], id="a", start=50, least=0, most=100),),
        scenes=(
            Scene(id="s", title="t", text="t", choices=first),
            Scene(id="fork", title="t", text="t", choices=fork),
            Scene(id="detour", title="t", text="t", choices=fork[1:]),
        ),
        endings=(
            Ending(id="up", title="Up", when="a > 55", text="t", good=True),
            Ending(id="down", title="Down", when="a < 45", text="t", good=True),
            Ending(id="level", title="Level", text="t", good=True),
        ),
    )


@pytest.mark.parametrize("closes", [True, False])
def test_where_chance_closes_a_choice_any_open_one_that_does_no_harm_is_taken(closes: bool) -> None:
    found = worlds(split(0.25, closes=closes), {"s": "go", "fork": "left"})
    assert dict(found.endings) == pytest.approx({"up": 0.75, "down": 0.125, "level": 0.125})
    assert found.strayed == pytest.approx(0.25)


def test_too_many_worlds_are_drawn_and_it_says_so(friday: Scenario) -> None:
    choices = {"red-build": "ship", "weekend": "tell"}
    found = worlds(friday, choices, most=2)
    assert not found.exact
    assert dict(found.endings)["honest"] == pytest.approx(0.6, abs=0.05)
    assert found == worlds(friday, choices, most=2)
    assert sum(share for _, share in found.endings) * WORLDS == pytest.approx(WORLDS)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_counting_agrees_with_playing_every_world(seed: int) -> None:
    scenario = made_up(Random(seed))
    state = play(scenario, seed, ())
    while state.ending is None:
        state = play(scenario, seed, (*state.choices, Random(seed).choice(state.offered).id))
    choices = {step.scene: step.choice for step in state.log}
    found = worlds(scenario, choices)
    assert sum(share for _, share in found.endings) == pytest.approx(1)
    assert found.exact
    assert dict(found.endings)[state.ending.id] > 0
    drawn = worlds(scenario, choices, most=0)
    for id, share in found.endings:
        assert dict(drawn.endings).get(id, 0) == pytest.approx(share, abs=0.08)
    assert drawn.strayed == pytest.approx(found.strayed, abs=0.08)


def test_the_debrief_lists_the_likeliest_ending_first(friday: Scenario) -> None:
    for seed in range(5):
        view = debrief(friday, play(friday, seed, ("ship", "tell")))
        assert [title for title, _ in view.outcomes] == ["An honest Monday", "A loud Monday"]
        assert view.exact
