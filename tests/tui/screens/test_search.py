"""Search: type, enter, choose, and be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.study.state.notes import write_note
from dev2cto.study.study import Study
from dev2cto.tui.screens import search as search_screen
from dev2cto.tui.screens.filtered import FilterInput
from dev2cto.tui.screens.search import SearchInput
from dev2cto.tui.widgets.rows import Rows
from tests.support.fake_learner import asked_in_quiz, take
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import open_study


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


@pytest.mark.parametrize("way", [("shift+tab",), ("slash", "tab", "end")])
async def test_other_words_can_be_searched_for(study: Study, way: tuple[str, ...]) -> None:
    async with opened(study) as driver:
        await search(driver, "percentile")
        await driver.press(*way)
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


async def test_places_are_listed_while_words_are_typed(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_screen, "DELAY", 0.001)
    async with opened(study) as driver:
        await driver.press("slash")
        await driver.type("percen")
        await driver.listed("2 places")
        assert "The tail" in driver.text
        assert driver.name == "SearchPage"
        await driver.type("tilq")
        await driver.listed("No results for 'percentilq'; 2 places for 'percentile'")
        await driver.press("down")
        assert driver.row == "hit0"
        await driver.press("shift+tab", "end", "x")
        await driver.listed("percentilqx")


async def test_nothing_is_searched_for_before_the_keys_pause(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_screen, "DELAY", 3600)
    async with opened(study) as driver:
        await driver.press("slash")
        await driver.type("percen")
        assert "places" not in driver.text
        await driver.press("enter")
        assert "2 places" in driver.text
        assert driver.row == "hit0"


async def test_the_words_searched_for_last_are_there_to_be_changed(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "percentile")
        await driver.press("q", "slash")
        assert "   percentile" in driver.text
        assert "2 places" in driver.text
        await driver.press("end", "backspace", "enter")
        assert "   percentil\n" in driver.text
        await driver.press("q")
        await search(driver, "token")
        assert "   token\n" in driver.text, "typing replaces them"


async def test_what_was_found_is_bright(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "repeated calls")
        row = driver.page.query_one(Rows).rows[0]
        bright = [span.text for span in row.spans[2:] if span.style == "bold"]
        assert {"calls", "repeated"} <= set(bright)
        assert "of the" in "".join(span.text for span in row.spans[2:] if span.style == "muted")


async def test_a_long_list_comes_back_with_the_cursor_in_view(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await search(driver, "a")
        rows = driver.page.query_one(Rows)
        await driver.press("end")
        last = rows.cursor
        await driver.press("enter")
        assert driver.name != "SearchPage"
        await driver.press("q")
        frame = rows.scroller()
        assert frame is not None
        assert rows.cursor == last > 3
        assert rows.shows_cursor(frame)


async def test_places_are_filtered_like_other_lists(study: Study, tmp_path: Path) -> None:
    async with opened(study) as driver:
        await search(driver, "the")
        rows = driver.page.query_one(Rows)
        every = len(rows.rows)
        assert every > 3
        assert "/ filter" in driver.keys
        await driver.press("slash")
        await driver.type("longer")
        assert 0 < len(rows.rows) < every
        await driver.press("escape")
        assert len(rows.rows) == every
        await driver.press("slash")
        await driver.type("longer")
        study.record.save_and_close()
        left = len(rows.rows)
    again = open_study(tmp_path / "records")
    async with opened(again, resume=True) as driver:
        rows = driver.page.query_one(Rows)
        assert driver.name == "SearchPage"
        assert len(rows.rows) == left
        assert driver.page.query_one(FilterInput).value == "longer"
        await driver.press("enter")
        assert driver.name != "SearchPage"
        await driver.press("q")
        assert len(driver.page.query_one(Rows).rows) == left, "the filter is still there"
    again.record.close()


async def test_other_words_are_searched_for_from_the_places_and_their_filter(study: Study) -> None:
    async with opened(study) as driver:
        await search(driver, "tim")
        await driver.press("shift+tab", "end")
        await driver.type("e")
        assert driver.page.query_one(SearchInput).value == "time"
        await driver.press("tab")
        assert driver.page.query_one(Rows).has_focus
        await driver.press("slash")
        await driver.type("percentile")
        await driver.press("tab", "enter")
        assert driver.page.query_one(SearchInput).value == "percentile"
        assert "2 places" in driver.text
        assert driver.name == "SearchPage"
        await driver.press("q")
        assert driver.name == "HomePage", "the search is not opened twice"


async def test_one_place_has_nothing_to_filter(study: Study) -> None:
    write_note(study, "s-contracts#twice", "A walrus waits.")
    async with opened(study) as driver:
        await search(driver, "walrus")
        await driver.press("slash")
        assert driver.page.query_one(SearchInput).has_focus
