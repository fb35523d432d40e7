"""Study days begin at four; study time has no long gaps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.learning.days import studied, study_day, week_seconds
from dev2cto.study.study import Study
from tests.support.studies import FakeClock, open_study

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        (datetime(2026, 11, 24, 3, 59, 59, tzinfo=UTC), ZoneInfo("UTC"), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 4, 0, tzinfo=UTC), ZoneInfo("UTC"), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 2, 59, tzinfo=UTC), AMSTERDAM, date(2026, 11, 23)),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), AMSTERDAM, date(2026, 11, 24)),
        (datetime(2026, 7, 24, 1, 59, tzinfo=UTC), AMSTERDAM, date(2026, 7, 23)),
        (datetime(2026, 7, 24, 2, 0, tzinfo=UTC), AMSTERDAM, date(2026, 7, 24)),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), ZoneInfo("Pacific/Auckland"), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), ZoneInfo("Pacific/Auckland"), date(2026, 11, 24)),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), AMSTERDAM, date(2026, 3, 28)),
        (datetime(2026, 3, 29, 2, 30, tzinfo=UTC), AMSTERDAM, date(2026, 3, 29)),
    ],
)
def test_a_study_day_begins_at_four_where_the_learner_is(at: datetime, zone: ZoneInfo, day: date) -> None:
    assert study_day(at, zone) == day


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(0, 12), st.integers(0, 86_400 * 3))  # noqa: DTZ001
def test_study_days_never_run_backwards(at: datetime, start: int, later: int) -> None:
    first = at.replace(tzinfo=UTC)
    for zone in (ZoneInfo("UTC"), AMSTERDAM, ZoneInfo("America/St_Johns")):
        assert study_day(first, zone, start) <= study_day(first + timedelta(hours=2, seconds=later), zone, start)


def test_a_gap_over_two_minutes_is_no_study() -> None:
    assert studied(None, 5) == 0
    assert studied(5, 124.5) == 119.5
    assert studied(5, 125) == 120
    assert studied(5, 125.1) == 0
    assert studied(5, 4) == 0


def test_a_week_begins_on_monday() -> None:
    by_day = {date(2026, 11, 22): 100.0, date(2026, 11, 23): 10.0, date(2026, 11, 25): 1.0, date(2026, 11, 26): 1000.0}
    assert week_seconds(by_day, date(2026, 11, 25)) == 11
    assert week_seconds(by_day, date(2026, 11, 22)) == 100


def test_the_settings_move_the_day(study: Study, clock: FakeClock) -> None:
    clock.at = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    assert study.today() == date(2026, 11, 23)
    study.set("day_start", "2")
    assert study.today() == date(2026, 11, 24)
    study.set("time_zone", "America/New_York")
    assert study.today() == date(2026, 11, 23)


def test_study_time_is_added_up_by_day_step_and_session(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    for _ in range(10):
        study.timer.record_activity("t1")
        clock.pass_(seconds=30)
    clock.pass_(hours=1)
    for _ in range(3):
        study.timer.record_activity("t2")
        clock.pass_(seconds=20)
    study.timer.keep()
    kept = {id: doc["seconds"] for id, doc in study.record.table("study").stream()}
    assert kept == {"2026-11-23/t1/laptop.0": 270.0, "2026-11-23/t2/laptop.0": 40.0}
    assert study.home().week_minutes == 5
    clock.pass_(days=7)
    assert study.home().week_minutes == 0
    study.record.close()


def test_a_minute_of_study_is_kept_without_being_asked_for(study: Study, clock: FakeClock) -> None:
    for _ in range(4):
        study.timer.record_activity("t1")
        clock.pass_(seconds=30)
    assert [doc["seconds"] for doc in study.record.table("study").all()] == [60.0]
