"""How it goes: steps, objectives, attempts, calibration, time; in words."""

from __future__ import annotations

from dev2cto.learning.mastery import CONFIDENCE
from dev2cto.plain.prompt import BACK, CommandInput, Prompt
from dev2cto.plain.screens.transcript import TRANSCRIPT
from dev2cto.plain.ui import PlainUI
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import AttemptLine, Progress, progress
from dev2cto.study.queries.view_models import minutes
from dev2cto.study.state.location import Location
from dev2cto.text import pluralize

MOST_ATTEMPTS = 20


def progress_text(ui: PlainUI, location: Location) -> Location | None:
    """The whole, read from the record."""
    view = progress(ui.study)
    ui.show_title("Progress", f"course {ui.study.home().percent} % done")
    for part in (steps(view), objectives(ui, view), attempts(ui, view), calibration(view)):
        for line in part:
            ui.say(line)
        ui.console.gap()
    while ui.ask(Prompt((TRANSCRIPT, BACK), enter="goes back")) == CommandInput("t"):
        ui.go(Location("transcript"))
    return None


def steps(view: Progress) -> list[str]:
    """Each step's state, its minutes done of all, the time spent."""
    return [
        f"{m.name}, {m.title}: {m.state}, {m.minutes_done} of {m.minutes} min done, {minutes(m.spent)} spent"
        for m in view.modules
    ]


def objectives(ui: PlainUI, view: Progress) -> list[str]:
    """The objectives of which a question was answered."""
    lines = ["Objectives, by the latest answer to each of their questions:"]
    for m in view.modules:
        lines += [f"{m.name}, {o.mastery.words}: {ui.inline(o.text)}" for o in m.objectives if o.mastery.answered]
    return lines if len(lines) > 1 else ["No question answered yet."]


def attempts(ui: PlainUI, view: Progress) -> list[str]:
    """Quizzes, the newest first."""
    course = ui.study.course
    lines = [attempt(ui, a) for a in view.attempts[:MOST_ATTEMPTS] if course.module(a.module)]
    return ["Quizzes, the newest first:", *lines] if lines else ["No quiz finished yet."]


def attempt(ui: PlainUI, line: AttemptLine) -> str:
    """One attempt."""
    passed = ", passed" if line.passed else ""
    name = ui.study.module(line.module).name
    return f"{name}, {line.kind}: {line.score * 100:.0f} %{passed}, {relative_day(ui.study, line.at)}"


def calibration(view: Progress) -> list[str]:
    """Confidence against correctness."""
    lines = [
        f"When you said {CONFIDENCE[row.confidence]}: {row.mean * 100:.0f} % right"
        f" of {pluralize(row.answers, 'answer')}"
        for row in view.calibration
        if row.confidence in CONFIDENCE
    ]
    if not lines:
        return ["Say after each answer how sure you are, and this will show how often you were right."]
    return ["How well you know what you know:", *lines]
