"""`doctor` lists documents that are not valid, and `doctor --repair` moves them out after a backup."""

from __future__ import annotations

from pathlib import Path

from dev2cto.record.layout import this_device
from tests.record.test_shapes import AT, WRONG
from tests.study.test_odd_documents import add_lines, all_wrong
from tests.support.cli_runner import Call
from tests.support.studies import record_of

OWN = f"{this_device()}.3"
"""A session of this machine."""


def lines(*journals: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in journals)


def test_doctor_lists_them_with_their_lines_and_repairs_the_record(call: Call, tmp_path: Path) -> None:
    directory = record_of(tmp_path / "home")
    directory.mkdir(parents=True, mode=0o700)
    right = {"bookmarks": {"b": {"label": "Here", "at": AT}}}
    newer = {"resets": {"x": {"level": "decade", "about": "", "at": AT}}}
    add_lines(directory, {**right, "resets": {"r": {}}}, *all_wrong()[1:], newer, writer=OWN)
    journal = directory / f"{OWN}.jsonl"
    held, many = journal.read_bytes(), lines(journal)
    told = call("doctor")
    assert told.code == 1
    assert f"WRONG record: not valid: {OWN}.jsonl line 2: an entry of resets is not valid because of" in told.out
    assert told.out.count("WRONG record: not valid") == len(WRONG)
    assert "note  record: newer: 1 entry written by a newer version" in told.out

    done = call("doctor", "--repair")
    assert done.code == 0, done.err
    assert f"Moved out: {len(WRONG)} entries that were not valid." in done.out
    backup = Path(done.out.split("Backup: ")[1].splitlines()[0])
    assert backup.is_file()
    (kept,) = (directory / "damaged").glob(f"{OWN}.jsonl.*")
    assert set(kept.read_bytes().splitlines()) <= set(held.splitlines())
    assert lines(kept) == len(WRONG)
    assert lines(journal) == many
    assert b'"label":"Here"' in journal.read_bytes()
    assert b'"decade"' in journal.read_bytes()
    assert call("doctor", "--repair").out.startswith("Nothing to repair")
    assert "not valid" not in call("doctor").out
    assert "lost" not in call("doctor").out


def test_a_journal_that_another_session_writes_stays_as_it_is(call: Call, tmp_path: Path) -> None:
    import fcntl

    directory = record_of(tmp_path / "home")
    directory.mkdir(parents=True, mode=0o700)
    add_lines(directory, {"resets": {"r": {}}}, writer=OWN)
    journal = directory / f"{OWN}.jsonl"
    held = journal.read_bytes()
    with journal.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = call("doctor", "--repair")
    assert done.code == 1
    assert f"{OWN}.jsonl is open in another session: close it and repeat." in done.out
    assert journal.read_bytes() == held


def test_another_machines_file_is_repaired_there(call: Call, tmp_path: Path) -> None:
    """Its next copy would bring everything back, and its lines would no longer be what their machine wrote."""
    directory = record_of(tmp_path / "home")
    directory.mkdir(parents=True, mode=0o700)
    add_lines(directory, {"resets": {"r": {}}})
    add_lines(directory, {"resets": {"s": {}}}, writer=OWN)
    journal = directory / "other.0.jsonl"
    held = journal.read_bytes()
    done = call("doctor", "--repair")
    assert done.code == 1
    assert "Moved out: 1 entry that were not valid." in done.out
    assert "other.0.jsonl is another machine's: repeat this there, and copy the file again." in done.out
    assert journal.read_bytes() == held
    assert "other.0.jsonl line 2" in call("doctor").out
