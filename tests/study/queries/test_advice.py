"""What to do next and why, reviews to come, and how sure the learner was week by week."""

from __future__ import annotations

from dev2cto.learning.mastery import Calibration
from dev2cto.markdown.layout import layout
from dev2cto.presenters.progress_text import calibration_words, progress_blocks
from dev2cto.presenters.weeks_text import week_minutes
from dev2cto.study.queries.advice import AHEAD, WEEKS
from dev2cto.study.queries.home import home_view
from dev2cto.study.queries.progress import progress
from dev2cto.study.study import Study
from tests.support.fake_learner import take
from tests.support.studies import FakeClock


def test_a_beginner_is_sent_to_the_first_part(study: Study) -> None:
    view = progress(study)
    assert [each.what for each in view.advice] == ["Step 1 / Once is enough"]
    assert view.ahead == (0,) * AHEAD
    assert view.sure == (None,) * WEEKS


def test_what_is_due_comes_first_and_then_what_went_worst(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    clock.pass_(days=30)
    view = progress(study)
    assert view.ahead[0] > 0
    first, second, *_ = view.advice
    assert first.what == f"Review {view.ahead[0]} questions"
    assert second.what == "Step 2: Read a distribution of waiting times"
    assert second.why.startswith("67 % right")


def test_reviews_to_come_are_on_the_days_on_which_review_and_home_have_them(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    coming = study.review().coming
    assert coming[:2] == (0, 1), "one is due tomorrow"
    assert progress(study).ahead == coming
    assert not any(each.what.startswith("Review") for each in progress(study).advice)
    clock.pass_(days=1)
    due = home_view(study).due
    assert due == coming[1]
    assert progress(study).ahead[0] == due
    assert progress(study).advice[0].what.startswith(f"Review {due} question")


def test_only_as_many_reviews_are_advised_as_a_day_has(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    study.set("daily_reviews", "1")
    clock.pass_(days=30)
    assert progress(study).ahead[0] > 1
    assert progress(study).advice[0].what == "Review 1 question"


def test_each_week_has_its_share_of_right_answers_when_sure(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    clock.pass_(days=7)
    take(study, study.quiz("t2"))
    *before, first, last = progress(study).sure
    assert set(before) == {None}
    assert first is not None
    assert first < 1
    assert last == 1


def test_minutes_are_added_up_by_week(study: Study) -> None:
    today = study.today()
    assert week_minutes({today: 600.0}, today) == [0] * (WEEKS - 1) + [10]


def test_sure_is_judged_from_ten_answers_on() -> None:
    assert calibration_words([Calibration(3, 9, 0.5)]) == ""
    assert "a little too often: 81 %" in calibration_words([Calibration(3, 42, 0.81)])
    assert "rely on it" in calibration_words([Calibration(3, 42, 0.95)])
    assert "rely on it: 90 %" in calibration_words([Calibration(3, 12, 0.897)]), "what is shown as 90 % is 90 %"


def test_words_say_what_the_columns_show(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"), miss=("t-q-mean",))
    clock.pass_(days=1)
    view = progress(study)
    words = " ".join(line.text for line in layout(progress_blocks(study, view, drawn=False)))
    drawn = " ".join(line.text for line in layout(progress_blocks(study, view, drawn=True)))
    for said in ("What to do next", "Reviews to come", "Weeks", "this week 0", "67 %"):
        assert said in words
        assert said in drawn
    assert "━" not in words
