"""The row types: the fields of each table's documents, with those of live_rows.py. schema.py declares the tables.

Ids are random and sort by time unless a row type says otherwise. What is read from a journal is checked against these
types (shapes.py): a change to them needs a new `SHAPES` in schema.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dev2cto.record.live_rows import (
    CardRow as CardRow,
)
from dev2cto.record.live_rows import (
    CourseSeenRow as CourseSeenRow,
)
from dev2cto.record.live_rows import (
    DraftRow as DraftRow,
)
from dev2cto.record.live_rows import (
    PlaceRow as PlaceRow,
)
from dev2cto.record.live_rows import (
    PositionRow as PositionRow,
)
from dev2cto.record.live_rows import (
    ResponseRow as ResponseRow,
)
from dev2cto.record.live_rows import (
    SumRow as SumRow,
)
from dev2cto.record.row_values import (
    BlobRef,
    Day,
    DrawValues,
    Given,
    PeriodMoves,
    Timestamp,
    TypedDict,
)

if TYPE_CHECKING:
    from typing import NotRequired, Required


class AnswerRow(TypedDict):
    """One answer to an item, or to a part of a calculation."""

    at: Timestamp
    module: str
    item: str
    """The item's id; exercise#part for a part of an exercise."""
    fingerprint: str
    """Hash of the item's meaningful fields at the time of the answer."""
    kind: str
    context: Literal["quiz", "check", "review", "final", "exercise"]
    """Where it was asked."""
    attempt: str
    """The attempt's id; empty for checks and reviews."""
    of: NotRequired[str]
    """The module whose final form asked it."""
    response: Given
    draw: NotRequired[DrawValues]
    """Parameter values and order of the options."""
    confidence: NotRequired[int]
    """1 guess, 2 think so, 3 sure; 0 if not asked."""
    hints: NotRequired[int]
    """Number of hints opened."""
    range: NotRequired[list[float]]
    """The 90 % interval given before a number: low and high bound, in the item's unit."""
    held: NotRequired[bool]
    """Whether the interval contains the correct answer."""
    interval: NotRequired[float]
    """The interval score relative to the correct answer (learning/intervals.py)."""
    score: float
    """0 to 1."""
    max: int
    """Maximum points."""
    scored: bool
    """Whether it counts towards an objective."""
    ms: NotRequired[int]
    """Milliseconds taken."""
    seconds: NotRequired[int]
    """Time limit of a timed item."""


class RatingRow(TypedDict):
    """The learner's own rating of a free-text answer on one point, of a text by one criterion, or of a statement.

    Its id: answer/point, submission/criterion or attempt/statement.
    """

    met: NotRequired[bool]
    """Of a point."""
    of: NotRequired[str]
    """The submission or attempt."""
    rating: NotRequired[int]
    """Of a criterion or statement."""
    confidence: NotRequired[int]
    """0 to 2, of a statement."""
    at: Timestamp


class AttemptRow(TypedDict, total=False):
    """One attempt at a quiz, a final form or an exercise. Its progress is derived from its answers."""

    quiz: str
    """The module's id; absent for an exercise."""
    module: str
    mode: Literal["practice", "exam"]
    form: Literal["final"]
    """Absent for a quiz."""
    retry_of: str
    """The attempt whose missed items it repeats."""
    items: list[str]
    """In the order they are asked."""
    draws: dict[str, DrawValues]
    """Parameter values and option order by item."""
    score: float
    passed: bool
    course: str
    """The course's version."""
    exercise: str
    kind: str
    """The exercise's kind."""
    fingerprint: str
    draw: DrawValues
    """Parameter values of a calculation."""
    choices: list[str]
    """Choices made in a scenario, in order, as earlier versions kept them; the table `choices` follows on them."""
    periods: list[PeriodMoves]
    """For a simulation: the moves of each period, as earlier versions kept them; likewise."""
    ratings: dict[str, tuple[int, int]]
    """For a survey: rating and confidence by statement, as earlier versions kept them; empty since."""
    hints: int
    """Hints opened, as earlier versions kept them; likewise `helped`. The table `helps` adds to both."""
    helped: bool
    """Whether the solution was opened before the exercise was done."""
    seed: int
    state: Required[Literal["open", "done", "left"]]
    was: str
    """The state before a calculation was restarted."""
    started: Required[Timestamp]
    finished: Timestamp


class ChoiceRow(TypedDict):
    """A choice made in a scenario or a simulation. Two sessions that go on from the same choice make two paths."""

    attempt: str
    after: str
    """The id of the choice before it; empty for the first."""
    choice: str
    """Empty where amounts were given out."""
    amounts: NotRequired[dict[str, dict[str, float]]]
    """Amounts given out at the beginning of a period, by budget and use."""
    at: Timestamp


