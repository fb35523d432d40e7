"""The learner's promises: made from a reading's plan, looked back on later. learning/promises.py has their rules.

The table `promises` holds what was promised, `outcomes` what was said of it, on one machine or on several.
What home brings up is among the sums, so that a start reads neither table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from dev2cto.errors import UsageError
from dev2cto.learning.promises import FIRST_ASKED, PUT_OFF, REST, Life, Outcome, Result, day_named, life
from dev2cto.record.moments import Moment
from dev2cto.record.row_values import Day
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import events
from dev2cto.study.state.sums import PromisesSum
from dev2cto.study.state.undo import Undo, restoring
from dev2cto.text import one_line

if TYPE_CHECKING:
    from dev2cto.record.drafts import Draft

MOST = 500
"""The maximum number of characters of a field."""
DAY_HINT = "For example: tomorrow, friday, in 10 days, in two weeks, 2026-12-24. A year ahead is the furthest."


class Plan(NamedTuple):
    """A promise as it is being written, and as its draft keeps it, a line for each field."""

    after: str
    do: str
    day: str
    """As typed; see `day_named`."""

    @property
    def draft(self) -> str:
        """The fields as the text of a draft."""
        return "\n".join(map(one_line, self))

    @classmethod
    def read(cls, draft: str) -> Plan:
        """Read the text of a draft."""
        after, do, day, *_ = (*draft.split("\n"), "", "", "")
        return cls(after, do, day)


class Promise(NamedTuple):
    """A promise with everything said of it since, oldest first."""

    id: str
    reading: str
    after: str
    do: str
    look_at: str
    at: str
    """When it was made: ISO 8601, UTC."""
    life: Life
    outcomes: tuple[Outcome, ...]
    moment: Moment
    """When it was made, or spoken of last, by the hybrid clock."""

    @property
    def words(self) -> str:
        """The promise as a sentence."""
        return f"After {self.after}, I will {self.do}."

    @property
    def notes(self) -> tuple[str, ...]:
        """What happened, in the learner's words; nothing said twice."""
        return tuple(dict.fromkeys(outcome.note for outcome in self.outcomes if outcome.note))


def promises(study: StudyContext) -> tuple[Promise, ...]:
    """All promises that no reset covers, newest first."""
    said: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    made = [*events(study, "promises")]
    for doc in events(study, "outcomes") if made else ():
        said[str(doc["promise"])].append(doc)
    return tuple(_promise(study, doc, said[str(doc["id"])]) for doc in reversed(made))


def _promise(study: StudyContext, doc: Mapping[str, Any], said: Sequence[Mapping[str, Any]]) -> Promise:
    """The promise of a document, with its texts on one line each."""
    after, do, look_at = (one_line(str(doc[field])) for field in ("after", "do", "look_at"))
    outcomes, id, made = tuple(map(_outcome, said)), str(doc["id"]), study.record.made
    moment = max([made("promises", id), *(made("outcomes", str(outcome["id"])) for outcome in said)])
    found = life(_date(doc["day"]), outcomes)
    return Promise(id, str(doc["reading"]), after, do, look_at, str(doc["at"]), found, outcomes, moment)


def _outcome(doc: Mapping[str, Any]) -> Outcome:
    again = _date(doc["again"]) if "again" in doc else None
    return Outcome(doc["result"], one_line(str(doc["note"])), str(doc["at"]), again)


def _date(day: Day) -> date:
    return date.fromisoformat(str(day)[:10])


def promise(study: StudyContext, id: str) -> Promise | None:
    """The promise with that id; None if there is none or it was reset."""
    return next((found for found in promises(study) if found.id == id), None)


def known_promise(study: StudyContext, id: str) -> Promise:
    """The promise with that id. Raises UsageError if there is none or it was reset."""
    found = promise(study, id)
    if found is None:
        raise UsageError("This promise is no longer there.", "It was deleted or reset; the notebook has the others.")
    return found


def promises_to_look_back_on(study: StudyContext) -> tuple[Promise, ...]:
    """Promises that are over, with a note on what happened that is old enough to be worth remembering."""
    over = (each for each in promises(study) if each.life.state != "open" and each.notes)
    return tuple(each for each in over if study.today() - _last_said(study, each) >= REST)


def _last_said(study: StudyContext, promise: Promise) -> date:
    return study.today(datetime.fromisoformat(promise.outcomes[-1].at))


def open_promises(study: StudyContext) -> PromisesSum:
    """The open promises as the sums keep them."""
    found = (each for each in promises(study) if each.life.state == "open")
    return PromisesSum(
        {p.id: (p.life.day.isoformat(), p.life.until.isoformat(), p.reading, p.words) for p in sorted(found)}
    )


# -- making one


def promise_owner(reading: str) -> str:
    """The owner id of the draft of a promise from that reading."""
    return f"promise:{reading}"


def proposed(study: StudyContext, reading: str) -> Plan:
    """What the reading proposes, to be asked about in a week. Raises CourseError if there is no such reading."""
    monday = study.curriculum.reading(reading).monday
    day = (study.today() + FIRST_ASKED).isoformat()
    return Plan(_plain(study, monday.after), _plain(study, monday.do), day) if monday else Plan("", "", day)


