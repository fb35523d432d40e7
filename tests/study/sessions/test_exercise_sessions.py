"""Exercises of every kind: begun, resumed, done for good, begun again."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from dev2cto.errors import NotSaved
from dev2cto.study.queries.progress import portfolio
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_NOTE, assess, calculate, decide, run, solve, write
from tests.support.studies import FakeClock, open_study, trusting


def state(study: Study, id: str) -> str:
    return next(part.state for part in study.step("t2").parts if part.id == id)


def calculation(study: Study) -> CalculationSession:
    session = study.exercise("t-x-waits")
    assert isinstance(session, CalculationSession)
    return session


def artefact(study: Study) -> ArtefactSession:
    session = study.exercise("t-x-note")
    assert isinstance(session, ArtefactSession)
    return session


def scenario(study: Study) -> ScenarioSession:
    session = study.exercise("t-x-friday")
    assert isinstance(session, ScenarioSession)
    return session


def lab(study: Study) -> CodeSession:
    session = trusting(study).exercise("t-x-adding")
    assert isinstance(session, CodeSession)
    return session


def survey(study: Study) -> SurveySession:
    session = study.exercise("t-x-self")
    assert isinstance(session, SurveySession)
    return session


def test_opening_an_exercise_writes_nothing(study: Study) -> None:
    for id in ("t-x-waits", "t-x-friday", "t-x-note", "t-x-self", "t-x-adding"):
        study.exercise(id)
    assert study.record.table("attempts").all() == []
    assert state(study, "t-x-waits") == "not begun"


def test_a_calculation_goes_on_with_the_same_values(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    session = calculation(study)
    first = session.question(0)
    session.answer(0, SubmittedAnswer(session.sheet.item(0).key(first.draw)))
    prompt = session.question(1).prompt
    study.record.close()
    again = open_study(tmp_path, clock)
    resumed = calculation(again)
    assert resumed.current == 1
    assert resumed.question(1).prompt == prompt
    assert resumed.question(0).given == session.question(0).given
    result = resumed.feedback(0)
    assert result is not None
    assert result.score == 1
    again.record.close()


def test_a_calculation_is_done_when_its_last_part_is_right(study: Study) -> None:
    session = calculation(study)
    session.answer(0, SubmittedAnswer("1"))
    assert state(study, "t-x-waits") == "begun"
    assert not session.solved[0]
    assert calculate(study).done
    assert state(study, "t-x-waits") == "done"


def test_a_calculation_taken_again_stays_done(study: Study, clock: FakeClock) -> None:
    session = calculate(study)
    clock.pass_(minutes=1)
    retry = session.again()
    assert not retry.done
    retry.answer(0, SubmittedAnswer("1"))
    assert state(study, "t-x-waits") == "done"


def test_an_opened_solution_marks_the_exercise_as_helped(study: Study) -> None:
    session = calculation(study)
    assert session.solution()
    calculate(study)
    assert next(part.note for part in study.step("t2").parts if part.id == "t-x-waits") == "helped"


def test_a_solution_opened_afterwards_is_no_help(study: Study) -> None:
    calculate(study).solution()
    assert next(part.note for part in study.step("t2").parts if part.id == "t-x-waits") == ""


def test_a_beginning_that_was_not_saved_loses_no_later_answer(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    session = calculation(study)
    key = session.sheet.item(0).key(session.question(0).draw)

    def full(fd: int, *rest: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr("os.pwrite", full)
        broken.setattr("os.write", full)
        with pytest.raises(NotSaved):
            session.answer(0, SubmittedAnswer(key))
    assert not session.attempt.begun
    session.answer(0, SubmittedAnswer(key))
    assert calculation(study).solved == (True, False)


def test_a_scenario_goes_on_where_it_was_left(study: Study) -> None:
    session = scenario(study)
    session.decide("hold")
    resumed = scenario(study)
    assert resumed.state == session.state
    assert state(study, "t-x-friday") == "begun"
    assert decide(study).ended
    assert state(study, "t-x-friday") == "done"


def test_a_scenario_is_replayed_and_remembers_its_endings(study: Study, clock: FakeClock) -> None:
    session = decide(study)
    seen = session.endings_seen
    clock.pass_(minutes=1)
    session.replay()
    assert not session.ended
    session.decide("ship")
    assert scenario(study).state.choices == ("ship",)
    assert scenario(study).endings_seen == seen != frozenset()
    assert state(study, "t-x-friday") == "done"


def test_an_artefact_needs_a_clean_text_and_every_rating(study: Study) -> None:
    low = write(study, rating=1)
    assert not low.done
    assert state(study, "t-x-note") == "begun"
    unclean = write(study, text="Too short.", rating=3)
    assert not unclean.done
    assert write(study).done
    assert len(artefact(study).versions()) == 3


def test_an_artefact_judged_lower_later_stays_done(study: Study, clock: FakeClock) -> None:
    session = write(study)
    clock.pass_(hours=1)
    submission = str(session.versions()[-1]["id"])
    session.rate(submission, {criterion.id: 0 for criterion in session.exercise.rubric})
    assert session.ratings(submission)["context"] == 0
    rebuild(study)
    assert session.done
    assert state(study, "t-x-note") == "done"


def test_an_artefact_begins_with_its_template_and_goes_on_with_the_draft(study: Study, clock: FakeClock) -> None:
    session = artefact(study)
    assert session.text == session.exercise.template
    session.keep("half a thou", 11)
    assert artefact(study).text == "half a thou"
    session.keep("", 0)
    assert artefact(study).text == ""
    clock.pass_(seconds=1)
    session.submit(GOOD_NOTE)
    assert artefact(study).text == GOOD_NOTE


def test_an_older_draft_from_elsewhere_does_not_replace_what_was_submitted(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path, clock, device="laptop")
    artefact(laptop).keep("written on the train")
    laptop.record.close()
    clock.pass_(minutes=5)
    server = open_study(tmp_path, clock, device="server")
    session = artefact(server)
    assert session.text == "written on the train"
    session.keep(GOOD_NOTE)
    clock.pass_(minutes=5)
    session.submit(GOOD_NOTE)
    assert session.text == GOOD_NOTE
    assert session.other_texts() == (("laptop.0", "written on the train"),)
    server.record.close()


def test_two_sessions_writing_the_same_text_keep_both(tmp_path: Path, clock: FakeClock) -> None:
    one, two = open_study(tmp_path, clock), open_study(tmp_path, clock)
    artefact(one).keep("the first")
    one.record.save_live()
    clock.pass_(seconds=2)
    artefact(two).keep("the second")
    two.record.save_live()
    one.record.refresh()
    assert artefact(one).text == "the second"
    assert [text for _, text in artefact(one).other_texts()] == ["the first"]
    one.record.close()
    two.record.close()


def test_a_very_long_text_comes_back_whole(study: Study) -> None:
    text = GOOD_NOTE + "word " * 30_000
    artefact(study).submit(text)
    assert artefact(study).text == text
    assert artefact(study).versions()[0]["text"] == text


def test_a_survey_keeps_each_rating_and_compares_two_takings(study: Study, clock: FakeClock) -> None:
    session = survey(study)
    session.rate("s1", 1, 0)
    assert survey(study).answers == {"s1": (1, 0)}
    assert not session.submit("too short")
    assert state(study, "t-x-self") == "begun"
    assert assess(study).done
    clock.pass_(days=90)
    later = survey(study)
    later.again()
    assert later.missing == ("s1", "s2", "s3")
    for statement in later.missing:
        later.rate(statement, 3, 2)
    assert later.shifts()
    assert state(study, "t-x-self") == "done"


def test_a_lab_is_done_when_its_checks_pass_and_keeps_what_was_checked(study: Study) -> None:
    assert not solve(study, passed=False).done
    assert state(study, "t-x-adding") == "begun"
    session = solve(study)
    assert session.done
    kept = list(study.record.table("submissions").all())
    assert [doc["passed"] for doc in kept] == [False, True]
    assert "sums.py" in kept[0]["files"]
    session.keep(run(False), session.begin().folder)
    assert state(study, "t-x-adding") == "done"


def test_hints_of_a_lab_are_counted_and_its_solution_is_marked(study: Study) -> None:
    session = lab(study)
    assert session.hint() is not None
    assert session.hint() is None
    assert lab(study).hints_shown == 1
    solution = session.solution()
    assert solution.text
    assert solution.difference
    assert solution.survivors == ()
    session.keep(run(True), session.begin().folder)
    assert next(part.note for part in study.step("t2").parts if part.id == "t-x-adding") == "helped"


def test_a_fresh_copy_leaves_the_old_one_as_it_was(study: Study) -> None:
    session = lab(study)
    first = session.begin().folder
    (first / "sums.py").write_text("# mine\n")
    second = session.fresh().folder
    assert second != first
    assert (first / "sums.py").read_text() == "# mine\n"
    assert session.folder == second


def test_the_portfolio_lists_what_was_written(study: Study) -> None:
    write(study)
    lines = {line.exercise: line for line in portfolio(study)}
    assert lines["t-x-note"].state == "done"
    assert lines["t-x-note"].file == "note-001.md"
    assert lines["t-x-self"].state == "not begun"
    assert study.home().portfolio_done == 1
