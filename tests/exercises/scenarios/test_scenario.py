"""Scenarios: replay from seed and choices, consequences now, later and by chance, the debrief, all branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.errors import CourseError
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.scenarios.debrief import debrief
from dev2cto.exercises.scenarios.engine import GaugeChange
from dev2cto.exercises.scenarios.gauges import Gauge
from dev2cto.exercises.scenarios.path_explorer import branch_faults, explore
from dev2cto.exercises.scenarios.player import ScenarioProgress, play
from dev2cto.exercises.scenarios.scenario import END, Choice, DelayedEffect, Ending, Scenario, Scene, SideEffect

Sample = Callable[[str], tuple[Exercise, Path]]


@pytest.fixture(scope="module")
def friday(sample: Sample) -> Scenario:
    scenario = sample("scenario")[0]
    assert isinstance(scenario, Scenario)
    return scenario


def seeds(friday: Scenario) -> tuple[int, int]:
    """A seed with which shipping breaks it, and one with which it does not."""
    broken = {seed for seed in range(50) if "broke" in play(friday, seed, ("ship",)).flags}
    return min(broken), min(set(range(50)) - broken)


def test_the_first_state_is_the_first_scene(friday: Scenario) -> None:
    state = play(friday, 1, ())
    assert (state.scene, state.title, state.text) == ("red-build", "Friday, 16:30", "The build is red.")
    assert state.gauges == {"trust": 60, "up-time": 95, "fund": 1200}
    assert [choice.id for choice in state.offered] == ["ship", "hold"]
    assert (state.decision, state.total, state.log, state.ending) == (1, 2, (), None)


def test_effects_are_clamped_and_shown_as_they_were(friday: Scenario) -> None:
    state = play(friday, 1, ("hold",))
    assert state.gauges == {"trust": 57, "up-time": 100, "fund": 1200}
    assert state.log[0].changes == (GaugeChange("trust", -3), GaugeChange("up-time", 5))
    assert (state.decision, state.total) == (2, 2)


def test_choices_open_by_what_was_done(friday: Scenario) -> None:
    assert [c.id for c in play(friday, 1, ("hold",)).offered] == ["tell", "rest"]
    assert [c.id for c in play(friday, 1, ("ship",)).offered] == ["tell", "hide"]


def test_chance_strikes_or_not_by_the_seed_and_the_scene_on_the_way_is_passed(friday: Scenario) -> None:
    broken, whole = (play(friday, seed, ("ship",)) for seed in seeds(friday))
    assert [step.scene for step in broken.log] == ["red-build", "outage"]
    assert (broken.log[0].struck, broken.log[0].result.strip()) == (True, "It is out, and down.")
    assert broken.gauges == {"trust": 57, "up-time": 85, "fund": 900}
    assert broken.text == "The telephone is silent.\n\nThen it is not."
    assert [step.scene for step in whole.log] == ["red-build"]
    assert (whole.log[0].struck, whole.log[0].result.strip()) == (False, "It is out.")
    assert whole.text == "The telephone is silent."


def test_chance_strikes_about_as_often_as_it_says(friday: Scenario) -> None:
    struck = sum(play(friday, seed, ("ship",)).log[0].struck for seed in range(1000))
    assert 340 < struck < 460


def test_a_delayed_consequence_strikes_when_it_is_due(friday: Scenario) -> None:
    _, whole = seeds(friday)
    state = play(friday, whole, ("ship", "tell"))
    (strike,) = state.log[-1].strikes
    assert (strike.text, strike.changes) == ("The flaky test was right.", (GaugeChange("up-time", -20),))
    assert state.gauges == {"trust": 75, "up-time": 75, "fund": 1200}


def chain(count: int, after: int) -> Scenario:
    """`count` decisions in a row; the first has a consequence after so many more, which sets a flag."""

    def choice(n: int) -> tuple[Choice, ...]:
        later = DelayedEffect(after=after, effects={"a": -10}, sets=("late",), text="Now.") if n == 0 else None
        goto = f"s{n + 1}" if n + 1 < count else END
        return tuple(
            Choice(id=id, text=id, result="Done.", aside="Why not.", goto=goto, later=later if id == "x" else None)
            for id in ("x", "y")
        )

    return Scenario(
        kind="scenario", id="t", title="t", minutes=1, objectives=("o",), brief="b", start="s0", debrief="d",
        gauges=(Gauge(id="a", name="a", start=50, meaning="m"), Gauge(id="b", name="b", start=50, meaning="m")),
        scenes=tuple(Scene(id=f"s{n}", title="t", text="t", choices=choice(n)) for n in range(count)),
        endings=(
            Ending(id="late", title="Late", when="late", text="t", good=True),
            Ending(id="never", title="Never", text="t", good=True),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("after", [1, 2, 3])
def test_later_counts_further_decisions(after: int) -> None:
    scenario = chain(5, after)
    for taken in range(1, 6):
        state = play(scenario, 1, ("x", "x", "x", "x", "x")[:taken])
        struck = [n for n, step in enumerate(state.log) if step.strikes]
        assert struck == ([after] if taken > after else [])
        assert state.gauges["a"] == (40 if taken > after else 50)


def test_what_is_still_pending_strikes_before_the_ending() -> None:
    state = play(chain(2, 9), 1, ("x", "x"))
    assert [bool(step.strikes) for step in state.log] == [False, True]
    assert state.ending is not None
    assert state.ending.id == "late"


def test_the_first_ending_that_holds_is_taken(friday: Scenario) -> None:
    broken, whole = seeds(friday)

    def ending(seed: int, *choices: str) -> str:
        state = play(friday, seed, choices)
        assert state.ending is not None
        assert (state.scene, state.title, state.offered) == (END, state.ending.title, ())
        return state.ending.id

    assert ending(1, "hold", "tell") == "quiet"
    assert ending(whole, "ship", "tell") == "honest"
    assert ending(broken, "ship", "hide") == "loud"


def test_a_choice_that_is_not_offered_is_refused(friday: Scenario) -> None:
    for choices in (("fly",), ("hold", "hide"), ("hold", "tell", "tell")):
        with pytest.raises(CourseError, match="choice"):
            play(friday, 1, choices)


def walk(scenario: Scenario, seed: int, picks: list[int]) -> ScenarioProgress:
    """The state after picking among what is offered, until the picks or the path end."""
    state = play(scenario, seed, ())
    for pick in picks:
        if state.ending is not None:
            break
        state = play(scenario, seed, (*state.choices, state.offered[pick % len(state.offered)].id))
    return state


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(), picks=st.lists(st.integers(0, 9), max_size=6), again=st.integers(0, 5))
def test_replay_is_deterministic_and_its_log_only_grows(
    friday: Scenario, seed: int, picks: list[int], again: int
) -> None:
    state = walk(friday, seed, picks)
    assert play(friday, seed, state.choices) == state
    before = play(friday, seed, state.choices[:again])
    assert state.log[: len(before.log)] == before.log
    assert all(gauge.least <= state.gauges[gauge.id] <= gauge.most for gauge in friday.gauges)
    start = play(friday, seed, ()).gauges
    moves = [c for step in state.log for c in (*step.changes, *(c for s in step.strikes for c in s.changes))]
    for gauge, value in state.gauges.items():
        assert value == start[gauge] + sum(change.by for change in moves if change.gauge == gauge)
    assert state.decision <= state.total
    assert bool(state.offered) != bool(state.ending)


def test_the_debrief_sets_each_choice_beside_the_others(friday: Scenario) -> None:
    broken, _ = seeds(friday)
    result = debrief(friday, play(friday, broken, ("ship", "hide")))
    assert (result.ending, result.good) == ("A loud Monday", False)
    assert result.other_endings == ("A quiet Monday", "An honest Monday")
    first, second = result.decisions
    assert (first.chosen, first.aside, first.harmful) == ("Ship it", "Speed now for risk later.", "")
    assert [(o.text, o.aside) for o in first.others] == [("Hold until Monday", "A promise broken, a weekend kept.")]
    assert second.harmful.startswith("It misleads")
    assert [(o.text, o.open) for o in second.others] == [
        ("Tell the customers what happened", True),
        ("Rest", False),
    ]
    assert [(run.gauge.name, run.start, run.end) for run in result.gauges] == [
        ("trust", 60, 27),
        ("uptime", 95, 65),
        ("fund", 1200, 900),
    ]
    assert (first.chance, first.struck, second.chance) == (0.4, True, 0)
    assert (first.duty, second.duty[:9]) == ("", "Customers")
    assert result.fails.startswith("Waiting")


def test_there_is_no_debrief_before_an_ending(friday: Scenario) -> None:
    with pytest.raises(ValueError, match="before an ending"):
        debrief(friday, play(friday, 1, ()))


def test_the_sample_has_no_fault_on_any_path(friday: Scenario) -> None:
    found = explore(friday)
    assert found.complete
    assert dict(found.endings) == {"quiet": 2, "honest": 1, "loud": 3}
    assert list(branch_faults(friday)) == []


def problems(scenario: Scenario) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(fault.code, fault.steps) for fault in branch_faults(scenario)]


def with_scene(friday: Scenario, number: int, scene: Scene) -> Scenario:
    return replace(friday, scenes=(*friday.scenes[:number], scene, *friday.scenes[number + 1 :]))


def test_unreachable_scenes_and_endings_are_found(friday: Scenario) -> None:
    alone = Scene(id="alone", title="t", text="t", goto=END)
    assert problems(replace(friday, scenes=(*friday.scenes, alone))) == [("X560", ("scenes", 3))]
    rich = replace(friday.endings[1], id="rich", when="trust > 100")
    assert problems(replace(friday, endings=(rich, *friday.endings))) == [("X561", ("endings", 0))]


def test_a_scene_without_an_open_choice_is_found_with_a_way_there(friday: Scenario) -> None:
    weekend = friday.scenes[2]
    closed = with_scene(friday, 2, replace(weekend, choices=weekend.choices[1:2] * 2))
    faults = [fault for fault in branch_faults(closed) if fault.code == "X562"]
    assert [fault.steps for fault in faults] == [("scenes", 2)]
    assert faults[0].message.endswith("after hold")


def test_conditions_that_are_never_true_or_have_no_value_are_found(friday: Scenario) -> None:
    weekend = friday.scenes[2]
    never = replace(weekend, also=(SideEffect(when="trust > 99", text="t"), *weekend.also))
    assert problems(with_scene(friday, 2, never)) == [("X563", ("scenes", 2, "also", 0, "when"))]
    failing = replace(weekend, also=(SideEffect(when="1 / (trust - 57) > 0", text="t"),))
    assert ("X564", ("scenes", 2, "also", 0, "when")) in problems(with_scene(friday, 2, failing))


def test_the_search_stops_at_its_cap_and_then_claims_nothing() -> None:
    found = explore(chain(8, 3), most=5)
    assert not found.complete
    assert (found.lost_scenes, found.lost_endings, found.never_true) == ((), (), ())


def test_the_search_finds_the_endings_that_play_reaches(friday: Scenario) -> None:
    states = [walk(friday, seed, picks) for seed in range(20) for picks in ([0, 0], [0, 1], [1, 0], [1, 1])]
    reached = {state.ending.id for state in states if state.ending}
    assert reached == {name for name, count in explore(friday).endings if count}
