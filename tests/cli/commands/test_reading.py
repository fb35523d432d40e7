"""Commands that tell: status, next, review, show, search, where, doctor, export; while another session writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from dev2cto.cli.course_text import describe
from dev2cto.course.curriculum import Curriculum
from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from tests.support.cli_runner import Call, Said, program
from tests.support.fake_learner import GOOD_NOTE, assess, given, review, take, write
from tests.support.studies import COURSE, SHIPPED


def test_status_of_a_new_learner(call: Call) -> None:
    said = call("status")
    assert said.code == 0
    assert "A course to try things on: 0 % done" in said.out
    assert "○ Step 1" in said.out
    assert said.err == ""


def test_status_uses_words_where_lines_may_be_read_aloud(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEV2CTO_PLAIN", "1")
    said = call("status")
    assert "Step 1, Calls that may fail: not begun; readings 0/2" in said.out
    assert "[" not in said.out


def test_status_while_the_record_is_open(call: Call, elsewhere: Study) -> None:
    take(elsewhere, elsewhere.quiz("t2"))
    said = call("status")
    assert "◐ Step 2" in said.out
    assert "quiz 100 %" in said.out
    view = json.loads(call("status", "--json").out)
    assert view["steps"][1]["quiz"] == "100 %"


def test_next_is_one_line(call: Call, elsewhere: Study) -> None:
    assert call("next").out == "trial: Step 1 / Once is enough (9 min)\n"
    for reading in ("s-contracts", "s-reading-short"):
        elsewhere.reading(reading).mark(read=True)
    assert call("next").out == "trial: Step 1 / Quiz (15 min)\n"
    assert json.loads(call("next", "--json").out)["next"]["screen"] == "quiz"


def test_review_says_how_much_is_due(call: Call, elsewhere: Study) -> None:
    assert call("review").out == "0 to review now\n"
    take(elsewhere, elsewhere.quiz("t2"))
    said = call("review")
    assert said.code == 0
    assert "coming:" in said.out


def test_show_lists_the_course(call: Call) -> None:
    said = call("show")
    for id in ("s-contracts", "t-measuring", "t-x-waits", "t-x-friday"):
        assert id in said.out


def test_show_says_whose_the_course_is(call: Call) -> None:
    said = call("show").out
    assert "by Ada Example and Bo Sample" in said
    assert "licence: CC BY-SA 4.0" in said
    assert "https://example.org/trial" in said


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("1", "Make a call safe to repeat."),
        ("t2", "Weighing and measuring"),
        ("s-contracts", "A TOKEN IN THE REQUEST"),
        ("s-contracts.limits", "[Team] and [/b] are shown"),
        ("s-contracts#limits", "TIME THAT ADDS UP"),
        ("t-x-waits", "Who waits how long"),
        ("Percentile", "percentile"),
    ],
)
def test_show_a_part(call: Call, id: str, words: str) -> None:
    said = call("show", id)
    assert said.code == 0
    assert words in said.out


def test_show_prints_the_script_of_an_exercise_as_plain_text(call: Call) -> None:
    for id, words in (("t-x-friday", "You are Mara."), ("t-x-note", "You decided for the queue.")):
        said = call("show", id)
        assert said.code == 0
        for part in ("SCRIPT FOR TWO PEOPLE", "Person A", words, "Person B", "Observer"):
            assert part in said.out
    assert "SCRIPT" not in call("show", "t-x-waits").out


def test_show_fills_in_the_numbers_of_a_calculation(call: Call) -> None:
    for id in ("t-x-waits", "c1-x-cost"):
        said = call("show", id)
        assert said.code == 0
        assert "{" not in said.out
        assert "The numbers above are an example" in said.out


@pytest.mark.parametrize("id", ["s-retry", "nonsense", "s-contracts.nonsense", "../course.yaml", "t-x-waits.part"])
def test_show_what_is_not_shown(call: Call, id: str) -> None:
    said = call("show", id)
    assert said.code == 1
    assert said.err.startswith("dev2cto: ")
    assert said.out == ""


def test_every_part_of_the_course_can_be_shown(call: Call) -> None:
    for module in Curriculum.open(COURSE).outline.modules:
        for id in (module.id, *(r.id for r in module.readings), *(e.id for e in module.exercises)):
            assert call("show", id).code == 0


def test_no_line_of_the_shipped_readings_is_wider_than_a_terminal() -> None:
    curriculum = Curriculum.open(SHIPPED)
    for module in curriculum.outline.modules:
        for reading in module.readings:
            assert max(map(cell_len, describe(curriculum, reading.id))) <= 80, reading.id


def test_search_finds_sections_and_terms(call: Call) -> None:
    said = call("search", "idempotency", "KEY")
    assert said.code == 0
    assert "s-contracts.retry" in said.out


def test_search_finds_own_notes_and_never_a_question_not_yet_answered(call: Call, elsewhere: Study) -> None:
    assert call("search", "advertisement").code == 0
    assert call("search", "quorum").code == 1
    assert call("search", "replicas").out == "No results for 'replicas'.\n"
    write_note(elsewhere, "s-contracts#retry", "Ask Mara about QUORUM sizes")
    said = call("search", "quorum")
    assert "Your note" in said.out
    session = elsewhere.quiz("t1")
    while (question := session.question()) is not None and question.item != "s-quorum":
        session.skip(question)
    assert question is not None
    assert call("search", "replicas").code == 1
    session.answer(question, given(elsewhere, question))
    assert "a question you answered" in call("search", "replicas").out


def test_search_shows_sources_and_figures_in_words(call: Call) -> None:
    said = call("search", "timeout", "october").out
    assert "[@" not in said
    assert "[=" not in said
    assert "Nygard 2018" in said


def test_search_is_limited(call: Call) -> None:
    said = call("search", "a", "--limit", "1")
    assert said.out.count("(") >= 1
    assert "more results; use --limit to show more." in said.out
    assert call("search", "a", "--limit", "-5").code == 0
    assert call("search", "one result", "twice").code == 1


def test_where(call: Call, tmp_path: Path) -> None:
    places = json.loads(call("where", "--json").out)
    assert places["course"] == str(COURSE)
    assert places["record"].startswith(str(tmp_path))
    assert set(places) == {line.split()[0] for line in call("where").out.splitlines()}


def test_doctor_looks_at_everything_and_finds_a_broken_course(call: Call, elsewhere: Study, tmp_path: Path) -> None:
    said = call("doctor")
    assert "record: open elsewhere" in said.out
    found = json.loads(call("doctor", "--json").out)
    assert {"dev2cto", "record", "course"} <= {entry["about"] for entry in found}
    said = call("doctor", "--course", str(tmp_path))
    assert said.code == 1
    assert "course.yaml" in said.out


def test_doctor_tells_of_damage_what_becomes_of_it(call: Call, elsewhere: Study) -> None:
    take(elsewhere, elsewhere.quiz("t2"))
    elsewhere.record.close()
    folder = elsewhere.record.directory
    (journal,) = folder.glob("laptop.*.jsonl")
    lines = journal.read_bytes().split(b"\n")
    lines[2] = lines[2][:60] + b"????" + lines[2][64:]
    journal.write_bytes(b"\n".join(lines))
    before = journal.read_bytes()
    said = call("doctor")
    assert "Copy the file again from the machine that writes it" in said.out
    assert "recovered from the second copy of the latest entries" in said.out
    assert "no entry is missing" in said.out
    assert said.code == 1
    for copy in (folder / "backups").iterdir():
        copy.unlink()
    said = call("doctor")
    assert said.code == 1
    assert "1 entry is missing (numbers 2)\n" in said.out
    assert "dev2cto merge BACKUP" in said.out
    assert journal.read_bytes() == before


def test_doctor_asks_no_full_screen_of_a_dumb_terminal(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert call("doctor").code == 1
    monkeypatch.setenv("TERM", "dumb")
    said = call("doctor")
    assert said.code == 0
    assert "none on this terminal" in said.out


def test_doctor_says_what_to_do_with_a_terminal_nobody_knows(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "no-such-terminal")
    said = call("doctor")
    assert said.code == 0
    assert "note  TERM: no-such-terminal" in said.out
    assert "try TERM=xterm-256color, or dev2cto --plain" in " ".join(said.out.split())


def test_export_holds_everything_long_texts_too(call: Call, elsewhere: Study, tmp_path: Path) -> None:
    long = GOOD_NOTE + "word " * 30_000
    write(elsewhere, text=long)
    take(elsewhere, elsewhere.quiz("t2"))
    elsewhere.exercise("t-x-review").mark("calls.py@5", "should", "Too long.")  # type: ignore[union-attr]
    document = json.loads(call("export").out)
    assert [doc["comment"] for doc in document["marks"].values()] == ["Too long."]
    assert len(document["answers"]) == 6
    assert [doc["text"] for doc in document["submissions"].values()] == [long]
    target = tmp_path / "deep" / "record.json"
    assert call("export", str(target)).code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["answers"] == document["answers"]


def test_export_of_the_portfolio(call: Call, elsewhere: Study, tmp_path: Path) -> None:
    assert call("export", "--portfolio", str(tmp_path / "mine")).code == 1
    write(elsewhere)
    assess(elsewhere)
    review(elsewhere)
    said = call("export", "--portfolio", str(tmp_path / "mine"))
    assert said.code == 0
    assert (tmp_path / "mine" / "note-001.md").read_text(encoding="utf-8") == GOOD_NOTE
    index = (tmp_path / "mine" / "index.md").read_text(encoding="utf-8")
    assert "[A decision note](note-001.md), Step 2" in index
    assert "00_plan.md" in index
    assert "[One more report](t-x-review.md), Step 2" in index
    assert "**must**, line -16:" in (tmp_path / "mine" / "t-x-review.md").read_text(encoding="utf-8")


def test_the_portfolio_overwrites_nothing_that_is_not_its_own(call: Call, elsewhere: Study, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "index.md").write_text("my notes")
    write(elsewhere)
    said = call("export", "--portfolio", str(mine))
    assert said.code == 1
    assert "Nothing was written: index.md" in said.err
    assert [path.name for path in mine.iterdir()] == ["index.md"]
    (mine / "index.md").unlink()
    assert call("export", "--portfolio", str(mine)).code == 0
    assert call("export", "--portfolio", str(mine)).code == 0


def test_export_of_the_transcript(call: Call, elsewhere: Study, tmp_path: Path) -> None:
    write(elsewhere)
    said = call("export", "transcript")
    assert said.code == 0
    assert said.out.startswith("# Transcript of learner\n")
    assert "| artefact | A decision note | version 1 submitted |" in said.out
    assert call("export", "transcript", "--format", "text").out.startswith("Transcript of learner\n")
    for name, begin in (("t.csv", "section,date"), ("t.txt", "Transcript of"), ("t.md", "# Transcript")):
        assert call("export", "transcript", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
    assert call("export", "transcript", "--format", "csv", str(tmp_path / "t.md")).code == 0
    assert (tmp_path / "t.md").read_text(encoding="utf-8").startswith("section,date")


def test_export_that_cannot_be_meant(call: Call, tmp_path: Path) -> None:
    for words in (("a.json", "b.json"), ("transcript", "a", "b"), ("--format", "csv", str(tmp_path / "x"))):
        assert call("export", *words).code == 2
    assert list(tmp_path.glob("x")) == []


def test_export_to_where_nothing_can_be_written(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for words in (("export", str(tmp_path)), ("export", str(tmp_path / "file" / "x.json"))):
        said = call(*words)
        assert said.code == 1
        assert "cannot be written" in said.err


def answered(said: Said) -> bool:
    return said.code == 0 and bool(said.out)


def test_the_program_itself_while_another_process_writes(elsewhere: Study) -> None:
    take(elsewhere, elsewhere.quiz("t2"))
    course = {"DEV2CTO_COURSE": str(COURSE)}
    assert answered(program("status", env=course))
    assert answered(program("next", env=course))
    assert answered(program("search", "key", env=course))
    assert len(json.loads(program("export", env=course).out)["answers"]) == 6
    assert elsewhere.record.others() == ()
