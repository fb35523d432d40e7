"""Ranges given before numbers, from the answers to the progress screen of both front ends."""

from __future__ import annotations

from dev2cto.items.numeric import Numeric
from dev2cto.study.queries.progress import progress
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed

ITEM = "s-budget-sum"


def predict(study: Study, below: float, above: float) -> None:
    """Answer the question rightly, with a range from so much below to so much above the answer; then leave the quiz."""
    session = study.quiz("t1")
    question = session.question(session.order.index(ITEM) + 1)
    assert question is not None
    item = session._items[ITEM]
    assert isinstance(item, Numeric)
    right = item.value(question.draw)
    session.answer(question, SubmittedAnswer((f"{right - below!r}", f"{right + above!r}", f"{right!r}"), 2))
    session.leave()


def predicted(study: Study, clock: FakeClock) -> None:
    """Five ranges, of which two hold; the second week's are better."""
    for n in range(5):
        if n == 3:
            clock.pass_(days=7)
        clock.pass_(hours=1)
        predict(study, *((-10, 20) if n < 3 else (10, 10)))


def test_they_are_counted_with_their_scores_by_week(study: Study, clock: FakeClock) -> None:
    predicted(study, clock)
    found = progress(study).ranges
    assert (found.track.given, found.track.held, found.track.fit) == (5, 2, "too narrow")
    first, last = (score for score in found.scores if score is not None)
    assert first > last
    assert found.scores[-1] == last


async def test_both_front_ends_show_them(study: Study, clock: FakeClock) -> None:
    predicted(study, clock)
    sentence = "They are too narrow: 40 % hold the answer where 90 % would be honest."
    async with opened(study, (80, 60)) as driver:
        await driver.press("p")
        while "score by week" not in driver.text:
            await driver.press("pagedown")
        assert "40 % of 5 ranges, 90 % claimed" in driver.flat
        assert sentence in driver.flat
        await driver.press("ctrl+q")
    words = typed(open_study(study.record.directory.parent, clock), "p", "q", "q")
    shows(words, "Held the answer: 40 % of 5 ranges, 90 % claimed", sentence, "Score by week:", "0 is perfect")
