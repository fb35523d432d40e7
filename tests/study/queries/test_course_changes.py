"""The course changes: progress stays with its ids, new names are followed, and the learner is told once."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.presenters.promise_text import promise_line
from dev2cto.presenters.quiz_text import quiz_intro
from dev2cto.study.queries.course_changes import mark_seen, what_changed
from dev2cto.study.queries.progress import progress
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.queries.unsaved_drafts import unsaved_drafts
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.sessions.reading import Position
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import bookmarks, note_at, toggle_bookmark, write_note
from dev2cto.study.state.promises import answer_promise, make_promise, promises, proposed
from dev2cto.study.state.renames import aliases, resolve
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_NOTE, assess, calculate, do_all_exercises, given, solve, take, write
from tests.support.studies import COURSE, FakeClock, open_study

Change = Callable[[str, str, str], None]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the test course, to be changed."""
    return shutil.copytree(COURSE, tmp_path / "course")


@pytest.fixture
def change(course: Path) -> Change:
    """Replace a text in a file of the course."""

    def replace(file: str, old: str, new: str) -> None:
        path = course / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


def renamed(course: Path, entries: str) -> None:
    path = course / "course.yaml"
    path.write_text(path.read_text(encoding="utf-8") + entries, encoding="utf-8")


def reopen(study: Study, course: Path, clock: FakeClock) -> Study:
    study.record.close()
    return open_study(study.record.directory.parent, clock, course=course)


RENAMED = {"a": "b", "b": "c", "r": "s", "s.old": "s.new", "x": "y", "y": "x"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a", "c"),
        ("c", "c"),
        ("r", "s"),
        ("r#old", "s#new"),
        ("s#old", "s#new"),
        ("r.old", "s.new"),
        ("other#old", "other#old"),
        ("quiz:a", "quiz:c"),
        ("check:b", "check:c"),
        ("a#part", "c#part"),
        ("x", "x"),
        ("y", "y"),
        ("", ""),
        ("note:", "note:"),
    ],
)
def test_present_names(old: str, new: str) -> None:
    assert resolve(old, RENAMED) == new
    assert old in aliases(new, RENAMED)


def test_without_renamings_a_name_is_its_only_one() -> None:
    assert aliases("s#new", {}) == ("s#new",)
    assert set(aliases("s#new", RENAMED)) == {"s#new", "s#old", "r#new", "r#old"}


