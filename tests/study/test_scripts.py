"""A learner's own script on the record: `dev2cto.record.open_record`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import where

from dev2cto.errors import ReadOnly, RecordError
from dev2cto.record import open_record
from dev2cto.record.schema import TABLES
from dev2cto.record.scripts import ScriptDB, ScriptTable
from dev2cto.study.state.sync import refresh
from dev2cto.study.study import Study
from tests.support.fake_learner import take
from tests.support.studies import FakeClock, open_study


@pytest.fixture
def study(tmp_path: Path, clock: FakeClock) -> Study:
    """A study with a quiz in it, at the place where the program keeps the present learner's record."""
    study = open_study(tmp_path / "home" / "records", clock)
    take(study, study.quiz("t2"), miss={"t-q-rank"})
    return study


def test_without_more_it_reads_the_present_learners_record(study: Study) -> None:
    with open_record() as db:
        assert db.table("answers").count(where("score") == 1) > 0
        assert db.tables() == study.record.tables()
        for table in ("answers", "notes"):
            with pytest.raises(ReadOnly, match="opened for reading only"):
                db.table(table).insert({"at": study.now()})
    study.record.close()


def test_reading_changes_nothing_on_the_disk(study: Study) -> None:
    study.record.close()
    folder = study.record.directory
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with open_record(folder) as db:
        assert db.table("answers").all()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_where_there_is_no_record_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="No record found in"):
        open_record(tmp_path / "nowhere", write=True)
    assert not (tmp_path / "nowhere").exists()


def answer(study: Study, item: str) -> dict[str, Any]:
    """An answer as a script may add one."""
    return {
        "at": study.now(), "module": "t1", "item": item, "fingerprint": "", "kind": "single", "context": "check",
        "attempt": "", "response": "x", "score": 1.0, "max": 1, "scored": True,
    }  # fmt: skip


@pytest.mark.parametrize("beside", [True, False], ids=["beside the course", "after it"])
def test_what_it_adds_counts_for_sums_and_cards(study: Study, clock: FakeClock, beside: bool) -> None:
    if not beside:
        study.record.close()
    assert "s-retry" not in study.progress.scores("s-contract")
    with open_record(study.record.directory, write=True) as db, db.batch():
        db.table("answers").insert(answer(study, "s-retry"))
        db.table("reviews").insert({"card": "s-retry", "rating": 3, "at": study.now(), "ms": 100})
    if not beside:
        study = open_study(study.record.directory.parent, clock)
    assert refresh(study)
    assert study.progress.scores("s-contract")["s-retry"] == 1
    assert "s-retry" in study.progress.cards()
    assert not refresh(study)
    study.record.close()


@pytest.fixture
def db(study: Study) -> ScriptDB:
    """The record, to write."""
    study.record.close()
    return open_record(study.record.directory, write=True)


CHANGED = {"anchor": "", "head": "", "at": "2026-11-23T10:00:00+00:00"}
CHANGES: dict[str, Callable[[ScriptTable], object]] = {
    "update": lambda table: table.update(CHANGED),
    "update_multiple": lambda table: table.update_multiple([(CHANGED, where("at").exists())]),
    "upsert": lambda table: table.upsert(CHANGED, where("at").exists()),
    "remove": lambda table: table.remove(where("at").exists()),
    "truncate": lambda table: table.truncate(),
    "put": lambda table: table.put("mine", CHANGED),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_happened_stays(db: ScriptDB, change: str) -> None:
    events = [name for name, table in TABLES.items() if table.event]
    lasting = {"answers", "reviews", "submissions", "peer_reviews", "note_revs", "reports"}
    assert {*lasting, "resets", "promises", "outcomes"} == {*events}
    for name in events:
        table = db.table(name)
        before = table.all()
        assert isinstance(table, ScriptTable)
        with pytest.raises(RecordError, match="not changed or removed"):
            CHANGES[change](table)
        assert table.all() == before
    notes = db.table("notes")
    assert isinstance(notes, ScriptTable)
    notes.insert({"anchor": "", "head": "", "at": "2026-11-23T09:00:00+00:00"})
    CHANGES[change](notes)
    assert not notes.contains(where("at") == "2026-11-23T09:00:00+00:00") or change == "put"
    db.close()


def test_tables_are_not_dropped_and_fields_not_invented(db: ScriptDB) -> None:
    with pytest.raises(RecordError, match="cannot be dropped"):
        db.drop_tables()
    with pytest.raises(RecordError, match="cannot be dropped"):
        db.drop_table("notes")
    with pytest.raises(ValueError, match="no field 'text'"):
        db.table("notes").insert({"text": "hello"})
    with pytest.raises(ValueError, match="no table"):
        db.table("_default").insert({"text": "hello"})
    db.close()


def test_the_example_of_the_readme_runs(study: Study) -> None:
    study.record.close()
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    script = readme.partition("```python\n")[2].partition("```")[0]
    assert "open_record" in script
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "t2" in ran.stdout
