"""A record for each course: what belongs to one is not seen in another, whatever ids and names they share."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from argparse import Namespace
from pathlib import Path

import pytest

from dev2cto.bootstrap import open_study
from dev2cto.paths import course_part, is_shipped
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.state.course_trust import is_trusted, trust
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from tests.support.cli_runner import Call
from tests.support.fake_learner import take
from tests.support.pilot_driver import opened as app
from tests.support.studies import COURSE, record_of
from tests.support.typist import typed

NOTE, DRAFT = "Ask Mara about quorums", "half a sentence"


def course_in(folder: Path, id: str = "trial") -> Path:
    """A copy of the test course in that folder, under that id."""
    course = Path(shutil.copytree(COURSE, folder))
    head = course / "course.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("id: trial", f"id: {id}"), encoding="utf-8")
    return course


def begin(course: Path | None, *, readonly: bool = False, learner: str = "learner") -> Study:
    """A study as the program opens it."""
    return open_study(Namespace(course=str(course) if course else None, learner=learner), readonly=readonly)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course of this installation: a small one that calls itself dev2cto."""
    course = course_in(tmp_path / "installed", "dev2cto")
    monkeypatch.setattr("dev2cto.paths.shipped_course", lambda: course)
    return course


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """A course from elsewhere, with the ids of the others here."""
    return course_in(tmp_path / "one")


def study_all(course: Path | None) -> Path:
    """A bit of everything that a record and the workspace keep; returns the record's folder."""
    study = begin(course)
    with study.record:
        one_time_notices(study)
        if not is_trusted(study):
            trust(study)
        study.reading("s-contracts").mark(read=True)
        take(study, study.quiz("t2"))
        write_note(study, "s-contracts#retry", NOTE)
        study.keep_draft("t-x-note", DRAFT)
        study.keep(Location("reading", ("s-contracts",)))
        lab = study.exercise("t-x-adding")
        assert isinstance(lab, CodeSession)
        lab.begin()
    return study.record.directory


def is_untouched(study: Study) -> bool:
    """Whether the study shows nothing of what `study_all` did."""
    tables = ("answers", "attempts", "cards", "notes", "drafts", "place", "positions", "sections", "sums", "reviews")
    return (
        not any(dict(study.record.table(table).stream()) for table in tables)
        and not study.progress.cards()
        and not (study.workspace / "t-x-adding").exists()
        and study.home().percent == 0
    )


def tree(folder: Path) -> dict[Path, bytes]:
    """All journals of a record."""
    return {path: path.read_bytes() for path in folder.glob("*.jsonl")}


def test_the_shipped_course_keeps_its_folder_however_it_is_named(shipped: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert study_all(None) == home / "records" / "learner"
    (tmp_path / "link").symlink_to(shipped)
    for way in (shipped, tmp_path / "link", tmp_path / "one" / ".." / "installed"):
        (tmp_path / "one").mkdir(exist_ok=True)
        study = begin(way, readonly=True)
        assert (study.record.directory, study.workspace) == (home / "records" / "learner", home / "workspace")
        assert len(study.record.table("answers")) == 6
        assert is_trusted(study)


def test_two_courses_with_the_same_ids_do_not_see_each_other(shipped: Path, one: Path, tmp_path: Path) -> None:
    """Answers, notes, places, cards, drafts, workspace and trust; and with the same course id besides."""
    two = course_in(tmp_path / "two")
    folders = {study_all(one)}
    for other in (None, two):
        study = begin(other)
        with study.record:
            assert is_untouched(study)
            assert is_trusted(study) == (other is None)
        folders |= {study_all(other)}
        assert not is_untouched(begin(other, readonly=True))
    assert len(folders) == 3
    assert begin(one, readonly=True).record.directory == record_of(tmp_path / "home", one)


def test_a_course_elsewhere_that_calls_itself_dev2cto_has_its_own_record(shipped: Path, tmp_path: Path) -> None:
    first = study_all(None)
    before = tree(first)
    foreign = course_in(tmp_path / "foreign", "dev2cto")
    study = begin(foreign)
    with study.record:
        assert study.record.directory.parent == first / "courses"
        assert is_untouched(study)
        assert not is_trusted(study)
        assert "records" not in typed(study, "q"), "what the shipped record says of dev2cto is not about this one"
    study_all(foreign)
    assert tree(first) == before
    assert len(begin(None, readonly=True).record.table("answers")) == 6


def test_a_link_to_a_course_is_the_course(shipped: Path, one: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(one)
    assert study_all(tmp_path / "link") == record_of(tmp_path / "home", one)
    assert not is_untouched(begin(one, readonly=True))
    (tmp_path / "parent").symlink_to(tmp_path)
    assert not is_untouched(begin(tmp_path / "parent" / "link", readonly=True))


def test_an_update_in_place_keeps_the_record(shipped: Path, one: Path) -> None:
    folder = study_all(one)
    head = one / "course.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 2.0.0"), encoding="utf-8")
    assert begin(one, readonly=True).record.directory == folder