def plan_begun(study: StudyContext, reading: str) -> Draft | None:
    """The draft of a promise from that reading; None if there is none since the last promise was made from it."""
    made = [p.moment.ms for p in promises(study) if p.reading == reading]
    return _draft_since(study, promise_owner(reading), max(made, default=0))


def note_begun(study: StudyContext, promise: Promise) -> Draft | None:
    """The draft of what happened with a promise; None if there is none since it was last spoken of."""
    return _draft_since(study, outcome_owner(promise.id), promise.moment.ms)


class PromiseDraft(NamedTuple):
    """What was begun on one of the two screens, under a title for lists."""

    title: str
    draft: Draft


def draft_of(study: StudyContext, screen: str, id: str) -> PromiseDraft | None:
    """What was begun on the screen "promise" for a reading or on "outcome" for a promise; None if nothing is left."""
    found = promise(study, id) if screen == "outcome" else None
    if screen == "outcome" and found is None:
        return None
    draft = note_begun(study, found) if found is not None else plan_begun(study, id)
    reading = study.course.reading(found.reading if found is not None else id)
    if draft is None or reading is None:
        return None
    return PromiseDraft(f"{'what became of a' if found is not None else 'a'} promise from {reading.title}", draft)


def _draft_since(study: StudyContext, owner: str, ms: int) -> Draft | None:
    """The newest draft, unless another session has saved what it became."""
    newest = next(iter(study.drafts(owner)), None)
    return newest if newest is not None and newest.text.strip() and newest.moment.ms > ms else None


def _plain(study: StudyContext, text: str) -> str:
    """A text of the course without its marks, so that it reads on inside a sentence."""
    from dev2cto.markdown.parser import inline, plain  # lists of promises need none of it

    filled = plain(inline(text, study.curriculum.cite, study.curriculum.fact))
    return one_line(filled).rstrip(".")


def make_promise(study: StudyContext, reading: str, plan: Plan) -> Undo:
    """Save a promise and drop its draft. Return what takes it back: the draft is there again then.

    Raises UsageError if a field is empty or too long or names no day, CourseError, NotSaved.
    """
    after, do = (one_line(text).rstrip(".") for text in (plan.after, plan.do))
    if not after or not do:
        raise UsageError("A promise needs both: after what, and what you will do.", "Fill in the empty line.")
    _check_length(after, do)
    day = day_named(plan.day, study.today())
    if day is None:
        raise UsageError(f"{one_line(plan.day)[:40]!r} is no day to ask you on.", DAY_HINT)
    monday = study.curriculum.reading(reading).monday
    look_at = _plain(study, monday.look_at) if monday else ""
    row = {"reading": reading, "after": after, "do": do, "look_at": look_at, "day": day.isoformat(), "at": study.now()}
    with study.record.batch():
        id = study.record.table("promises").insert(row)
        _keep(study)
        study.drop_draft(promise_owner(reading))

    def take_back() -> None:
        with study.record.batch():
            study.record.table("promises").remove(doc_ids=[id])
            _keep(study)
        study.keep_draft(promise_owner(reading), plan.draft)

    return Undo(take_back, "The promise is taken back; what you wrote is kept as a draft.")


def delete_promise(study: StudyContext, id: str) -> Undo:
    """Delete a promise; what was said of it no longer shows. Return what brings it back. Raises NotSaved."""
    restore = restoring(study, "promises", id)
    with study.record.batch():
        study.record.table("promises").remove(doc_ids=[id])
        _keep(study)

    def bring_back() -> None:
        with study.record.batch():
            restore()
            _keep(study)

    return Undo(bring_back, "The promise is back.")


# -- looking back on one


def outcome_owner(id: str) -> str:
    """The owner id of the draft of what happened with that promise."""
    return f"outcome:{id}"


def answer_promise(study: StudyContext, id: str, result: Result, note: str) -> Undo:
    """Save what became of a promise, and drop the note's draft. Return what takes it back.

    With "later" it is asked about once more in a week. Raises UsageError if that cannot be said of the promise now or
    the note is too long, NotSaved.
    """
    found = known_promise(study, id)
    if result not in found.life.choices:
        raise UsageError("This promise was answered in another session.", "Its page shows what was said.")
    note = one_line(note)
    _check_length(note)
    again = {"again": (study.today() + PUT_OFF).isoformat()} if result == "later" else {}
    row = {"promise": id, "result": result, "note": note, **again, "at": study.now()}
    with study.record.batch():
        outcome = study.record.table("outcomes").insert(row)
        _keep(study)
        study.drop_draft(outcome_owner(id))

    def take_back() -> None:
        with study.record.batch():
            study.record.table("outcomes").remove(doc_ids=[outcome])
            _keep(study)
        if note:
            study.keep_draft(outcome_owner(id), note)

    return Undo(take_back, "Taken back: the promise is open again." if found.life.state == "open" else "Taken back.")


def _check_length(*texts: str) -> None:
    longest = max(map(len, texts))
    if longest > MOST:
        raise UsageError(
            f"That is too long: {longest} characters.", f"A line may have {MOST}; a note has room for more."
        )


def _keep(study: StudyContext) -> None:
    """Update what home brings up; part of the caller's batch."""
    study.progress.keep_promises(open_promises(study))
