"""Records that the version of 2026-11-30 wrote open with everything in them, in both front ends.

`written_before` holds the files of two records, made by `tests.support.every_session` at that version on two machines,
and beside each what that version read in it. They are never written again: a new version adds records of its own.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.study.study import Study
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed

KEPT = Path(__file__).with_name("written_before")
RECORDS = ("small", "capstone")
CHANGING = {"sums", "cards", "place", "positions", "study"}
"""Tables whose documents a visit may change."""
Open = Callable[[str], Study]


@pytest.fixture
def written(tmp_path: Path, clock: FakeClock) -> Open:
    """Opens a copy of a kept record at a third machine, a month later."""
    clock.pass_(days=31)

    def open_copy(name: str) -> Study:
        home = tmp_path / name
        shutil.copytree(KEPT / name, home / "learner")
        for path in [home / "learner", *(home / "learner").rglob("*")]:
            os.chmod(path, 0o700 if path.is_dir() else 0o600)
        return open_study(home, clock, device="desk")

    return open_copy


def then(name: str) -> dict[str, dict[str, Any]]:
    """What that version read, by table and id."""
    return dict(json.loads((KEPT / f"{name}.json").read_text("utf-8")))


def documents(record: Record) -> dict[str, dict[str, Any]]:
    """What the record holds, a very large text as its length."""
    found: dict[str, dict[str, dict[str, Any]]] = {
        table: {id: record.table(table).get(doc_id=id) or {} for id in dict(record.table(table).stream())}
        for table in record.tables()
    }
    for docs in found.values():
        for doc in docs.values():
            if isinstance(doc.get("text"), str) and len(doc["text"]) > 10_000:
                doc["text"] = {"characters": len(doc["text"])}
    return found


def assert_untouched(study: Study, name: str) -> None:
    """After a visit every document of before is still on the disk, as it was."""
    with open_directory(study.record.directory, clock=FakeClock(), device="reader", readonly=True) as record:
        now = documents(record)
    for table, docs in then(name).items():
        if table not in CHANGING:
            assert {id: now[table].get(id) for id in docs} == docs, table


@pytest.mark.parametrize("name", RECORDS)
def test_every_document_is_there(written: Open, name: str) -> None:
    with written(name).record as record:
        assert documents(record) == then(name)
        assert not record.damage
        assert not record.lost


def test_between_them_they_have_every_table() -> None:
    assert then("small").keys() | then("capstone").keys() == TABLES.keys() - {
        "choices",
        "helps",
        "responses",
        "peer_reviews",
        "promises",
        "outcomes",
        "highlights",
    }  # which came later


def shows(text: str, *parts: str) -> None:
    flat = " ".join(text.split())
    assert [part for part in parts if part not in flat] == []


HOME = ("83 %", "A decision note", "16 questions")
"""What home shows: 95 % of the course as it was then, without its capstone."""
PROGRESS = ("Step 1, quiz: 92 %", "Step 1, retry: 100 %", "Step 2, exam: 100 %", "94 % right")
NOTEBOOK = ("A second thought", "Bookmark: Once is enough")


def test_by_lines_it_is_all_shown_and_stays(written: Open) -> None:
    study = written("small")
    text = typed(study, "p", "q", "n", "q", "2", "3", "q", "6", "q", "q", "1", "3", "q", "q", "d", "q", "q", "q")
    shows(text, *HOME, *PROGRESS, *NOTEBOOK, "Continue the practice", "Half of them wait longer, 6 min")
    shows(text, "part 1 of 2, 0 right", "# Note 1", "Owner: me")
    assert_untouched(study, "small")


async def test_on_the_full_screen_it_is_all_shown_and_stays(written: Open) -> None:
    study, seen = written("small"), ""
    async with opened(study, (100, 80)) as driver:
        for keys in ((), ("p",), ("q", "n"), ("q", "1"), ("q",)):
            await driver.press(*keys)
            seen += driver.flat
        await driver.to("ArtefactPage", "2", "exercise:t-x-note")
        seen += driver.flat
        await driver.press("q", "q")
        await driver.to("CalculationPage", "2", "exercise:t-x-waits")
        seen += driver.flat
        await driver.press("ctrl+q")
    shows(seen, *HOME, "Step 1 retry 100 %", "94 % right", "A second thought", "1 bookmark", "Versions (2)", "0 right")
    assert_untouched(study, "small")


def test_a_final_form_begun_then_goes_on(written: Open) -> None:
    study = written("capstone")
    shows(typed(study, "capstone", "4", "", "q", "q", "q"), "best 88 %", "question 2 of 8, flagged, 7 left")
    assert_untouched(study, "capstone")