def joined(text: str) -> str:
    """A text without spaces and ends of lines, wherever a screen broke it."""
    return "".join(text.split())


def words_of(command: str) -> list[str]:
    return shlex.split(command)[1:]


@pytest.mark.parametrize("moved", [True, False], ids=["renamed", "copied"])
def test_a_renamed_or_copied_course_begins_again_and_says_how_to_bring_the_answers(
    shipped: Path, one: Path, tmp_path: Path, call: Call, moved: bool
) -> None:
    old, origin = study_all(one), one
    new = tmp_path / "new place"
    one.rename(new) if moved else shutil.copytree(one, new)
    doctor = [f for f in json.loads(call("doctor", "--json", "--course", str(new)).out) if "another" in f["about"]]
    assert [f["found"] for f in doctor] == [f"trial was studied in {origin}"]
    study = begin(new)
    with study.record:
        assert is_untouched(study)
        assert not is_trusted(study)
        shown = typed(study, "q")
    assert joined(f"You studied a course trial in {origin}; in {new} it has a new record.") in joined(shown)
    said = call(*words_of(doctor[0]["advice"].partition(": ")[2]))
    assert said.code == 0
    assert f"Record of A course to try things on: {study.record.directory}" in said.out
    assert f"Its lab files are still in {tmp_path}/home/workspace/courses/{old.name}" in said.out
    study = begin(new, readonly=True)
    assert len(study.record.table("answers")) == 6
    assert study.draft("t-x-note") == DRAFT
    assert study.home().steps[1].quiz == "100 %"
    assert not is_trusted(study), "trust is in a folder, and no record brings it"
    assert "You studied" not in typed(study, "q")
    if not moved:
        study_all(new)
        assert len(begin(one, readonly=True).record.table("answers")) == 6


async def test_the_full_screen_keeps_courses_apart_and_says_it_too(shipped: Path, one: Path, tmp_path: Path) -> None:
    study_all(one)
    study_all(None)
    new = tmp_path / "moved"
    one.rename(new)
    study = begin(new)
    async with app(study, (100, 40)) as driver:
        assert "Begin" in driver.flat
        assert "0 %" in driver.title
        assert joined(f"You studied a course trial in {one}; in {new} it has a new record.") in joined(driver.flat)
        await driver.press("n")
        assert "quorums" not in driver.flat
        await driver.press("q", "ctrl+q")
    study = begin(new)
    async with app(study, (120, 40)) as driver:
        assert "You studied" not in driver.flat, "it is said once"
        await driver.press("ctrl+q")


def test_by_lines_courses_are_kept_apart(shipped: Path, one: Path) -> None:
    study_all(None)
    text = typed(begin(one), "n", "p", "q", "q")
    assert "quorums" not in text
    assert "No question answered yet." in text
    assert "quorums" in typed(begin(None), "n", "q", "q")


