"""dev2cto status: show the learner's progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto import symbols
from dev2cto.bootstrap import open_study
from dev2cto.cli.arguments import JSON
from dev2cto.cli.output import emit, emit_json
from dev2cto.paths import is_shipped
from dev2cto.study.queries.view_models import minutes
from dev2cto.terminal_caps import prefers_lines

if TYPE_CHECKING:
    from argparse import Namespace

HELP = "show your progress"
ARGUMENTS = JSON


def run(options: Namespace) -> int:
    """Print the completed share of the course, each step, what is due, and what comes next."""
    study = open_study(options, readonly=True)
    view = study.home()
    if options.json:
        onward = view.onward.document() if view.onward else None
        about = {"course": study.course.id, "folder": str(study.curriculum.root)}
        promised = [{"id": id, "words": words} for id, words in view.promises]
        lists = {"steps": [step._asdict() for step in view.steps], "promises": promised}
        emit_json(about | view._asdict() | {"onward": onward, **lists})
        return 0
    in_words = prefers_lines()
    lines = [f"{view.title}: {view.percent} % done"]
    lines += [] if is_shipped(study.curriculum.root) else [f"in {study.curriculum.root}"]
    for step in view.steps:
        name = study.module(step.module).name
        parts = [f"readings {step.readings_done}/{step.readings}"]
        parts += [f"quiz {step.quiz}"] if step.quiz else []
        parts += [f"final form {step.final}"] if step.final else []
        parts += [f"exercises {step.exercises_done}/{step.exercises}"] if step.exercises else []
        if in_words:
            lines.append(f"{name}, {step.title}: {step.state}; {', '.join(parts)}")
        else:
            lines.append(f"{symbols.current().state(step.state)} {name:<9} {step.title:<38} {', '.join(parts)}")
    goal = f" of {minutes(view.goal_minutes * 60)}" if view.goal_minutes else ""
    lines.append(
        f"{minutes(view.week_minutes * 60)}{goal} this week; {view.due} to review; "
        f"portfolio {view.portfolio_done} of {view.portfolio}"
    )
    lines += [f"promised: {words}" for _, words in view.promises]
    if view.onward is not None:
        lines.append(f"next: {view.onward.title} ({view.onward.note})")
    emit(lines)
    return 0
