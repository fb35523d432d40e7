"""A code review by lines: marked by number, commented on, finished, compared."""

from __future__ import annotations

import pytest

from dev2cto.exercises.diffs.changeset import Changeset, FileChange
from dev2cto.exercises.diffs.changeset_files import compared
from dev2cto.plain.exercises.diff_listing import Meant, meant
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.study import Study
from tests.support.fake_learner import review
from tests.support.pty_driver import Start
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed

TO_REVIEW = ("2", "9", "")
CHECK, TIMEOUT = "calls.py@-16", "calls.py@5"
TWO_FILES = Changeset((
    FileChange("a.py", "changed", tuple(compared(["x", "y"], ["x", "z"]))),
    FileChange("b.py", "new", tuple(compared([], ["1", "2", "3"]))),
))  # fmt: skip


def session(study: Study) -> DiffSession:
    found = study.exercise("t-x-review")
    assert isinstance(found, DiffSession)
    return found


def shows(text: str, *wanted: str) -> None:
    """All of that is in the text in that order, whatever the lines."""
    flat, at = " ".join(text.split()), 0
    for part in wanted:
        at = flat.find(part, at)
        assert at >= 0, f"{part!r} is not in\n{text}"


@pytest.mark.parametrize(
    ("text", "address", "weight", "comment"),
    [
        ("3", "b.py@3", None, ""),
        (" +3 ", "b.py@3", None, ""),
        ("-2", "a.py@-2", None, ""),
        ("1:2", "a.py@2", None, ""),
        ("1:-2", "a.py@-2", None, ""),
        ("2:+1", "b.py@1", None, ""),
        ("2:1 must", "b.py@1", "must", ""),
        ("-2 MUST Why?", "a.py@-2", "must", "Why?"),
        ("3 should: have a name", "b.py@3", "should", "have a name"),
        ("3 question is it 3?", "b.py@3", "question", "is it 3?"),
    ],
)
def test_a_line_is_named_by_its_number(text: str, address: str, weight: str | None, comment: str) -> None:
    assert meant(TWO_FILES, text) == Meant(address, weight, comment)  # type: ignore[arg-type]  # one of the weights


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2", "Line 2 of which file? 1:2 for a.py, 2:2 for b.py."),
        ("9", "The change has no line 9."),
        ("-9", "The change has no line -9."),
        ("3:1", "There is no file 3; the change has 2 files."),
        ("0:1", "There is no file 0"),
        ("what?", "Name a line by its number"),
        ("3 maybe", "Name a line by its number"),
        ("", "Name a line by its number"),
    ],
)
def test_what_names_no_line_is_refused_with_a_reason(text: str, reason: str) -> None:
    found = meant(TWO_FILES, text)
    assert isinstance(found, str)
    assert found.startswith(reason)


def test_the_change_is_listed_with_signs_in_its_numbers(study: Study) -> None:
    text = typed(study, *TO_REVIEW, "q", "q", "q")
    shows(text, "A colleague adds a report.", "File 1: calls.py, changed", "File 2: report.py, new file")
    lines = text.split("\n")
    for line in (
        "   -5  TIMEOUT = 2.0",
        "   +5  TIMEOUT = 20.0",
        "  -16      if reply.status != http.OK:",
        "    3  import http",
    ):
        assert line in lines
    assert "       (4 lines left out: o 1 shows them)" in lines
    at = next(n for n, line in enumerate(lines) if "Prints the sum" in line)
    assert lines[at + 1].startswith("       "), "a long line continues under its beginning"


def test_a_comment_is_typed_weighed_changed_and_removed(study: Study) -> None:
    write = ("1:+5", "Too long.", "Why?", ".", "2")
    change = ("1:+5", ".r 2 Why 20?", ".", "")
    text = typed(study, *TO_REVIEW, *write, *change, "l", "x 1:+5", "x 1:+5", "l", "q", "q", "q")
    shows(
        text, "calls.py:", "+5 TIMEOUT = 20.0", "How much does it matter?", "1. must: it must not be merged like this"
    )
    shows(text, "calls.py:5 is marked as a should: Too long. ...", "1 mark: 1 should.")
    shows(text, "2 Why?", "enter keeps should", "1 mark: 1 should. calls.py:5: should, Too long. ...")
    shows(text, "calls.py:5 is no longer marked. no marks.", "calls.py:5 is not marked.", "no marks.")
    assert session(study).marks == {}


def test_a_mark_is_made_in_one_line(study: Study) -> None:
    typed(study, *TO_REVIEW, "-16 must Keep the check.", "2:12 question", "q", "q", "q")
    marks = session(study).marks
    assert [(mark.address, mark.weight, mark.comment) for mark in marks.values()] == [
        (CHECK, "must", "Keep the check."),
        ("report.py@12", "question", ""),
    ]


