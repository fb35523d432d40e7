"""Somebody else has the record open: three choices, none of which loses anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk
from tests.support.pilot_driver import opened
from tests.support.studies import open_study


@pytest.fixture
def second(tmp_path: Path, study: Study) -> Iterator[Study]:
    """A second session on the record of `study`."""
    other = open_study(tmp_path / "records")
    yield other
    other.record.close()


async def test_it_says_who_is_there_and_what_can_be_done(second: Study) -> None:
    async with opened(second) as driver:
        assert "Already open elsewhere" in driver.title
        assert "process" in driver.text
        for choice in ("Continue here", "Side by side", "Read only"):
            assert choice in driver.text
        assert "Whatever you choose, nothing is lost." in driver.text


async def test_side_by_side_both_write(study: Study, second: Study) -> None:
    async with opened(second) as driver:
        await driver.choose("beside")
        assert driver.name == "HomePage"
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("m")
        assert len(on_disk(second.record.directory, "bookmarks")) == 1


async def test_read_only_saves_nothing_and_says_so(second: Study) -> None:
    async with opened(second) as driver:
        await driver.choose("read")
        assert driver.name == "HomePage"
        assert "Nothing is saved in this session" in driver.flat
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("m")
        assert driver.notice
        assert not on_disk(second.record.directory, "bookmarks")


@pytest.mark.parametrize("key", ["slash", "n", "p", "r", "g", "colon"])
async def test_nobody_passes_it_by(second: Study, key: str) -> None:
    async with opened(second) as driver:
        await driver.press(key)
        assert driver.name == "SessionsPage"


async def test_q_leaves_the_program(second: Study) -> None:
    async with opened(second) as driver:
        await driver.press("q")
        assert driver.app.return_code == 0
