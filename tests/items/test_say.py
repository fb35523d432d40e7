"""say: who speaks, what is looked for in the answer, what it is compared with."""

from __future__ import annotations

from random import Random

import pytest

from dev2cto.items.base import Draw, Item
from dev2cto.items.forms import Write
from dev2cto.items.say import Say

DRAW = Draw()
GOOD = "We lose 9 clinics a year. Aisha calls three of them. Which do you know?"


@pytest.fixture
def board(samples: dict[str, Item]) -> Say:
    """A member of the board asks."""
    found = samples["s-board"]
    assert isinstance(found, Say)
    return found


def test_the_question_says_who_speaks_in_which_mood_and_quotes_the_line(board: Say) -> None:
    asked = board.ask(DRAW)
    assert asked.startswith(board.prompt)
    assert "**Elena Rossi**, investor and board member, impatient:" in asked
    assert asked.endswith('> "Churn is two per cent. So what?"')
    assert board.form(DRAW) == Write(lines=True, seconds=90)


def test_a_line_of_several_paragraphs_is_one_quotation(board: Say) -> None:
    from dataclasses import replace

    from dev2cto.markdown.parser import Paragraph, parse

    asked = replace(board, line="One.\n\nTwo.\n").ask(DRAW)
    quoted = [block for block in parse(asked) if isinstance(block, Paragraph) and block.quote]
    assert [block.spans[0].text for block in quoted] == ["One.", "Two."]


def test_reviews_take_the_variants_in_turn(board: Say) -> None:
    turns = [board.draw_again(Random(turn), turn) for turn in (1, 2, 3, 4)]
    names = [board.speech(draw)[0].name for draw in turns]
    assert names == ["Helen Brandt", "Tom Okafor", "Helen Brandt", "Tom Okafor"]
    assert "**Tom Okafor**, sales:" in board.ask(turns[1])
    assert board.speech(board.draw(Random(1)))[0].name == "Elena Rossi"


def test_an_item_without_variants_is_asked_as_it_was(board: Say) -> None:
    from dataclasses import replace

    lone = replace(board, variants=())
    assert lone.speech(lone.draw_again(Random(1), 5)) == (board.speaker, board.line)


@pytest.mark.parametrize("number", [3.0, -1.0, 0.5, float("nan"), float("inf")])
def test_a_variant_that_the_course_has_no_more_is_the_line_itself(board: Say, number: float) -> None:
    assert board.speech(Draw((), {"variant": number}))[0].name == "Elena Rossi"


def test_the_program_proposes_what_it_can_see_and_leaves_the_rest(board: Say) -> None:
    assert [point.met for point in board.final(GOOD, DRAW).points] == [True, True, True, True, True, None]
    blaming = "It is the fault of sales. " + "And so on. " * 30
    assert [point.met for point in board.final(blaming, DRAW).points] == [False, False, False, False, False, None]


def test_each_reply_has_its_rank_with_its_note_in_an_order_that_chance_decides(board: Say) -> None:
    orders = {board.final(GOOD, board.draw(Random(seed))).examples for seed in range(60)}
    assert len(orders) == 6
    for examples in orders:
        assert [example.label for example in examples] == ["Reply 1", "Reply 2", "Reply 3"]
        assert {e.note.split(" ")[0] for e in examples} == {"**Weak.**", "**Plausible.**", "**Strong.**"}


def test_nothing_of_the_replies_or_markers_is_shown_before(board: Say) -> None:
    shown = f"{board.ask(DRAW)} {board.form(DRAW)}"
    for hidden in (*(reply.text for reply in board.replies), *board.looked_for, "Helen"):
        assert hidden.strip() not in shown


def test_it_is_not_scored(board: Say) -> None:
    grade = board.final(GOOD, DRAW)
    assert (grade.scored, grade.verdict, grade.score) == (False, "compare", 0.0)


def test_the_fingerprint_is_about_the_line_and_the_markers(board: Say) -> None:
    from dataclasses import replace

    first, *others = board.markers
    same = (
        replace(board, seconds=30, variants=(), replies=board.replies[::-1]),
        replace(board, speaker=board.variants[0].speaker),
        replace(board, markers=(replace(first, check=None), *others)),
    )
    assert {item.fingerprint for item in same} == {board.fingerprint}
    changed = (replace(board, line="Else?"), replace(board, markers=(replace(first, text="Else"), *others)))
    assert board.fingerprint not in {item.fingerprint for item in changed}


def test_braces_in_the_texts_stay(board: Say) -> None:
    from dataclasses import replace

    braced = replace(board, prompt="Say {variant}.", explain="{variant}", hints=("{variant}",))
    again = braced.draw_again(Random(1), 1)
    assert braced.ask(again).startswith("Say {variant}.")
    assert (braced.reason(again), braced.hint(0, again)) == ("{variant}", "{variant}")


def test_a_variant_that_does_not_fit_on_one_screen_is_found_where_it_is(board: Say) -> None:
    from dataclasses import replace

    from dev2cto.course.check.display import too_tall

    assert list(too_tall(board)) == []
    tall = replace(board.variants[1], line="One.\n\n" * 12)
    (finding,) = too_tall(replace(board, variants=(board.variants[0], tall)))
    assert finding.steps == ("variants", 1, "line")
