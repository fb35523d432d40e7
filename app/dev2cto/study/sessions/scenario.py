"""Sessions of scenarios. Each decision is saved at once, so that a lost connection loses none."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from dev2cto.errors import CourseError, NotSaved
from dev2cto.exercises.scenarios.debrief import Debrief, debrief
from dev2cto.exercises.scenarios.player import ScenarioProgress, play
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.attempt import Attempt, fresh_seed
from dev2cto.study.sessions.play import Offered, Play, path_of


class ScenarioSession(Play):
    """The learner's path through a scenario."""

    DECIDING, OUTCOME, COUNT = "scene", "result", "taken"

    def __init__(self, study: StudyContext, exercise: Scenario) -> None:
        self.study, self.exercise = study, exercise
        self.attempt = Attempt(study, exercise)
        doc = self.attempt.doc
        self._seed = int(doc["seed"]) if "seed" in doc else fresh_seed(study)
        self.changed = ""
        self._last, path = path_of(study, self.attempt.id)
        choices = (str(made["choice"]) for made in path)
        try:
            self.state: ScenarioProgress = play(exercise, self._seed, (*doc.get("choices", ()), *choices))
        except CourseError as error:
            self.changed = f"{error.message} You start over; your old path is kept."
            with contextlib.suppress(NotSaved):
                self.attempt.change(state="left", finished=study.now())
            self.attempt, self._last = Attempt(study, exercise), ""
            self.state = play(exercise, self._seed, ())

    @property
    def ended(self) -> bool:
        """Whether an ending was reached."""
        return self.state.ending is not None

    @property
    def waiting(self) -> str:
        """The stage to show: the ending, or the scene with the pending decision."""
        return "ending" if self.ended else "scene"

    @property
    def outcomes(self) -> int:
        """The number of decisions made."""
        return len(self.state.choices)

    @property
    def offered(self) -> Sequence[Offered]:
        """The choices of the current scene."""
        return self.state.offered

    @property
    def has_log(self) -> bool:
        """Whether anything happened yet."""
        return bool(self.state.log)

    def decide(self, choice: str) -> ScenarioProgress:
        """Make a choice by its id and save it; an ending completes the exercise.

        Raises CourseError if the choice is not offered, NotSaved.
        """
        state = play(self.exercise, self._seed, (*self.state.choices, choice))
        with self.study.record.batch():
            self.attempt.begin(seed=self._seed, choices=[])
            last = self.study.record.table("choices").insert(
                {"attempt": self.attempt.id, "after": self._last, "choice": choice, "at": self.study.now()}
            )
            if state.ending is not None:
                self.attempt.submit(passed=True, path=list(state.choices), seed=self._seed,
                       ending=state.ending.id, gauges=dict(state.gauges))  # fmt: skip
                self.attempt.end("done")
        self.state, self._last = state, last
        return state

    def debrief(self) -> Debrief:
        """The debrief: what this path traded, and what other choices would have led to."""
        return debrief(self.exercise, self.state)

    @property
    def endings_seen(self) -> frozenset[str]:
        """The ids of the endings reached in all attempts."""
        return frozenset(str(doc.get("ending")) for doc in self.attempt.submissions())

    def replay(self) -> None:
        """Start over with another seed; the old path is kept. Raises NotSaved."""
        self.attempt, self._last = self.attempt.leave(), ""
        self._seed = fresh_seed(self.study)
        self.state = play(self.exercise, self._seed, ())
