"""Every form of answer by lines: what is typed becomes the response, and what cannot be is said."""

from __future__ import annotations

import io
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.items.base import Item
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
    Predict,
    Response,
    Write,
    empty_response,
    incomplete_reason,
    normalize_response,
)
from dev2cto.items.response_text import typed_text
from dev2cto.plain.answers import dispatch, typed
from dev2cto.plain.console import Console
from dev2cto.plain.navigator import open_location
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.signals import Signals
from dev2cto.plain.ui import PlainUI
from dev2cto.study.queries.question_models import Question
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.study import Study
from tests.items.conftest import read_samples
from tests.support.responses import lines
from tests.support.typist import Typist

ABC = tuple(Option(f"id-{letter}", f"Option {letter}") for letter in "abc")
FORMS: tuple[Form, ...] = (
    PickOne(ABC),
    PickMany(ABC),
    Arrange(ABC),
    Arrange(ABC, leave_out=True),
    Pair(ABC, ABC),
    Group(ABC, ABC[:2]),
    MarkLines("python", ("a", "b", "c")),
    Write(),
    Write(number=True, unit="ms"),
    Write(words=3),
    Predict(unit="ms", units={"s": 1000}),
    Blanks(("x = ", " + ", "")),
)


def give(form: Form, *typed_lines: str) -> tuple[Response, list[str], bool]:
    """The response after those lines, what was said, and whether the last one submitted it."""
    response, said, submit = empty_response(form), list[str](), False
    for line in typed_lines:
        reply = dispatch.read_response(form, response, line)
        response, submit = reply.response, reply.submit
        said += [reply.message] if reply.message else []
    return response, said, submit


def is_long(item: Item) -> bool:
    """Whether it is answered with a text of several lines."""
    form = item.form(item.draw(Random(0)))
    return isinstance(form, Write) and form.lines


@pytest.mark.parametrize("item", [item for item in read_samples() if not is_long(item)], ids=lambda item: item.id)
@pytest.mark.parametrize("seed", range(3))
def test_the_key_of_every_sample_can_be_typed(item: Item, seed: int) -> None:
    draw = item.draw(Random(seed))
    form, key = item.form(draw), item.key(draw)
    response, said, submit = give(form, *[line for line in lines(form, key) if line])
    assert response == key
    assert incomplete_reason(form, response) == ""
    assert submit or any("Enter submits" in words for words in said)
    assert typed_text(form, response)


@pytest.mark.parametrize("item", [item for item in read_samples() if is_long(item)], ids=lambda item: item.id)
def test_the_key_of_a_longer_text_is_written_line_by_line(item: Item, study: Study) -> None:
    draw = item.draw(Random(0))
    question = Question(item.id, "t1", item.kind, 1, 1, item.prompt, item.form(draw), draw, hints=0)
    kept: list[Response] = []
    ui = PlainUI(study, Console(Typist(lines(question.form, item.key(draw))), io.StringIO()), Signals(), open_location)
    given = QuestionPrompt(ui, question, str, kept.append, confidence=False).ask([])
    assert isinstance(given, SubmittedAnswer)
    assert given.response == item.key(draw)
    assert kept
    assert study.draft(item.id).rstrip() == item.key(draw)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: type(form).__name__)
@given(line=st.text(max_size=40))
def test_nothing_that_is_typed_makes_an_impossible_response(form: Form, line: str) -> None:
    response, _, submit = give(form, line)
    assert response == empty_response(form) or normalize_response(form, response) == response
    assert not submit or incomplete_reason(form, response) == ""


@pytest.mark.parametrize(
    ("form", "line", "message"),
    [
        (PickOne(ABC), "4", "not a number from 1 to 3"),
        (PickOne(ABC), "1 2", "one only"),
        (PickOne(ABC), "Option a", "not a number"),
        (PickMany(ABC), "1 1", "twice"),
        (PickMany(ABC), "1 0", "not a number"),
        (Arrange(ABC), "2 1", "Still missing: 3"),
        (Arrange(ABC), "2", "Still missing: 1, 3"),
        (Pair(ABC, ABC), "1", "a number and a letter"),
        (Pair(ABC, ABC), "4a", "no 4"),
        (Pair(ABC, ABC), "1d", "no d"),
        (Group(ABC, ABC[:2]), "1c", "no c"),
        (MarkLines("", ("a", "b")), "3", "not a number from 1 to 2"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(form: Form, line: str, message: str) -> None:
    response, said, submit = give(form, line)
    assert message in " ".join(said)
    assert response == empty_response(form)
    assert not submit


@pytest.mark.parametrize(
    ("form", "line", "response"),
    [
        (PickMany(ABC), "3, 1", ("id-a", "id-c")),
        (PickMany(ABC), "1;3", ("id-a", "id-c")),
        (Arrange(ABC), "3 1 2", ("id-c", "id-a", "id-b")),
        (Arrange(ABC, leave_out=True), "3 1", ("id-c", "id-a")),
        (MarkLines("", ("a", "b", "c")), "3 1", ("1", "3")),
        (Write(), "  two words ", "two words"),
    ],
)
def test_numbers_may_stand_in_any_order_and_with_commas(form: Form, line: str, response: Response) -> None:
    assert give(form, line) == (response, [], True)


def test_a_letter_taken_from_another_line_is_named() -> None:
    form = Pair(tuple(Option(n, n) for n in "xyz"), tuple(Option(n, n) for n in "uvw"))
    first = dispatch.read_response(form, {}, "1b")
    second = dispatch.read_response(form, first.response, "2b")
    assert second.response == {"y": "v"}
    assert second.message == "b was taken from 1. Still missing: 1, 3."


@pytest.mark.parametrize("line", ["1b 2a 3c", "1b,2a,3c", "1-b 2=a 3:C", "1 b 2 a 3 c", "3c 1b 2a"])
def test_pairs_all_at_once_are_the_answer(line: str) -> None:
    response, said, submit = give(Pair(ABC, ABC), line)
    assert response == {"id-a": "id-b", "id-b": "id-a", "id-c": "id-c"}
    assert submit
    assert not said


def test_pairs_one_at_a_time_wait_for_enter_and_can_be_changed() -> None:
    form = Pair(ABC, ABC)
    response, said, submit = give(form, "1b", "2a", "3c")
    assert not submit
    assert said[0] == "Kept. Still missing: 2, 3."
    assert "Enter submits" in said[-1]
    changed = dispatch.read_response(form, response, "1c")
    assert changed.response == {"id-a": "id-c", "id-b": "id-a"}, "a right side is used once only"
    assert typed_text(form, changed.response) == "1c 2a"


def test_a_group_may_take_any_number() -> None:
    response, _, submit = give(Group(ABC, ABC[:2]), "1a 2a 3a")
    assert isinstance(response, Mapping)
    assert set(response.values()) == {"id-a"}
    assert submit


def test_blanks_are_filled_one_after_the_other_and_changed_by_number() -> None:
    form = Blanks(("x = ", " + ", " - ", ""))
    response, said, submit = give(form, "a", "b", "c")
    assert (response, said, submit) == (("a", "b", "c"), [], True)
    again = dispatch.read_response(form, response, "2 d")
    assert again.response == ("a", "d", "c")
    assert not again.submit
    assert "All blanks are filled" in dispatch.read_response(form, response, "d").message


def test_the_blank_before_is_filled_again() -> None:
    form = Blanks(("x = ", " + ", ""))
    response, _, _ = give(form, "wrong")
    back = typed.take_back(form, response)
    assert back.response == ("", "")
    assert "first blank" in typed.take_back(form, back.response).message
    assert typed.next_blank(form, back.response) == 1
