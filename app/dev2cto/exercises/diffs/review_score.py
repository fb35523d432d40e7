"""Scores a code review by matching its marks with the seeded faults and decoys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dev2cto.exercises.diffs.changeset import Changeset, DiffLine, FileChange
from dev2cto.exercises.diffs.diff import WEIGHTS, Decoy, Diff, FaultWeight, SeededFault, lines_of

POINTS: dict[FaultWeight, int] = {"must": 3, "should": 2, "question": 1}


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """A line that the learner marked: its address, the weight and the comment."""

    address: str
    weight: FaultWeight
    comment: str = ""


@dataclass(frozen=True, slots=True)
class FoundFault:
    """A fault that was found and the marks on its lines, in the order of the change."""

    fault: SeededFault
    marks: tuple[ReviewMark, ...]


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A mark on a line that is right, with the decoy if the line is one."""

    mark: ReviewMark
    decoy: Decoy | None = None


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """What a review found, missed and wrongly marked; each ordered by weight, then as in the exercise's file."""

    found: tuple[FoundFault, ...]
    missed: tuple[SeededFault, ...]
    accused: tuple[FalseAlarm, ...]
    resisted: tuple[Decoy, ...]
    """Decoys without a mark."""
    score: float
    """From 0 to 1."""

    @property
    def all_musts(self) -> bool:
        """Whether the exercise has musts and none was missed."""
        missed = any(fault.weight == "must" for fault in self.missed)
        return not missed and any(each.fault.weight == "must" for each in self.found)

    @property
    def is_noisy(self) -> bool:
        """Whether there are more false alarms than faults found."""
        return len(self.accused) > len(self.found)

    def passes(self, mark: float) -> bool:
        """Return whether the review passes: it reaches the pass mark, or finds all musts and is not noisy."""
        return self.score >= mark or (self.all_musts and not self.is_noisy)


def review_score(found: Iterable[FaultWeight], seeded: Iterable[FaultWeight], false_alarms: int, decoys: int) -> float:
    """Compute the score of a review, from 0 to 1: max(0, H / W - F / D).

    H is the weight of the faults found, W that of all seeded faults (a must weighs 3, a should 2, a question 1; a fault
    counts once, however many marks are on its lines), F the number of marks that hit no fault, D the number of decoys,
    at least 1. Marking every line marks every decoy, so that F / D is at least 1 and the score 0; all faults without a
    false alarm score 1; no marks score 0.
    """
    total = sum(POINTS[weight] for weight in seeded)
    hits = sum(POINTS[weight] for weight in found)
    return max(0.0, hits / total - false_alarms / max(1, decoys)) if total else 0.0


def judge_review(exercise: Diff, change: Changeset, marks: Iterable[ReviewMark]) -> ReviewOutcome:
    """Score a review; duplicate marks on a line and marks on lines that do not exist are ignored."""
    order = {file.address(line): n for n, (file, line) in enumerate(_lines(change))}
    given = {mark.address: mark for mark in marks if mark.address in order}
    left = dict(sorted(given.items(), key=lambda entry: order[entry[0]]))
    found, missed = list[FoundFault](), list[SeededFault]()
    for fault in sorted(exercise.seeded, key=lambda fault: WEIGHTS.index(fault.weight)):
        hits = tuple(left.pop(address) for address in lines_of(fault, change) if address in left)
        if hits:
            found.append(FoundFault(fault, hits))
        else:
            missed.append(fault)
    decoys = {address: decoy for decoy in exercise.decoys for address in lines_of(decoy, change)}
    accused = tuple(FalseAlarm(mark, decoys.get(address)) for address, mark in left.items())
    weights = [each.fault.weight for each in found]
    return ReviewOutcome(
        found=tuple(found),
        missed=tuple(missed),
        accused=accused,
        resisted=tuple(decoy for decoy in exercise.decoys if not any(each.decoy is decoy for each in accused)),
        score=review_score(weights, (f.weight for f in exercise.seeded), len(accused), len(exercise.decoys)),
    )


def _lines(change: Changeset) -> Iterable[tuple[FileChange, DiffLine]]:
    return ((file, line) for file in change.files for line in file.lines)
