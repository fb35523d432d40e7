"""The query for the transcript: what the learner did, when, and with which result; one snapshot for all formats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from dev2cto.course.outline import ExerciseOutline
from dev2cto.errors import CourseError
from dev2cto.exercises.artefact import Artefact
from dev2cto.learning.completion import IN_PORTFOLIO, PartState, exercise_state, module_state, reading_state
from dev2cto.learning.mastery import mastery
from dev2cto.markdown.parser import inline, plain
from dev2cto.record.layout import learner_of
from dev2cto.study.queries.history import answers_of, finished_attempts, submissions
from dev2cto.study.queries.progress import text_name
from dev2cto.study.screens import EXERCISES

if TYPE_CHECKING:
    from dev2cto.exercises.base import Exercise
    from dev2cto.study.context import StudyContext
from dev2cto.study.state.ratings import rubric_ratings

PLAYED = ("scenario", "simulation")
"""Kinds that are played to an ending, any number of times."""


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """A completed activity."""

    day: date
    step: str
    kind: str
    """reading, quiz, exam, final form, or the display name of the exercise's kind."""
    title: str
    result: str
    score: float | None = None
    """0..1; None if it is not scored."""


@dataclass(frozen=True, slots=True)
class StepSummary:
    """A step: its state and its study time in minutes."""

    step: str
    title: str
    state: PartState
    minutes: int


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """An objective with answers: the mean of the latest scores (0..1), None if there are too few."""

    step: str
    text: str
    score: float | None
    answered: int

    @property
    def words(self) -> str:
        """The score as text."""
        return "no score yet" if self.score is None else f"{self.score * 100:.0f} %"


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """A criterion of a rubric and the learner's rating, 0 to 3; None if it is not rated."""

    criterion: str
    rating: int | None


@dataclass(frozen=True, slots=True)
class ArtefactSummary:
    """A text of the portfolio; state, day and ratings are those of its latest version."""

    step: str
    title: str
    file: str
    state: PartState
    day: date
    versions: int
    rubric: tuple[CriterionScore, ...]
    """Empty for a text without a rubric."""


@dataclass(frozen=True, slots=True)
class FinalResult:
    """A finished final form; `steps` are (name, mean score 0..1, number of questions)."""

    day: date
    score: float
    passed: bool
    steps: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """The snapshot of a transcript; `minutes` is all study time, in steps and outside them."""

    learner: str
    course: str
    version: str
    made: date
    minutes: int
    entries: tuple[TranscriptEntry, ...]
    steps: tuple[StepSummary, ...]
    objectives: tuple[ObjectiveScore, ...]
    artefacts: tuple[ArtefactSummary, ...]
    finals: tuple[FinalResult, ...]