def test_a_renamed_reading_keeps_its_place_and_what_was_read(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    reading = study.reading("s-contracts")
    reading.mark_section("twice")
    reading.mark_section("retry")
    reading.move(Position("retry", 1, 7))
    question = reading.check("twice")
    assert question is not None
    feedback = reading.answer(question, given(study, question))
    toggle_bookmark(study, "s-contracts#retry")
    write_note(study, "s-contracts#retry", "mine")
    study.keep(Location("reading", ("s-contracts",)))
    for file in ("module.yaml", "readings/1-contracts.yaml", "bank.yaml"):
        change(f"modules/01-calls/{file}", "s-contracts", "s-once")
    change("modules/01-calls/readings/1-contracts.yaml", "id: retry", "id: token")
    change("course.yaml", "s-old-contracts: s-contracts", "s-contracts: s-middle")
    renamed(course, "  s-middle: s-once\n  s-once.retry: s-once.token\n")
    study = reopen(study, course, clock)
    reading = study.reading("s-once")
    assert reading.read == {"twice", "token"}
    assert reading.position == Position("token", 1, 7)
    same = reading.check("twice")
    assert same is not None
    shown = reading.answered(same)
    assert shown is not None
    assert isinstance(feedback, Feedback)
    assert shown == dataclasses.replace(feedback, read="s-once.retry")
    note = note_at(study, "s-once#token")
    assert note is not None
    assert [mark.anchor for mark in bookmarks(study)] == ["s-once#token"]
    is_on, _ = toggle_bookmark(study, "s-once#token")
    assert not is_on
    assert bookmarks(study) == ()
    found = study.last_place()
    assert found is not None
    assert found[0].ids == ("s-once",)
    assert study.home().onward is not None
    reading.mark_section("limits")
    assert study.step("t1").parts[0].state == "done"
    study.record.close()


def test_a_promise_follows_its_reading_and_outlives_it(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    make_promise(study, "s-contracts", proposed(study, "s-contracts"))
    clock.pass_(seconds=1)
    study.keep_draft("promise:s-contracts", "the next call\nlisten\nfriday")
    study.record.save_live()
    for file in ("module.yaml", "readings/1-contracts.yaml", "bank.yaml"):
        change(f"modules/01-calls/{file}", "s-contracts", "s-once")
    renamed(course, "  s-contracts: s-once\n")
    study = reopen(study, course, clock)
    (made,) = promises(study)
    assert made.reading == "s-once"
    assert study.reading("s-once").promised == (made.id, made.words)
    assert [draft.title for draft in unsaved_drafts(study)] == ["a promise from Once is enough"]
    change("modules/01-calls/module.yaml", "s-once, s-reading-short", "s-reading-short")
    study = reopen(study, course, clock)
    clock.pass_(days=7)
    assert [id for id, _ in study.home().promises] == [made.id]
    assert unsaved_drafts(study) == ()
    answer_promise(study, made.id, "kept", "It worked.")
    assert promise_line(study, promises(study)[0])[1] == "kept today, It worked."
    study.record.close()


def test_renamed_items_modules_and_objectives_keep_quiz_cards_and_mastery(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    mark_seen(study)
    take(study, study.quiz("t2"))
    mastered, cards = study.progress.scores("t-measure"), study.progress.cards()
    study.timer.record_activity("t2")
    clock.pass_(seconds=20)
    study.timer.record_activity("t2")
    study.timer.keep()
    open_quiz = study.quiz("t2")
    waiting = open_quiz.question()
    assert waiting is not None
    for file in ("module.yaml", "bank.yaml", "readings/1-measuring.yaml"):
        path = course / "modules/02-weighing" / file
        text = path.read_text().replace("t-measure]", "t-gauge]").replace("t-measure,", "t-gauge,")
        text = text.replace("objective: t-measure\n", "objective: t-gauge\n").replace("t-q-", "w-q-")
        path.write_text(text)
    for path in (course / "modules/02-weighing/exercises").glob("*/exercise.yaml"):
        path.write_text(path.read_text().replace("[t-measure]", "[t-gauge]"))
    change("modules/02-weighing/module.yaml", "id: t2", "id: weighing")
    items = ("rank", "mean", "figures", "options", "word", "order")
    renamed(course, "".join(f"  t-q-{i}: w-q-{i}\n" for i in items) + "  t2: weighing\n  t-measure: t-gauge\n")
    study = reopen(study, course, clock)
    for is_known in (False, True):
        assert "weighing" in study.progress.completed_work().quizzes
        assert study.home().steps[1].quiz == "100 %"
        assert "Your best so far: 100 %" in quiz_intro(study, "weighing")
        assert [module.spent for module in progress(study).modules][1] == 20
        assert set(study.progress.scores("t-gauge")) == {item.replace("t-q", "w-q") for item in mastered}
        assert {item.replace("t-q", "w-q") for item in cards} == set(study.progress.cards())
        resumed = study.quiz("weighing")
        assert resumed.id == open_quiz.id
        question = resumed.question()
        assert question is not None
        assert question.item == waiting.item.replace("t-q", "w-q")
        assert question.draw == waiting.draw
        if not is_known:
            assert what_changed(study) == ()
            mark_seen(study)
    clock.pass_(days=40)
    review = study.review()
    assert review.total == len(set(review.plan.today)) == 6
    assert question is not None
    assert resumed.skip(question)
    assert study.quiz("weighing").order[-1] == question.item
    take(study, study.quiz("weighing"))
    quiz = study.progress.quiz("weighing")
    assert quiz is not None
    assert quiz.attempts == 2
    study.record.close()


def test_a_renamed_exercise_stays_done_and_keeps_its_draft(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    write(study)
    calculate(study)
    clock.pass_(minutes=1)
    study.keep_draft("t-x-note", GOOD_NOTE + "\nmore")
    for exercise in ("note", "waits"):
        file = f"modules/02-weighing/exercises/{exercise}/exercise.yaml"
        change(file, f"id: t-x-{exercise}\n", f"id: w-{exercise}\n")
        change("modules/02-weighing/module.yaml", f"t-x-{exercise}", f"w-{exercise}")
        renamed(course, f"  t-x-{exercise}: w-{exercise}\n")
    study = reopen(study, course, clock)
    states = {part.id: part.state for part in study.step("t2").parts}
    assert (states["w-note"], states["w-waits"]) == ("done", "done")
    session = study.exercise("w-note")
    assert session.text == GOOD_NOTE + "\nmore"  # type: ignore[union-attr]  # an artefact's session
    assert len(session.versions()) == 1  # type: ignore[union-attr]
    assert [found.location.ids for found in unsaved_drafts(study)] == [("w-note",)]
    waits = study.exercise("w-waits")
    assert isinstance(waits, CalculationSession)
    assert waits.done
    mark_seen(study)
    assert waits.done
    study.drop_draft("w-note")
    assert study.draft("w-note") == ""
    study.record.close()


def test_nothing_is_undone_by_what_the_course_gains(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    take(study, study.quiz("t2"))
    do_all_exercises(study)
    study.reading("t-measuring").mark(read=True)
    assert study.home().steps[1].state == "done"
    shutil.copytree(course / "modules/02-weighing/exercises/waits", course / "modules/02-weighing/exercises/more")
    change("modules/02-weighing/exercises/more/exercise.yaml", "id: t-x-waits", "id: t-x-more")
    change("modules/02-weighing/module.yaml", "[t-x-waits,", "[t-x-more, t-x-waits,")
    more = "  - id: more\n    heading: More\n    text: |\n      New.\nterms:"
    change("modules/02-weighing/readings/1-measuring.yaml", "terms:", more)
    study = reopen(study, course, clock)
    assert what_changed(study) == ()
    mark_seen(study)
    step = study.home().steps[1]
    assert (step.state, step.readings_done, step.exercises_done) == ("done", 1, 8)
    parts = {part.id: part.state for part in study.step("t2").parts}
    assert parts["t-x-more"] == "not begun"
    assert study.home().onward is not None
    study.record.close()


def test_changes_are_reported_once(tmp_path: Path, clock: FakeClock, course: Path, change: Change) -> None:
    study = open_study(tmp_path, clock, course=course)
    assert what_changed(study) == ()
    mark_seen(study)
    take(study, study.quiz("t2"))
    change("modules/02-weighing/bank.yaml", "One request of a hundred", "One request of a thousand")
    change("modules/01-calls/bank.yaml", "Five replicas", "Seven replicas")
    change("modules/01-calls/readings/2-short.yaml", "an advertisement", "a poster")
    shutil.copy(
        course / "modules/02-weighing/readings/1-measuring.yaml", course / "modules/02-weighing/readings/2-new.yaml"
    )
    change("modules/02-weighing/readings/2-new.yaml", "id: t-measuring", "id: t-new")
    change("modules/02-weighing/module.yaml", "readings: [t-measuring]", "readings: [t-measuring, t-new]")
    change("modules/02-weighing/module.yaml", ", t-x-self", "")
    study = reopen(study, course, clock)
    assert what_changed(study) == (
        "1 question changed since you answered.",
        "1 reading is new.",
        "1 reading was revised.",
        "1 exercise left the course; your answers are kept.",
    )
    mark_seen(study)
    assert what_changed(study) == ()
    study = reopen(study, course, clock)
    assert what_changed(study) == ()
    study.record.close()


def test_a_machine_with_an_older_course_says_nothing_false(tmp_path: Path, clock: FakeClock, course: Path) -> None:
    old = open_study(tmp_path, clock, course=COURSE, device="server")
    mark_seen(old)
    old.record.close()
    shutil.rmtree(course / "modules/01-calls")
    path = course / "course.yaml"
    path.write_text(path.read_text().replace("  - 01-calls\n", ""))
    new = open_study(tmp_path, clock, course=course, device="laptop")
    mark_seen(new)
    new.record.close()
    old = open_study(tmp_path, clock, course=COURSE, device="server")
    assert what_changed(old) == ()
    old.record.close()


def test_an_open_quiz_survives_the_loss_of_its_questions(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    session = study.quiz("t2")
    question = session.question()
    assert question is not None
    session.answer(question, given(study, question))
    bank = course / "modules/02-weighing/bank.yaml"
    text = bank.read_text()
    at = text.index(f"  - id: {question.item}\n")
    end = text.find("  - id:", at + 5)
    bank.write_text("items:\n" + text[at : end if end > 0 else None])
    study = reopen(study, course, clock)
    fresh = study.quiz("t2")
    assert fresh.id != session.id
    assert fresh.order == (question.item,)
    assert dict(study.record.table("sums").stream())["quiz:t2"]["attempts"] == 1
    bank.write_text(text.replace("t-q-", "n-q-"))
    study = reopen(study, course, clock)
    another = study.quiz("t2")
    assert len(another.order) == 6
    assert take(study, another).passed
    study.record.close()


def test_a_question_that_changed_is_asked_again_on_its_page(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    reading = study.reading("s-contracts")
    question = reading.check("twice")
    assert question is not None
    reading.answer(question, given(study, question))
    change("modules/01-calls/bank.yaml", "The client waits twice as long before", "The client waits as long as before")
    study = reopen(study, course, clock)
    reading = study.reading("s-contracts")
    again = reading.check("twice")
    assert again is not None
    assert reading.answered(again) is None
    assert len(study.record.table("answers")) == 1
    study.record.close()


def test_an_open_attempt_with_changed_options_can_still_be_answered(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    session = study.quiz("t1")
    assert session.order
    bank = course / "modules/01-calls/bank.yaml"
    text = bank.read_text().replace("The client ", "A client ").replace("Add a field", "Add one field")
    text = text.replace("Node.js", "Deno").replace("GET, HEAD", "GET, OPTIONS").replace("{net}", "{wan}")
    bank.write_text(text.replace("net:", "wan:").replace("answer: net", "answer: wan"))
    study = reopen(study, course, clock)
    assert study.quiz("t1").id == session.id
    result = take(study, study.quiz("t1"))
    assert result.score == 1
    study.record.close()


def test_a_scenario_that_changed_begins_again_and_says_so(
    tmp_path: Path, clock: FakeClock, course: Path, change: Change
) -> None:
    study = open_study(tmp_path, clock, course=course)
    study.exercise("t-x-friday").decide("hold")  # type: ignore[union-attr]  # the scenario's session
    change("modules/02-weighing/exercises/friday/exercise.yaml", "id: hold", "id: wait")
    readonly = open_study(tmp_path, clock, course=course, readonly=True)
    assert readonly.exercise("t-x-friday").changed  # type: ignore[union-attr]
    study = reopen(study, course, clock)
    session = study.exercise("t-x-friday")
    assert "start over" in session.changed  # type: ignore[union-attr]
    assert session.state.choices == ()  # type: ignore[union-attr]
    assert len(study.record.table("attempts")) == 1
    study.record.close()


def test_what_left_the_course_leaves_the_record_alone(tmp_path: Path, clock: FakeClock, course: Path) -> None:
    study = open_study(tmp_path, clock, course=course)
    mark_seen(study)
    take(study, study.quiz("t2"))
    assess(study)
    solve(study)
    answers = dict(study.record.table("answers").stream())
    shutil.rmtree(course / "modules/02-weighing")
    path = course / "course.yaml"
    path.write_text(path.read_text().replace("  - 02-weighing\n", ""))
    study = reopen(study, course, clock)
    assert study.home().due == 0
    assert study.review().total == 0
    mark_seen(study)
    assert dict(study.record.table("answers").stream()) == answers
    study = reopen(study, COURSE, clock)
    mark_seen(study)
    assert "t2" in study.progress.completed_work().quizzes
    assert "t-x-self" in study.progress.completed_work().exercises
    study.record.close()
