"""What scenarios and simulations share: a play in stages, each step of it kept as it is taken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from dev2cto.study.sessions.attempt import Attempt


class Offered(Protocol):
    """A choice of a decision, as the front ends see it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def text(self) -> str:
        """Its text (one line of Markdown)."""


class Play(ABC):
    """The stages: brief, then steps and what each brought, then ending and debrief."""

    DECIDING: ClassVar[str]
    """The stage in which there are choices."""
    OUTCOME: ClassVar[str]
    """The stage that shows what a step brought."""
    COUNT: ClassVar[str]
    """What a kept place calls the number of steps that brought something."""
    attempt: Attempt
    changed: str
    """Why an old play could not be resumed; empty when it could."""

    @property
    @abstractmethod
    def ended(self) -> bool:
        """Whether an ending was reached."""

    @property
    @abstractmethod
    def waiting(self) -> str:
        """The stage that waits for the learner, once what came before was seen."""

    @property
    @abstractmethod
    def outcomes(self) -> int:
        """How many steps brought something so far."""

    @property
    @abstractmethod
    def offered(self) -> Sequence[Offered]:
        """The choices of the decision that waits; none where no decision does."""

    @property
    @abstractmethod
    def has_log(self) -> bool:
        """Whether something happened yet."""

    @abstractmethod
    def decide(self, choice: str) -> object:
        """Take a choice by its id and keep it. Raises CourseError where it is not offered, NotSaved."""

    @abstractmethod
    def replay(self) -> None:
        """Begin again with another seed; the old play is kept. Raises NotSaved."""

    def stage_at(self, kept: Mapping[str, Any]) -> str:
        """The stage to resume at: what a step brought is shown until the learner goes on."""
        stage = kept.get("stage")
        if not self.attempt.begun:
            return self.waiting if stage == self.waiting else "brief"
        if self.outcomes and self.COUNT in kept and (stage == self.OUTCOME or int(kept[self.COUNT]) < self.outcomes):
            return self.OUTCOME
        return "debrief" if self.ended and stage == "debrief" else self.waiting

    def stage_after(self, outcomes: int) -> str:
        """The stage after a step before which there were so many outcomes."""
        return self.OUTCOME if self.outcomes > outcomes else self.waiting

    def next_stage(self, stage: str) -> str:
        """The stage that follows when the learner has read that one."""
        return "debrief" if stage == "ending" else self.waiting

    def kept(self, stage: str) -> dict[str, Any]:
        """What a place keeps of a stage."""
        return {"stage": stage, self.COUNT: self.outcomes, "underway": stage not in ("brief", "debrief")}
