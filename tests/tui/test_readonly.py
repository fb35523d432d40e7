"""A session that cannot save never says that it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.study.study import Study
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock, open_study


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Study]:
    """A study that was opened for reading only."""
    study = open_study(tmp_path / "records", FakeClock(), readonly=True)
    yield study
    study.record.close()


async def test_home_says_that_nothing_is_saved(reader: Study) -> None:
    async with opened(reader) as driver:
        assert "Nothing is saved in this session: it was opened for reading only." in driver.flat


async def test_a_note_says_it_again_where_one_types(reader: Study) -> None:
    async with opened(reader) as driver:
        await driver.press("1", "enter", "e")
        assert driver.name == "NotePage"
        assert "Nothing is saved in this session" in driver.notice
        assert "Leave; nothing is saved in this session" in driver.flat
        assert "is kept" not in driver.flat


async def test_a_report_and_an_artefact_promise_nothing(reader: Study) -> None:
    async with opened(reader) as driver:
        await driver.press("2")
        await driver.choose("exercise:t-x-note")
        await driver.press("1")
        assert "is kept" not in driver.flat, driver.text
        assert "nothing is saved in this session" in driver.flat


async def test_the_learner_is_told_at_the_end_that_nothing_was_saved(reader: Study) -> None:
    async with opened(reader) as driver:
        await driver.press("q")
        assert driver.app._exit_renderables == ["Nothing was saved in this session: it was opened for reading only."]
