"""The survey of the capstone, which repeats the statements of the one in the second step."""

from __future__ import annotations

from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_PLAN

FIRST, AGAIN = "t-x-self", "c11-x-self"


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
