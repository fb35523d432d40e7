"""Promises in the record: made, looked back on, put off, let go, taken back; what home brings up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dev2cto.errors import UsageError
from dev2cto.study.state.promises import (
    Plan,
    Promise,
    answer_promise,
    delete_promise,
    make_promise,
    note_begun,
    outcome_owner,
    plan_begun,
    promise,
    promise_owner,
    promises,
    proposed,
)
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.study import Study
from tests.support.studies import FakeClock, open_study

READING = "s-contracts"
WORDS = "After the next timeout in production, I will look for a token in both copies of the call."


def made(study: Study, reading: str = READING, **fields: str) -> Promise:
    """A promise from that reading, as it proposes it but for these fields."""
    make_promise(study, reading, proposed(study, reading)._replace(**fields))
    return promises(study)[0]


def due(study: Study) -> list[str]:
    """What home brings up today."""
    return [words for _, words in study.progress.promises().due(study.today().isoformat())]


def test_it_is_made_as_the_reading_proposes_and_asked_about_in_a_week(study: Study, clock: FakeClock) -> None:
    found = made(study)
    assert (found.words, found.look_at) == (WORDS, "whether the second copy got the first result")
    assert (found.life.state, found.life.day) == ("open", date(2026, 11, 30))
    assert study.progress.promises().newest_from(READING) == (found.id, WORDS)
    assert due(study) == []
    clock.pass_(days=7)
    assert due(study) == [WORDS]
    clock.pass_(days=14)
    assert due(study) == []
    assert study.progress.promises().newest_from(READING) == (found.id, WORDS)


def test_it_is_made_in_the_learners_own_words(study: Study) -> None:
    found = made(study, after="  the next  deploy. ", do="read\tthe graph first.", day="friday")
    assert found.words == "After the next deploy, I will read the graph first."
    assert found.life.day == date(2026, 11, 27)


WRONG = {
    "no trigger": ({"after": "  "}, "both: after what"),
    "no deed": ({"do": "."}, "both: after what"),
    "no day": ({"day": "soon"}, "'soon' is no day"),
    "a day that is over": ({"day": "2026-11-22"}, "is no day"),
    "a page": ({"do": "x" * 501}, "501 characters"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_kept_as_a_draft(study: Study, case: str) -> None:
    fields, message = WRONG[case]
    plan = proposed(study, READING)._replace(**fields)
    study.keep_draft(promise_owner(READING), plan.draft)
    with pytest.raises(UsageError, match=message):
        make_promise(study, READING, plan)
    assert not promises(study)
    begun = plan_begun(study, READING)
    assert begun is not None
    assert Plan.read(begun.text).draft == plan.draft


def test_it_is_kept_with_what_happened(study: Study, clock: FakeClock) -> None:
    found = made(study)
    clock.pass_(days=7)
    answer_promise(study, found.id, "kept", "The second copy\nfailed.")
    after = promise(study, found.id)
    assert after is not None
    assert (after.life.state, after.notes) == ("kept", ("The second copy failed.",))
    assert due(study) == []
    assert study.progress.promises().newest_from(READING) is None


def test_it_is_put_off_once_and_then_let_go(study: Study, clock: FakeClock) -> None:
    found = made(study)
    clock.pass_(days=8)
    answer_promise(study, found.id, "later", "")
    assert due(study) == []
    clock.pass_(days=7)
    assert due(study) == [WORDS]
    with pytest.raises(UsageError, match="answered in another session"):
        answer_promise(study, found.id, "later", "")
    answer_promise(study, found.id, "let go", "")
    assert due(study) == []
    answer_promise(study, found.id, "kept", "In the end.")
    after = promise(study, found.id)
    assert after is not None
    assert after.life.state == "kept"


def test_each_change_is_taken_back(study: Study, clock: FakeClock) -> None:
    plan = proposed(study, READING)._replace(do="ask")
    undo_made = make_promise(study, READING, plan)
    undo_made.run()
    assert not promises(study)
    begun = plan_begun(study, READING)
    assert begun is not None
    assert Plan.read(begun.text) == plan
    found = made(study)
    clock.pass_(days=7)
    undo_kept = answer_promise(study, found.id, "kept", "It worked.")
    undo_kept.run()
    assert due(study) == [WORDS]
    assert study.draft(outcome_owner(found.id)) == "It worked."
    undo_deleted = delete_promise(study, found.id)
    assert not promises(study)
    assert due(study) == []
    undo_deleted.run()
    assert promises(study) == (found,)
    assert due(study) == [WORDS]


def test_a_draft_of_a_session_that_was_killed_is_over_once_another_one_made_the_promise(
    tmp_path: Path, clock: FakeClock
) -> None:
    """It is not offered again, but what is typed later is."""
    killed = open_study(tmp_path, clock, device="laptop")
    killed.keep_draft(promise_owner(READING), "the next call\nlisten\nfriday")
    killed.record.save_live()
    clock.pass_(minutes=1)
    other = open_study(tmp_path, clock, device="server")
    other.refresh()
    begun = plan_begun(other, READING)
    assert begun is not None
    make_promise(other, READING, Plan.read(begun.text))
    assert plan_begun(other, READING) is None
    found = promises(other)[0]
    other.keep_draft(outcome_owner(found.id), "It rai")
    assert note_begun(other, found) is not None
    for study in (killed, other):
        study.record.close()


def test_a_reset_hides_it_and_undoing_that_brings_it_back(study: Study, clock: FakeClock) -> None:
    found = made(study)
    clock.pass_(days=7)
    for level, about in (("reading", READING), ("step", "t1"), ("all", "")):
        id = reset(study, level, about)
        assert not promises(study)
        assert due(study) == []
        undo(study, id)
        assert promises(study) == (found,)
        assert due(study) == [WORDS]


def test_one_made_after_a_reset_counts(study: Study, clock: FakeClock) -> None:
    made(study)
    reset(study, "reading", READING)
    clock.pass_(seconds=1)
    assert made(study, do="ask").words.endswith("I will ask.")
    assert len(promises(study)) == 1


def test_texts_from_elsewhere_are_shown_without_control_characters(study: Study) -> None:
    row = {"reading": READING, "after": "a\x1b[31m b", "do": "c\nd", "look_at": "", "day": "2026-11-30"}
    study.record.table("promises").insert({**row, "at": study.now()})
    assert promises(study)[0].words == "After a b, I will c d."