def test_answers_from_before_courses_had_records_can_be_brought_along(
    shipped: Path, one: Path, tmp_path: Path, call: Call
) -> None:
    """They lie in the shipped course's record, which stays as it is."""
    first = tmp_path / "home" / "records" / "learner"
    study_all(one).rename(tmp_path / "kept")
    shutil.rmtree(first)
    shutil.rmtree(tmp_path / "home" / "workspace")
    shutil.copytree(tmp_path / "kept", first)
    os.chmod(first, 0o700)
    study = begin(one)
    with study.record:
        assert is_untouched(study)
        shown = typed(study, "q")
    assert joined("You studied a course trial before each course had a record of its own;") in joined(shown)
    before = tree(first)
    assert call("merge", str(first), "--course", str(one)).code == 0
    assert len(begin(one, readonly=True).record.table("answers")) == 6
    assert tree(first) == before


def test_a_new_record_has_the_learners_settings_and_no_trust(shipped: Path, one: Path, tmp_path: Path) -> None:
    study = begin(None)
    with study.record:
        study.set("goal_minutes", "30")
        study.set("workspace", str(tmp_path / "work"))
        study.record.table("settings").put("trust/trial", {"value": "0" * 64, "at": study.now()})
    study = begin(one)
    with study.record:
        assert study.settings.goal_minutes == 30
        assert study.workspace == tmp_path / "work" / course_part(one, "trial")
        assert not any(id.startswith("trust/") for id in dict(study.record.table("settings").stream()))
        study.set("goal_minutes", "60")
    assert begin(None, readonly=True).settings.goal_minutes == 30
    assert begin(one).settings.goal_minutes == 60


def test_learners_have_their_own_records_of_each_course(shipped: Path, one: Path, call: Call) -> None:
    study_all(one)
    study = begin(one, learner="ada")
    with study.record:
        assert not study.record.table("answers").all()
        assert "You studied" not in typed(study, "q")


def test_commands_act_on_the_record_of_their_course_and_say_which(
    shipped: Path, one: Path, tmp_path: Path, call: Call
) -> None:
    study_all(one)
    here = ("--course", str(one))
    theirs = ("--course", str(shipped))
    assert call("status", *here).out.startswith(f"A course to try things on: 8 % done\nin {one}\n")
    assert "quiz --" in call("status", *theirs).out
    assert str(shipped) not in call("status", *theirs).out
    assert call("next", *here).out.startswith("trial: Step 1 / ")
    assert call("next", *theirs).out.startswith("Step 1 / ")
    assert json.loads(call("next", "--json", *here).out)["course"] == "trial"
    assert json.loads(call("status", "--json", *here).out)["folder"] == str(one)
    place = record_of(tmp_path / "home", one)
    where = json.loads(call("where", "--json", *here).out)
    assert (where["record"], where["workspace"]) == (str(place), f"{tmp_path}/home/workspace/courses/{place.name}")
    assert f"{place}, 6 answers" in call("doctor", *here).out
    assert "none of A course to try things on yet" in call("doctor", *theirs).out
    document = json.loads(call("export", *here).out)
    assert (document["course"]["folder"], len(document["answers"])) == (str(one), 6)
    assert json.loads(call("export", *theirs).out)["answers"] == {}
    assert call("export", "transcript", *here).out.startswith("# Transcript of learner\n")


def test_a_backup_is_of_one_course_and_is_called_so(shipped: Path, one: Path, tmp_path: Path, call: Call) -> None:
    place = study_all(one)
    none = call("backup", str(tmp_path), "--course", str(shipped))
    assert (none.code, none.err.splitlines()[0]) == (3, "dev2cto: There is no record of this course yet.")
    said = call("backup", str(tmp_path), "--course", str(one)).out
    assert said.startswith(f"Backup of A course to try things on: {tmp_path}/dev2cto-learner-{place.name}-2")
    saved = said.split(": ")[1].strip()
    assert call("restore", saved, "--yes", "--course", str(one)).code == 0
    (one / "course.yaml").write_text("id: [\n", encoding="utf-8")
    assert call("status", "--course", str(one)).code == 1
    assert call("backup", str(tmp_path), "--course", str(one)).out.startswith("Backup of a course that cannot be read:")


