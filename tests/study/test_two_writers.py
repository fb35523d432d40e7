"""Two sessions in one exercise, side by side and on two machines: what either did is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.study import Study
from tests.support.fake_learner import write
from tests.support.studies import FakeClock, open_study

Pair = tuple[Study, Study]


@pytest.fixture(params=["side by side", "two machines"])
def pair(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[Pair]:
    """Two writers of one record, or of two records that are merged by `meet`."""
    apart = request.param == "two machines"
    one = open_study(tmp_path / "laptop", clock, device="laptop")
    two = open_study(tmp_path / ("server" if apart else "laptop"), clock, device="server")
    yield one, two
    one.record.close()
    two.record.close()


def meet(*studies: Study) -> None:
    """Each takes in what the other wrote."""
    one, two = studies
    if one.record.directory != two.record.directory:
        one.merge([two.record.directory])
        two.merge([one.record.directory])
    for study in studies:
        study.record.refresh()


def survey(study: Study) -> SurveySession:
    session = study.exercise("t-x-self")
    assert isinstance(session, SurveySession)
    return session


def test_ratings_of_a_survey_are_all_kept(pair: Pair) -> None:
    sessions = [survey(study) for study in pair]
    statements = [statement.id for statement in sessions[0].exercise.statements]
    assert len(statements) >= 3
    for number, statement in enumerate(statements):
        sessions[number % 2].rate(statement, number % 4, 1)
    meet(*pair)
    wanted = {statement: (number % 4, 1) for number, statement in enumerate(statements)}
    for study in pair:
        assert survey(study).answers == wanted
        assert survey(study).missing == ()
    again = survey(pair[0])
    again.again()
    assert survey(pair[0]).answers == {}


def test_ratings_of_a_text_are_all_kept(pair: Pair) -> None:
    version = str(write(pair[0], rating=1).versions()[-1]["id"])
    meet(*pair)
    sessions = []
    for study, rating in zip(pair, (3, 2), strict=True):
        session = study.exercise("t-x-note")
        assert isinstance(session, ArtefactSession)
        sessions.append((session, rating))
    first, last = (sessions[0][0].exercise.rubric[at].id for at in (0, -1))
    assert first != last
    sessions[0][0].rate(version, {first: 3})
    sessions[1][0].rate(version, {last: 2})
    meet(*pair)
    for session, _ in sessions:
        assert (session.ratings(version)[first], session.ratings(version)[last]) == (3, 2)


def scenario(study: Study) -> ScenarioSession:
    session = study.exercise("t-x-friday")
    assert isinstance(session, ScenarioSession)
    return session


def test_choices_of_a_scenario_make_one_path_or_the_other(pair: Pair) -> None:
    """Both decide the same scene in the same play; the latest path is continued, and the other one is kept."""
    first = scenario(pair[0])
    first.decide(first.offered[0].id)
    meet(*pair)
    sessions = [scenario(study) for study in pair]
    assert [session.state.choices for session in sessions] == [first.state.choices] * 2
    for session, at in zip(sessions, (0, -1), strict=True):
        session.decide(session.offered[at].id)
    paths = [session.state.choices for session in sessions]
    assert paths[0] != paths[1]
    meet(*pair)
    for study in pair:
        session = scenario(study)
        assert session.changed == ""
        assert session.state.choices in paths
        assert len(study.record.table("choices")) == 3
    assert scenario(pair[0]).state == scenario(pair[1]).state
