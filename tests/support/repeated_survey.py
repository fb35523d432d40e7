"""The test course with a survey that repeats the statements of its first one."""

from __future__ import annotations

import shutil
from pathlib import Path

from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_PLAN
from tests.support.studies import COURSE, FakeClock, open_study

AGAIN = """\
id: t-x-self-again
kind: survey
title: Where you are now
minutes: 10
objectives: [t-decide]
brief: |
  Rate yourself again.
again: t-x-self
file: 99_reflection.md
template: |
  # My plan

  ## Why

  ## Hours a week
"""


def course_with_again(folder: Path) -> Path:
    """A copy of the test course with that survey at the end of its second step."""
    course = shutil.copytree(COURSE, folder / "course")
    place = course / "modules/02-weighing/exercises/self-again"
    place.mkdir()
    (place / "exercise.yaml").write_text(AGAIN, encoding="utf-8")
    head = course / "modules/02-weighing/module.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("t-x-self,", "t-x-self, t-x-self-again,"), "utf-8")
    return course


def repeating_study(folder: Path, clock: FakeClock) -> Study:
    """A study of that course."""
    return open_study(folder / "records", clock, course=course_with_again(folder))


def survey(study: Study, id: str) -> SurveySession:
    """A session of that survey."""
    session = study.exercise(id)
    assert isinstance(session, SurveySession)
    return session


def rate(session: SurveySession, *ratings: tuple[int, int]) -> None:
    """Rate all statements in order and submit a plan."""
    for statement, (rating, confidence) in zip(session.exercise.statements, ratings, strict=True):
        session.rate(statement.id, rating, confidence)
    session.submit(GOOD_PLAN)