@pytest.mark.parametrize("command", [("restore",), ("restore", "--yes"), ("merge",)], ids=" ".join)
@pytest.mark.parametrize("source", ["archive", "folder"])
def test_what_another_course_left_is_refused(
    shipped: Path, one: Path, tmp_path: Path, call: Call, command: tuple[str, ...], source: str
) -> None:
    theirs, ours = study_all(one), study_all(shipped)
    archive = call("backup", str(tmp_path / "backup.tar.gz"), "--course", str(one)).out.split(": ")[1].strip()
    from_ = archive if source == "archive" else str(theirs)
    before = {path: path.read_bytes() for path in ours.rglob("*") if path.is_file()}
    said = call(*command, from_, "--course", str(shipped))
    assert (said.code, said.err.splitlines()[0]) == (
        1,
        f"dev2cto: {from_} belongs to the course trial, not to dev2cto.",
    )
    added = [path.read_bytes().removeprefix(data) for path, data in before.items() if path.suffix == ".jsonl"]
    assert not any(b'"p":' in lines for lines in added)  # each opening adds a header
    with begin(shipped, readonly=True).record as record:
        assert len(record.table("answers")) == 6


@pytest.mark.parametrize("command", [("restore", "--yes"), ("merge",)], ids=" ".join)
def test_an_old_backup_that_names_no_course_is_taken(
    shipped: Path, tmp_path: Path, call: Call, command: tuple[str, ...]
) -> None:
    study = begin(shipped)
    with study.record:
        take(study, study.quiz("t2"))
    here = ("--course", str(shipped))
    made = call("backup", str(tmp_path / "backup.tar.gz"), *here).out.split(": ")[1].strip()
    shutil.rmtree(study.record.directory)
    assert call(*command, made, *here).code == 0
    with begin(shipped, readonly=True).record as record:
        assert len(record.table("answers")) == 6


def test_a_backup_from_before_the_course_was_renamed_is_taken(
    shipped: Path, one: Path, tmp_path: Path, call: Call
) -> None:
    study_all(one)
    made = call("backup", str(tmp_path / "backup.tar.gz"), "--course", str(one)).out.split(": ")[1].strip()
    head = one / "course.yaml"
    text = head.read_text(encoding="utf-8").replace("id: trial", "id: attempt")
    head.write_text(text.replace("renamed:\n", "renamed:\n  trial: attempt\n"), encoding="utf-8")
    assert call("restore", made, "--yes", "--course", str(one)).code == 0


def test_a_reset_touches_no_other_course(shipped: Path, one: Path, tmp_path: Path, call: Call) -> None:
    study_all(None)
    place = study_all(one)
    others = tree(place)
    assert call("reset", "all", "--erase", "--yes").code == 0
    assert tree(place) == others
    first = tmp_path / "home" / "records" / "learner"
    mine = tree(first)
    said = call("reset", "quiz", "t2", "--yes", "--course", str(one)).out
    assert f"Reset: quiz t2 of A course to try things on. To undo it: dev2cto --course {one} reset --undo" in said
    assert call(*words_of(said.strip().rpartition("undo it: ")[2])).out.startswith("Reset undone in A course")
    assert call("reset", "all", "--erase", "--yes", "--course", str(one)).code == 0
    assert tree(first) == mine
    assert not any(b'"response"' in data for data in tree(place).values())
    assert len(list((tmp_path / "home" / "records" / ".backups").iterdir())) == 3


def test_only_where_it_is_makes_a_course_the_shipped_one(shipped: Path, tmp_path: Path) -> None:
    assert is_shipped(shipped)
    assert not is_shipped(course_in(tmp_path / "like", "dev2cto"))
    assert not is_shipped(tmp_path / "nowhere")
    assert course_part(shipped, "anything") == Path()