def transcript(study: StudyContext) -> Transcript:
    """Build the transcript, without what a reset covers; loads the history."""
    done = study.progress.completed_work()
    seconds: dict[str, float] = defaultdict(float)
    for time in study.study_time():
        seconds[time.module] += time.seconds
    docs = list(submissions(study))
    entries = sorted([*_readings(study), *_quizzes(study), *_exercises(study, docs)], key=itemgetter(0))
    return Transcript(
        learner=learner_of(study.record.directory).name,
        course=study.course.title,
        version=study.course.version,
        made=study.today(),
        minutes=int(sum(seconds.values()) // 60),
        entries=tuple(entry for _, entry in entries),
        steps=tuple(
            StepSummary(m.name, m.title, module_state(m, done), int(seconds[m.id] // 60)) for m in study.course.modules
        ),
        objectives=tuple(
            ObjectiveScore(m.name, _words(study, o.text), found.mean, found.answered)
            for m in study.course.modules
            for o in m.objectives
            if (found := mastery(study.progress.scores(o.id))).answered
        ),
        artefacts=tuple(_artefacts(study, docs)),
        finals=tuple(_finals(study)),
    )


def _words(study: StudyContext, text: str) -> str:
    """A line of the course as plain text, without markup."""
    return plain(inline(text, study.curriculum.cite, study.curriculum.fact))


def _day(study: StudyContext, at: str) -> date:
    return study.today(datetime.fromisoformat(at))


Timed = tuple[str, TranscriptEntry]
"""(time in ISO 8601, entry), for sorting."""


def _readings(study: StudyContext) -> Iterator[Timed]:
    """Yield the finished readings, with the time when the reading or its last section was marked read."""
    done, read = study.progress.completed_work(), study.documents.all("sections")
    for module in study.course.modules:
        for reading in module.readings:
            if reading_state(reading, done) != "done":
                continue
            moments = [str(read[id].get("read_at", "")) for id in reading.section_ids() if id in read]
            at = study.progress.read_at(reading.id) or max(moments, default="")
            if at:
                yield at, TranscriptEntry(_day(study, at), module.name, "reading", reading.title, "read")


def _attempts(study: StudyContext) -> Iterator[Mapping[str, Any]]:
    """Yield the finished attempts at quizzes and final forms in no particular order, without retries."""
    return (doc for doc in finished_attempts(study) if not doc.get("retry_of"))


def _quizzes(study: StudyContext) -> Iterator[Timed]:
    for doc in _attempts(study):
        module = study.course.module(str(doc["quiz"]))
        if module is None:
            continue
        at, score = str(doc["finished"]), float(doc.get("score", 0))
        kind = "final form" if doc.get("form") == "final" else "exam" if doc.get("mode") == "exam" else "quiz"
        result = "passed" if doc.get("passed") else "not passed"
        title = "Final form" if kind == "final form" else f"Quiz of {module.name}"
        yield at, TranscriptEntry(_day(study, at), module.name, kind, title, f"{score * 100:.0f} %, {result}", score)


def _finals(study: StudyContext) -> Iterator[FinalResult]:
    forms = [doc for doc in _attempts(study) if doc.get("form") == "final"]
    for doc in sorted(forms, key=lambda doc: str(doc["finished"])):
        scores = {str(given["item"]): float(given["score"]) for given in answers_of(study, str(doc["id"]))}
        by_step: dict[str, list[float]] = {}
        for item in doc.get("items", ()):
            module = study.course.module_of(str(item))
            if module is not None:
                by_step.setdefault(module.name, []).append(scores.get(str(item), 0.0))
        order = [module.name for module in study.course.modules]
        yield FinalResult(
            _day(study, str(doc["finished"])),
            float(doc.get("score", 0)),
            bool(doc.get("passed")),
            tuple(
                (name, sum(found) / len(found), len(found))
                for name, found in sorted(by_step.items(), key=lambda entry: order.index(entry[0]))
            ),
        )


def _exercises(study: StudyContext, docs: list[Mapping[str, Any]]) -> Iterator[Timed]:
    """Yield scored submissions, versions of texts, endings of plays, and the first pass of all other exercises."""
    passed: set[str] = set()
    versions: dict[str, int] = defaultdict(int)
    for doc in docs:
        outline = study.course.exercise(str(doc["exercise"]))
        module = study.course.module_of(str(doc["exercise"]))
        if outline is None or module is None:
            continue
        score = float(doc["score"]) if "score" in doc else None
        if score is not None:
            result = f"{score * 100:.0f} %, {'passed' if doc.get('passed') else 'not passed'}"
        elif outline.kind in IN_PORTFOLIO:
            versions[outline.id] += 1
            result = f"version {versions[outline.id]} submitted"
        elif outline.kind in PLAYED:
            result = f"ended: {_ending(study, outline, str(doc.get('ending', '')))}"
        elif doc.get("passed") and outline.id not in passed:
            passed.add(outline.id)
            result = "passed after its solution was opened" if doc.get("helped") else "passed"
        else:
            continue
        at, kind = str(doc["at"]), EXERCISES.get(outline.kind, outline.kind)
        yield at, TranscriptEntry(_day(study, at), module.name, kind, outline.title, result, score)


def _exercise(study: StudyContext, outline: ExerciseOutline) -> Exercise | None:
    """The exercise; None if its file is broken."""
    try:
        return study.curriculum.exercise(outline.id)
    except CourseError:
        return None


def _ending(study: StudyContext, outline: ExerciseOutline, id: str) -> str:
    endings = getattr(_exercise(study, outline), "endings", ())
    return next((_words(study, ending.title) for ending in endings if ending.id == id), id)


def _artefacts(study: StudyContext, docs: list[Mapping[str, Any]]) -> Iterator[ArtefactSummary]:
    done = study.progress.completed_work()
    for module in study.course.modules:
        for outline in module.exercises:
            mine = [doc for doc in docs if doc["exercise"] == outline.id and doc.get("text")]
            if outline.kind not in IN_PORTFOLIO or not mine:
                continue
            exercise, last = _exercise(study, outline), mine[-1]
            ratings = rubric_ratings(study, str(last["id"]), last)
            rubric = exercise.rubric if isinstance(exercise, Artefact) else ()
            yield ArtefactSummary(
                step=module.name,
                title=outline.title,
                file=str(last.get("file") or text_name(study, outline.id)),
                state=exercise_state(outline, done),
                day=_day(study, str(last["at"])),
                versions=len(mine),
                rubric=tuple(
                    CriterionScore(
                        _words(study, criterion.criterion),
                        int(ratings[criterion.id]) if criterion.id in ratings else None,
                    )
                    for criterion in rubric
                ),
            )
