"""Clocks at the end of time: what is saved after them counts all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.clock import within_limits
from dev2cto.record.journal.codec import LATEST, encode_line

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


def changed_often(opened: Opener) -> str:
    """The text of a document that was written over twenty times, each time in a session of its own."""
    for number in range(20):
        with opened() as record:
            record.table("cards").put("q1", {"text": f"version {number}"})
    found = opened().table("cards").get(doc_id="q1")
    assert found is not None
    return str(found["text"])


def test_an_entry_from_elsewhere_with_the_last_clock_value_does_not_stop_the_clock(
    tmp_path: Path, opened: Opener
) -> None:
    (tmp_path / "record").mkdir(mode=0o700)
    header = {"n": 0, "t": 1, "h": {"format": 1, "schema": 1, "writer": "zoo.0"}}
    last = {"n": 1, "t": LATEST, "p": {"cards": {"q1": {"text": "at the end of time"}}, "answers": {"a": {"i": 1}}}}
    (tmp_path / "record" / "zoo.0.jsonl").write_bytes(encode_line(header) + encode_line(last))
    assert changed_often(opened) == "version 19"
    assert opened().table("answers").get(doc_id="a") == {"i": 1}


def test_what_is_saved_after_a_clock_was_put_right_counts(opened: Opener, clock: HandClock) -> None:
    end = (datetime(2999, 12, 1, tzinfo=UTC) - clock.now()).total_seconds()
    clock.move(end)
    with opened() as record:
        record.table("cards").put("q1", {"text": "in the year 2999"})
    clock.move(-end)
    assert changed_often(opened) == "version 19"
    assert opened().reader.store.time < 2 * clock.now().timestamp() * 1000


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_days_before_and_after_any_time_have_a_date(year: int) -> None:
    at = within_limits(datetime(year, 6, 1, tzinfo=UTC))
    assert at - timedelta(days=365) < at < at + timedelta(days=365)


def test_a_time_within_the_limits_is_as_it_is() -> None:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert within_limits(at) == at