def test_marks_are_below_their_lines(study: Study) -> None:
    session(study).mark(CHECK, "must", "Keep it.")
    session(study).keep_draft("report.py@12", "Hm", 0)
    shows(
        typed(study, "2", "9", "q", "q", "q"),
        "1 mark: 1 must",
        "-16 if reply.status != http.OK: must: Keep it.",
        "+12 continue a draft comment",
    )


def test_gaps_are_opened_by_number_or_all_at_once(study: Study) -> None:
    text = typed(study, *TO_REVIEW, "o 1", "o 9", "c", "o", "q", "q", "q")
    shows(text, "10 return user.is_admin", "Gaps have numbers from 1 to 2.")
    after = text.split("Gaps have numbers")[1]
    shows(after, "10 return user.is_admin", "(3 lines left out: o 2 shows them)")
    assert "left out" not in after.split("left out: o 2")[1]


def test_finishing_without_marks_is_asked_about(study: Study) -> None:
    text = typed(study, *TO_REVIEW, "f", "l", "f", "f", "", "q", "q")
    shows(text, "You have not marked a line. f finishes the review anyway.", "no marks.")
    shows(text.split("no marks.")[1], "f finishes the review anyway.", "Not done yet: 1 of 1 must missed.")


def test_what_was_missed_is_shown_on_demand_and_another_review_goes_on(study: Study) -> None:
    review(study, miss=("must",))
    text = typed(study, "2", "9", "b", "c", "v", "v", "a", "-16 must Keep it.", "f", "", "q", "q")
    before, _, after = text.partition("It marks the exercise as helped. v shows it anyway.")
    assert "no longer noticed" not in before
    shows(before, "Missed: 1 must", "should: I think: Twenty seconds", "10 return user.is_admin")
    shows(after, "An error of the other service is no longer noticed.", "Looking back")
    shows(after, "2 marks that found a fault are kept.", "Done: 100 %. Your reviews so far: 50 %, 100 %.")
    assert next(part.note for part in study.step("t2").parts if part.id == "t-x-review") == "helped"


def test_yours_and_theirs_are_one_below_the_other(study: Study) -> None:
    review(study)
    text = typed(study, "2", "9", "q", "q", "q")
    shows(text, "You (must)", "I think: An error", "A senior engineer (must)", "A reply of 503 has no balance")


def test_hints_and_the_brief_come_again(study: Study) -> None:
    text = typed(study, *TO_REVIEW, "h", "h", "b", "q", "q", "q")
    shows(text, "Hint 1 of 1", "other service is down?", "No more hints.", "A colleague adds a report.")


def test_a_comment_that_is_left_is_gone_on_with(tmp_path: object, study: Study) -> None:
    text = typed(study, *TO_REVIEW, "2:8", "Three times", ".q", "l", "q", "q", "q")
    shows(text, "Left; the draft is kept.", "report.py:8: a draft comment")
    again = open_study(study.record.directory.parent, FakeClock())
    text = typed(again, "d", "and no wait?", ".", "3", "q", "q", resume=False)
    shows(text, "Draft: a comment in One more report, 1 line.", "1 Three times", "is marked as a question")
    assert session(again).marks["report.py@8"].comment == "Three times\nand no wait?"


def test_the_place_is_the_comment_being_typed(study: Study) -> None:
    lines = [*TO_REVIEW, "o 1", "2:8", "Three times"]
    typed(study, *lines)
    again = open_study(study.record.directory.parent, FakeClock())
    text = typed(again, "more", ".", "3", "q", "q", resume=True)
    shows(
        text,
        "report.py: +8 for _ in range(3):",
        "1 Three times",
        "New text goes after line 1.",
        "is marked as a question",
    )
    shows(text.split("is marked")[1], "10 return user.is_admin")


def test_a_search_leads_to_the_review(study: Study) -> None:
    session(study).mark("report.py@8", "question", "A zeppelin")
    text = typed(study, "/ zeppelin", "1", "q", "q", "q")
    shows(text, "your comment on report.py:8: A zeppelin", "question: A zeppelin")


def test_killed_in_a_comment_only_the_line_being_typed_is_lost(start: Start) -> None:
    terminal = start("--plain")
    terminal.expect("q quit")
    terminal.press("2", "enter", "9", "enter", "enter")
    terminal.expect("(enter shows more")
    terminal.press("enter")
    terminal.expect("a line's number comments on it")
    terminal.press("-16 must Keep it.", "enter", "2:8", "enter")
    terminal.expect("Type your text")
    terminal.press("Three times", "enter", "half a l")
    terminal.kill()
    again = start("--plain")
    again.expect("Draft: a comment in One more report, 1 line.")
    again.press("d", "enter")
    again.expect("Three times")
    assert "half a l" not in again.text
    again.press(".q", "enter")
    again.expect("(enter shows more")
    again.press("q", "enter", "l", "enter")
    again.expect("calls.py:16 (removed): must, Keep it.")
    again.press("q", "enter", "q", "enter")
    assert again.wait() == 0
