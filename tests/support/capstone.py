"""The capstone of the sample course, cut-down copies of that course, and a learner who takes its final form."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from pathlib import Path

from dev2cto.study.queries.question_models import Feedback, QuizResult
from dev2cto.study.sessions.final import FinalSession
from dev2cto.study.study import Study
from tests.support.fake_learner import given
from tests.support.studies import COURSE

FINAL = {
    "c1-f-three", "c1-f-code", "c1-f-all", "c1-f-steps", "c1-f-word",
    "c2-f-signals", "c2-f-owner", "c2-f-pairs", "c2-f-days", "c2-f-blank",
}  # fmt: skip
"""The items that the final form draws from; it asks eight of the ten."""


def without_exercises(folder: Path) -> Path:
    """The sample course with nothing in its capstone but a reading and the final form."""
    course = Path(shutil.copytree(COURSE, folder / "bare", dirs_exist_ok=True))
    replace_line(course / "modules/11-capstone/module.yaml", "exercises: []")
    return course


def cut_short(folder: Path) -> Path:
    """The sample course with quizzes of four questions and without what takes longest in its second step."""
    course = Path(shutil.copytree(COURSE, folder / "short"))
    replace_line(course / "course.yaml", "quiz_length: 4")
    replace_line(course / "modules/02-weighing/module.yaml", "exercises: [t-x-note, t-x-self, t-x-two-quarters]")
    return course


def replace_line(file: Path, line: str) -> None:
    """Write that line in the place of the one that begins with the same key."""
    key = line.partition(":")[0]
    file.write_text(re.sub(rf"^{key}: .*$", line, file.read_text("utf-8"), flags=re.M), "utf-8")


def row_of_form(study: Study) -> int:
    """The number that the final form has in its step's list."""
    return [part.part for part in study.step("c11").parts].index("final") + 1


def answer(session: FinalSession, number: int, *, well: bool = True) -> str:
    """Answer question `number`; its item."""
    question = session.question(number)
    assert question is not None
    feedback = session.answer(question, given(session.study, question, well=well))
    assert isinstance(feedback, Feedback)
    assert feedback.hidden
    return question.item


def take_final(session: FinalSession, *, miss: Collection[str] = (), leave: int = 0) -> QuizResult:
    """Answer all questions but the last `leave`, wrongly what is to be missed, and finish."""
    for number, id in enumerate(session.order[: len(session.order) - leave], 1):
        answer(session, number, well=id not in miss)
    return session.finish()
