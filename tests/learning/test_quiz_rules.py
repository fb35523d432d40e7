"""Drawing and judging a quiz; mastery, calibration, days."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.curriculum.outline import ItemOutline
from dev2cto.learning.days import studied, study_day, week_seconds
from dev2cto.learning.mastery import calibration, mastery
from dev2cto.learning.quiz import Answered, draw_quiz, judge


def items(counts: dict[str, int]) -> list[ItemOutline]:
    return [ItemOutline(f"{o}-{n}", "single", o, True, "", "") for o, count in counts.items() for n in range(count)]


COUNTS = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 12), min_size=1)


@given(COUNTS, st.integers(1, 15), st.integers())
def test_a_quiz_is_spread_over_the_objectives(counts: dict[str, int], length: int, seed: int) -> None:
    bank = items(counts)
    drawn = draw_quiz(bank, {}, length, Random(seed))
    assert len(drawn) == len(set(drawn)) == min(length, len(bank))
    taken = Counter(id[0] for id in drawn)
    for objective, count in counts.items():
        for other in counts:
            if taken[objective] < count:
                assert taken[other] <= taken[objective] + 1


@given(COUNTS, st.integers(1, 15), st.integers(), st.data())
def test_the_least_recently_seen_come_first(
    counts: dict[str, int], length: int, seed: int, data: st.DataObject
) -> None:
    bank = items(counts)
    seen = data.draw(st.dictionaries(st.sampled_from([i.id for i in bank]), st.dates().map(str)))
    drawn = set(draw_quiz(bank, seen, length, Random(seed)))
    for inside in bank:
        for outside in bank:
            if inside.objective == outside.objective and inside.id in drawn and outside.id not in drawn:
                assert seen.get(inside.id, "") <= seen.get(outside.id, "")


def test_chance_decides_what_the_rules_leave_open() -> None:
    bank = items({"a": 6, "b": 6})
    assert len({draw_quiz(bank, {}, 4, Random(seed)) for seed in range(20)}) > 10


def test_an_attempt_is_the_mean_of_what_counts() -> None:
    counted = [Answered("a", "x", 1.0), Answered("b", "x", 0.5), Answered("c", "y", 0.0)]
    outcome = judge([*counted, Answered("d", "y", 0.0, scored=False)])
    assert outcome.score == 0.5
    assert outcome.counted == 3
    assert outcome.by_objective == {"x": (0.75, 2), "y": (0.0, 1)}
    assert outcome.missed == ("b", "c")


def test_the_pass_mark_itself_passes() -> None:
    outcome = judge([Answered(str(n), "x", 1.0 if n < 8 else 0.0) for n in range(10)])
    assert outcome.passed(0.8)
    assert not outcome.passed(0.81)


def test_nothing_answered_passes_nothing() -> None:
    assert not judge([]).passed(0.0)


def test_three_items_are_needed_to_speak_of_mastery() -> None:
    assert mastery({"a": 1.0, "b": 1.0}).words == "too early to say"
    assert mastery({"a": 1.0, "b": 1.0, "c": 0.5}).words == "83 %"


def test_calibration_sets_confidence_beside_correctness() -> None:
    rows = calibration([(3, 1.0), (3, 0.0), (1, 1.0), (0, 1.0)])
    assert [(row.confidence, row.answers, row.mean) for row in rows] == [(1, 1, 1.0), (3, 2, 0.5)]


@pytest.mark.parametrize(
    ("at", "zone", "wanted"),
    [
        ("2026-11-23T03:59+00:00", "UTC", date(2026, 11, 22)),
        ("2026-11-23T04:00+00:00", "UTC", date(2026, 11, 23)),
        ("2026-11-23T03:30+00:00", "Europe/Amsterdam", date(2026, 11, 23)),
        ("2026-11-23T11:00+00:00", "America/Los_Angeles", date(2026, 11, 22)),
    ],
)
def test_a_study_day_begins_at_four(at: str, zone: str, wanted: date) -> None:
    assert study_day(datetime.fromisoformat(at), ZoneInfo(zone)) == wanted


def test_gaps_are_no_study_time() -> None:
    assert studied(None, 5.0) == 0
    assert studied(10.0, 130.0) == 120
    assert studied(10.0, 130.1) == 0
    assert studied(10.0, 9.0) == 0


def test_a_week_begins_on_monday() -> None:
    by_day = {date(2026, 11, 22): 100.0, date(2026, 11, 23): 20.0, date(2026, 11, 25): 3.0, date(2026, 11, 26): 1.0}
    assert week_seconds(by_day, date(2026, 11, 25)) == 23
    assert datetime(2026, 11, 23, tzinfo=UTC).weekday() == 0
