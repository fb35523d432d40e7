"""Cues: highlights that reviews ask about, scheduled like questions and rated by the learner."""

from __future__ import annotations

from dev2cto.study.queries.home import due_count, location_left
from dev2cto.study.queries.passages import text_of
from dev2cto.study.sessions.cues import CueSession, due_cues
from dev2cto.study.state.highlights import Highlight, add_highlight, highlights, remove_highlight, toggle_cue
from dev2cto.study.state.notes import write_note
from dev2cto.study.state.rebuild import card
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock, open_study_in
from tests.support.typist import typed


def marked(study: Study, words: str = "A limit that outlives its caller protects nobody.") -> Highlight:
    """A highlight that reviews ask about."""
    text = text_of(study, study.curriculum.reading("s-contracts"), "limits").text
    first = text.index(words)
    made = add_highlight(study, "s-contracts", "limits", text, first, first + len(words))
    toggle_cue(study, made)
    return next(each for each in highlights(study) if each.id == made.id)


def test_a_cue_is_the_note_or_how_the_passage_begins(study: Study) -> None:
    made = marked(study)
    cue = CueSession(study).cue()
    assert cue is not None
    assert (cue.asked, cue.own) == ("A limit that outlives ...", False)
    write_note(study, f"highlight:{made.id}", "Which limits are useless?")
    cue = CueSession(study).cue()
    assert cue is not None
    assert (cue.asked, cue.own) == ("Which limits are useless?", True)


def test_what_was_recalled_comes_back_later_and_what_was_not_at_once(study: Study, clock: FakeClock) -> None:
    marked(study)
    session = CueSession(study)
    session.rate(1)
    assert session.cue() is not None
    session.rate(3)
    assert session.cue() is None
    assert session.known == 1
    assert due_cues(study) == ()
    clock.pass_(days=60)
    assert len(due_cues(study)) == 1


def test_cues_are_rebuilt_from_their_reviews_and_are_no_questions(study: Study, clock: FakeClock) -> None:
    made = marked(study)
    CueSession(study).rate(3)
    rebuilt = card(study, f"highlight:{made.id}")
    assert rebuilt is not None
    assert study.progress.card(f"highlight:{made.id}") == rebuilt.document()
    clock.pass_(days=60)
    assert due_count(study) == 0
    assert study.review().total == 0


def test_a_removed_highlight_is_no_longer_asked(study: Study) -> None:
    made = marked(study)
    remove_highlight(study, made.id)
    assert due_cues(study) == ()
    assert CueSession(study).cue() is None


async def test_cues_follow_a_review_and_are_kept_over_a_lost_line(study: Study) -> None:
    marked(study)
    async with opened(study) as driver:
        await driver.press("r")
        assert "Your own cues: 1 due" in driver.text
        await driver.press("1")
        assert driver.name == "CuesPage"
        await driver.press("1")
        assert "protects nobody" in driver.text
        kept = study.last_place()
    assert kept is not None
    async with opened(study) as driver:
        driver.app.go(kept[0])
        await driver.settle()
        assert "protects nobody" in driver.text
        await driver.press("3")
        assert "1 passage recalled" in driver.text
    assert due_cues(study) == ()


async def test_the_notebook_turns_a_highlight_into_a_cue(study: Study) -> None:
    made = marked(study)
    async with opened(study) as driver:
        await driver.press("n")
        await driver.to_row(f"highlight:{made.id}")
        await driver.press("a")
        assert not highlights(study)[0].cue
        await driver.press("u")
        assert highlights(study)[0].cue
        assert "asked in reviews" in driver.text


def test_cues_in_plain_mode(study: Study) -> None:
    marked(study)
    directory = study.record.directory
    text = typed(study, "n", "a 1", "a 1", "q", "r", "c", "", "3", "q")
    shows(text, "Reviews no longer ask", "Reviews will ask", "Your own cues: 1 due", "How does the passage go on?")
    shows(text, "A limit that outlives ...", "protects nobody", "3. At once", "Done: 1 passage recalled.")
    assert due_cues(open_study_in(directory, FakeClock())) == ()


def test_what_is_left_is_gone_on_with_on_the_same_day(study: Study, clock: FakeClock) -> None:
    first, second = marked(study), marked(study, "The gateway gives up")
    session = CueSession(study)
    session.rate(1)
    session.rate(3)
    place = session.location(shown=True)
    again = CueSession(study, place)
    assert (again.known, again.total) == (1, 2)
    assert again.cue() == session.cue()
    assert place.ids == (first.id,)
    found = location_left(study, study.progress.completed_work(), place)
    assert found is not None
    assert (found.title, found.note) == ("Cues", "1 left")
    clock.pass_(days=60)
    assert CueSession(study, place).total == 2
    assert location_left(study, study.progress.completed_work(), place) is None
    assert {first.id, second.id} == {each.id for each in due_cues(study)}


def test_after_the_cues_one_continues_where_one_studied(study: Study) -> None:
    marked(study)
    text = typed(study, "2", "1", "q", "q", "r", "c", "", "3", "q")
    assert text.rpartition("Continue: ")[2].startswith("Step 2 / Half of them wait longer")
