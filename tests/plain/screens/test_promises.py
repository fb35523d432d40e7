"""Promises in plain mode: made from a reading, looked back on from home, listed in the notebook."""

from __future__ import annotations

import pytest

from dev2cto.study.state.promises import Plan, make_promise, plan_begun, promises, proposed
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.fake_learner import take
from tests.support.responses import judged_lines, lines
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed

PLAN = "After the next timeout in production, I will look for a token in both copies of the call."
TO_READING = ("1", "1")
OUT = ("q", "q", "q")


@pytest.fixture
def due(study: Study, clock: FakeClock) -> Study:
    """A study with a promise that is due."""
    make_promise(study, "s-contracts", proposed(study, "s-contracts"))
    clock.pass_(days=7)
    return study


def again(study: Study, clock: FakeClock) -> Study:
    """The same learner in another session, later."""
    return open_study(study.record.directory.parent, clock)


def test_one_letter_and_enter_make_the_plan_a_promise(study: Study) -> None:
    text = typed(study, *TO_READING, "?", "z", "", "z", "", "q", *OUT)
    shows(
        text, "1. After: the next timeout in production", "3. Ask me on: 2026-11-30", "Monday 30 November, in 7 days."
    )
    assert "z, or promise: makes the reading's plan your promise, or looks back on it" in " ".join(text.split())
    shows(text, "Promised. You will be asked on Monday 30 November, in 7 days. u undoes it.")
    shows(text, "Promise / Once is enough", PLAN, "open, asked about on Monday 30 November")
    assert [promise.words for promise in promises(study)] == [PLAN]


def test_the_plan_at_the_end_names_the_letter_and_what_was_promised(study: Study) -> None:
    text = typed(study, *TO_READING, "s", "", "s", "z", "", "b", "s", *OUT)
    shows(text, "z makes this plan your promise.", "Promised.", f"You promised: {PLAN} z looks back on it.")


def test_making_it_is_undone(study: Study) -> None:
    text = typed(study, *TO_READING, "z", "", "u", *OUT)
    shows(text, "The promise is taken back; what you wrote is kept as a draft.")
    assert not promises(study)


def test_every_field_can_be_changed(study: Study) -> None:
    change = ("1", "the next deploy", "2", "read the graph", "3", "soon", "", "3", "friday", "1", "", "")
    text = typed(study, *TO_READING, "z", *change, *OUT)
    shows(text, "After: your words", "For example: tomorrow, friday", "'soon' is no day to ask you on.")
    (made,) = promises(study)
    assert (made.words, f"{made.life.day}") == ("After the next deploy, I will read the graph.", "2026-11-27")


def test_what_was_typed_is_there_again(study: Study, clock: FakeClock) -> None:
    typed(study, *TO_READING, "z", "2", "read the graph", "exit")
    begun = plan_begun(study, "s-contracts")
    assert begun is not None
    assert Plan.read(begun.text).do == "read the graph"
    text = typed(again(study, clock), "q", "q", resume=True)
    shows(text, "This is your draft, not promised yet.", "2. I will: read the graph", "Left; the draft is kept.")


def test_a_reading_without_a_plan_has_no_such_letter(study: Study) -> None:
    assert "z, or promise:" not in typed(study, "2", "1", "?", "q", "q", "q")


def test_home_brings_it_up_and_takes_the_answer(due: Study) -> None:
    text = typed(due, "z", "Both had one.", "1", "n", "1", "q", "q", "q")
    shows(
        text, f"Promised: {PLAN} z looks back on it.", "Look at: whether the second copy", "Made 7 days ago; due today."
    )
    shows(text, "What happened: Both had one.", "Kept. Reviews look back on what happened. u undoes it.")
    shows(text, "0 notes, 1 promise, 0 bookmarks", "Promise: After the next timeout", "kept today, Both had one.)")
    assert text.count("Promised:") == 1


def test_it_is_put_off_once_and_then_let_go(due: Study, clock: FakeClock) -> None:
    text = typed(due, "z", "", "2", "q")
    shows(text, "1. I did it", "2. Not yet: ask me once more in a week", "You will be asked once more, in a week.")
    clock.pass_(days=7)
    later = again(due, clock)
    text = typed(later, "z", "", "2", "q")
    shows(text, "2. Not doing it: let it go", "Let go. Not every plan fits.")
    assert promises(later)[0].life.state == "let go"


def test_one_of_several_is_chosen(due: Study, clock: FakeClock) -> None:
    make_promise(due, "s-contracts", proposed(due, "s-contracts")._replace(do="ask", day="tomorrow"))
    clock.pass_(days=1)
    text = typed(due, "z", "2", "", "1", "z", "q", "q")
    shows(text, f"1. {PLAN}", "2. After the next timeout in production, I will ask.", "1 or 2 looks back on it")
    assert [promise.life.state for promise in promises(due)] == ["kept", "open"]


def test_what_happened_is_kept_before_it_is_said_what_became_of_it(due: Study, clock: FakeClock) -> None:
    typed(due, "z", "Nobody logged it.", "exit")
    text = typed(again(due, clock), "w", "Nobody logs it.", "q", "q", resume=True)
    shows(text, "What happened: Nobody logged it.", "What happened: Nobody logs it.", "Left; the draft is kept.")
    shows(text, "What became of a promise from Once is enough, begun")


def test_words_that_are_commands_elsewhere_are_what_happened(due: Study) -> None:
    typed(due, "z", "search found nothing", "1", "q")
    assert promises(due)[0].notes == ("search found nothing",)


def test_the_notebook_deletes_it(due: Study) -> None:
    text = typed(due, "n", "d 1", "u", "n", "q", "q")
    shows(text, "Promise deleted. u undoes it.", "The promise is back.", "1 promise")


def test_search_finds_it_and_leads_to_it(due: Study) -> None:
    text = typed(due, "z", "The xylophone rang.", "1", "/ xylophone", "1", "q", "q", "q")
    shows(text, "1. Your promise: Once is enough", "kept today", "xylophone")


def test_a_review_looks_back_on_what_happened(due: Study, clock: FakeClock) -> None:
    typed(due, "z", "Both had one.", "1", "q")
    assert "Looking back" not in typed(again(due, clock), "r", "", "q")
    clock.pass_(days=7)
    shows(
        typed(again(due, clock), "r", "", "q"), "Looking back", f"You promised: {PLAN}", "What happened: Both had one."
    )
    later = again(due, clock)
    take(later, later.quiz("t2"))
    clock.pass_(days=40)
    later.set("daily_reviews", "1")
    question = later.review().question()
    assert question is not None
    right = lines(question.form, later.curriculum.item(question.item).key(question.draw))
    text = typed(later, "r", *right, *judged_lines(question), "", "exit")
    assert text.count("Looking back") == 1
    shows(text, "Why", "Looking back", "What happened: Both had one.", "Kept 6 weeks ago.")


def test_looking_back_from_home_does_not_change_where_one_continues(due: Study, clock: FakeClock) -> None:
    text = typed(due, "2", "1", "q", "q", "z", "Both had one.", "1", "q")
    assert text.rpartition("Continue: ")[2].startswith("Step 2 / Half of them wait longer")
    text = typed(again(due, clock), "n", "1", "q", "q", "q")
    assert text.rpartition("Continue: ")[2].startswith("Step 2 / Half of them wait longer")
