"""Wording that lets someone tell the key from a distractor, and slips that nobody sees."""

from __future__ import annotations

import pytest

from dev2cto.course.check.cues import likeness_to_question, reasons_on_one_side
from dev2cto.course.check.slips import changed_by_display, mixed_scripts, placeholders
from tests.course.check.test_check_bank import multi, short, single


@pytest.mark.parametrize(
    ("key", "distractors", "found"),
    [
        ("yes, as it pays", ("no", "never", "later"), "the key gives a reason or condition, and no distractor does"),
        ("yes, as it pays", ("no", "never", "later, if at all"), ""),
        ("yes", ("no, as it costs", "never", "later"), ""),
        (
            "yes",
            ("no, as it costs", "never", "later, if at all"),
            "2 of 3 distractors give a reason or condition, and no right option does",
        ),
        ("yes", ("no", "never", "later"), ""),
    ],
)
def test_reasons_on_one_side_alone_are_found(key: str, distractors: tuple[str, ...], found: str) -> None:
    assert "".join(f.message for f in reasons_on_one_side(single(key, *distractors))) == found


def test_each_right_option_must_give_a_reason_to_stand_out() -> None:
    (finding,) = reasons_on_one_side(multi(["a, as b", "c, if d"], ["e", "f"]))
    assert finding.message.startswith("each right option gives")
    assert not list(reasons_on_one_side(multi(["a, as b", "c"], ["e", "f"])))


@pytest.mark.parametrize(
    ("key", "distractors", "found"),
    [
        ("retry the booking", ("wait longer", "stop"), "the key shares 2 words with the question"),
        ("retry the booking", ("retry later", "stop"), ""),
        ("wait longer", ("retry later", "cancel bookings"), "every distractor repeats a word of the question"),
        ("wait longer", ("retry later", "stop"), ""),
    ],
)
def test_a_key_that_alone_is_like_the_question_or_unlike_it_is_found(
    key: str, distractors: tuple[str, ...], found: str
) -> None:
    item = single(key, *distractors, prompt="The clinic retries a booking; many bookings appear. What now?")
    assert "".join(f.message for f in likeness_to_question(item)).startswith(found)
    assert bool(list(likeness_to_question(item))) == bool(found)


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        ("Tom &amp; Ada, R&D; AT&T;", ["&amp;"]),
        ("a*b*c and 2 * 3 * 4, *well* done, **very** well", ["*b*"]),
        ("`a*b*c` and `&nbsp;` and `__init__`", []),
        ("snake_case_name, __all of it__, call __init__", ["__all of it__", "__init__"]),
    ],
)
def test_what_the_display_would_change_is_found(prompt: str, parts: list[str]) -> None:
    found = list(changed_by_display(short("s", prompt=prompt)))
    assert [prompt[f.offset :].startswith(part) for f, part in zip(found, parts, strict=True)] == [True] * len(parts)


@pytest.mark.parametrize(
    ("prompt", "message"),
    [
        ("The s\u0435rver", "U+0435 in 's\u0435rver' is a Cyrillic letter among Latin ones"),
        ("\u0421PU", "U+0421 in '\u0421PU' is a Cyrillic letter among Latin ones"),
        ("SQL-\u0437\u0430\u043f\u0440\u043e\u0441 \u0438 \u043e\u0442\u0432\u0435\u0442", ""),
        ("5 \u03bcs, \u0394t, na\u00efve", ""),
    ],
)
def test_letters_of_two_scripts_in_one_word_are_found(prompt: str, message: str) -> None:
    assert "".join(f.message for f in mixed_scripts(short("s", prompt=prompt))) == message


@pytest.mark.parametrize("prompt", ["READ COMMITTED or CTO, CPO, CISO", "`SELECT THIS FROM THAT`", "WHY NOT?"])
def test_abbreviations_and_code_are_no_part_of_a_skeleton(prompt: str) -> None:
    assert not list(placeholders(short("s", prompt=prompt)))
