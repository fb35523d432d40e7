"""Search: type, enter, choose, and be there."""

from __future__ import annotations

from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from dev2cto.tui.widgets.rows import Rows
from tests.support.fake_learner import asked_in_quiz, take
from tests.support.pilot_driver import Driver, opened


async def search(driver: Driver, words: str) -> None:
    """From home to what holds those words."""
    await driver.press("slash")
    await driver.type(words)
    await driver.press("enter")


async def test_it_finds_readings_and_terms_and_opens_them(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "percentile")
        assert "2 places" in driver.text
        assert "Step 2 / Half of them wait longer / The tail" in driver.text
        row = next(n for n, line in enumerate(driver.text.split("\n")) if "The tail" in line)
        await driver.press("1" if "1  Step 2" in driver.text.split("\n")[row] else "2")
        assert driver.name == "ReadingPage"
        await driver.press("q")
        assert driver.name == "SearchPage"
        assert "2 places" in driver.text


async def test_a_hit_opens_at_its_line(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await search(driver, "percentile")
        rows = driver.page.query_one(Rows).rows
        await driver.choose(next(row.id for row in rows if any("The tail" in span.text for span in row.spans)))
        assert driver.name == "ReadingPage"
        assert "match 1 of" in driver.notice
        assert "percentile" in driver.text.casefold()


async def test_nothing_found_says_what_finds_more(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "zebra crossing")
        assert "No results for 'zebra crossing'. Fewer or shorter words find more." in driver.flat
        await driver.press("tab", "q")
        assert driver.name == "HomePage"


async def test_no_words_are_asked_for(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "")
        assert "Type words to find." in driver.text


async def test_ones_own_words_are_found_with_what_they_answered_and_nothing_that_was_not_shown(study: Study) -> None:
    from dev2cto.study.queries.search import search_all
    from dev2cto.study.sessions.grading import SubmittedAnswer

    unseen = ("investor", "worried", "yardstick", "Blames", "Okafor")
    assert [word for word in unseen if search_all(study, word).hits] == []
    session, question = asked_in_quiz(study, "s-board")
    session.answer(question, SubmittedAnswer("Nine clinics, and a *walrus*."))
    assert [hit.target for hit in search_all(study, "investor").hits] == ["s-board"], "who spoke"
    assert [word for word in unseen[1:] if search_all(study, word).hits] == [], (
        "who may speak in a review, the replies, the markers"
    )
    async with opened(study) as driver:
        await search(driver, "walrus")
        assert "a question you answered" in driver.text
        assert "Nine clinics, and a *walrus*." in driver.flat or "Nine clinics, and a walrus." in driver.flat


async def test_ones_own_notes_are_found(study: Study) -> None:
    write_note(study, "s-contracts#twice", "A walrus waits.")
    async with opened(study) as driver:
        await search(driver, "walrus")
        assert "Your note:" in driver.text
        await driver.press("enter")
        assert driver.name == "NotePage"


async def test_a_question_is_found_only_once_it_was_answered(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "Five replicas")
        assert "No results" in driver.text
    take(study, study.quiz("t1"))
    async with opened(study) as driver:
        await search(driver, "Five replicas")
        assert "a question you answered" in driver.text


async def test_slash_leads_back_to_the_words(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "percentile")
        await driver.press("slash")
        assert "enter find" in driver.keys
        await driver.press(*["backspace"] * 10)
        await driver.type("token")
        await driver.press("enter")
        assert "A token in the request" in driver.text


async def test_words_and_the_row_are_there_again(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "percentile")
        await driver.press("down")
        shown = driver.text
    async with opened(study, resume=True) as driver:
        assert driver.text == shown
        await driver.press("q")
        assert driver.name == "HomePage"
