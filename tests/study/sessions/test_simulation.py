"""A simulation in the record: begun, killed and resumed, reset, merged, changed by its author, played again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dev2cto.errors import CourseError, UsageError
from dev2cto.study.queries.unsaved_drafts import unsaved_drafts
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.study import Study
from tests.support.fake_learner import simulate
from tests.support.studies import COURSE, FakeClock, open_study

ID = "t-x-two-quarters"


def opened(study: Study) -> SimulationSession:
    session = study.exercise(ID)
    assert isinstance(session, SimulationSession)
    return session


def state(study: Study) -> str:
    return next(part.state for part in study.step("t2").parts if part.id == ID)


def test_opening_it_writes_nothing_and_beginning_keeps_the_seed(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    session = opened(study)
    assert study.record.table("attempts").all() == []
    session.begin()
    seed = session.state.seed
    study.record.close()
    again = open_study(tmp_path, clock)
    assert opened(again).state.seed == seed
    assert state(again) == "begun"


def test_amounts_stay_within_what_there_is(study: Study) -> None:
    session = opened(study)
    session.begin()
    assert session.give("weeks", "features", 44) == 40
    assert session.give("weeks", "repair", 100) == 20
    assert (session.left("weeks"), session.room("weeks", "features")) == (0, 40)
    assert session.give("weeks", "features", -5) == 0
    assert session.room("weeks", "repair") == 40
    assert [a.budget.id for a in session.unspent] == ["weeks", "hires"]
    with pytest.raises(UsageError, match="must be allocated"):
        session.divide()
    assert study.record.table("submissions").all() == []


def test_amounts_that_are_being_chosen_come_back_after_a_kill(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    session = opened(study)
    session.begin()
    session.give("weeks", "features", 35)
    session.give("hires", "support", 1)
    study.record.save_live()
    again = open_study(tmp_path, clock, readonly=True)
    assert opened(again).amounts == {"weeks": {"features": 35, "repair": 0}, "hires": {"engineers": 0, "support": 1}}
    assert unsaved_drafts(again) == ()
    study.record.close()


def test_every_decision_is_kept_at_once(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    session = simulate(study, periods=1)
    session.give("weeks", "features", 60)
    session.give("weeks", "repair", 20)
    session.divide()
    assert session.state.asked is not None
    gauges = dict(session.state.gauges)
    study.record.close()
    again = open_study(tmp_path, clock)
    resumed = opened(again)
    assert resumed.state.asked is not None
    assert dict(resumed.state.gauges) == gauges
    resumed.decide("plainly")
    assert resumed.ended
    assert state(again) == "done"
    assert not again.record.table("drafts").all()


def test_it_is_played_again_with_another_seed_and_both_plays_are_kept(study: Study, clock: FakeClock) -> None:
    first = simulate(study)
    seed = first.state.seed
    first.replay()
    assert first.state.seed != seed
    assert (first.ended, first.state.reports) == (False, ())
    clock.pass_(minutes=5)
    second = simulate(study)
    assert [run.present for run in second.runs()] == [False, True]
    assert second.runs()[1].gauges == second.state.gauges
    assert second.outlook().seeds == 1000
    assert state(study) == "done"


def test_a_reset_begins_again_and_can_be_undone(study: Study, clock: FakeClock) -> None:
    simulate(study)
    clock.pass_(minutes=1)
    id = reset(study, "exercise", ID)
    assert (opened(study).ended, opened(study).runs(), state(study)) == (False, (), "not begun")
    undo(study, id)
    assert opened(study).ended


def test_a_play_of_another_machine_is_merged(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path / "laptop", clock, device="laptop")
    server = open_study(tmp_path / "server", clock, device="server")
    played = simulate(server, periods=1)
    clock.pass_(minutes=1)
    laptop.merge([server.record.directory])
    assert opened(laptop).state.reports == played.state.reports
    laptop.record.close()
    server.record.close()


def test_another_session_that_went_on_is_taken_in(study: Study) -> None:
    one = opened(study)
    one.begin()
    assert not one.sync()
    other = simulate(study, periods=1)
    assert one.sync()
    assert one.state.reports == other.state.reports


def test_a_play_that_no_longer_fits_the_file_is_put_aside(tmp_path: Path, clock: FakeClock) -> None:
    course = shutil.copytree(COURSE, tmp_path / "course")
    study = open_study(tmp_path / "records", clock, course=course)
    simulate(study, periods=1)
    study.record.close()
    file = course / "modules/02-weighing/exercises/quarters/exercise.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("step: 5", "step: 7").replace("10 * p", "7 * p"))
    again = open_study(tmp_path / "records", clock, course=course)
    session = opened(again)
    assert "your old play is kept" in session.changed
    assert session.state.reports == ()
    assert [doc["state"] for doc in again.record.table("attempts").all()] == ["left"]


def test_a_formula_without_a_value_is_a_mistake_of_the_course(tmp_path: Path, clock: FakeClock) -> None:
    course = shutil.copytree(COURSE, tmp_path / "course")
    file = course / "modules/02-weighing/exercises/quarters/exercise.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("speed: 1 -", "speed: 1 / (debt - 40) -"))
    study = open_study(tmp_path / "records", clock, course=course)
    with pytest.raises(CourseError, match="divides by zero"):
        study.exercise(ID)


def test_a_play_that_an_earlier_version_began_goes_on(study: Study) -> None:
    """It kept the periods, and the hints, in the attempt's own document."""
    begun = simulate(study, periods=1)
    periods = [moves.document() for moves in begun.state.moves]
    attempts = study.record.table("attempts")
    attempts.put(begun.attempt.id, {**begun.attempt.doc, "periods": periods, "hints": 1, "helped": True})
    study.record.table("choices").truncate()
    session = opened(study)
    assert [moves.document() for moves in session.state.moves] == periods
    assert (session.attempt.hints_shown, session.attempt.helped) == (1, True)
    assert session.attempt.hint(("first", "second")) == "second"
    assert session.attempt.hint(("first", "second")) is None
    ended = simulate(study)
    assert ended.ended
    assert ended.state.reports[:1] == begun.state.reports
    assert opened(study).state.gauges == ended.state.gauges
