"""Promises, highlights, cues, the plan's day and readers' reviews: merged, reset, exported and found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dev2cto.export.record_json import record_json
from dev2cto.record.merge import merge
from dev2cto.study.queries.home import location_left
from dev2cto.study.queries.passages import text_of
from dev2cto.study.queries.search import search_all
from dev2cto.study.sessions.cues import CueSession, due_cues
from dev2cto.study.state.highlights import Highlight, add_highlight, highlights, toggle_cue
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import HIGHLIGHT, notes, write_note
from dev2cto.study.state.peer_reviews import PeerReview, keep_peer_review, peer_reviews
from dev2cto.study.state.promises import answer_promise, make_promise, promises, proposed
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.state.sync import refresh
from dev2cto.study.study import Study
from tests.support.fake_learner import write
from tests.support.studies import FakeClock, open_study

WORDS = "A limit that outlives its caller protects nobody."
ALL = {"promises", "outcomes", "highlights", "notes", "note_revs", "reviews", "peer_reviews", "settings"}


def mark(study: Study, words: str = WORDS) -> Highlight:
    """A highlight of these words."""
    text = text_of(study, study.curriculum.reading("s-contracts"), "limits").text
    first = text.index(words)
    return add_highlight(study, "s-contracts", "limits", text, first, first + len(words))


def review_by(reader: str, study: Study) -> PeerReview:
    """What that reader wrote on the latest version of a note."""
    (submission, *_) = dict(study.record.table("submissions").stream())
    return PeerReview(
        "t-x-note", submission, reader, "2027-01-31", {"context": 1}, {"": f"{reader} misses the reason."}
    )


def do_all(study: Study) -> None:
    """Each of them once."""
    make_promise(study, "s-contracts", proposed(study, "s-contracts"))
    answer_promise(study, promises(study)[0].id, "later", "Nobody logged a zeppelin.")
    made = mark(study)
    toggle_cue(study, made)
    write_note(study, f"{HIGHLIGHT}{made.id}", "Which limits are ornaments?")
    CueSession(study).rate(3)
    write(study)
    keep_peer_review(study, review_by("Anna", study))
    study.set("finish_by", "2027-06-30")


def kept(study: Study) -> dict[str, object]:
    """The documents of these tables."""
    return {name: dict(study.record.table(name).stream()) for name in ALL}


def meet(one: Study, two: Study) -> None:
    """Each takes in what the other one has."""
    for study, other in ((one, two), (two, one)):
        merge(study.record, [other.record.directory])
        refresh(study)


def test_two_machines_that_change_the_same_agree(tmp_path: Path, clock: FakeClock) -> None:
    """Both answer the promise, rate the cue, take in a reader, set a day; one takes the note, one the cue away."""
    one = open_study(tmp_path / "one", clock, device="laptop")
    do_all(one)
    two = open_study(tmp_path / "two", clock, device="server")
    meet(one, two)
    assert kept(one) == kept(two)
    clock.pass_(days=60)
    promise = promises(one)[0].id
    answer_promise(one, promise, "let go", "No time.")
    CueSession(one).rate(1)
    keep_peer_review(one, review_by("Berta", one))
    one.set("finish_by", "2027-03-01")
    (note,) = notes(one)
    write_note(one, note.anchor, "Which are not?", note.id)
    clock.pass_(minutes=1)
    answer_promise(two, promise, "kept", "Both had one.")
    CueSession(two).rate(3)
    keep_peer_review(two, review_by("Cleo", two))
    two.set("finish_by", "")
    toggle_cue(two, highlights(two)[0])
    make_promise(two, "s-contracts", proposed(two, "s-contracts")._replace(do="ask"))
    clock.pass_(minutes=1)
    meet(one, two)
    for study in (one, two):
        assert [made.life.state for made in promises(study)] == ["open", "kept"]
        assert set(promises(study)[1].notes) == {"Nobody logged a zeppelin.", "No time.", "Both had one."}
        (found,) = highlights(study)
        assert not found.cue
        assert [note.text for note in notes(study)] == ["Which are not?"]
        assert {review.reader for review, _ in peer_reviews(study)} == {"Anna", "Berta", "Cleo"}
        assert study.settings.finish_by == ""
    assert kept(one) == kept(two)
    assert one.progress.card(f"{HIGHLIGHT}{found.id}") == two.progress.card(f"{HIGHLIGHT}{found.id}")
    for study in (one, two):
        study.record.close()


@pytest.mark.parametrize("level", ["reading", "step", "all"])
def test_a_reset_leaves_what_was_written_and_marked(study: Study, clock: FakeClock, level: str) -> None:
    """Highlights are the learner's own writing, as notes are; a cue is asked again once everything begins again."""
    do_all(study)
    before = (highlights(study), notes(study), study.settings.finish_by)
    assert due_cues(study) == ()
    clock.pass_(minutes=1)
    id = reset(study, level, {"reading": "s-contracts", "step": "t1", "all": ""}[level])
    assert (highlights(study), notes(study), study.settings.finish_by) == before
    assert len(due_cues(study)) == (level == "all")
    assert {hit.what for hit in search_all(study, "ornaments").hits} == {"note"}
    undo(study, id)
    assert due_cues(study) == ()
    assert len(promises(study)) == 1


def test_a_search_finds_words_outcomes_and_notes(study: Study) -> None:
    do_all(study)
    found = {
        words: {hit.what for hit in search_all(study, words).hits} for words in ("zeppelin", "ornaments", "misses")
    }
    assert found == {"zeppelin": {"promise"}, "ornaments": {"note"}, "misses": {"review"}}
    assert "highlight" in {hit.what for hit in search_all(study, "outlives caller protects").hits}


def test_the_export_has_all_of_it(study: Study) -> None:
    do_all(study)
    exported = json.loads("".join(record_json(study.record, {"at": study.now()})))
    text = json.dumps(exported)
    for words in (WORDS, "zeppelin", "ornaments", "Anna misses", "2027-06-30"):
        assert words in text
    assert set(exported) >= ALL


def test_a_cue_of_a_highlight_that_is_gone_is_gone_on_with_by_the_others(study: Study) -> None:
    first, second = mark(study), mark(study, "The gateway gives up")
    for made in (first, second):
        toggle_cue(study, made)
    place = CueSession(study).location(shown=True)
    assert place.ids == (first.id,)
    toggle_cue(study, highlights(study)[-1])
    session = CueSession(study, place)
    found = session.cue()
    assert found is not None
    assert (found.highlight, session.total) == (second.id, 1)
    assert not session.is_shown(place)
    assert location_left(study, study.progress.completed_work(), Location("cues")) is None
