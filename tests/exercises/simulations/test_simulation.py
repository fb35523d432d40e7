"""Simulations: division in whole steps, effects, decisions and events, replay from seed and moves, many seeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dev2cto.errors import CourseError
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.scenarios.engine import GaugeChange
from dev2cto.exercises.simulations.engine import Available, Simulator
from dev2cto.exercises.simulations.outlook import BINS, SamePlan, in_shares, outlook, periods
from dev2cto.exercises.simulations.periods import BudgetUse, EveryPeriod
from dev2cto.exercises.simulations.player import Moves, SimulationState, play
from dev2cto.exercises.simulations.sampling import sample as sampled
from dev2cto.exercises.simulations.simulation import Simulation

Sample = Callable[[str], tuple[Exercise, Path]]


@pytest.fixture(scope="module")
def quarters(sample: Sample) -> Simulation:
    found = sample("simulation")[0]
    assert isinstance(found, Simulation)
    return found


def gave(features: float, repair: float, engineers: float = 0, support: float = 0) -> dict[str, dict[str, float]]:
    return {
        "weeks": {"features": features, "repair": repair},
        "hires": {"engineers": engineers, "support": support},
    }


def seed_with(quarters: Simulation, event: str, struck: bool, moves: tuple[Moves, ...]) -> int:
    """A seed with which the event of the last period played is so."""
    for seed in range(100):
        found = {h.event.id: h.struck for h in play(quarters, seed, moves).reports[-1].happenings}
        if found[event] is struck:
            return seed
    raise AssertionError(event)


def test_it_begins_with_what_there_is_to_divide(quarters: Simulation) -> None:
    state = play(quarters, 1, ())
    assert (state.title, state.text) == ("First quarter", "The promise is due in six months.")
    assert (state.period, state.total, state.ending, state.asked) == (0, 2, None, None)
    assert [(a.budget.id, a.amount, a.due) for a in state.available] == [("weeks", 60, 12), ("hires", 2, 0)]
    assert state.gauges == {"cash": 300, "promise": 20, "debt": 40}


def test_effects_are_worked_out_from_the_gauges_as_they_were(quarters: Simulation) -> None:
    first = (Moves(gave(40, 20, engineers=1)),)
    state = play(quarters, seed_with(quarters, "outage", False, first), first)
    (report,) = state.reports
    assert report.changes == (GaugeChange("cash", -90), GaugeChange("promise", 32), GaugeChange("debt", 0))
    assert report.after == {"cash": 210, "promise": 52, "debt": 40}
    assert [(d.name, d.left) for d in report.divisions] == [("engineer-weeks", 0), ("hires", 1)]


def test_an_event_strikes_or_not_by_the_seed_and_later_texts_know_it(quarters: Simulation) -> None:
    first = (Moves(gave(40, 20)),)
    struck = play(quarters, seed_with(quarters, "outage", True, first), first)
    spared = play(quarters, seed_with(quarters, "outage", False, first), first)
    assert struck.reports[0].happenings[0].text == "The booking page is blank for a day."
    assert struck.reports[0].happenings[0].p == pytest.approx(40 / 150)
    assert struck.gauges["cash"] == spared.gauges["cash"] - 120
    assert struck.flags == {"down"}
    assert struck.text == "Three months are left.\n\nCustomers remember the outage."
    assert spared.text == "Three months are left."


def test_what_was_given_before_counts_in_the_next_period(quarters: Simulation) -> None:
    first = (Moves(gave(40, 20, engineers=2)),)
    seed = seed_with(quarters, "outage", False, first)
    assert [a.amount for a in play(quarters, seed, first).available] == [80, 1]
    assert [a.amount for a in play(quarters, seed, (Moves(gave(40, 20)),)).available] == [60, 1]


def test_a_decision_waits_after_the_division_and_counts_at_once(quarters: Simulation) -> None:
    first = Moves(gave(40, 20))
    seed = seed_with(quarters, "outage", False, (first,))
    waiting = play(quarters, seed, (first, Moves(gave(30, 30))))
    assert waiting.asked is not None
    assert [choice.id for choice in waiting.asked.offered] == ["plainly", "nothing"]
    assert (waiting.available, waiting.ending) == ((), None)
    ended = play(quarters, seed, (first, Moves(gave(30, 30), ("plainly",))))
    (done,) = ended.reports[-1].decided
    assert done.changes == (GaugeChange("promise", 5),)
    assert ended.ending is not None


def test_choices_open_by_what_happened(quarters: Simulation) -> None:
    first = Moves(gave(40, 20))
    seed = seed_with(quarters, "outage", True, (first,))
    waiting = play(quarters, seed, (first, Moves(gave(30, 30))))
    assert waiting.asked is not None
    assert [choice.id for choice in waiting.asked.offered] == ["plainly", "nothing", "discount"]


def test_it_ends_early_where_the_file_says_so(quarters: Simulation) -> None:
    state = play(replace(quarters, over="cash < 300"), 1, (Moves(gave(40, 20)),))
    assert state.ending is not None
    assert (len(state.reports), state.total) == (1, 2)


@pytest.mark.parametrize(
    ("amounts", "reason"),
    [
        (gave(42, 18), "is not a multiple of"),
        (gave(40, 15), "must be allocated"),
        (gave(60, 5), "exceeds what is available"),
        (gave(15, 45), "not available for repair"),
        (gave(65, 0), "not available for features"),
        (gave(-5, 65), "not available"),
        ({"weeks": {"features": 60}, "people": {}}, "no budget 'people'"),
        ({"weeks": {"features": 60, "play": 0}}, "no use 'play'"),
    ],
)
def test_a_division_that_cannot_be_is_refused(
    quarters: Simulation, amounts: Mapping[str, Mapping[str, float]], reason: str
) -> None:
    with pytest.raises(CourseError, match=reason):
        play(quarters, 1, (Moves(amounts),))


def test_moves_that_do_not_fit_are_refused(quarters: Simulation) -> None:
    first = Moves(gave(40, 20))
    seed = seed_with(quarters, "outage", False, (first,))
    whole = Moves(gave(30, 30), ("plainly",))
    for moves in (
        (replace(first, choices=("plainly",)),),
        (first, replace(whole, choices=("discount",))),
        (first, replace(whole, choices=())) * 2,
        (first, whole, first),
    ):
        with pytest.raises(CourseError):
            play(quarters, seed, moves)


def test_moves_come_back_from_the_record_as_they_were(quarters: Simulation) -> None:
    moves = Moves({"weeks": {"features": 60.0, "repair": 0.0}, "hires": {"support": 0.5}}, ("plainly",))
    kept = moves.document()
    assert kept == {"amounts": {"weeks": {"features": 60}, "hires": {"support": 0.5}}, "choices": ["plainly"]}
    assert Moves.read(kept).document() == kept


def test_a_period_with_nothing_to_divide_is_found(quarters: Simulation) -> None:
    empty = replace(quarters, every_period=EveryPeriod(effects={"cash": "-10"}), values={})
    faults = [fault for fault in empty.faults() if fault.code == "X601"]
    assert [fault.steps for fault in faults] == [("periods", 0), ("periods", 1)]


# -- any play


def anyhow(quarters: Simulation, seed: int, rng: Random) -> SimulationState:
    """A play to its end, divided and decided at random."""
    moves: list[Moves] = []
    state = play(quarters, seed, ())
    while state.ending is None:
        if state.available:
            moves.append(Moves({a.budget.id: in_shares(a, shares(a, rng)) for a in state.available}))
        else:
            assert state.asked is not None
            choice = rng.choice(state.asked.offered).id
            moves[-1] = replace(moves[-1], choices=(*moves[-1].choices, choice))
        state = play(quarters, seed, moves)
    return state


def shares(available: Available, rng: Random) -> dict[str, float]:
    weights = [rng.random() for _ in (*available.budget.uses, "left")]
    return {use.id: w / sum(weights) for use, w in zip(available.budget.uses, weights, strict=False)}


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32), chance=st.integers(0, 2**32))
def test_any_play_keeps_to_what_there_is_and_replays_alike(quarters: Simulation, seed: int, chance: int) -> None:
    state = anyhow(quarters, seed, Random(chance))
    again = play(quarters, seed, tuple(Moves.read(made.document()) for made in state.moves))
    assert replace(again, moves=()) == replace(state, moves=())
    scales = {gauge.id: gauge for gauge in quarters.gauges}
    for report in state.reports:
        for division in report.divisions:
            assert all(amount >= 0 for _, _, amount in division.uses)
            assert division.left >= 0
            assert division.budget != "weeks" or division.left == 0
        moved = dict(report.before)
        decided = (change for done in report.decided for change in done.changes)
        happened = (change for happening in report.happenings for change in happening.changes)
        for change in (*decided, *report.changes, *happened):
            moved[change.gauge] += change.by
        for id, value in report.after.items():
            assert scales[id].least <= value <= scales[id].most
            assert value == pytest.approx(moved[id])
        assert all(0 <= happening.p <= 1 for happening in report.happenings)


@settings(max_examples=60, deadline=None)
@given(
    steps=st.integers(0, 40),
    parts=st.lists(st.floats(0, 1), min_size=2, max_size=6),
    most=st.integers(0, 40),
    spend_all=st.booleans(),
)
def test_shares_become_whole_steps_that_fit(
    quarters: Simulation, steps: int, parts: list[float], most: int, spend_all: bool
) -> None:
    uses = tuple(BudgetUse(id=f"u{n}", name="u", meaning="m") for n in range(len(parts)))
    uses = (replace(uses[0], most=most * 5), *uses[1:])
    budget = replace(quarters.every_period.allocate[0], uses=uses, spend_all=spend_all)
    available = Available(budget, steps)
    wanted = {use.id: part / max(1, sum(parts)) for use, part in zip(uses, parts, strict=True)}
    given_ = in_shares(available, wanted)
    found = available.steps_of(given_)
    assert sum(found.values()) >= available.due
    assert sum(found.values()) <= steps
    assert found["u0"] <= most


# -- many seeds


def test_the_same_plan_over_one_seed_is_the_play_itself(quarters: Simulation) -> None:
    for seed in range(30):
        state = anyhow(quarters, seed, Random(seed))
        *_, last = periods(Simulator(quarters), SamePlan(quarters, state), [seed])
        (moment,) = last
        assert moment.gauges == tuple(state.gauges.values())
        assert moment.flags == state.flags


def test_grouped_seeds_end_as_each_seed_alone(quarters: Simulation) -> None:
    state = anyhow(quarters, 3, Random(3))
    plan, simulator = SamePlan(quarters, state), Simulator(quarters)
    *_, together = periods(simulator, plan, range(60))
    alone = Counter(next(iter(list(periods(simulator, plan, [seed]))[-1])) for seed in range(60))
    assert {moment: len(seeds) for moment, seeds in together.items()} == alone


def test_the_outlook_counts_every_seed(quarters: Simulation) -> None:
    state = anyhow(quarters, 3, Random(3))
    assert state.ending is not None
    found = outlook(quarters, state)
    assert found.seeds == sum(count for _, _, count in found.endings) == 1000
    assert found.same == next(count for title, _, count in found.endings if title == state.ending.title) > 0
    assert found.good == sum(count for _, good, count in found.endings if good)
    for spread in found.spreads:
        assert sum(spread.bins) == 1000
        assert len(spread.bins) in (1, BINS)
        assert spread.least <= spread.low <= spread.median <= spread.high <= spread.most
        assert spread.least <= spread.yours <= spread.most
    with pytest.raises(ValueError, match="before an ending"):
        outlook(quarters, play(quarters, 1, ()))


def test_chance_is_as_frequent_as_it_says(quarters: Simulation) -> None:
    first = (Moves(gave(40, 20)),)
    struck = sum(play(quarters, seed, first).reports[0].happenings[0].struck for seed in range(1000))
    assert 220 < struck < 315


# -- sampled play


def test_the_sample_has_nothing_to_complain_about(quarters: Simulation) -> None:
    found = sampled(quarters)
    assert found.plays >= 300
    assert (found.lost_endings, found.never_true, found.outside, found.failing, found.dominant) == ((),) * 5


def test_sampled_play_finds_what_is_wrong(quarters: Simulation) -> None:
    rich = replace(quarters.endings[0], id="rich", when="cash > 5000")
    assert sampled(replace(quarters, endings=(rich, *quarters.endings))).lost_endings == ("rich",)
    every = quarters.every_period
    sure = replace(every.events[0], p="debt / 40")
    ((placed, least, most),) = sampled(replace(quarters, every_period=replace(every, events=(sure,)))).outside
    assert placed.steps == ("every_period", "events", 0, "p")
    assert least >= 0
    assert most > 1
    never = replace(every.events[0], when="cash > 5000")
    assert [p.steps for p in sampled(replace(quarters, every_period=replace(every, events=(never,)))).never_true] == [
        ("every_period", "events", 0, "when"),
        ("periods", 1, "also", 0, "when"),
        ("periods", 1, "decisions", 0, "choices", 2, "when"),
        ("over",),
    ]
    failing = sampled(replace(quarters, values={**quarters.values, "speed": "1 / (debt - 40)"})).failing
    assert [(p.steps, message) for p, message in failing] == [(("values", "speed"), "this divides by zero")]


def test_an_allocation_that_is_no_dilemma_is_found(quarters: Simulation) -> None:
    every = quarters.every_period
    flat = replace(every, effects={**every.effects, "debt": "-weeks_features / 4"})
    assert sampled(replace(quarters, every_period=flat)).dominant == (("weeks", "features"),)