class HelpRow(TypedDict):
    """Help that was opened in an exercise. Its id: attempt/solution, or attempt/hint-1, attempt/hint-2 and so on."""

    at: Timestamp


class FlagRow(TypedDict):
    """An item of a final form flagged for another look. Its id: attempt/item."""

    at: Timestamp


class SectionRow(TypedDict):
    """A section that was read. Its id: reading#section."""

    read_at: Timestamp


class SubmissionRow(TypedDict):
    """A submission, or the result reached, in an exercise. Ratings are added later."""

    at: Timestamp
    exercise: str
    kind: str
    fingerprint: str
    attempt: NotRequired[str]
    passed: bool
    passed_at: NotRequired[Timestamp]
    """When it passed because of later ratings."""
    helped: bool
    file: NotRequired[str]
    """The text's name in the portfolio."""
    text: NotRequired[str | BlobRef]
    files: NotRequired[dict[str, str] | BlobRef]
    """Texts by name."""
    answers: NotRequired[dict[str, Given] | BlobRef]
    """For a calculation: response by part."""
    draw: NotRequired[DrawValues]
    seed: NotRequired[int]
    path: NotRequired[list[str] | list[PeriodMoves] | BlobRef]
    """The choices of a scenario, or the periods of a simulation."""
    ending: NotRequired[str]
    gauges: NotRequired[dict[str, float]]
    """Final values by gauge."""
    results: NotRequired[list[tuple[str, str]] | BlobRef]
    """Title and status of each check of a lab."""
    stopped: NotRequired[str]
    """Why the checks ended early."""
    survivors: NotRequired[list[str]]
    """Files of mutants that no test detected."""
    ratings: NotRequired[dict[str, tuple[int, int]]]
    """For a survey: rating and confidence by statement."""
    rubric: NotRequired[dict[str, int]]
    """The learner's own rating by criterion, as earlier versions kept it."""
    marks: NotRequired[list[tuple[str, str, str]] | BlobRef]
    """For a code review: address, weight and comment of each mark."""
    score: NotRequired[float]
    """For a code review: 0 to 1."""


class PeerReviewRow(TypedDict):
    """What another person wrote about a submitted text, as it came back in a packet."""

    exercise: str
    of: str
    """The submission."""
    reader: str
    """The name that the reader gave."""
    day: NotRequired[Day]
    """The day that the reader gave."""
    ratings: dict[str, int]
    """0 to 3 by criterion."""
    comments: dict[str, str] | BlobRef
    """By criterion; under "" on the whole text."""
    at: Timestamp
    """When it was taken in."""


class MarkRow(TypedDict):
    """A mark on a line in a code review. Its id: attempt/address."""

    attempt: str
    address: str
    """file@number, negative for a removed line."""
    line: str
    """The line's text at that time."""
    weight: Literal["must", "should", "question"]
    comment: str
    at: Timestamp


class ReviewRow(TypedDict):
    """One rated answer in spaced repetition."""

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
    """The revision it was edited from; empty for the first."""
    seen: list[str]
    """Concurrent revisions from other sessions that the learner saw and replaced with this one."""
    text: str | BlobRef
    at: Timestamp


class BookmarkRow(TypedDict):
    """A bookmarked section. Its id: reading#section."""

    label: str
    at: Timestamp


class PromiseRow(TypedDict):
    """What the learner promised to do at work, made from a reading's plan."""

    reading: str
    after: str
    """What it waits for: "the next incident"."""
    do: str
    look_at: str
    """What to look at afterwards, as the reading says."""
    day: Day
    """The study day from which to ask about it."""
    at: Timestamp


class OutcomeRow(TypedDict):
    """What the learner said of a promise when asked."""

    promise: str
    result: Literal["kept", "later", "let go"]
    note: str
    """What happened; may be empty."""
    again: NotRequired[Day]
    """The study day on which to ask once more, of "later"."""
    at: Timestamp


class HighlightRow(TypedDict):
    """A passage marked in a reading, quoted so that it is found again when the text changes a little."""

    section: str
    """reading#section."""
    quote: str
    before: str
    """The characters before it; likewise `after`."""
    after: str
    start: int
    """The offset of its first character in the section's running text."""
    cue: NotRequired[bool]
    """Whether reviews ask about it."""
    at: Timestamp


class ReportRow(TypedDict):
    """A problem that the learner reported with a question."""

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


ResetLevel = Literal["item", "quiz", "reading", "exercise", "final", "step", "all"]


class ResetRow(TypedDict):
    """A reset: earlier documents in its scope no longer count. Removing it undoes the reset."""

    level: ResetLevel
    about: str
    """Id of what is reset; empty for all."""
    at: Timestamp
