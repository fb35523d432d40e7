"""Highlights: found again in a text that changed, reported when it changed too much, never lost themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from dev2cto.presenters.highlight_text import LOST, highlight_line
from dev2cto.presenters.search_text import hit_location
from dev2cto.study.queries.passages import is_lost, locate, text_of
from dev2cto.study.queries.search import search_all
from dev2cto.study.state.highlights import (
    Highlight,
    add_highlight,
    anchor_location,
    highlight_location,
    highlights,
    remove_highlight,
)
from dev2cto.study.state.notes import HIGHLIGHT, notes, write_note
from dev2cto.study.study import Study
from tests.support.studies import COURSE, FakeClock, open_study

READING = "modules/01-calls/readings/1-contracts.yaml"
PASSAGE = "A limit that outlives its caller protects nobody."


def mark(study: Study, section: str = "limits", words: str = PASSAGE) -> Highlight:
    """Highlight these words of the first reading."""
    text = text_of(study, study.curriculum.reading("s-contracts"), section).text
    first = text.index(words)
    return add_highlight(study, "s-contracts", section, text, first, first + len(words))


def revised(tmp_path: Path, clock: FakeClock, change: Callable[[str], str]) -> Study:
    """A study of the course with its first reading changed, on the same record."""
    course = Path(shutil.copytree(COURSE, tmp_path / "course", dirs_exist_ok=True))
    file = course / READING
    new = change(file.read_text())
    assert new != file.read_text()
    file.write_text(new)
    return open_study(tmp_path / "records", clock, course=course)


def begun(tmp_path: Path, clock: FakeClock) -> Highlight:
    """A highlight that was made before the course changed."""
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    study = open_study(tmp_path / "records", clock, course=course)
    made = mark(study)
    study.record.close()
    return made


def test_a_passage_is_marked_once(study: Study) -> None:
    assert mark(study).id == mark(study).id
    assert [found.quotation.exact for found in highlights(study)] == [PASSAGE]
    assert highlights(study, "t-measuring") == ()


def test_a_highlight_follows_small_changes(tmp_path: Path, clock: FakeClock) -> None:
    begun(tmp_path, clock)
    study = revised(tmp_path, clock, lambda text: text.replace("protects nobody", "protects no one at all"))
    (found,) = highlights(study)
    spot = locate(study, study.curriculum.reading("s-contracts"), found)
    assert spot is not None
    text = text_of(study, study.curriculum.reading("s-contracts"), "limits").text
    assert text[spot.first : spot.last] == "A limit that outlives its caller protects no one at all."
    assert LOST not in highlight_line(study, found)[1]


def test_a_highlight_follows_into_another_section(tmp_path: Path, clock: FakeClock) -> None:
    begun(tmp_path, clock)

    def moved(text: str) -> str:
        return text.replace(PASSAGE, "Nothing.").replace("was lost, not a new wish.", f"was lost. {PASSAGE}")

    study = revised(tmp_path, clock, moved)
    spot = locate(study, study.curriculum.reading("s-contracts"), highlights(study)[0])
    assert spot is not None
    assert spot.section == "retry"


def test_a_highlight_whose_text_is_gone_says_so_and_keeps_its_words(tmp_path: Path, clock: FakeClock) -> None:
    begun(tmp_path, clock)
    study = revised(tmp_path, clock, lambda text: text.replace(PASSAGE, "Callers wait for less time than callees."))
    (found,) = highlights(study)
    assert is_lost(study, found)
    words, where = highlight_line(study, found)
    assert PASSAGE in words
    assert LOST in where


def test_a_removed_highlight_comes_back(study: Study) -> None:
    made = mark(study)
    undo = remove_highlight(study, made.id)
    assert highlights(study) == ()
    undo.run()
    assert highlights(study) == (made,)


def test_a_highlight_is_found_by_search_and_leads_to_its_passage(study: Study) -> None:
    made = mark(study)
    hit = next(hit for hit in search_all(study, "outlives caller protects").hits if hit.what == "highlight")
    assert hit_location(study, hit) == highlight_location(made)


def test_a_note_on_a_highlight_leads_there_as_long_as_there_is_one(study: Study) -> None:
    made = mark(study)
    write_note(study, f"{HIGHLIGHT}{made.id}", "My thought.")
    (note,) = notes(study)
    assert note.title == "Once is enough / Time that adds up / a highlight"
    assert anchor_location(study, note.anchor) == highlight_location(made)
    remove_highlight(study, made.id)
    (note,) = notes(study)
    assert note.text == "My thought."
    assert note.title == "a removed highlight"
    assert anchor_location(study, note.anchor) is None


def test_two_machines_keep_what_each_highlighted(tmp_path: Path, clock: FakeClock) -> None:
    one = open_study(tmp_path / "records", clock)
    two = open_study(tmp_path / "records", clock, device="server")
    mark(one)
    mark(two, "retry", "A repeated key is an answer that was lost, not a new wish.")
    one.record.refresh()
    assert len(highlights(one)) == 2
    one.record.close()
    two.record.close()
