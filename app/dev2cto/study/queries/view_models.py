"""View models of home. They are light to import, since every start shows the home screen."""

from typing import NamedTuple

from dev2cto.learning.completion import PartState
from dev2cto.study.state.location import Location


class StepLine(NamedTuple):
    """A module on the home screen."""

    module: str
    step: str
    title: str
    state: PartState
    readings_done: int
    readings: int
    quiz: str
    """The best score as "92 %", "--" before the first, "" if the module has no quiz; the same for `final`."""
    exercises_done: int
    exercises: int
    broken: int
    """The number of problems that prevent parts of the module from being shown."""
    final: str = ""
    passed: bool = False
    """Whether the quiz is."""
    share: float = 0.0
    """The completed part (0..1), weighted by minutes."""


class NextStep(NamedTuple):
    """The line to continue, and its target."""

    location: Location
    title: str
    note: str

    def document(self) -> dict[str, object]:
        """The fields for `--json`."""
        return {"screen": self.location.screen, "ids": self.location.ids, "title": self.title, "note": self.note}


class HomeView(NamedTuple):
    """The snapshot for the home screen."""

    title: str
    percent: int
    onward: NextStep | None
    steps: tuple[StepLine, ...]
    due: int
    due_minutes: int
    week_minutes: int
    goal_minutes: int
    portfolio_done: int
    portfolio: int
    last_here: str
    notices: tuple[str, ...] = ()
    promises: tuple[tuple[str, str], ...] = ()
    """Id and words of those to look back on, the longest due first."""


def minutes(seconds: float) -> str:
    """A duration as text: "0 min", "12 min", "2 h", "2 h 10"."""
    hours, rest = divmod(int(seconds // 60), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"
