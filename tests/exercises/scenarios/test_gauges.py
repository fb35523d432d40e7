"""Gauges: words or figures, scales of their own, and fingerprints that old submissions keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from dev2cto.exercises.base import Exercise
from dev2cto.exercises.scenarios.engine import GaugeChange, ScenarioEngine, ScenarioMoment
from dev2cto.exercises.scenarios.gauges import LEVELS, Gauge, figure, shown
from dev2cto.exercises.scenarios.player import play
from dev2cto.exercises.scenarios.scenario import END, Chance, Choice, DelayedEffect, Ending, Scenario, Scene
from dev2cto.yaml.decode import SourceObject
from dev2cto.yaml.tree import Problem
from tests.exercises.conftest import Changed

TRUST = Gauge(id="trust", name="trust", start=50, meaning="m")
CASH = Gauge(id="cash", name="cash", start=4600, meaning="m", known=True, unit="$k", least=0, most=8000)
DEBT = Gauge(id="debt", name="debt", start=20, meaning="m", better="low")


@pytest.mark.parametrize(
    ("value", "word"), [(0, 0), (19.9, 0), (20, 1), (39, 1), (50, 2), (60, 3), (79, 3), (80, 4), (100, 4)]
)
def test_a_value_has_one_of_five_words(value: float, word: int) -> None:
    assert shown(TRUST, value) == LEVELS[word]
    assert shown(TRUST, value, figures=True) == f"{value:g}"


def test_a_known_gauge_shows_figures_on_its_own_scale() -> None:
    assert shown(CASH, 4600) == "$4,600k"
    assert CASH.level(4600) == 2
    assert CASH.points(-800) == -10


@pytest.mark.parametrize(
    ("unit", "value", "signed", "text"),
    [
        ("$k", -300, True, "-$300k"),
        ("$k", 300, True, "+$300k"),
        ("weeks", 14, False, "14 weeks"),
        ("weeks", -3, True, "-3 weeks"),
        ("points", 1, True, "+1 point"),
        ("weeks", 1, False, "1 week"),
        ("ms", 1, False, "1 ms"),
        ("%", 99.5, False, "99.5 %"),
        ("€", 12000, False, "€12,000"),
        ("", 5, True, "+5"),
        ("", -0.01, False, "0"),
    ],
)
def test_figures_carry_their_unit(unit: str, value: float, signed: bool, text: str) -> None:
    assert figure(replace(CASH, unit=unit), value, signed=signed) == text


def test_a_change_has_a_direction_and_where_less_is_better_also_a_judgement() -> None:
    assert [TRUST.trend(by) for by in (3, 0, -3)] == ["rising", "steady", "falling"]
    assert [DEBT.trend(by) for by in (3, 0, -3)] == ["rising, worse", "steady", "falling, better"]
    assert (TRUST.points(5), DEBT.points(5)) == (5, -5)


def short(*gauges: Gauge, **choice: Any) -> Scenario:
    """One decision between something and nothing."""
    some = Choice(id="some", text="Some", result="r", aside="a", goto=END, **choice)
    none = Choice(id="none", text="None", result="r", aside="a", goto=END)
    ending = Ending(id="e", title="E", text="t", good=True)
    return Scenario(
        kind="scenario", id="t", title="t", minutes=1, objectives=("o",), brief="b", start="s", debrief="d",
        gauges=gauges, scenes=(Scene(id="s", title="t", text="t", choices=(some, none)),), endings=(ending, ending),
    )  # fmt: skip


def test_effects_are_bounded_by_the_scale_of_their_gauge() -> None:
    scenario = short(
        CASH,
        TRUST,
        effects={"cash": -2600},
        later=DelayedEffect(after=1, effects={"cash": -7000, "trust": 90}, text="t"),
        chance=Chance(p=0.99, effects={"cash": 7000}),
    )
    struck = next(
        play(scenario, seed, ("some",)) for seed in range(20) if play(scenario, seed, ("some",)).log[0].struck
    )
    assert struck.log[0].changes == (GaugeChange("cash", 3400),)
    assert struck.log[0].strikes[0].changes == (GaugeChange("cash", -7000), GaugeChange("trust", 50))
    assert struck.gauges == {"cash": 1000, "trust": 100}


def test_a_gauge_can_go_below_zero_where_its_scale_does() -> None:
    margin = Gauge(id="margin", name="margin", start=5, meaning="m", least=-40, most=40)
    moment = ScenarioEngine(short(margin, TRUST, effects={"margin": -60})).begin()
    assert moment == ScenarioMoment("s", (5, 50))
    assert play(short(margin, TRUST, effects={"margin": -60}), 1, ("some",)).gauges["margin"] == -40


MISTAKES = [
    ("start: 1200", "start: 6200", "X550", "0 to 5000"),
    ("least: 0, most: 5000", "least: 5000, most: 0", "X550", "the scale must rise"),
    (
        "effects: {up-time: -10, trust: -8",
        "effects: {up-time: -110, trust: -8",
        "X551",
        "whole scale of 'up-time', 100",
    ),
    ("better: high", "better: up", "S206", "one of high, low"),
    ("decision: true", "duty: Because.\n    decision: true", "", ""),
    ("title: Friday, 17:10", "duty: Because.\n    title: Friday, 17:10", "X541", "cannot have a duty"),
    ("  observer: ", "  watcher: ", "S204", "'observer' is missing"),
]


@pytest.mark.parametrize(("old", "new", "code", "words"), MISTAKES)
def test_mistakes_are_reported(changed: Changed, old: str, new: str, code: str, words: str) -> None:
    found: list[Problem] = changed("scenario", old, new)
    if not code:
        assert not found
        return
    assert found[0].code == code
    assert words in f"{found[0].message} {found[0].hint}"


BEFORE = {
    "Gauge": ("id", "name", "start", "meaning"),
    "Scene": ("id", "decision", "title", "text", "also", "choices", "goto"),
}
"""Fields of parts of a scenario when the first courses were written."""


def as_before(value: Any) -> Any:
    """What a fingerprint was made of then."""
    if isinstance(value, SourceObject):
        left_out = ("where", "why", "hints", "explain", "silence")
        names = BEFORE.get(type(value).__name__, tuple(value.__dataclass_fields__))
        return {name: as_before(getattr(value, name)) for name in names if name not in left_out}
    if isinstance(value, Mapping):
        return {str(key): as_before(part) for key, part in value.items()}
    return [as_before(part) for part in value] if isinstance(value, tuple) else value


def fingerprint_before(exercise: Exercise) -> str:
    names = ("kind", "brief", *type(exercise).meaning)
    parts = {name: as_before(getattr(exercise, name)) for name in names}
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def test_fingerprints_of_gauges_with_the_old_scale_are_what_they_were() -> None:
    scenario = short(TRUST, DEBT)
    assert all((gauge.least, gauge.most) == (0, 100) for gauge in scenario.gauges)
    assert scenario.fingerprint == fingerprint_before(scenario)


def test_how_a_gauge_is_shown_and_judged_touches_no_fingerprint_and_its_scale_does() -> None:
    scenario = short(TRUST, DEBT)

    def with_gauge(**changes: Any) -> str:
        return replace(scenario, gauges=(replace(TRUST, **changes), DEBT)).fingerprint

    same = scenario.fingerprint
    assert with_gauge(known=True, unit="%", better="low") == same
    assert with_gauge(most=100.0) == same
    assert with_gauge(most=200) != same
    assert replace(scenario, fails="It does.", scenes=(replace(scenario.scenes[0], duty="d"),)).fingerprint == same
