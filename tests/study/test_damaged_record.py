"""A damaged record: the original is kept, what can be read is used, and the learner hears what is missing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dev2cto.record.opening import open_directory
from dev2cto.study.queries.home import one_time_notices
from tests.support.fake_learner import take
from tests.support.studies import FakeClock, open_study


def studied(home: Path, clock: FakeClock) -> Path:
    """The journal of a record with a finished quiz, closed."""
    study = open_study(home, clock)
    take(study, study.quiz("t2"))
    study.record.close()
    (journal,) = study.record.directory.glob("laptop.*.jsonl")
    return journal


def cut_in_half(journal: Path) -> int:
    """Cuts the journal after half of its lines, and removes its backups; returns how many entries are gone."""
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[: len(lines) // 2]))
    shutil.rmtree(journal.parent / "backups")
    return len(lines) - len(lines) // 2


def test_a_damaged_file_is_kept_aside_and_restored_and_it_is_said_once(tmp_path: Path, clock: FakeClock) -> None:
    journal = studied(tmp_path, clock)
    lines = journal.read_bytes().split(b"\n")
    lines[2] = lines[2][:60] + b"????" + lines[2][64:]
    damaged = b"\n".join(lines)
    journal.write_bytes(damaged)
    for first in (True, False):
        study = open_study(tmp_path, clock)
        study.refresh()
        words = " ".join(one_time_notices(study))
        assert ("recovered from" in words) is first
        assert ("the original is kept: damaged/" in words) is first
        assert study.home().steps[1].quiz == "100 %"
        study.record.close()
    assert [kept.read_bytes() for kept in (journal.parent / "damaged").glob(f"{journal.name}.*")] == [damaged]


def test_of_a_record_cut_in_half_with_its_backups_gone_the_rest_is_read_and_the_loss_said(
    tmp_path: Path, clock: FakeClock
) -> None:
    """The cache of before knows how many entries there were."""
    home, cache = tmp_path / "home", tmp_path / "cache"
    journal = studied(home, clock)
    with open_directory(journal.parent, clock=clock, cache=cache, device="laptop") as record:
        before = len(record.table("answers"))
    gone = cut_in_half(journal)
    with open_directory(journal.parent, clock=clock, cache=cache, device="laptop") as record:
        assert 0 < len(record.table("answers")) < before
        assert record.lost.startswith(f"{gone} saved entries were lost and could not be recovered")


@pytest.mark.parametrize("torn", [b"", b'{"c":"0'], ids=["between lines", "in a line"])
def test_where_nothing_remembers_what_is_gone_nothing_is_claimed(tmp_path: Path, clock: FakeClock, torn: bytes) -> None:
    journal = studied(tmp_path, clock)
    cut_in_half(journal)
    journal.write_bytes(journal.read_bytes() + torn)
    study = open_study(tmp_path, clock)
    study.refresh()
    assert study.home().onward is not None
    words = " ".join(one_time_notices(study))
    assert bool(torn) == ("or the file was cut, and later entries may be missing" in words)
    assert not re.search("nothing (is|was) lost|had not been", words)
    study.record.close()
