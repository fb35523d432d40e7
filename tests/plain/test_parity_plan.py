"""The plan, reviews beside the due ones, and cues, in both front ends: the record is the same afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from dev2cto.items.base import Draw
from dev2cto.study.queries.plan import Extra
from dev2cto.study.queries.question_models import Question, question_of
from dev2cto.study.state.highlights import highlights
from dev2cto.study.study import Study
from tests.plain.test_parity import documents, press, screen
from tests.support.fake_learner import respond, take
from tests.support.responses import judged_keys, judged_lines, keys, lines, spelled
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed

TO_PLAN = ("colon", *"plan", "enter")
"""The keys that open the plan from anywhere."""
MISSED = ("s-retry", "s-closure")


def again(study: Study, days: int = 0) -> Study:
    """The same learner in another session, some days later."""
    assert isinstance(study.clock, FakeClock)
    study.clock.pass_(days=days)
    return open_study(study.record.directory.parent, study.clock)


async def test_a_date_is_set_changed_and_taken_back_alike(fresh: Any) -> None:
    first, second = "2027-03-01", "2027-06-30"
    for dates in ([first], [first, second], [first, second, ""]):
        study, other = fresh(f"screen{len(dates)}"), fresh(f"lines{len(dates)}")
        async with screen(study) as pilot:
            await press(pilot, *TO_PLAN)
            for date in dates:
                await press(pilot, "1", "ctrl+u", *spelled(date), "enter", "q")
        typed(other, "l", *(line for date in dates for line in ("1", date or "-")), "q", "q")
        study, other = again(study), again(other)
        assert study.settings.finish_by == other.settings.finish_by == dates[-1]
        assert documents(other) == documents(study)


def answered(study: Study) -> Study:
    """A learner who took a quiz yesterday, two questions wrongly."""
    take(study, study.quiz("t1"), miss=MISSED)
    study.record.save_and_close()
    return again(study, days=1)


def asked(study: Study, extra: Extra) -> Iterator[tuple[Question, bool]]:
    """The questions of that review, each when it waits for an answer, and whether it is answered rightly: not at first.

    Read from where the learner is, which has the values that were drawn.
    """
    count, first = len(study.review(extra)._queue), True
    while count:
        found = study.last_place()
        assert found is not None
        assert found[0].ids[0] == extra
        id = found[0].ids[-1]
        module = study.course.module_of(id)
        assert module is not None
        draw = Draw.read(found[0].extra["draw"])
        question = question_of(study.curriculum.item(id), draw, module.id, 1, count)
        yield question, not first
        count -= not first
        first = False


@pytest.mark.parametrize("extra", ["ahead", "missed"])
async def test_a_review_that_is_not_due_is_done_alike(fresh: Any, extra: Extra) -> None:
    """The first question is missed, comes back, and is right then."""
    study = answered(fresh("screen"))
    async with screen(study) as pilot:
        await press(pilot, *TO_PLAN, "2" if extra == "ahead" else "3")
        for question, well in asked(study, extra):
            await press(pilot, *keys(question.form, respond(study, question, well=well)), *judged_keys(question))

    def whole_review() -> Iterator[str]:
        for question, well in asked(other, extra):
            yield from (*lines(question.form, respond(other, question, well=well)), *judged_lines(question))

    other = answered(fresh("lines"))
    typed(other, "l", "2" if extra == "ahead" else "3", whole_review(), "q", "q", "q")
    study, other = again(study), again(other)
    kept = documents(other)
    reviews = [doc for doc in kept["answers"].values() if doc["context"] == "review"]
    assert next(doc["score"] for doc in reviews) < 1
    assert len({doc["item"] for doc in reviews}) == len(reviews) - 1 > 1
    assert {doc["item"] for doc in reviews} <= set(kept["cards"])
    assert kept == documents(study)


async def choose(pilot: Pilot[int], *pressed: str) -> None:
    """From home: the first two sentences of a reading are highlighted, with a note if keys for it follow."""
    await press(pilot, "down", "enter", "enter", "c", "space", *pressed)


async def test_a_highlight_with_a_note_becomes_a_cue_and_is_asked_alike(fresh: Any) -> None:
    """Not known, then known with effort; once the way back is taken, once it is no cue any more."""
    study = fresh("screen")
    async with screen(study) as pilot:
        await choose(pilot, "e", *spelled("Who knows what?"), "tab", "enter")
        await press(pilot, "q", "q", "n", "down", "a", "u", "a", "q")
        await press(pilot, "r", "enter", "enter", "1", "enter", "2", "q")
    study = again(study, days=40)
    async with screen(study) as pilot:
        await press(pilot, "r", "enter", "enter", "3", "q", "n", "down", "a", "q")

    other = fresh("lines")
    typed(other, "1", "1", "c 1-2 e", "Who knows what?", ".", "q", "q",
          "n", "a 2", "u", "a 2", "q", "r", "c", "", "1", "", "2", "q")  # fmt: skip
    other = again(other, days=40)
    typed(other, "r", "c", "", "3", "n", "a 2", "q", "q")
    study, other = again(study), again(other)
    kept = documents(other)
    assert [doc["cue"] for doc in kept["highlights"].values()] == [False]
    assert [doc["anchor"] for doc in kept["notes"].values()] == ["highlight:highlights 0"]
    assert [doc["rating"] for doc in kept["reviews"].values()] == [1, 3]
    assert set(kept["cards"]) == {"highlight:highlights 0"}
    assert kept == documents(study)


async def test_highlights_are_made_and_deleted_alike(fresh: Any) -> None:
    study = fresh("screen")
    async with screen(study) as pilot:
        await choose(pilot, "m", "u", "c", "space", "m", "c", "down", "enter")
        await press(pilot, "q", "q", "n", "d", "u", "down", "d", "q")

    other = fresh("lines")
    typed(other, "1", "1", "c 1-2", "u", "c 1-2", "c 2", "q", "q", "n", "d 1", "u", "d 2", "q", "q")
    study, other = again(study), again(other)
    assert len(highlights(other)) == 1
    assert documents(other) == documents(study)
