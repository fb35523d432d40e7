"""A clock that is moved by hand, and records that close themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.support.unchecked import anything


class HandClock:
    """A clock that moves only when a test moves it."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, 0, tzinfo=UTC) + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return 1000.0 + self.passed

    def move(self, seconds: float) -> None:
        self.passed += seconds


class Opener(Protocol):
    """Opens a record and closes it when the test is over."""

    def __call__(
        self,
        directory: Path | None = None,
        *,
        device: str = "desk",
        readonly: bool = False,
        cache: Path | None = None,
    ) -> Record: ...


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def opened(tmp_path: Path, clock: HandClock) -> Iterator[Opener]:
    records: list[Record] = []

    def open_record(
        directory: Path | None = None,
        *,
        device: str = "desk",
        readonly: bool = False,
        cache: Path | None = None,
    ) -> Record:
        record = open_directory(
            directory or tmp_path / "record", clock=clock, device=device, readonly=readonly, cache=cache, check=anything
        )
        records.append(record)
        return record

    yield open_record
    for record in records:
        record.save_and_close()
