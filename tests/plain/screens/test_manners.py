"""What plain mode owes to somebody who hears it: words, nothing skipped in silence, everything once more on request."""

from __future__ import annotations

import pytest

from dev2cto.markdown.parser import Listing, Span, TableBlock
from dev2cto.plain.spoken import spoken
from dev2cto.presenters import sessions_text
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import check, open_again, put_first, said, shows
from tests.support.typist import typed

# -- again, help, quit


@pytest.mark.parametrize("again", [".", "again"])
@pytest.mark.parametrize(
    ("way", "shown"),
    [
        (("1",), "Calls that may fail: 0 of 3 done"),
        (("1", "1"), "Check: "),
        (("1", "1", "1"), "Check: "),
        (("1", "3", "1"), "question 1 of 14"),
        (("s",), "3. Ask how sure I am after each answer: on"),
        (("p",), "Objectives"),
        (("1", "2"), "Section 1 of 1"),
    ],
    ids=lambda value: value if isinstance(value, str) else "".join(value),
)
def test_the_screen_is_shown_again(study: Study, again: str, way: tuple[str, ...], shown: str) -> None:
    before = typed(study, *way)
    text = typed(open_again(study), *way, again)
    assert text.count(shown) == before.count(shown) + 1


@pytest.mark.parametrize("way", [(), ("1",), ("1", "1"), ("1", "1", "1"), ("g",), ("s", "1"), ("/ retry",), ("", "")])
@pytest.mark.parametrize("word", ["quit", "exit"])
def test_quit_ends_the_program_at_every_prompt(study: Study, way: tuple[str, ...], word: str) -> None:
    assert typed(study, *way, word).endswith("Everything is saved.\n")


@pytest.mark.parametrize("way", [(), ("1",), ("1", "1", "1"), ("g",), ("s", "1"), ("", "")])
@pytest.mark.parametrize("word", ["?", "h", "help"])
def test_help_is_understood_at_every_prompt(study: Study, way: tuple[str, ...], word: str) -> None:
    assert "a single dot, or again: shows" in typed(study, *way, word)


def test_h_is_a_hint_where_there_are_hints(study: Study) -> None:
    shows(typed(study, "1", "1", "h"), "Hint 1 of")


def test_a_word_that_every_prompt_understands_can_be_an_answer(study: Study) -> None:
    put_first(study, "s-burn")
    shows(typed(study, "1", "3", "1", "=quit", "=quit", "3"), "Not quite.")


# -- nothing is skipped or done in silence


def test_a_check_that_is_passed_over_says_so(study: Study) -> None:
    shows(typed(study, "1", "1", ""), "enter skips it", "Skipped; the question stays open.", "Section 2 of 3")


def test_a_skipped_question_says_where_it_went(study: Study) -> None:
    shows(typed(study, "1", "3", "1", "s"), "Skipped: the question comes again at the end.", "/ Quiz: question")


def test_enter_on_an_unanswered_question_of_an_exam_says_so(study: Study) -> None:
    shows(typed(study, "1", "3", "2", ""), "Question 1 has no answer yet.", "question 2 of")


def test_enter_where_it_does_nothing_says_what_does(study: Study) -> None:
    shows(typed(study, "1", "3", "1", ""), "Type a command; ? lists them.")


def test_ratings_are_repeated(study: Study) -> None:
    text = typed(study, "2", "7", "", "2", "3")
    shows(text, "How sure are you?", "you rated yourself 2, ", "statement 2 of")


def test_a_done_reading_says_how_many_of_its_questions_are_open(study: Study) -> None:
    study.reading("s-contracts").mark(read=True)
    shows(typed(study, "1"), "1. Once is enough, 9 min, 2 questions open: done")
    (good,) = said(study, check(study), well=True)
    typed(open_again(study), "1", "1", "o", "1", good, "3", "q", "q", "q")
    shows(typed(open_again(study), "1"), "1. Once is enough, 9 min, 1 question open: done")


# -- where one goes


def test_an_exam_goes_on_at_the_question_it_was_left_at(study: Study) -> None:
    text = typed(study, "1", "3", "2", "", "", "q", "3", "2")
    shows(text, "question 3 of 13", "Continue the exam", "question 3 of 13")


def test_the_outline_leads_to_the_beginning_of_the_present_section_too(study: Study) -> None:
    text = typed(study, "1", "1", "o", "1", "q")
    assert text.count("Section 1 of 3: ") == 2


def test_marking_a_reading_and_taking_it_back_keeps_what_was_read(study: Study) -> None:
    text = typed(study, "1", "1", "", "x", "x", "q")
    shows(text, "The reading is marked as read.", "The reading is marked as unread; 1 of 3 sections are read.")


