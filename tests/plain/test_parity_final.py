"""A final form in both front ends: what is in the record afterwards is the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dev2cto.items.forms import Blanks, Predict, Write
from dev2cto.study.queries.question_models import Question
from dev2cto.study.study import Study
from dev2cto.tui.widgets.question import QuestionBox
from tests.plain.test_parity import documents, meant, press, screen
from tests.support.capstone import row_of_form
from tests.support.responses import SURE, keys, lines
from tests.support.typist import typed


def kept(study: Study) -> dict[str, Any]:
    """The documents, with the flags by the questions' numbers."""
    found = documents(study)
    (attempt,) = dict(study.record.table("attempts").stream())
    order = dict(study.record.table("attempts").stream())[attempt]["items"]
    found["flags"] = sorted(order.index(id.partition("/")[2]) for id in dict(study.record.table("flags").stream()))
    return found


def questions(study: Study) -> Iterator[tuple[Question, bool]]:
    """Each question in order, and whether it is answered rightly: every third is not."""
    session = study.final("c11")
    for number in range(1, 9):
        question = session.question(number)
        assert question is not None
        yield question, number % 3 != 0


async def test_a_final_form_is_taken_alike(fresh: Any) -> None:
    study = fresh("screen")
    async with screen(study) as pilot:
        await press(pilot, *["down"] * 3, "enter", *["down"] * (row_of_form(study) - 1), "enter", "enter")
        for question, well in questions(study):
            if question.number in (2, 5):
                box = pilot.app.screen.query_one(QuestionBox)
                typing = isinstance(question.form, Write | Blanks | Predict)
                out = ["tab"] * len([line for line in box.query("LineInput") if line.display])
                await press(pilot, *(out if typing else ()), "m", *(["enter"] if typing else ()))
            await press(pilot, *keys(question.form, meant(study, question, well)), str(SURE))
        await press(pilot, *(["tab"] * 3), "o", "2", "m", "f")

    other = fresh("lines")

    def whole() -> Iterator[str]:
        for question, well in questions(other):
            if question.number in (2, 5):
                yield "m"
            yield from (*lines(question.form, meant(other, question, well)), str(SURE))

    typed(other, "capstone", str(row_of_form(other)), "", whole(), "o", "2", "m", "f", "q", "q", "q")
    found = kept(other)
    (attempt,) = found["attempts"].values()
    assert (attempt["state"], attempt["form"], attempt["quiz"]) == ("done", "final", "c11")
    assert 0 < attempt["score"] < 1
    assert found["flags"] == [4]
    assert len(found["cards"]) == 8
    assert any("range" in answer for answer in found["answers"].values())
    assert found == kept(study)
