"""The result of an attempt by objective, with what to reread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dev2cto.course.outline import ModuleOutline
from dev2cto.items.base import Draw, Item
from dev2cto.learning.quiz import GradedAnswer, judge
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback, ObjectiveResult, QuizResult, StepResult
from dev2cto.study.sessions.grading import SubmittedAnswer, feedback_again
from dev2cto.study.state.location import from_json


def quiz_result(
    study: StudyContext,
    module: ModuleOutline,
    attempt: str,
    retry: bool,
    items: Mapping[str, Item],
    given: Mapping[str, Mapping[str, Any]],
) -> QuizResult:
    """Compute the result of an attempt; unanswered questions count as 0."""
    judged = [
        GradedAnswer(id, item.objective, float(given[id]["score"]) if id in given else 0.0, item.scored)
        for id, item in items.items()
    ]
    outcome = judge(judged)
    names = {o.id: o.text for m in study.course.modules for o in m.objectives}
    objectives = tuple(
        ObjectiveResult(
            id=objective,
            text=names.get(objective, objective),
            score=score,
            count=count,
            reread=tuple(
                dict.fromkeys(
                    (item.read, section_title(study, item.read))
                    for id in outcome.missed
                    if (item := items[id]).objective == objective and item.read
                )
            ),
        )
        for objective, (score, count) in sorted(outcome.by_objective.items(), key=lambda entry: entry[1][0])
    )
    mark = study.course.pass_mark
    return QuizResult(
        attempt=attempt,
        module=module.id,
        score=outcome.score,
        passed=not retry and outcome.passed(mark),
        pass_mark=mark,
        counted=outcome.counted,
        retry=retry,
        objectives=objectives,
        missed=outcome.missed,
        answers=tuple(_retry_hint(items[id], given[id]) for id in items if id in given),
    )


def by_step(study: StudyContext, result: QuizResult) -> QuizResult:
    """The result with its objectives also grouped by step, weakest step first."""
    steps = []
    for module in study.course.modules:
        own = {objective.id for objective in module.objectives}
        lines = tuple(line for line in result.objectives if line.id in own)
        if lines:
            count = sum(line.count for line in lines)
            score = sum(line.score * line.count for line in lines) / count
            steps.append(StepResult(module.id, module.name, module.title, score, count, lines))
    return replace(result, steps=tuple(sorted(steps, key=lambda step: step.score)))


def section_title(study: StudyContext, read: str) -> str:
    """ "Reading / Heading" for a section id (reading.section); the id itself if it is unknown."""
    reading_id, _, section_id = read.partition(".")
    reading = study.course.reading(reading_id)
    if reading is None:
        return read
    heading = dict(reading.sections).get(section_id)
    return f"{reading.title} / {heading}" if heading else reading.title


def _retry_hint(item: Item, doc: Mapping[str, Any]) -> Feedback:
    draw = Draw.read(doc.get("draw", {}))
    given = SubmittedAnswer(
        from_json(doc.get("response")) or "",
        int(doc.get("confidence", 0)),
        ms=int(doc.get("ms", 0)),
        answer=str(doc.get("id", "")),
    )
    return feedback_again(item, draw, given)
