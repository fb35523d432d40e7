"""The base of scenario and simulation sessions: a play in stages, saved after every step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.attempt import Attempt


class Offered(Protocol):
    """An available choice of a decision."""

    @property
    def id(self) -> str:
        """The choice's id."""

    @property
    def text(self) -> str:
        """The choice's text (one line of Markdown)."""


def path_of(study: StudyContext, attempt: str) -> tuple[str, tuple[Mapping[str, Any], ...]]:
    """The id of the latest choice in an attempt (empty if there is none), and the choices that led to it, in order."""
    made = dict(study.record.table("choices").stream(where("attempt") == attempt)) if attempt else {}
    last = at = max(made, default="")
    path: list[Mapping[str, Any]] = []
    while at in made:
        path.insert(0, made.pop(at))
        at = str(path[0]["after"])
    return last, tuple(path)


class Play(ABC):
    """A play. Its stages: the brief, then steps and their outcomes, then the ending and the debrief."""

    DECIDING: ClassVar[str]
    """The name of the stage that offers choices."""
    OUTCOME: ClassVar[str]
    """The name of the stage that shows the outcome of a step."""
    COUNT: ClassVar[str]
    """The key under which a location's `extra` stores the number of outcomes."""
    attempt: Attempt
    changed: str
    """Why a stored play could not be resumed; empty if it could."""

    @property
    @abstractmethod
    def ended(self) -> bool:
        """Whether an ending was reached."""

    @property
    @abstractmethod
    def waiting(self) -> str:
        """The stage that comes next once the last outcome was seen."""

    @property
    @abstractmethod
    def outcomes(self) -> int:
        """The number of steps with an outcome so far."""

    @property
    @abstractmethod
    def offered(self) -> Sequence[Offered]:
        """The choices of the pending decision; empty if none is pending."""

    @property
    @abstractmethod
    def has_log(self) -> bool:
        """Whether anything happened yet."""

    @abstractmethod
    def decide(self, choice: str) -> object:
        """Make a choice by its id and save it. Raises CourseError if it is not offered, NotSaved."""

    @abstractmethod
    def replay(self) -> None:
        """Start over with another seed; the old play is kept. Raises NotSaved."""

    def stage_at(self, kept: Mapping[str, Any]) -> str:
        """The stage to resume at, given a location's `extra`; an outcome is shown until the learner continues."""
        stage = kept.get("stage")
        if not self.attempt.begun:
            return self.waiting if stage == self.waiting else "brief"
        if self.outcomes and self.COUNT in kept and (stage == self.OUTCOME or int(kept[self.COUNT]) < self.outcomes):
            return self.OUTCOME
        return "debrief" if self.ended and stage == "debrief" else self.waiting

    def stage_after(self, outcomes: int) -> str:
        """The stage after a step; `outcomes` is their number before it."""
        return self.OUTCOME if self.outcomes > outcomes else self.waiting

    def next_stage(self, stage: str) -> str:
        """The stage after one that the learner has read."""
        return "debrief" if stage == "ending" else self.waiting

    def kept(self, stage: str) -> dict[str, Any]:
        """The `extra` of a location at that stage."""
        return {"stage": stage, self.COUNT: self.outcomes, "underway": stage not in ("brief", "debrief")}
