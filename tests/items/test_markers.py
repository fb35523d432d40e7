"""What of a text a program can see: a question, a number with its unit, words counted, left out or named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.items.markers import asks, has_any_of, has_number_with_unit, meets, words_in

WORDS = st.lists(st.text(alphabet="abcxyz", min_size=1, max_size=6), max_size=30)


@pytest.mark.parametrize(
    "text",
    [
        "We lose 2 % of the clinics.",
        "We lose 2% of the clinics.",
        "It costs $400,000.",
        "It costs 400 000 €.",
        "€12 a month",
        "USD 40 each",
        "Give me 3 weeks.",
        "Eleven left, 40 clinics stayed.",
        "Down to 180 ms",
        "from 2 to 5 points",
        "**40** clinics",
        "it is 3x faster",
        "a 99.9% promise",
        "12.5 clinics",
        "2 of 40 clinics",
        "40-60 hours",
    ],
)
def test_a_figure_with_what_it_counts_is_a_number_with_its_unit(text: str) -> None:
    assert has_number_with_unit(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Churn is two per cent.",
        "It went from 5 to 8.",
        "See p95.",
        "We were 2nd.",
        "In 2027, we look again.",
        "Version 2 is out.",
        "Reason 1: nobody asked.",
        "1. First, we wait",
        "Of 40, and no more.",
        "3",
    ],
)
def test_a_bare_figure_is_not(text: str) -> None:
    assert not has_number_with_unit(text)


@pytest.mark.parametrize(
    ("text", "asked"), [("What would you cut?", True), ("Why? Because.", True), ("I wonder why.", False), ("", False)]
)
def test_a_question_ends_with_its_mark(text: str, asked: bool) -> None:
    assert asks(text) is asked


def test_full_width_question_marks_count() -> None:
    assert asks("\u672c\u5f53\uff1f")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("one two\nthree", 3),
        ("well - no", 2),
        ("it's a well-known 2 % case", 5),
        ("... !", 0),
    ],
)
def test_words_are_what_is_between_blanks_and_can_be_read(text: str, count: int) -> None:
    assert words_in(text) == count


@given(WORDS)
def test_words_are_counted_whatever_is_between_them(words: list[str]) -> None:
    assert words_in(" ".join(words)) == words_in("\n\n ".join(words)) == len(words)
    assert meets(f"words<={len(words)}", " ".join(words))
    assert meets(f"words >= {len(words)}", " ".join(words))
    assert not meets(f"words>={len(words) + 1}", " ".join(words))
    assert not words or not meets(f"words<={len(words) - 1}", " ".join(words))


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("It was your fault.", ("fault", "blame"), True),
        ("It was your FAULT", ("fault",), True),
        ("A default value", ("fault",), False),
        ("Two faults", ("fault",), False),
        ("You should\nhave known", ("should have",), True),
        ("You shouldn't have", ("should have",), False),
        ("We don\u2019t know", ("don't",), True),
        ("Ask Aisha's team", ("Aisha",), True),
        ("Ask aisha", ("Aisha",), True),
        ("C++ it is", ("C++",), True),
        ("(blame)", ("blame",), True),
        ("caf\u00e9", ("cafe\u0301",), True),
        ("", ("a",), False),
        ("anything", (), False),
    ],
)
def test_words_and_phrases_are_found_whole_in_any_case(text: str, words: tuple[str, ...], there: bool) -> None:
    assert has_any_of(text, words) is there


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_no_text_and_no_words_trip_the_search(text: str, words: list[str]) -> None:
    has_any_of(text, words)
    has_number_with_unit(text)
    assert words_in(text) >= 0


def test_what_is_no_check_is_no_check() -> None:
    assert meets("question", "Is it?")
    assert meets("number", "4 weeks")
    for check in ("questoin", "words", "words<", "words=60", "words<=", "words<=-3", "words<=1000000"):
        assert meets(check, "Is it? 4 weeks") is None
