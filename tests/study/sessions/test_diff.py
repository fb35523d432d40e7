"""A code review: marks and comments are kept as they are made, through sessions, machines, updates and resets."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from dev2cto.errors import CourseError, NotSaved, UsageError
from dev2cto.exercises.diffs.review_score import ReviewMark
from dev2cto.study.queries.home import next_step
from dev2cto.study.queries.progress import portfolio
from dev2cto.study.queries.search import search_all
from dev2cto.study.queries.unsaved_drafts import unsaved_drafts
from dev2cto.study.sessions.diff import MOST_WRITTEN, DiffSession
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.state.sync import refresh
from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk, review
from tests.support.studies import COURSE, FakeClock, open_study

CHECK, TIMEOUT, LOOP = "calls.py@-16", "calls.py@5", "report.py@8"
"""Lines with a fault: a must, a should, a question."""
DECOY, RIGHT = "calls.py@15", "report.py@6"


def session(study: Study) -> DiffSession:
    found = study.exercise("t-x-review")
    assert isinstance(found, DiffSession)
    return found


def state(study: Study) -> tuple[str, str]:
    return next((part.state, part.note) for part in study.step("t2").parts if part.id == "t-x-review")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that a test may change."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


def test_opening_a_review_writes_nothing(study: Study) -> None:
    assert session(study).marks == {}
    assert study.record.table("attempts").all() == []
    assert state(study) == ("not begun", "")


def test_a_mark_is_on_disk_when_it_is_made(study: Study) -> None:
    session(study).mark(TIMEOUT, "should", "Too long.\nWhy?\n")
    (doc,) = on_disk(study.record.directory, "marks").values()
    assert (doc["address"], doc["weight"], doc["comment"]) == (TIMEOUT, "should", "Too long.\nWhy?")
    assert state(study) == ("begun", "")


def test_marks_come_in_the_order_of_the_change_and_in_the_next_session_too(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    for address in (LOOP, CHECK, TIMEOUT):
        session(study).mark(address, "must", f"about {address}")
    study.record.close()
    again = open_study(tmp_path, clock)
    assert list(session(again).marks) == [TIMEOUT, CHECK, LOOP]
    assert session(again).marks[LOOP] == ReviewMark(LOOP, "must", f"about {LOOP}")
    again.record.close()


def test_a_mark_can_be_changed_and_removed(study: Study) -> None:
    mine = session(study)
    mine.weigh(TIMEOUT, "question")
    assert mine.marks == {TIMEOUT: ReviewMark(TIMEOUT, "question", "")}
    mine.mark(TIMEOUT, "should", "Too long.")
    mine.weigh(TIMEOUT, "must")
    assert mine.marks == {TIMEOUT: ReviewMark(TIMEOUT, "must", "Too long.")}
    mine.unmark(TIMEOUT)
    assert mine.marks == {}
    mine.unmark(TIMEOUT)


def test_a_comment_that_is_too_long_is_refused_in_words(study: Study) -> None:
    with pytest.raises(UsageError, match="the limit is 5,000"):
        session(study).mark(TIMEOUT, "should", "x" * (MOST_WRITTEN + 1))
    assert session(study).marks == {}


def test_a_mark_that_is_not_saved_is_no_mark(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(fd: int, *rest: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    mine = session(study)
    mine.keep_draft(TIMEOUT, "Too long.")
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(NotSaved):
            mine.mark(TIMEOUT, "should", "Too long.")
    assert mine.marks == {}
    assert [draft.text for draft in mine.drafts(TIMEOUT)] == ["Too long."]
    mine.mark(TIMEOUT, "should", "Too long.")
    assert list(mine.marks) == [TIMEOUT]
    assert mine.drafts(TIMEOUT) == ()


# -- drafts of comments


def test_what_is_typed_is_a_draft_until_it_is_saved(study: Study, clock: FakeClock) -> None:
    mine = session(study)
    mine.keep_draft(TIMEOUT, "Too l", 5)
    assert mine.draft_addresses() == (TIMEOUT,)
    assert [(draft.text, draft.cursor) for draft in mine.drafts(TIMEOUT)] == [("Too l", 5)]
    mine.mark(TIMEOUT, "should", "Too long")
    assert mine.draft_addresses() == ()
    clock.pass_(seconds=5)
    mine.keep_draft(TIMEOUT, "Too long", 8)
    assert mine.draft_addresses() == (), "nothing was changed"
    mine.keep_draft(TIMEOUT, "Too long, really", 8)
    assert mine.draft_addresses() == (TIMEOUT,)


def test_a_draft_comment_is_offered_on_home_and_leads_back(study: Study) -> None:
    session(study).keep_draft(LOOP, "One\ntwo", 0)
    (found,) = unsaved_drafts(study)
    assert (found.title, found.lines) == ("a comment in One more report", 2)
    assert (found.location.screen, found.location.ids) == ("exercise", ("t-x-review",))
    assert found.location.extra["comment"] == LOOP
    session(study).mark(LOOP, "question", "One\ntwo")
    assert unsaved_drafts(study) == ()


def test_an_older_draft_does_not_come_back_over_a_saved_comment(tmp_path: Path, clock: FakeClock) -> None:
    one, two = open_study(tmp_path, clock, device="laptop"), open_study(tmp_path, clock, device="server")
    session(one).keep_draft(TIMEOUT, "Begun here", 0)
    one.record.save_live()
    clock.pass_(minutes=1)
    session(two).mark(TIMEOUT, "must", "Written there")
    clock.pass_(minutes=1)
    refresh(one)
    assert session(one).marks[TIMEOUT].comment == "Written there"
    assert session(one).drafts(TIMEOUT) == ()
    assert unsaved_drafts(one) == ()
    one.record.close()
    two.record.close()


# -- two sessions, two machines


def test_two_sessions_side_by_side_lose_no_mark(tmp_path: Path, clock: FakeClock) -> None:
    one, two = open_study(tmp_path, clock, device="laptop"), open_study(tmp_path, clock, device="server")
    mine, theirs = session(one), session(two)
    mine.mark(TIMEOUT, "should", "mine")
    theirs.mark(CHECK, "must", "theirs")
    clock.pass_(seconds=1)
    theirs.mark(LOOP, "question", "theirs")
    for study in (one, two):
        refresh(study)
        assert [mark.comment for mark in session(study).marks.values()] == ["mine", "theirs", "theirs"]
    session(one).finish()
    refresh(two)
    assert session(two).finished
    assert session(two).marks == {}
    assert state(two) == ("done", "")
    one.record.close()
    two.record.close()


def test_marks_made_on_two_machines_meet(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path / "laptop", clock, device="laptop")
    server = open_study(tmp_path / "server", clock, device="server")
    session(laptop).mark(TIMEOUT, "should", "on the laptop")
    session(laptop).mark(CHECK, "should", "on the laptop")
    clock.pass_(minutes=1)
    session(server).mark(CHECK, "must", "on the server")
    clock.pass_(minutes=1)
    laptop.merge([server.record.directory])
    marks = session(laptop).marks
    assert [(mark.weight, mark.comment) for mark in marks.values()] == [
        ("should", "on the laptop"),
        ("must", "on the server"),
    ]
    session(laptop).unmark(CHECK)
    assert list(session(laptop).marks) == [TIMEOUT]
    laptop.record.close()
    server.record.close()


# -- finishing


def test_all_faults_make_it_done(study: Study) -> None:
    assert state(study) == ("not begun", "")
    outcome = review(study).outcome()
    assert outcome is not None
    assert outcome.score == 1
    assert state(study) == ("done", "")
    (doc,) = study.record.table("submissions").all()
    assert doc["passed"]
    assert [(address, weight) for address, weight, _ in doc["marks"]] == [
        (TIMEOUT, "should"),
        (CHECK, "must"),
        ("report.py@12", "question"),
    ]


def test_the_musts_alone_make_it_done_but_not_with_more_noise(study: Study, clock: FakeClock) -> None:
    mine = session(study)
    mine.mark(CHECK, "must", "gone")
    mine.mark(RIGHT, "should", "name")
    mine.mark(DECOY, "should", "quote")
    outcome = mine.finish()
    assert (outcome.score, outcome.all_musts, outcome.is_noisy) == (0, True, True)
    assert state(study) == ("begun", "")
    clock.pass_(minutes=1)
    mine.again()
    assert list(mine.marks) == [CHECK], "what found a fault is kept"
    assert mine.finish().passes(study.course.pass_mark)
    assert state(study) == ("done", "")


def test_what_is_missing_is_asked_about(study: Study) -> None:
    mine = session(study)
    assert mine.doubts() == ("You have not marked a line.",)
    mine.weigh(TIMEOUT, "should")
    mine.keep_draft(LOOP, "half", 0)
    assert mine.doubts() == ("1 of 1 marks has no comment.", "1 draft comment does not count.")
    mine.mark(TIMEOUT, "should", "why")
    mine.mark(LOOP, "question", "why")
    assert mine.doubts() == ()


def test_a_review_without_marks_is_a_review(study: Study) -> None:
    outcome = session(study).finish()
    assert (outcome.score, len(outcome.missed)) == (0, 3)
    assert session(study).finished
    assert state(study) == ("begun", "")


def test_what_was_missed_is_hidden_until_asked_for_and_counts_as_help(study: Study, clock: FakeClock) -> None:
    mine = review(study, miss=("must",))
    assert not mine.shows_missed
    mine.show_missed()
    assert session(study).shows_missed
    clock.pass_(minutes=1)
    session(study).again()
    again = session(study)
    again.mark(CHECK, "must", "gone")
    again.finish()
    assert state(study) == ("done", "helped")


def test_what_was_missed_in_a_good_review_is_no_help(study: Study) -> None:
    mine = review(study, miss=("question",))
    assert mine.shows_missed
    mine.show_missed()
    assert state(study) == ("done", "")
    assert not mine.helped


def test_a_good_review_begins_empty_the_next_time_and_stays_done(study: Study, clock: FakeClock) -> None:
    mine = review(study)
    clock.pass_(minutes=1)
    mine.again()
    assert mine.marks == {}
    assert not session(study).finished
    session(study).finish()
    assert state(study) == ("done", "")
    assert [doc["score"] for doc in session(study).submissions()] == [1, 0]


def test_a_draft_comment_does_not_outlive_its_review(study: Study, clock: FakeClock) -> None:
    mine = session(study)
    mine.keep_draft(LOOP, "half", 0)
    clock.pass_(minutes=1)
    mine.finish()
    assert mine.draft_addresses() == ()
    assert unsaved_drafts(study) == ()


def test_a_mark_after_another_session_has_finished_begins_the_next_review(tmp_path: Path, clock: FakeClock) -> None:
    one, two = open_study(tmp_path, clock, device="laptop"), open_study(tmp_path, clock, device="server")
    mine = session(one)
    mine.mark(TIMEOUT, "should", "mine")
    refresh(two)
    clock.pass_(minutes=1)
    session(two).finish()
    refresh(one)
    clock.pass_(minutes=1)
    mine.mark(CHECK, "must", "later")
    assert list(session(one).marks) == [CHECK]
    one.record.close()
    two.record.close()


# -- resets, updates, what others see of it


def test_a_reset_starts_over_and_can_be_undone(study: Study, clock: FakeClock) -> None:
    review(study)
    clock.pass_(minutes=1)
    session(study).again()
    session(study).mark(TIMEOUT, "must", "again")
    session(study).keep_draft(LOOP, "half", 0)
    clock.pass_(minutes=1)
    id = reset(study, "exercise", "t-x-review")
    assert state(study) == ("not begun", "")
    fresh = session(study)
    assert (fresh.marks, fresh.draft_addresses(), fresh.outcome(), fresh.finished) == ({}, (), None, False)
    undo(study, id)
    assert list(session(study).marks) == [TIMEOUT]
    assert state(study) == ("done", "")


def test_a_rebuild_says_the_same(study: Study) -> None:
    review(study, miss=("must",)).show_missed()
    before = dict(study.record.table("sums").stream())
    rebuild(study)
    assert dict(study.record.table("sums").stream()) == before


def test_a_renamed_exercise_keeps_its_marks_and_drafts(tmp_path: Path, clock: FakeClock, course: Path) -> None:
    study = open_study(tmp_path, clock, course=course)
    session(study).mark(TIMEOUT, "must", "mine")
    session(study).keep_draft(LOOP, "half", 0)
    study.record.close()
    for path in (
        course / "modules/02-weighing/module.yaml",
        course / "modules/02-weighing/exercises/review/exercise.yaml",
    ):
        path.write_text(path.read_text().replace("t-x-review", "t-x-reading"))
    head = course / "course.yaml"
    head.write_text(head.read_text() + "  t-x-review: t-x-reading\n")
    study = open_study(tmp_path, clock, course=course)
    found = study.exercise("t-x-reading")
    assert isinstance(found, DiffSession)
    assert list(found.marks) == [TIMEOUT]
    assert found.draft_addresses() == (LOOP,)
    found.finish()
    study.record.close()


def test_a_mark_whose_line_changed_is_said_and_not_judged(tmp_path: Path, clock: FakeClock, course: Path) -> None:
    study = open_study(tmp_path, clock, course=course)
    session(study).mark(TIMEOUT, "must", "Twenty?")
    session(study).mark(CHECK, "must", "gone")
    study.record.close()
    after = course / "modules/02-weighing/exercises/review/after/calls.py"
    after.write_text(after.read_text().replace("TIMEOUT = 20.0", "TIMEOUT = 30.0"))
    study = open_study(tmp_path, clock, course=course)
    mine = session(study)
    assert list(mine.marks) == [CHECK]
    assert mine.lost_marks == ("Twenty?",)
    assert len(mine.finish().found) == 1
    study.record.close()


def test_a_change_that_cannot_be_read_is_refused_in_words(tmp_path: Path, clock: FakeClock, course: Path) -> None:
    (course / "modules/02-weighing/exercises/review/after/calls.py").write_bytes(b"\xff\xfe")
    study = open_study(tmp_path, clock, course=course)
    with pytest.raises(CourseError, match=r"cannot be reviewed: after/calls.py"):
        study.exercise("t-x-review")
    assert search_all(study, "percentile") is not None
    assert unsaved_drafts(study) == ()
    study.record.close()


def test_nothing_of_a_change_is_run_and_no_trust_is_asked(tmp_path: Path, clock: FakeClock, course: Path) -> None:
    trap = tmp_path / "ran"
    code = f"open({str(trap)!r}, 'w')\n"
    for side in ("before", "after"):
        path = course / f"modules/02-weighing/exercises/review/{side}/calls.py"
        path.write_text(path.read_text() + code * (2 if side == "after" else 1))
    study = open_study(tmp_path, clock, course=course)
    review(study)
    assert state(study) == ("done", "")
    assert not trap.exists()
    study.record.close()


def test_own_comments_are_found_by_their_words(study: Study, clock: FakeClock) -> None:
    assert search_all(study, "zeppelin").hits == ()
    session(study).mark(LOOP, "question", "A zeppelin waits less long.")
    (hit,) = search_all(study, "zeppelin").hits
    assert (hit.what, hit.target) == ("comment", f"t-x-review#{LOOP}")
    assert "One more report: your comment on report.py:8" in hit.title
    session(study).finish()
    assert len(search_all(study, "zeppelin").hits) == 1, "of the review that was finished"
    clock.pass_(minutes=1)
    reset(study, "exercise", "t-x-review")
    assert search_all(study, "zeppelin").hits == ()


def test_faults_are_not_found_before_they_are_shown(study: Study) -> None:
    for words in ("no longer noticed", "longer than anybody", "KeyError in the caller"):
        assert search_all(study, f'"{words}"').hits == ()


def test_the_review_is_in_the_portfolio(study: Study) -> None:
    line = next(line for line in portfolio(study) if line.exercise == "t-x-review")
    assert (line.file, line.state, line.at) == ("t-x-review.md", "not begun", "")
    review(study)
    line = next(line for line in portfolio(study) if line.exercise == "t-x-review")
    assert line.state == "done"
    text = str(session(study).submissions()[-1]["text"])
    assert text.startswith("# Review: One more report\n\n## calls.py\n\n**should**, line +5:\n\n    TIMEOUT = 20.0\n\n")
    assert "**must**, line -16:" in text


def test_home_leads_back_into_a_review(study: Study) -> None:
    mine = session(study)
    mine.mark(TIMEOUT, "should", "mine")
    from dev2cto.study.sessions.comments import comment_location

    study.keep(comment_location("t-x-review", LOOP, 3))
    found = next_step(study)
    assert found is not None
    assert found.title == "Step 2 / One more report"
    assert found.location.extra["comment"] == LOOP


def test_hints_come_one_by_one(study: Study) -> None:
    mine = session(study)
    assert mine.hint() == "What happens when the other service is down?"
    assert mine.hint() is None
    assert session(study).hints_shown == 1
