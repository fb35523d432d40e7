"""View models of a step."""

from typing import TYPE_CHECKING, NamedTuple

from dev2cto.learning.completion import PartState

if TYPE_CHECKING:
    from dev2cto.learning.mastery import Mastery


class PartLine(NamedTuple):
    """A reading, quiz, exercise or final form in a step's list."""

    part: str
    """reading, quiz, exercise or final."""
    id: str
    title: str
    kind: str
    minutes: int
    state: PartState
    note: str


class ObjectiveLine(NamedTuple):
    """An objective and the learner's mastery of it."""

    id: str
    text: str
    mastery: "Mastery"
    questions: int = 0
    """How many scored questions the course has for it."""


class StepView(NamedTuple):
    """The snapshot for a step's screen."""

    module: str
    name: str
    title: str
    summary: str
    situation: str
    objectives: tuple[ObjectiveLine, ...]
    parts: tuple[PartLine, ...]
    broken: tuple[str, ...]
