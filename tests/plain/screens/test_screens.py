"""The screens of plain mode, typed through as a learner would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.items.base import Draw
from dev2cto.settings import LABELS
from dev2cto.study.queries.question_models import Question
from dev2cto.study.sessions.attempt import is_helped
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import bookmarks, notes, write_note
from dev2cto.study.state.peer_reviews import PeerReview, keep_peer_review
from dev2cto.study.state.reports import report_location
from dev2cto.study.study import Study
from tests.support.fake_learner import asked_in_quiz, assess, decide, on_disk, right, take, write, wrong
from tests.support.repeated_survey import FIRST, rate, survey
from tests.support.responses import lines
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed

STATES = ("not begun", "begun", "done")


def shows(text: str, *wanted: str) -> None:
    """The texts stand there, one after the other."""
    at = 0
    flat = " ".join(text.split())
    for words in wanted:
        found = flat.find(words, at)
        assert found >= 0, f"{words!r} is not shown after {flat[max(0, at - 60) : at]!r}:\n{text}"
        at = found + len(words)


def said(study: Study, question: Question, *, well: bool) -> list[str]:
    """The lines that answer a question."""
    item = study.curriculum.item(question.item)
    return lines(question.form, (right if well else wrong)(item, question.draw))


def check(study: Study) -> Question:
    """The question in the first section."""
    question = study.reading("s-contracts").check("twice")
    assert question is not None
    return question


def quiz(study: Study, *, miss: int = 0, module: str = "t2") -> Iterator[str]:
    """All answers of the open practice, the first ones wrong; sure of each."""
    (attempt,) = [id for id, doc in study.record.table("attempts").stream() if doc["state"] == "open"]
    number = 0
    while (question := study.attempt(attempt).question()) is not None and number < 20:
        yield from (*said(study, question, well=number >= miss), "3", "")
        number += 1


# -- home and step


def test_home_says_every_state_in_words(study: Study) -> None:
    study.reading("t-measuring").mark(read=True)
    text = typed(study, "2", "q", "q")
    shows(text, "Begin: Step 1 / Once is enough, 9 min. Enter goes there.", "1. Calls that may fail: not begun;")
    shows(text, "2. Weighing and measuring: begun; readings 1 of 1, quiz not taken, exercises 0 of 8.")
    shows(
        text, "1. Half of them wait longer, 6 min, 1 question open: done", "2. Quiz, 5 min: not begun", "enter opens 2"
    )
    assert "[" not in text.split("Afterwards")[0], "marks are words here"


def test_unknown_input_gets_a_word_and_the_prompt_again(study: Study) -> None:
    text = typed(study, "hello", "99", "q")
    shows(
        text,
        "Unknown command: hello. ? lists them.",
        "1, 2 or capstone opens a step",
        "99 is not a choice here: 1, 2 or capstone.",
        "1, 2 or capstone opens a step",
    )


def test_help_tells_all(study: Study) -> None:
    shows(typed(study, "?", "q"), "w, or portfolio", "s, or settings", "g TERM, or glossary", "? all")


def test_words_do_what_letters_do(study: Study) -> None:
    shows(typed(study, "settings", "back", "portfolio", "back", "quit"), "Settings: saved at once", "Portfolio: 0 of 4")


def test_continue_leads_back_to_the_place(study: Study) -> None:
    typed(study, "", "", "q", "q")
    again = open_again(study)
    shows(typed(again, "q", "q", resume=True), "Section 2 of 3: A token in the request")


def open_again(study: Study) -> Study:
    """The same learner, another session."""
    return open_study(study.record.directory.parent, FakeClock())


def test_a_reading_whose_end_was_read_first_is_opened_at_what_is_not_read(study: Study) -> None:
    text = typed(study, "1", "1", "o", "3", "", "q", "q", ".", "1", "1", "q", "q", "q")
    shows(
        text,
        "Section 3 of 3",
        "End of this reading; 2 questions without an answer. Next: What a decision costs.",
        "Section 1 of 1",
    )
    shows(text.split("Section 1 of 1")[1], "readings 0 of 2", "Section 1 of 3: ")


# -- a question


def test_what_was_not_submitted_is_there_again_when_its_step_leads_back(study: Study) -> None:
    text = typed(study, "1", "1", "2", "q", "q", "1", "q", "q", "q")
    shows(text, *["Your answer so far: 2", "Calls that may fail: 0 of"] * 2)


def test_what_was_not_submitted_is_there_again_when_its_quiz_goes_on(study: Study) -> None:
    put_first(study, "s-runtimes")
    text = typed(study, "1", "3", "1", "1b", "q", "3", "1", "q", "q", "q")
    shows(text, "Kept. Still missing", "Continue the practice", "Your answer so far: 1b")


def put_first(study: Study, item: str) -> None:
    """A practice attempt in which that question comes next; those before it are put off."""
    asked_in_quiz(study, item)


def test_what_is_no_number_is_refused_before_how_sure_is_asked(study: Study) -> None:
    put_first(study, "s-burn")
    text = typed(study, "1", "3", "1", "many", "lots", "lots", "3", "q", "q", "q")
    shows(text, *["This cannot be read as one number."] * 2, "How sure are you?", "Not quite.")
    assert text.count("How sure are you?") == 1, "given a second time, it is meant"
    (kept,) = study.record.table("answers").all()
    assert (kept["response"], kept["confidence"], kept["score"]) == ("lots", 3, 0.0)


def test_what_was_not_marked_is_not_called_the_learners(study: Study) -> None:
    put_first(study, "s-compatible")
    item, question = study.curriculum.item("s-compatible"), study.quiz("t1", "practice").question()
    assert question is not None
    first, *_ = lines(question.form, right(item, question.draw))[0].split()
    text = typed(study, "1", "3", "1", first, "3", "q", "q", "q")
    shows(text, "Partly right: 50 %", "Counted: 1 of 2 right options.", ": you, right", ": missed", "v reasons")
    assert text.count(": you") == 1


def test_a_longer_text_may_begin_at_the_prompt(study: Study) -> None:
    put_first(study, "s-adr")
    text = typed(study, "1", "3", "1", "Reads may be old.", "Writes may not.", ".", "2", "q", "q", "q")
    shows(text, "your text, w write", "1 Reads may be old.", "New text goes after line 1.")
    shows(text, "Your answer", "Reads may be old.", "Writes may not.", "A strong answer", "Reads may be a minute old,")
    shows(text, "Look for these points.", "2. What does not go through the cache is said: not ticked")
    shows(text, "2, What does not go through the cache is said: ticked.")
    assert "How sure are you?" not in text, "nobody scores it"
    (kept,) = study.record.table("answers").all()
    assert kept["response"] == "Reads may be old.\nWrites may not."


def test_the_way_back_is_offered_where_there_is_one(study: Study) -> None:
    survey = typed(study, "2", "7", "", "1", "2", "q", "q", "q")
    first, second = survey.split("statement 1 of")[1].split("statement 2 of")
    assert "b before" not in first
    assert "b before" in second
    brief, part = typed(study, "2", "3", "", "q", "q", "q").split("Part 1:")
    assert "b before" not in brief
    assert "b before" in part


# -- reading


def test_a_reading_goes_section_by_section_and_on_to_what_comes_next(study: Study) -> None:
    text = typed(study, "", "", "", "", "q", "q")
    shows(text, "Section 1 of 3", "(Nygard 2018). In October 3 % of the calls", "Section 2 of 3", "Section 3 of 3")
    shows(
        text,
        "[Team] and [/b] are shown as they stand.",
        "End of this reading; 2 questions without an answer. Next: What a decision costs.",
        "Section 1 of 1",
    )
    assert study.record.table("sums").get(doc_id="reading:s-contracts")


def test_a_section_counts_as_read_by_enter_or_by_the_time_it_stood_there(study: Study, clock: FakeClock) -> None:
    typed(study, "", "q", "q")
    again = open_again(study)
    assert not again.reading("s-contracts").read

    def after_a_while() -> Iterator[str]:
        assert isinstance(again.clock, FakeClock)
        again.clock.pass_(seconds=2)
        yield "q"

    typed(again, "", after_a_while(), "q")
    assert open_again(again).reading("s-contracts").read == {"twice"}


def test_the_drawing_is_described_in_words_and_shown_when_asked_for(study: Study) -> None:
    text = typed(study, "", "d", "q", "q")
    shows(text, "Drawing: A client sends the same request twice to one server.", "client --> server")


def test_one_goes_back_jumps_and_finds_in_a_reading(study: Study) -> None:
    text = typed(study, "", "b", "", "b", "o", "3", "f gateway gives", "1", "f nowhere", "q", "/", "q", "q", "q")
    shows(text, "This is the first section.", "Section 2 of 3", "Section 1 of 3", "Outline of Once is enough")
    shows(text, "1. Two bookings for one click: read, you are here", "Section 3 of 3", "1. Time that adds up: ")
    shows(text, "'nowhere' in this reading.")


def test_terms_and_sources_are_listed(study: Study) -> None:
    text = typed(study, "", "g", "q", "i", "q", "q")
    shows(
        text, "Terms of this reading: 1 term", "idempotency key:", "A token that a client makes", "Nygard, M. T. (2018)"
    )


def test_notes_and_bookmarks_are_made_in_a_reading_and_found_in_the_notebook(study: Study) -> None:
    text = typed(study, "", "m", "e", "A thought", ".", "q", "n", "1", "q", "2", "q", "q", "q")
    shows(text, "Bookmarked", "Note / Once is enough / Two bookings", "Saved in your notebook.")
    shows(text, "Notebook: 1 note, 1 bookmark")
    shows(text, "1. A thought (Once is enough / Two bookings for one click, today)", "2. Bookmark: Once is enough")
    again = open_again(study)
    assert [(note.text, note.anchor) for note in notes(again)] == [("A thought", "s-contracts#twice")]
    assert [mark.anchor for mark in bookmarks(again)] == ["s-contracts#twice"]


def test_a_note_is_changed_and_taken_away(study: Study) -> None:
    write_note(study, "s-contracts#twice", "one\ntwo")
    text = typed(study, "n", "1", "e", ".d 1", ".", "1", "e", ".d 1", ".", "q")
    shows(text, "1 one", "2 two", "Saved in your notebook.", "Note deleted.", "bookmarks yet.")


def test_a_check_is_answered_in_place_and_can_be_answered_again(study: Study) -> None:
    question = check(study)
    (good,), (bad,) = said(study, question, well=True), said(study, question, well=False)
    text = typed(study, "", bad, "3", "b", "a", good, "2", "q", "q")
    shows(text, "Check:", "How sure are you?", "Not quite. You were sure.", "This is the first section.")
    shows(text, "You answered this section's question: not quite. a answers it again.", "Correct. You thought so.")
    assert len(study.record.table("answers")) == 2


def test_a_whole_reading_is_marked_read_and_unread(study: Study) -> None:
    text = typed(study, "", "x", "q", "", "q", "q")
    shows(text, "The reading is marked as read.", "What a decision costs")
    assert study.record.table("sums").get(doc_id="reading:s-contracts")


# -- quiz


def test_a_practice_from_first_question_to_result(study: Study) -> None:
    text = typed(study, "2", "2", "1", quiz(study, miss=2), "a", "", "", "q", "q", "q", "q")
    shows(text, "6 questions drawn from 6", "Step 2 / Quiz: question 1 of 6", "You were sure.", "question 6 of 6")
    shows(text, "Step 2 / Quiz result", "not passed yet; 80 % passes.", "t retry", "Question 1 of 6", "Question 3 of 6")


def test_a_passed_quiz_is_said(study: Study) -> None:
    shows(
        typed(study, "2", "2", "1", quiz(study), "q", "q", "q"),
        "Passed with 100 %.",
        "2. Quiz, 5 min, best 100 %: done",
    )


def test_what_was_missed_is_tried_again(study: Study) -> None:
    def retry() -> Iterator[str]:
        yield "t"
        yield from quiz(study)

    text = typed(study, "2", "2", "1", quiz(study, miss=1), retry(), "q", "q", "q")
    shows(text, "Step 2 / Retry: question 1 of 1", "A retry is practice and cannot pass the quiz.")


def test_a_retry_left_at_its_first_question_is_offered_again(study: Study) -> None:
    session = study.quiz("t2")
    first = session.order[0]
    take(study, session, miss=(first,))
    study.quiz("t2", "practice", retry_of=session.id)
    study.keep(Location("reading", ("s-contracts",)))
    text = typed(study, "2", "2", "3", "q", "q", "q")
    shows(text, "3. Continue the retry: the questions that were missed", "Step 2 / Retry: question 1 of 1")


def test_skipping_hints_changing_and_leaving(study: Study) -> None:
    def to_the_one_with_hints() -> Iterator[str]:
        (attempt,) = dict(study.record.table("attempts").stream())
        session = study.attempt(attempt)
        for _ in session.order[: session.order.index("s-retry")]:
            yield "s"
        question = study.attempt(attempt).question()
        assert question is not None
        (key,) = said(study, question, well=True)
        yield from ("h", "h", "h", "1", "q", key, "1")

    text = typed(study, "1", "3", "1", to_the_one_with_hints(), "q", "q", "q")
    shows(
        text,
        "Hint 1 of 2",
        "Hint 2 of 2",
        "No more hints.",
        "Your answer so far: 1",
        "Correct. You guessed.",
    )
    (answer,) = study.record.table("answers").all()
    assert (answer["item"], answer["hints"], answer["confidence"]) == ("s-retry", 2, 1)
    shows(typed(open_again(study), "1", "3", "1", "q", "q", "q"), "1. Continue the practice", "question 2 of 14")


def test_an_exam_is_judged_at_its_end_and_answers_can_be_changed(study: Study) -> None:
    def exam() -> Iterator[str]:
        (attempt,) = dict(study.record.table("attempts").stream())
        for number in range(1, 7):
            question = study.attempt(attempt).question(number)
            assert question is not None
            yield from (*said(study, question, well=number > 1), "3")
        yield from ["b"] * 5
        question = study.attempt(attempt).question(1)
        assert question is not None
        yield from (*said(study, question, well=True), "3", "f")

    text = typed(study, "2", "2", "2", exam(), "q", "q", "q")
    shows(text, "Step 2 / Exam: question 1 of 6, 6 left", "Saved. The verdict comes at the end of the exam.")
    shows(text, "All questions are answered. f finishes the exam", "Your answer so far:", "Passed with 100 %.")
    assert "Hint" not in text


def test_finishing_an_exam_early_is_asked_once(study: Study) -> None:
    text = typed(study, "2", "2", "2", "f", "f", "q", "q", "q")
    shows(text, "6 of 6 have no answer and would count as wrong. f finishes anyway.", "0 %, not passed yet")


def test_a_slip_is_asked_again_and_taken_the_second_time(study: Study) -> None:
    text = typed(study, "", "", "idempotnt", "", "3", "q", "q")
    shows(
        text,
        "Close: check the spelling. Submit it unchanged if you mean it.",
        "enter submits idempotnt",
        "How sure",
        "Not quite.",
    )
    assert text.count("How sure are you?") == 1
    assert len(study.record.table("answers")) == 1


def test_a_question_is_reported(study: Study) -> None:
    text = typed(study, "", "!", "The second one is right, too.", ".", "q", "q")
    shows(text, "Report a question: s-retry", "fingerprint:", "Saved as")
    (file,) = (study.workspace / "reports").glob("*.txt")
    assert file.read_text().endswith("The second one is right, too.\n")
    (report,) = study.record.table("reports").all()
    assert report["text"] == file.read_text()


def test_a_report_begun_on_the_full_screen_is_gone_on_with(study: Study) -> None:
    study.keep(report_location("s-retry", ("b",), Draw(), judged=True))
    study.keep_draft("report:s-retry", "The second one")
    text = typed(study, "is right, too.", ".", "q", resume=True)
    shows(text, "Report a question: s-retry", "The right answer", "Saved as")
    (report,) = study.record.table("reports").all()
    assert str(report["text"]).endswith("The second one\nis right, too.\n")


def test_without_confidence_nothing_is_asked(study: Study) -> None:
    study.set("confidence", "off")
    question = check(study)
    text = typed(study, "", *said(study, question, well=True), "q", "q")
    assert "How sure" not in text
    shows(text, "Correct.")


# -- review


def test_a_review_repeats_a_miss_until_it_is_right(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"))
    clock.pass_(days=30)

    def answers() -> Iterator[str]:
        for worth in (wrong, *[right] * 6):
            (place,) = study.record.table("place").all()
            item, draw = study.curriculum.item(place["ids"][-1]), Draw.read(place["extra"]["draw"])
            yield from (*lines(item.form(draw), worth(item, draw)), "3", "")

    text = typed(study, "r", answers(), "", "q")
    shows(
        text,
        "6 questions to review, about",
        "Review / Step 2: 0 of 6 right",
        "5 of 6 right",
        "Done for today: 6 right.",
    )


def test_nothing_due_says_how_that_changes(study: Study) -> None:
    shows(typed(study, "r", "", "q"), "Nothing is due for review. Questions appear here once you have answered them")


# -- the other screens


def test_search_leads_to_the_section(study: Study) -> None:
    text = typed(study, "/stored result", "1", "q", "/ nothingtofind", "q")
    shows(text, "Search for stored result", "Step 1 / Once is enough / A token in the request", "Section 2 of 3")
    shows(text, "No results for 'nothingtofind'.")


def test_search_shows_sources_and_figures_in_words(study: Study) -> None:
    text = typed(study, "/timeout october", "q", "q")
    assert "[@" not in text
    assert "[=" not in text
    shows(text, "Search for timeout october", "Nygard 2018")


def test_unanswered_questions_are_not_found(study: Study) -> None:
    assert "No results for 'runway'" in typed(study, "/ runway", "q")


def test_the_glossary_is_asked_by_beginnings(study: Study) -> None:
    text = typed(study, "g", "", "perc", "xyz", "q", "g idem", "q", "q")
    shows(
        text, "Glossary: 2 terms", "idempotency key; percentile", "The value below which", "Explained in Half of them"
    )
    shows(text, "No term is called 'xyz'.", "A token that a client makes")


def test_settings_are_turned_asked_for_and_refused(study: Study) -> None:
    text = typed(study, "s", "3", "1", "lots", "90", "4", "", "7", "ed", "7", "-", "q", "q")
    shows(text, "3. Ask how sure I am after each answer: on", "Ask how sure I am after each answer: off")
    shows(
        text,
        "Weekly goal in minutes: enter a whole number from 0 to 6000, not 'lots'.",
        "Weekly goal in minutes: 90",
        "My editor on this machine: ed",
    )
    shows(text, "My editor on this machine: not set")
    assert (study.settings.confidence, study.settings.goal_minutes, study.settings.editor) == (False, 90, "")


def test_a_value_that_was_begun_on_the_full_screen_is_asked_for_once(study: Study) -> None:
    study.keep(Location("settings", (), None, 2, {"editing": "goal_minutes", "value": "12"}))
    text = typed(study, "", "125", "q", "q")
    shows(text, "Continue: Settings, an unsaved value", "'12' was typed, but not saved.", "Weekly goal in minutes: 125")
    assert study.settings.goal_minutes == 125
    assert "Continue: Settings" not in typed(study, "q")


def test_settings_of_the_full_screen_are_not_offered(study: Study) -> None:
    text = typed(study, "s", "q", "q")
    shows(
        text,
        "5. My time zone",
        "6. Folder for labs",
        "7. My editor on this machine",
        "8. Lines per page in plain mode: auto",
        "1 to 11 changes it",
    )
    for name in ("theme", "side_panes", "keys"):
        assert LABELS[name][0] not in text


def test_progress_is_described_in_words(study: Study) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    text = typed(study, "p", "", "q")
    shows(text, "Step 2, Weighing and measuring: begun, ", "Objectives of Step 2: ", "%", "Step 2, quiz:")
    shows(text, "When you said sure:")
    assert "#" not in text


def test_the_portfolio_lists_what_was_written(study: Study) -> None:
    write(study)
    shows(
        typed(study, "w", "1", "q", "q", "q"),
        "1. A decision note: done, note-001.md, submitted today",
        "Step 2 / A decision",
    )


# -- exercises


def test_a_calculation_gives_hints_again_and_the_whole_worked(study: Study) -> None:
    text = typed(study, "2", "3", "d", "", "h", "h", "h", "1 ms", "v", "v", "b", "a", "", "q", "q", "q")
    shows(
        text,
        "data/requests.csv",
        "6 rows; the first 3 are shown.",
        "Part 1: What is the p50",
        "Hint 1 of 2",
        "Hint 2 of 2",
    )
    shows(text, "No more hints.", "Not quite. Try again; h gives a hint.", "marks the exercise as helped")
    shows(text, "2 of 6 take more than 200 ms")
    ((attempt, doc),) = dict(study.record.table("attempts").stream()).items()
    assert is_helped(study, attempt, doc)


def test_a_scenario_tells_what_happened_so_far_and_is_played_again(study: Study) -> None:
    text = typed(study, "2", "5", "", "l", "2", "l", "", "1", "", "", "a", "q", "q", "q")
    first = "decision 1 of 2; trust high; uptime very high; fund $1,200"
    shows(text, "- trust high What customers believe", first, "Nothing has happened yet.")
    shows(text, "You: Hold until Monday", "trust falling uptime rising")
    shows(
        text,
        "decision 1 of 2; trust middling, falling; uptime very high, rising; fund $1,200",
        "You: Hold until Monday",
    )
    shows(text, "the end;", "shows the debrief", "How it ended:", "Or: Ship it", "Endings you have seen: 1 of 3")
    shows(text, first)


def test_a_scenario_shows_figures_of_what_is_known_and_of_the_rest_in_hindsight_only(study: Study) -> None:
    text = typed(study, "2", "5", "", "2", "", "1", "", "l", "", "l", "q", "q", "q")
    before, after = text.split("Step 2 / Release Friday: the end; trust 67; uptime 100; fund $1,200")
    shows(before, "fund $1,200", "the end; trust high, rising; uptime very high, steady", "trust rising")
    assert not re.search(r"(trust|uptime) [-+0-9]", before)
    shows(
        after,
        "Table of 3 rows: start, end.",
        "- trust: start, 60; end, 67",
        "- uptime: start, 95; end, 100",
        "At once: trust -3 uptime +5",
        "At once: trust +10",
        "You: Hold",
        "trust -3 uptime +5",
    )


def test_a_scenario_sets_the_same_choices_in_other_worlds_beside_what_happened(study: Study) -> None:
    text = typed(study, "2", "5", "", "1", "", "1", "", "", "a", "2", "", "1", "", "", "q", "q", "q")
    assert re.search(r"- trust: start, 60; end, (67|75); mean of these choices, 72\n", text)
    shows(text, "What fails here", "Waiting for more information", "Choice and luck", "60 in 100", "40 in 100")
    expected = ("Counted over all chance events.", "Chance: 40 %. It", "A duty, not a dilemma:", "Customers who lost")
    shows(text, *expected, "These choices always end this way, whatever happens by chance.")


def test_a_script_for_two_people_is_read_at_every_stage(study: Study) -> None:
    text = typed(study, "2", "5", "t", "", "t", "2", "t", "", "1", "", "t", "", "t", "q", "6", "2", "q", "q", "q")
    parts = ("Script for two people", "Person A", "You are Mara.", "Person B", "You are on call.", "Observer")
    for _ in range(5):
        shows(text, *parts)
        text = text[text.index("Observer") + 1 :]
    shows(text, "2. Script for two people", "Person A", "You decided for the queue.", "Person B", "Observer")


def test_a_scenario_that_ended_opens_at_its_end(study: Study) -> None:
    decide(study)
    shows(typed(study, "2", "5", "", "q", "q", "q"), "the end;", "How it ended:")


def test_a_simulation_divides_by_numbers_and_says_what_cannot_be(study: Study) -> None:
    text = typed(
        study, "2", "8", "", "1 45, 2 +20", "9 5", "1", "x", "1", "q", "2 x", "", "3 -1", "", "", "q", "q", "q"
    )
    shows(text, "2 periods to play.", "period 1 of 2; cash $300k; the promise low; technical debt middling")
    shows(text, "engineer-weeks: 60 of 60 weeks left, in steps of 5; allocate all of it.")
    shows(text, "repair gets 15 weeks, the most it can get.", "'9 5' cannot be read. A number and an amount:")
    shows(text, "How much for features? 0 to 45 weeks", "'x' is not an amount.", "'2 x' cannot be read.")
    shows(text, "Unused: hires, 2. Enter again leaves it so.", "First quarter: what happened", "cash: $")


def test_a_simulation_goes_on_where_it_was_left_to_its_debrief(study: Study) -> None:
    typed(study, "2", "8", "", "1 60", "", "", "", "1 30", "q", "q", "q")
    study = open_again(study)
    text = typed(study, "2", "8", "2 rest", "", "", "d", "l", "2", "", "", "a", "q", "q", "q")
    shows(text, "period 2 of 2", "features: 30 weeks", "What to tell the customer", "What is in the bank.")
    shows(
        text,
        "Second quarter: what happened",
        "You: Say that all is well",
        "How it ended:",
        "technical debt: start 40",
    )
    shows(text, "This is harmful: It misleads", "Or: Say it as it is", "The same plan over 1,000 seeds", "in 100")
    shows(text, "technical debt always ends", "Play it again", "period 1 of 2")
    assert "━" not in text
    assert len(on_disk(study.record.directory, "submissions")) == 1


def test_a_survey_taken_again_shows_then_and_now(study: Study, clock: FakeClock) -> None:
    rate(survey(study, FIRST), (1, 0), (2, 2), (0, 1))
    clock.pass_(days=40)
    text = typed(study, "capstone", "3", "", "2", "2", "1", "3", "3", "3", "q", "q", "q")
    shows(text, "Then (5 weeks ago) and now, of 3:", "Calls that may fail: 1.5 then, 1.5 now, +0.0;")
    shows(text, "how sure: fairly sure then, sure now", "You were sure of these and now rate them lower")
    shows(text, "- I can read a query plan.", "1. Write the plan")


def test_the_transcript_opens_from_progress_and_portfolio(study: Study) -> None:
    write(study)
    text = typed(study, "p", "t", "", "", "w", "transcript", "q", "q", "q")
    for _ in range(2):
        shows(
            text, "Transcript of learner", "It is not a certificate.", "artefact: A decision note: version 1 submitted"
        )
        text = text[text.index("Transcript of learner") + 1 :]
    assert "dev2cto export transcript FILE" in text


def test_an_artefact_is_drafted_left_submitted_judged_and_compared(study: Study) -> None:
    text = typed(
        study, "2", "6", "1", ".a 3", "Owner: Lena Vos", ".q", "1", ".", "f", "w", "A line", ".", "s",
        "2", "3", "t", "v", "b", "", "1", "q", "3", "4", "1", "q", "q", "q",
    )  # fmt: skip
    shows(
        text,
        "1. Write",
        "1 # Note 1",
        "New text goes after line 3.",
        "Left; the draft is kept.",
        "4 Owner: Lena Vos",
    )
    shows(
        text,
        "Required parts are missing: - ",
        "Submitted. Rate it against the rubric, then read the example. Required parts are missing",
        "criterion 1 of 4",
        "0. none",
        "3. measured drivers",
        "Criterion 1 rated 3.",
    )
    shows(
        text,
        "Rate your latest version against the rubric (2 of 4 rated)",
        "A queue, from 2027-03-01",
        "1. Version 1, today",
    )


def test_a_packet_is_written_and_what_comes_back_is_shown_beside_the_own_ratings(study: Study) -> None:
    session = write(study)
    submission = str(session.versions()[-1]["id"])
    keep_peer_review(study, PeerReview("t-x-note", submission, "Anna", "", {"context": 1}, {"": "Shorten it."}))
    text = typed(study, "2", "6", "5", "6", "q", "q", "q")
    shows(text, "6. What readers wrote (1)", "t-x-note-version-1.md", "dev2cto packet --back FILE")
    shows(text, "Anna, taken in today, on version 1", "you 2, Anna 1: 1 point lower", "On the whole", "Shorten it.")


def test_a_survey_is_rated_changed_and_planned(study: Study) -> None:
    text = typed(
        study,
        "2",
        "7",
        "",
        "2",
        "q",
        "1",
        "1",
        "b",
        "",
        "3",
        "1",
        "0",
        "1",
        "1",
        "x",
        ".q",
        "2",
        "",
        "",
        "",
        "q",
        "q",
        "q",
    )
    shows(
        text,
        "Step 2 / Where you stand: not begun",
        "statement 1 of 3",
        "How sure are you? 1 guess, 2 fairly sure, 3 sure",
    )
    shows(
        text, "statement 2 of 3", "You rated yourself 1, guess.", "statement 3 of 3", "Where you see yourself:", "of 3"
    )
    shows(text, "Rated with little confidence", "Left; the draft is kept.", "statement 1 of 3")


def test_a_survey_taken_again_shows_the_change(study: Study) -> None:
    assess(study)
    text = typed(study, "2", "7", "3", "3", "3", "3", "3", "3", "3", "q", "q", "q")
    shows(text, "done", "since last time")


@pytest.mark.parametrize("word", STATES)
def test_states_are_words(study: Study, word: str) -> None:
    study.reading("t-measuring").mark(read=True)
    study.exercise("t-x-adding").attempt.begin()
    assert f": {word}" in typed(study, "2", "q", "q")


def test_what_was_chosen_waits_at_the_question_that_was_left(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    attempt = study.quiz("t1", "exam")
    study.keep(Location("quiz", ("t1", attempt.id, "s-methods")))
    typed(study, "1a", "b", "q", "q", resume=True)
    study = open_study(tmp_path, clock)
    study.keep(Location("quiz", ("t1", attempt.id, "s-methods")))
    text = typed(study, "q", "q", resume=True)
    shows(text, "Your answer so far: 1a")


def test_what_was_chosen_waits_while_one_reads_elsewhere(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    session, _ = asked_in_quiz(study, "s-runtimes")
    study.keep(Location("quiz", ("t1", session.id, "s-runtimes")))
    typed(study, "1b", "q", "q", resume=True)
    study = open_study(tmp_path, clock)
    study.keep(Location("reading", ("t-measuring",)))
    text = typed(study, "1", "3", "1", "q", "q", "q")
    shows(text, "Your answer so far: 1b")


def test_continue_leads_to_what_was_studied_and_not_to_what_was_looked_at(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    study.keep(Location("reading", ("s-contracts",)))
    text = typed(study, "/ percentile", "q", "2", "q", "2", "5", "q", "q", "1", "2", "q", "q", "q")
    home = text.rpartition("A course to try things on")[2]
    shows(home, "Continue: Step 1 / Once is enough")


def test_a_note_that_another_session_began_is_no_longer_begun_once_saved(tmp_path: Path, clock: FakeClock) -> None:
    killed = open_study(tmp_path, clock, device="tablet")
    killed.keep_draft("note:s-contracts#twice", "Half a thought", 3)
    killed.record.save_and_close()
    clock.pass_(seconds=5)
    study = open_study(tmp_path, clock)
    text = typed(study, "d", ".", "q")
    shows(text, "note on", "d draft", "Saved in your notebook.")
    assert "note on" not in text.rpartition("A course to try things on")[2].lower()


def test_a_note_is_deleted_and_brought_back(study: Study) -> None:
    write_note(study, "s-contracts#twice", "A walrus.")
    text = typed(study, "n", "d", "d 1", "u", "d 1", "u", "1", "d", "u", "q", "q")
    shows(text, "Type d and a number", "Note deleted. u undoes it.", "bookmarks yet.")
    shows(text, "The note is back.")
    assert [note.text for note in notes(study)] == ["A walrus."]


def test_a_bookmark_and_a_mark_are_undone(study: Study) -> None:
    text = typed(study, "1", "1", "m", "u", "x", "u", "u", "q", "q", "q")
    shows(text, "Bookmarked", "u undoes it.", "Bookmark removed.", "u undoes it.", "unread again", "nothing to undo")
    assert bookmarks(study) == ()
    assert study.reading("s-contracts").read == set()


def test_code_is_shown_unwrapped(study: Study) -> None:
    text = typed(study, "1", "1", "y", "q", "q", "q")
    assert "\nPOST /bookings\n" in text


def test_words_filter_a_list_and_any_number_is_understood(study: Study) -> None:
    for n in range(25):
        write_note(study, "s-contracts#twice", f"Note number {n}.")
    text = typed(study, "n", "number 24", "zebra", "", "25", "q", "q", "q")
    shows(text, "words filter", "Note number 24.", "Nothing here has 'zebra'.", "enter shows all", "5 left")
    shows(text, "Note / Once is enough", "Note number 0.")


def test_a_note_is_found_by_words_past_those_that_its_line_shows(study: Study) -> None:
    write_note(study, "s-contracts#retry", f"{'A long note on retries. ' * 9}Ask the walrus.")
    write_note(study, "s-contracts#twice", "A token.")
    text = typed(study, "n", "walrus", "q", "q")
    assert "Nothing here has" not in text
    assert text.count("A long note on ... (") == 2
    assert text.count("A token.") == 1
