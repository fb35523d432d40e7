"""Commands that change the record: reset, backup, restore, merge, trust."""

from __future__ import annotations

import gzip
import io
import shutil
from pathlib import Path

import pytest

from dev2cto.record.erase import erase_all
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from tests.record.test_erase import SECRET, traces
from tests.support.cli_runner import Call
from tests.support.fake_learner import GOOD_NOTE, calculate, take, write
from tests.support.studies import COURSE, FakeClock, open_study, open_study_in


@pytest.fixture
def answered(elsewhere: Study) -> Study:
    """Another session that took a quiz, and left."""
    take(elsewhere, elsewhere.quiz("t2"))
    elsewhere.record.close()
    return elsewhere


def backups(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home" / "records" / ".backups").glob("*"))


def test_reset_asks_first_and_changes_nothing_without_a_yes(
    call: Call, answered: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    said = call("reset", "quiz", "t2")
    assert (said.code, backups(tmp_path)) == (1, [])
    assert "Your notes, highlights and settings stay. Type yes" in " ".join(said.out.split())
    assert "Nothing was changed." in said.out
    said = call("reset", "all", "--erase")
    assert "notes and highlights in everything of" in " ".join(said.out.split())
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    assert call("reset", "quiz", "t2").code == 0
    assert len(backups(tmp_path)) == 1
    assert "quiz --" in call("status").out


def test_reset_where_nobody_can_be_asked(call: Call, answered: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    said = call("reset", "quiz", "t2")
    assert said.code == 2
    assert "--yes" in said.err
    assert "quiz 100 %" in call("status").out


def test_a_reset_is_listed_and_taken_back(call: Call, answered: Study) -> None:
    assert call("reset", "--list").out == "There are no active resets.\n"
    said = call("reset", "step", "2", "--yes")
    id = said.out.split("--undo ")[1].strip()
    assert f"{id}  " in call("reset", "--list").out
    assert call("reset", "--undo", id).code == 0
    assert "quiz 100 %" in call("status").out
    assert call("reset", "--list").out == "There are no active resets.\n"


def test_the_backup_before_a_reset_holds_what_was_reset(call: Call, answered: Study, tmp_path: Path) -> None:
    call("reset", "all", "--erase", "--yes")
    assert "quiz 100 %" not in call("status").out
    assert not any(b'"response"' in path.read_bytes() for path in answered.record.directory.glob("*.jsonl"))
    (saved,) = backups(tmp_path)
    assert call("restore", str(saved), "--yes").code == 0
    assert "quiz 100 %" in call("status").out


def test_what_is_erased_remains_only_where_it_is_said(call: Call, elsewhere: Study, tmp_path: Path) -> None:
    write(elsewhere, text=f"{GOOD_NOTE}\n{SECRET}\n")
    write_note(elsewhere, "s-contracts#retry", SECRET)
    elsewhere.keep_draft("t-x-note", SECRET)
    elsewhere.record.close()
    assert call("reset", "quiz", "t2", "--yes").code == 0
    said = call("reset", "all", "--erase", "--yes")
    kept = tmp_path / "home" / "records" / ".backups"
    assert f"the backups in {kept}" in said.out
    assert len(list(kept.iterdir())) == 2
    assert traces(kept)
    shutil.rmtree(kept)
    assert traces(tmp_path) == []


@pytest.mark.parametrize(
    "words",
    [
        ("reset",),
        ("reset", "quiz"),
        ("reset", "quiz", "t9", "--yes"),
        ("reset", "sideways", "t2"),
        ("reset", "item", "t-q-mean", "--erase", "--yes"),
        ("reset", "--undo", "never"),
    ],
)
def test_a_reset_of_nonsense_is_wrong_use(call: Call, answered: Study, words: tuple[str, ...], tmp_path: Path) -> None:
    said = call(*words)
    assert said.code == 2
    assert len(said.err.splitlines()) == 2
    assert backups(tmp_path) == []


def test_restore_says_what_it_would_do_before_it_does_it(call: Call, answered: Study, tmp_path: Path) -> None:
    saved = call("backup", str(tmp_path)).out.split(": ")[1].strip()
    shutil.rmtree(answered.record.directory)
    said = call("restore", saved)
    assert "answers" in said.out
    assert "Nothing was changed." in said.out
    assert "quiz 100 %" not in call("status").out
    said = call("restore", saved, "--yes")
    assert "Done." in said.out
    assert "quiz 100 %" in call("status").out


def test_backup_and_restore_of_what_is_not_there(call: Call, tmp_path: Path) -> None:
    assert call("backup", str(tmp_path)).code == 3
    (tmp_path / "junk").write_bytes(b"\x00junk" * 99)
    for source in (tmp_path / "junk", tmp_path / "nothing", tmp_path):
        said = call("restore", str(source))
        assert said.code == 3
        assert said.err
        assert call("merge", str(source)).code == 3


def test_backup_into_a_folder_that_cannot_be_written(call: Call, answered: Study, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = call("backup", str(tmp_path / "file" / "deeper"))
    assert said.code != 0
    assert said.err.startswith("dev2cto: ")


def test_merge_takes_in_another_machine_any_number_of_times(
    call: Call, answered: Study, tmp_path: Path, clock: FakeClock
) -> None:
    server = open_study(tmp_path / "server", clock, device="server")
    calculate(server)
    server.record.close()
    assert "entries" in call("merge", str(server.record.directory)).out
    status = call("status").out
    assert "exercises 1/8" in status
    assert "quiz 100 %" in status
    assert "0 new entries" in call("merge", str(server.record.directory)).out
    assert call("status").out == status


def test_merge_takes_archives_too(call: Call, answered: Study, tmp_path: Path) -> None:
    saved = call("backup", str(tmp_path)).out.split(": ")[1].strip()
    assert call("--learner", "twin", "merge", saved).code == 0
    assert "quiz 100 %" in call("--learner", "twin", "status").out


def erased_elsewhere(tmp_path: Path, clock: FakeClock, answered: Study) -> str:
    """Another machine that merged this one's answers and then erased everything."""
    server = open_study(tmp_path / "server", clock, device="server")
    server.merge([answered.record.directory])
    erase_all(server.record)
    server.record.close()
    return str(server.record.directory)


def test_what_was_erased_elsewhere_is_erased_here_only_after_a_yes_and_a_backup(
    call: Call, answered: Study, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    source = erased_elsewhere(tmp_path, clock, answered)
    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    said = call("merge", source)
    assert said.code == 0
    assert "would be erased here for good: " in said.out
    assert "Type yes" in said.out
    assert "Kept here although erased elsewhere" in said.out
    assert "quiz 100 %" in call("status").out
    assert backups(tmp_path) == []
    monkeypatch.setattr("sys.stdin", Terminal("yes\n"))
    assert "Backup: " in call("merge", source).out
    assert "quiz 100 %" not in call("status").out
    (saved,) = backups(tmp_path)
    assert call("restore", str(saved), "--yes").code == 0
    assert "quiz 100 %" in call("status").out


def test_erasures_in_a_synced_folder_are_announced_and_taken_when_asked(
    call: Call, answered: Study, tmp_path: Path, clock: FakeClock
) -> None:
    source = erased_elsewhere(tmp_path, clock, answered)
    assert call("merge").code == 2
    assert "No other machine asks" in call("merge", "--erasures", "take").out
    shutil.copy(Path(source) / "server.0.jsonl", answered.record.directory)
    assert "quiz 100 %" in call("status").out
    answers = len(answered.record.table("answers"))
    study = open_study_in(answered.record.directory, clock)
    announced = f"Another machine asks to erase {answers} answers and "
    texts = [text for text in one_time_notices(study) if announced in text]
    assert len(texts) == 1
    assert " and 7 other entries here for good" in texts[0]  # an attempt and six reviews
    assert texts[0].endswith("To erase or keep: dev2cto --course " + str(COURSE) + " merge")
    study.record.close()
    said = call("doctor")
    assert f"{answers} of answers" in said.out
    assert "kept until you agree" in said.out
    assert call("merge").code == 2
    assert "Kept here although erased elsewhere" in call("merge", "--erasures", "leave").out
    assert "quiz 100 %" in call("status").out
    said = call("merge", "--erasures", "take")
    assert "Backup: " in said.out
    assert "Erased here for good, as elsewhere: " in said.out
    assert "quiz 100 %" not in call("status").out
    assert "another machine asks" not in call("doctor").out
    assert len(backups(tmp_path)) == 1


def test_scripts_say_what_to_do_with_erasures(
    call: Call, answered: Study, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = erased_elsewhere(tmp_path, clock, answered)
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    said = call("merge", source)
    assert said.code == 2
    assert "--erasures take" in said.err
    assert call("merge", source, "--erasures", "leave").code == 0
    assert "quiz 100 %" in call("status").out
    assert call("merge", source, "--erasures", "take").code == 0
    assert "quiz 100 %" not in call("status").out
    assert len(backups(tmp_path)) == 1


def test_a_damaged_backup_is_refused_and_given_in_part_when_asked(call: Call, answered: Study, tmp_path: Path) -> None:
    saved = tmp_path / "saved.tar"
    saved.write_bytes(gzip.decompress(Path(call("backup", str(tmp_path)).out.split(": ")[1].strip()).read_bytes()))
    data = saved.read_bytes()
    at = data.rindex(b'"answers"')
    saved.write_bytes(data[:at] + b"!" + data[at + 1 :])
    shutil.rmtree(answered.record.directory)
    for words in (("merge",), ("restore",), ("restore", "--yes")):
        said = call(*words, str(saved))
        assert said.code == 1
        assert f"{saved} is damaged: " in said.err
        assert "--partial" in said.err
        assert "quiz" not in said.out
    said = call("restore", str(saved), "--yes", "--partial")
    assert said.code == 1
    assert "Damaged: " in said.out
    assert call("merge", str(saved), "--partial").code == 1


def test_the_backup_of_a_damaged_record_says_so_and_fails(call: Call, answered: Study, tmp_path: Path) -> None:
    (journal,) = answered.record.directory.glob("laptop.*.jsonl")
    lines = journal.read_bytes().split(b"\n")
    journal.write_bytes(b"\n".join([lines[0], lines[1][:-9] + b"!" * 9, *lines[2:]]))
    said = call("backup", str(tmp_path))
    assert said.code == 1
    assert "1 damaged line" in said.out
    assert list(tmp_path.glob("dev2cto-*.tar.gz"))


def test_learners_do_not_see_each_other(call: Call, answered: Study) -> None:
    assert "quiz 100 %" in call("status").out
    assert "quiz --" in call("status", "--learner", "ada").out


def test_trust_is_given_and_taken_back(call: Call, tmp_path: Path) -> None:
    course = shutil.copytree(COURSE, tmp_path / "course")

    def refused() -> bool:
        said = call("check", str(course), "--run")
        if "does not run" in said.err or "since you trusted it" in said.err:
            assert said.code == 1
            assert f"dev2cto trust --course {course}" in said.err
            return True
        return False

    assert refused()
    assert "may run" in call("trust", "--course", str(course)).out
    assert not refused()
    check = course / "modules" / "02-weighing" / "exercises" / "adding" / "check.py"
    check.write_text(check.read_text(encoding="utf-8") + "\n# another line\n", encoding="utf-8")
    assert refused()
    call("trust", "--course", str(course))
    assert not refused()
    bank = next(f for f in course.rglob("bank.yaml") if "kind: output" in f.read_text(encoding="utf-8"))
    text, ran = bank.read_text(encoding="utf-8"), tmp_path / "ran"
    bank.write_text(text.replace("code: |\n", f"code: |\n      open({str(ran)!r}, 'w')\n"), encoding="utf-8")
    assert refused()
    assert not ran.exists()
    call("trust", "--course", str(course))
    assert call("trust", "--revoke", "--course", str(course)).code == 0
    assert refused()
    assert call("trust", "--revoke", "--course", str(course)).code == 0