def test_a_menu_is_short_when_one_comes_back_to_it(study: Study) -> None:
    text = typed(study, "1", "q", "s", "q", "q")
    assert text.count("Weighing and measuring: not begun") == 1
    assert text.count("Continue: ") == 2
    shows(typed(open_again(study), "p", ".", "q"), "Progress", "Weighing and measuring: not begun")


def test_what_is_due_and_what_is_wrong_come_first_at_home(study: Study) -> None:
    study.record.stop_writing(sessions_text.READ_ONLY)
    shows(typed(study, "q"), "Nothing is saved in this session: you chose to read only", "Begin: ", "1. Calls that")


def test_a_setting_is_asked_for_by_its_name(study: Study) -> None:
    shows(typed(study, "s", "1"), "Weekly goal in minutes: a number; 0 for no goal, enter keeps it")


# -- verdicts, tables, diffs


def test_true_or_false_says_what_was_answered(study: Study) -> None:
    put_first(study, "s-quorum")
    question = study.quiz("t1", "practice").question()
    assert question is not None
    text = typed(study, "1", "3", "1", *said(study, question, well=False), "3")
    text = " ".join(text.split())
    assert ("true, wrong; right: false" in text) or ("false, wrong; right: true" in text)


def test_a_table_is_read_row_by_row() -> None:
    cells = [("way", "cost", "risk"), ("Buy", "$40", "low"), ("Build", "--", "")]
    table = TableBlock(tuple(tuple((Span(cell),) for cell in row) for row in cells), ("left", "right", "left"))
    words = ["".join(span.text for span in block.spans) for block in spoken([table])]  # type: ignore[union-attr]
    assert words == ["Table of 2 rows: way, cost, risk.", "Buy: cost, $40; risk, low", "Build: cost, none"]
    headless = table._replace(rows=table.rows[1:], head=False)
    words = ["".join(span.text for span in block.spans) for block in spoken([headless])]  # type: ignore[union-attr]
    assert words == ["Buy: $40; low", "Build: none"]


def test_a_diff_is_read_by_sides() -> None:
    lines = ("--- yours/a.py", "+++ ours/a.py", "@@ -3,2 +3,2 @@", " def f():", "-    return 1", "+    return 2")
    (listing,) = spoken([Listing(lines, "diff", sides=("yours", "ours"))])
    assert isinstance(listing, Listing)
    wanted = ("ours/a.py:", "From line 3:", "both: def f():", "yours:     return 1", "ours:     return 2")
    assert listing.lines == wanted


def test_no_table_of_a_reading_has_a_rule_of_dashes(study: Study) -> None:
    text = typed(study, "1", "1", "", "")
    assert "---" not in text
    assert "Table of 2 rows" in text


def test_a_verdict_on_several_parts_says_which_were_right(study: Study) -> None:
    put_first(study, "s-runtimes")
    question = study.quiz("t1", "practice").question()
    assert question is not None
    first, second, *rest = " ".join(said(study, question, well=True)).split()
    swapped = f"{first[0]}{second[1]} {second[0]}{first[1]} {' '.join(rest)}"
    text = typed(study, "1", "3", "1", swapped, "3")
    shows(text, "Partly right: ", "Counted: ", "1. ", "wrong; right: ", "2. ", "wrong; right: ", "3. ", ", right")


def test_all_reasons_are_shown_on_request(study: Study) -> None:
    put_first(study, "s-retry")
    question = study.quiz("t1", "practice").question()
    assert question is not None
    chosen, *_ = said(study, question, well=False)
    text = " ".join(typed(study, "1", "3", "1", chosen, "3", "v", "q", "q", "q").split())
    at_once, on_request = text.split("enter continues, v reasons", 1)
    for words in (f"{chosen}. ", ": you, wrong", ": right", "A repeated key returns the stored result"):
        assert words in at_once
    reasons = ("Backoff spreads load", "The lost answer is the problem", "A method's name promises")
    assert sum(reason in at_once for reason in reasons) == 1
    assert all(reason in on_request for reason in reasons)


def test_all_reasons_of_a_check_are_shown_on_request(study: Study) -> None:
    text = " ".join(typed(study, "1", "1", "1", "3", "v", "").split())
    shows(text, "v reasons", "v reasons", "Section 2 of 3")
    at_once, on_request, *_ = text.split("v reasons")
    reasons = ("Backoff spreads load", "The lost answer is the problem", "A method's name promises", "A repeated key")
    assert ": you, " in at_once
    assert not all(reason in at_once for reason in reasons)
    assert all(reason in on_request for reason in reasons)
