"""One row type for each table of the record: what its documents hold. schema.py says what each table is.

An id that is not named is random and sorts by time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from typing import NotRequired, TypedDict
else:

    class TypedDict:
        """Like typing's, which would cost 2.5 ms at every start: calling one makes a dictionary."""

        def __init_subclass__(cls, total: bool = True) -> None:
            pass

        def __new__(cls, *documents: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
            return dict(*documents, **fields)


Timestamp = str
"""ISO 8601 in UTC."""
Json = Any
"""What JSON can hold."""
Blob = Any
"""What JSON can hold; where it is large, {"blob": name of its file, "size": bytes}."""


class AnswerRow(TypedDict):
    """One answer to an item, or to a part of a calculation."""

    at: Timestamp
    module: str
    item: str
    """The item's id; exercise#part for a part of an exercise."""
    fingerprint: str
    """Hash of the fields that bear its meaning, at that time."""
    kind: str
    context: Literal["quiz", "check", "review", "final", "exercise"]
    """Where it was asked."""
    attempt: str
    """The attempt's id; empty for a check and a review."""
    of: NotRequired[str]
    """The module whose final form asked it."""
    response: Json
    draw: NotRequired[Json]
    """Parameter values and the order of the options."""
    confidence: NotRequired[int]
    """1 guess, 2 think so, 3 sure; 0 where it was not asked."""
    hints: NotRequired[int]
    """How many were open."""
    range: NotRequired[list[float]]
    """The 90 % interval given before a number: low and high end, in the item's unit."""
    held: NotRequired[bool]
    """Whether the answer lies in it."""
    interval: NotRequired[float]
    """Its interval score in shares of the answer (learning/intervals.py)."""
    score: float
    """0 to 1."""
    max: int
    """Points it counts for."""
    scored: bool
    """Whether it counts for an objective."""
    ms: NotRequired[int]
    """Milliseconds taken."""
    seconds: NotRequired[int]
    """The time for it, where it has one."""


class RatingRow(TypedDict):
    """Whether the author of an answer finds a point in it. Its id: answer/point."""

    met: bool
    at: Timestamp


class AttemptRow(TypedDict, total=False):
    """One taking of a quiz, a final form or an exercise. How far it is follows from its answers."""

    quiz: str
    """The module's id; absent for an exercise."""
    module: str
    mode: Literal["practice", "exam"]
    form: Literal["final"]
    """Absent for a quiz."""
    retry_of: str
    """The attempt whose misses it asks again."""
    items: list[str]
    """In the order they are asked."""
    draws: Json
    """Parameter values and order of the options, by item."""
    score: float
    passed: bool
    course: str
    """The course's version."""
    exercise: str
    kind: str
    """The exercise's kind."""
    fingerprint: str
    draw: Json
    """Parameter values of a calculation."""
    choices: list[str]
    """Of a scenario, in order."""
    periods: Json
    """Of a simulation: the amounts by budget and use, and the choices, of each period begun."""
    ratings: Json
    """Of a survey: rating and confidence by statement."""
    hints: int
    helped: bool
    """Whether the solution was opened before it was done."""
    seed: int
    state: Literal["open", "done", "left"]
    was: str
    """The state before a calculation was begun again."""
    started: Timestamp
    finished: Timestamp


class FlagRow(TypedDict):
    """An item of a final form that is to be looked at again. Its id: attempt/item."""

    at: Timestamp


class SectionRow(TypedDict):
    """A section of a reading that was read. Its id: reading#section."""

    read_at: Timestamp


class SubmissionRow(TypedDict):
    """What was handed in, or reached, in an exercise. Its ratings are added later."""

    at: Timestamp
    exercise: str
    kind: str
    fingerprint: str
    attempt: NotRequired[str]
    passed: bool
    passed_at: NotRequired[Timestamp]
    """When later ratings made it pass."""
    helped: bool
    file: NotRequired[str]
    """The text's name in the portfolio."""
    text: NotRequired[Blob]
    files: NotRequired[Blob]
    """Texts by name."""
    answers: NotRequired[Json]
    """Of a calculation: the response by part."""
    draw: NotRequired[Json]
    seed: NotRequired[int]
    path: NotRequired[Json]
    """The choices of a scenario, or the periods of a simulation."""
    ending: NotRequired[str]
    gauges: NotRequired[Json]
    """Values in the end, by gauge."""
    results: NotRequired[Json]
    """Title and status of each check of a lab."""
    stopped: NotRequired[str]
    """Why the checks ended early."""
    survivors: NotRequired[list[str]]
    """Files of mutants that no test noticed."""
    ratings: NotRequired[Json]
    """Of a survey: rating and confidence by statement."""
    rubric: NotRequired[Json]
    """The author's rating by criterion."""
    marks: NotRequired[Blob]
    """Of a code review: address, weight and comment of each."""
    score: NotRequired[float]
    """Of a code review, 0 to 1."""


class MarkRow(TypedDict):
    """A mark on a line of a code review. Its id: attempt/address."""

    attempt: str
    address: str
    """file@number, negative for a removed line."""
    line: str
    """Its text at that time."""
    weight: Literal["must", "should", "question"]
    comment: str
    at: Timestamp


class ReviewRow(TypedDict):
    """One rated answer of an item that is repeated."""

    card: str
    """The item's id."""
    rating: int
    """1 again, 2 hard, 3 good, 4 easy."""
    at: Timestamp
    ms: int
    """Milliseconds taken."""


class NoteRow(TypedDict):
    """A note of the learner."""

    anchor: str
    """reading#section, or the id of an item or exercise."""
    head: str
    """Its newest revision."""
    at: Timestamp


class NoteRevisionRow(TypedDict):
    """One version of a note's text."""

    note: str
    parent: str
    """The revision it was written on; empty for the first."""
    seen: list[str]
    """Other sessions' revisions that its writer saw and replaced."""
    text: Blob
    at: Timestamp


class BookmarkRow(TypedDict):
    """A marked section. Its id: reading#section."""

    label: str
    at: Timestamp


class ReportRow(TypedDict):
    """What the learner found wrong with a question."""

    item: str
    fingerprint: str
    text: str
    at: Timestamp


class StudyTimeRow(TypedDict):
    """Time studied on one day in one module by one session. Its id: local day/module/device.slot."""

    seconds: float


class SettingRow(TypedDict):
    """A setting, or the trust in a course's code. Its id: key or device/key."""

    value: str
    at: Timestamp


class ResetRow(TypedDict):
    """From here on what came before does not count in that scope; removing it undoes it."""

    level: Literal["item", "quiz", "reading", "exercise", "final", "step", "all"]
    about: str
    """The id of what is begun again; empty for all."""
    at: Timestamp


class PositionRow(TypedDict):
    """Where a reading is open, independent of the terminal's width. Its id: reading."""

    section: str
    block: int
    """From 0, within the section."""
    offset: int
    """Characters into the block."""
    furthest: str
    """The last section that was reached."""
    at: Timestamp


class PlaceRow(TypedDict):
    """Where a session is. Its id: device.slot."""

    screen: str
    ids: list[str]
    """What the screen shows."""
    response: Json
    """Chosen and not submitted."""
    cursor: int
    extra: Json
    """What else the screen needs to be as it was."""
    at: Timestamp


class DraftRow(TypedDict):
    """A half-typed text. Its id: owner/device.slot."""

    text: str
    cursor: int
    """Characters before it."""
    used: NotRequired[int]
    """Milliseconds spent on an answer that has a time."""
    at: Timestamp


class SumRow(TypedDict, total=False):
    """What home shows of many events, and what is known once and for all; which fields, the kind of its id says.

    Its id: kind:module, objective, item, attempt or writer.
    """

    scores: Json
    """objective: latest score and its moment, by item."""
    best: float
    """quiz, final: the best score; so `last`, `passed`, `attempts`."""
    last: float
    passed: bool
    attempts: int
    asked: Json
    """final: the moment a form asked it, by item."""
    state: Literal["begun", "done"]
    """exercise, reading, module."""
    helped: bool
    """exercise."""
    quiz: str
    """open: the module's id."""
    form: Literal["final"]
    """open."""
    id: str
    """check: the answer on the page; so `response`, `draw`, `confidence`, `fingerprint`, `ms`."""
    response: Json
    draw: Json
    confidence: int
    fingerprint: str
    ms: int
    files: Json
    """seen: bytes read of each journal of others."""
    rules: int
    """seen: the rules by which the sums were made."""
    at: Timestamp


class CardRow(TypedDict):
    """When an item is due again: FSRS state. Its id: item."""

    due: str
    """ISO date."""
    stability: float
    difficulty: float
    last: str
    """ISO date."""
    reviews: int


class CourseSeenRow(TypedDict):
    """The course as a machine saw it last. Its id: course/device."""

    readings: Json
    """Fingerprints by id; so `exercises` and `items`."""
    exercises: Json
    items: Json
    renamed: Json
    version: str
    at: Timestamp
