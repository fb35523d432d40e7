"""A record with odd documents from elsewhere: the program starts, shows everything else, and tells of them once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from dev2cto.record.journal.codec import encode_line
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.state.notes import notes
from dev2cto.study.state.sync import refresh
from dev2cto.study.study import Study
from tests.record.test_shapes import AT, PLACE, WRONG
from tests.support.fake_learner import take
from tests.support.studies import FakeClock, open_study


def add_lines(directory: Path, *puts: dict[str, Any], writer: str = "other.0", at: int = 1) -> None:
    """Writes a journal of another machine with one line for each of these changes."""
    lines = [encode_line({"n": 0, "t": at, "h": {"format": 1, "schema": 1, "writer": writer}})]
    lines += [encode_line({"n": n, "t": at + n, "p": p}) for n, p in enumerate(puts, 1)]
    path = directory / f"{writer}.jsonl"
    path.write_bytes(b"".join(lines))
    path.chmod(0o600)


def all_wrong() -> list[dict[str, Any]]:
    return [{table: {id: doc}} for table, id, doc in WRONG.values()]


def test_the_program_starts_and_tells_of_them_once(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    take(study, study.quiz("t2"))
    study.record.close()
    add_lines(study.record.directory, *all_wrong(), at=2**42)
    for told in (True, False):
        study = open_study(tmp_path, clock)
        study.refresh()
        home = study.home()
        assert home.steps[1].quiz == "100 %"
        assert any(f"{len(WRONG)} entries not valid" in words for words in one_time_notices(study)) is told
        study.record.close()


def test_a_sum_that_is_set_aside_is_computed_again(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    take(study, study.quiz("t2"))
    refresh(study)
    study.record.close()
    directory = study.record.directory
    journal = directory / "laptop.0.jsonl"
    held = journal.read_bytes().split(b"\n")
    number = next(n for n, line in enumerate(held) if b'"quiz:t2"' in line)
    entry = json.loads(held[number])
    entry.pop("c")
    entry["p"]["sums"]["quiz:t2"] = {"best": "high"}
    held[number] = encode_line(entry)[:-1]
    journal.write_bytes(b"\n".join(held))
    study = open_study(tmp_path, clock)
    study.refresh()
    assert study.home().steps[1].quiz == "100 %"
    study.record.close()


def test_a_large_text_that_is_no_json_is_left_out(study: Study) -> None:
    name = hashlib.sha256(b"{odd").hexdigest()
    folder = study.record.directory / "blobs"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"{odd")
    list_name = hashlib.sha256(b"[1]").hexdigest()
    (folder / list_name).write_bytes(b"[1]")
    add_lines(
        study.record.directory,
        {"note_revs": {"r": {"note": "n", "parent": "", "seen": [], "text": {"blob": name, "size": 4}, "at": AT}}},
        {"note_revs": {"q": {"note": "m", "parent": "", "seen": [], "text": {"blob": list_name, "size": 3}, "at": AT}}},
        {"notes": {"n": {"anchor": "", "head": "r", "at": AT}, "m": {"anchor": "", "head": "q", "at": AT}}},
    )
    study.record.refresh()
    assert [note.text for note in notes(study)] == ["", ""]


@pytest.mark.parametrize(
    "place",
    [
        {**PLACE, "ids": []},
        {**PLACE, "screen": "nowhere"},
        {**PLACE, "cursor": -(2**40)},
        {**PLACE, "extra": {"under": {"screen": 3, "ids": "x", "cursor": "y", "extra": [], "response": 5}}},
        {**PLACE, "screen": "step", "extra": {"under": {}}},
    ],
)
def test_an_odd_place_leads_on(study: Study, place: dict[str, Any]) -> None:
    add_lines(study.record.directory, {"place": {"other.0": place}})
    study.record.refresh()
    assert study.home().onward is not None
