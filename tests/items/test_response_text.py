"""A response in words: for people who read a report, not for the program."""

from __future__ import annotations

import pytest

from dev2cto.items.forms import (
    Arrange,
    Blanks,
    Form,
    Group,
    MarkLines,
    Option,
    Pair,
    PickMany,
    PickOne,
    Response,
    Write,
    empty_response,
)
from dev2cto.items.response_text import options_text, response_text

ONE, TWO, THREE = Option("a1", "one"), Option("b2", "two"), Option("c3", "three")


@pytest.mark.parametrize(
    ("form", "response", "words"),
    [
        (PickOne((ONE, TWO)), "b2", ("two",)),
        (PickMany((ONE, TWO, THREE)), ("a1", "c3"), ("one", "three")),
        (Write(), "42 ms", ("42 ms",)),
        (Arrange((ONE, TWO, THREE)), ("c3", "a1"), ("1. three", "2. one")),
        (Pair((ONE,), (TWO, THREE)), {"a1": "c3"}, ("one: three",)),
        (Group((ONE, TWO), (THREE,)), {"b2": "c3"}, ("two: three",)),
        (MarkLines("py", ("x = 1", "y = x")), ("2",), ("line 2: y = x",)),
        (Blanks(("a ", " b ", "")), ("left", ""), ("blank 1: left", "blank 2: (empty)")),
    ],
)
def test_a_response_is_spelled_with_the_words_on_screen(form: Form, response: Response, words: tuple[str, ...]) -> None:
    assert response_text(form, response) == words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (PickOne((ONE, TWO)), ("one", "two")),
        (PickMany((ONE, TWO)), ("one", "two")),
        (Arrange((ONE, TWO)), ("one", "two")),
        (Pair((ONE,), (TWO, THREE)), ("one", "with", "two", "three")),
        (Group((ONE, TWO), (THREE,)), ("one", "two", "into", "three")),
        (MarkLines("py", ("x = 1",)), ("1  x = 1",)),
        (Blanks(("a ", " b")), ("a ____ b",)),
        (Write(), ()),
    ],
)
def test_what_was_offered_is_spelled_too(form: Form, words: tuple[str, ...]) -> None:
    assert options_text(form) == words


@pytest.mark.parametrize(
    "form", [PickOne((ONE,)), PickMany((ONE,)), Write(), Arrange((ONE,)), Pair((ONE,), (TWO,)), MarkLines("py", ("x",))]
)
def test_nothing_given_has_no_words(form: Form) -> None:
    assert response_text(form, empty_response(form)) == ()
