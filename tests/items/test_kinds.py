"""What holds for every kind of item, shown on one sample of each."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dev2cto.items.base import Draw, Grade, Item, Retry
from dev2cto.items.forms import (
    Arrange,
    Blanks,
    Group,
    MarkLines,
    Pair,
    PickMany,
    PickOne,
    Response,
    Write,
    empty_response,
    incomplete_reason,
    normalize_response,
)
from dev2cto.items.kinds import KINDS

SEEDS = st.integers(0, 2**32)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner, max_size=5),
    max_leaves=12,
)
RELAXED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_every_kind_has_a_sample(samples: dict[str, Item]) -> None:
    assert {item.kind for item in samples.values()} == set(KINDS)
    assert {type(item) for item in samples.values()} == set(KINDS.values())


@RELAXED
@given(SEEDS)
def test_the_key_earns_all_and_every_mistake_less(sample: Item, seed: int) -> None:
    draw = sample.draw(Random(seed))
    grade = sample.grade(sample.key(draw), draw)
    assert isinstance(grade, Grade)
    assert grade.right
    assert grade.score == (1 if sample.scored else 0)
    assert not [remark for remark in grade.chosen if remark.wrong]
    for mistake in sample.mistakes(draw):
        assert 0 <= sample.final(mistake, draw).score < 1
    assert incomplete_reason(sample.form(draw), sample.key(draw)) == ""


@RELAXED
@given(SEEDS)
def test_doing_nothing_earns_nothing(sample: Item, seed: int) -> None:
    draw = sample.draw(Random(seed))
    nothing = empty_response(sample.form(draw))
    grade = sample.grade(nothing, draw)
    assert isinstance(grade, Grade)
    assert grade.score == 0
    assert incomplete_reason(sample.form(draw), nothing) != ""


@RELAXED
@given(JSON, SEEDS)
def test_garbage_is_harmless(sample: Item, garbage: Any, seed: int) -> None:
    draw = sample.draw(Random(seed))
    grade = sample.grade(garbage, draw)
    if isinstance(grade, Retry):
        grade = sample.grade(garbage, draw, grade)
    assert isinstance(grade, Grade)
    assert 0 <= grade.score <= 1
    assert grade.right


@RELAXED
@given(SEEDS)
def test_one_unknown_id_spoils_a_response(sample: Item, seed: int) -> None:
    draw = sample.draw(Random(seed))
    match sample.form(draw), sample.key(draw):
        case PickOne(), str():
            spoiled: Response = "ffffffff"
        case ((PickMany() | Arrange() | MarkLines()), tuple() as key):
            spoiled = (*key, "ffffffff")
        case Blanks(), tuple() as key:
            spoiled = (*key, "one more")
        case ((Pair() | Group()), dict() as key):
            spoiled = {**key, "ffffffff": next(iter(key.values()))}
        case _:
            return
    assert sample.final(spoiled, draw).score == 0


def responses(form: Any) -> st.SearchStrategy[Response]:
    """Responses of the right shape."""
    match form:
        case PickOne():
            return st.sampled_from([option.id for option in form.options])
        case PickMany():
            return st.lists(st.sampled_from([o.id for o in form.options]), unique=True).map(tuple)
        case MarkLines():
            return st.lists(st.integers(1, len(form.lines)).map(str), unique=True).map(tuple)
        case Arrange():
            return st.permutations([entry.id for entry in form.entries]).map(tuple)
        case Pair():
            return st.dictionaries(ids(form.lefts), ids(form.rights))
        case Group():
            return st.dictionaries(ids(form.entries), ids(form.groups))
        case Blanks():
            return st.tuples(*[st.text(max_size=9)] * (len(form.pieces) - 1))
        case _:
            return st.text(max_size=30) | st.floats(allow_nan=False).map(repr)


def ids(options: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([option.id for option in options])


@RELAXED
@given(st.data(), SEEDS)
def test_full_marks_are_for_the_key_alone(sample: Item, data: st.DataObject, seed: int) -> None:
    draw = sample.draw(Random(seed))
    form = sample.form(draw)
    response = data.draw(responses(form))
    grade = sample.final(response, draw)
    wrong = [remark for remark in grade.chosen if remark.wrong]
    assert 0 <= grade.score <= 1
    assert not (grade.score == 1 and wrong)
    if not isinstance(form, Write | Blanks):
        unordered = isinstance(form, PickMany | MarkLines)
        key = sample.key(draw)
        assert (grade.score == 1) == (set(response) == set(key) if unordered else response == key)
        assert grade.score == 1 or wrong or incomplete_reason(form, response)


@RELAXED
@given(SEEDS)
def test_what_is_stored_brings_the_same_showing_back(sample: Item, seed: int) -> None:
    draw = sample.draw(Random(seed))
    again = Draw.read(json.loads(json.dumps(draw.document())))
    assert sample.form(again) == sample.form(draw)
    assert sample.ask(again) == sample.ask(draw)
    key = json.loads(json.dumps(sample.key(draw)))
    assert normalize_response(sample.form(again), key) == sample.key(draw)
    assert sample.final(key, again).score == (1 if sample.scored else 0)


def test_a_draw_of_another_version_still_shows_every_option(sample: Item) -> None:
    draw = sample.draw(Random(1))
    old = Draw(("gone", *draw.order[1:]), {"gone": 4.0})
    assert len(str(sample.form(old))) == len(str(sample.form(draw)))
    assert sample.final(sample.key(old), old).score == (1 if sample.scored else 0)


@RELAXED
@given(SEEDS)
def test_the_form_never_tells_the_key(sample: Item, seed: int) -> None:
    form = sample.form(sample.draw(Random(seed)))
    if isinstance(form, PickOne | PickMany):
        assert not any("why" in field for option in form.options for field in option.__slots__)
    if isinstance(form, Write | Blanks):
        assert all(word not in str(form) for word in ("idempotent", "immutable", "31536000", "900"))


def test_items_are_values(sample: Item) -> None:
    assert copy.deepcopy(sample) == sample
