"""A survey that repeats the statements of another, and is compared with its first taking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dev2cto.course.check.check import check_course
from dev2cto.errors import CourseError
from dev2cto.presenters.survey_text import then_and_now_words
from dev2cto.study.study import Study
from tests.support.repeated_survey import AGAIN, FIRST, rate, survey
from tests.support.studies import COURSE, FakeClock, open_study


def test_it_has_the_statements_and_scales_of_the_one_it_repeats(study: Study) -> None:
    one, two = survey(study, FIRST).exercise, survey(study, AGAIN).exercise
    assert two.statements == one.statements
    assert (two.scale, two.confidence, two.subjects) == (one.scale, one.confidence, one.subjects)
    assert (two.file, two.title) == ("99_reflection.md", "Where you stand now")


def test_it_is_compared_with_the_first_taking_of_the_other(study: Study, clock: FakeClock) -> None:
    first = survey(study, FIRST)
    rate(first, (1, 0), (2, 2), (0, 1))
    first.again()
    clock.pass_(days=10)
    rate(survey(study, FIRST), (3, 2), (3, 2), (3, 2))
    clock.pass_(days=10)
    later = survey(study, AGAIN)
    rate(later, (2, 1), (1, 2), (3, 2))
    one, two = later.shifts()
    assert (one.before.rating, one.after.rating, one.change) == (1.5, 1.5, 0)
    assert (one.before.confidence, one.after.confidence) == (1, 1.5)
    assert (two.before.rating, two.after.rating, two.change) == (0, 3, 3)
    assert one.overturned == ("s2",)
    assert list(then_and_now_words(later)) == [
        "Then (20 days ago) and now, of 3:",
        "Calls that may fail: 1.5 then, 1.5 now, +0.0; how sure: fairly sure then, sure now",
        "Weighing and measuring: 0.0 then, 3.0 now, +3.0; how sure: fairly sure then, sure now",
    ]


def test_without_a_first_taking_there_is_nothing_to_compare(study: Study) -> None:
    later = survey(study, AGAIN)
    rate(later, (2, 1), (1, 2), (3, 2))
    assert later.shifts() == ()
    assert "nothing to compare" in next(then_and_now_words(later))
    assert next(p.state for p in study.step("c11").parts if p.id == AGAIN) == "done"


def test_a_survey_of_its_own_is_compared_with_its_own_takings_alone(study: Study, clock: FakeClock) -> None:
    rate(survey(study, AGAIN), (2, 1), (1, 2), (3, 2))
    clock.pass_(days=1)
    first = survey(study, FIRST)
    rate(first, (1, 0), (2, 2), (0, 1))
    assert first.before() is None


@pytest.mark.parametrize(
    ("old", "new", "code", "reason"),
    [
        ("again: t-x-self\n", "again: t-x-selfie\n", "C434", "did you mean 't-x-self'"),
        ("again: t-x-self\n", "again: t-x-friday\n", "C434", "no survey t-x-friday"),
        ("again: t-x-self\n", "again: c11-x-self\n", "C434", "no survey c11-x-self"),
        ("again: t-x-self\n", "", "X576", "'statements' is missing"),
        ("again: t-x-self\n", "again: t-x-self\nsubjects: {a: b}\n", "X575", "the statements are those of"),
    ],
)
def test_a_survey_that_cannot_be_repeated_is_found(
    tmp_path: Path, clock: FakeClock, old: str, new: str, code: str, reason: str
) -> None:
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    file = course / "modules/11-capstone/exercises/self-again/exercise.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = [p for p in check_course(course, clock.now().date()) if p.path.endswith("self-again/exercise.yaml")]
    assert {p.code for p in found} == {code}
    assert any(reason in p.message + p.hint for p in found), [str(p) for p in found]
    with pytest.raises(CourseError):
        open_study(tmp_path / "records", clock, course=course).exercise(AGAIN)
