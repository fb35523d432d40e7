"""Texts for the progress screen: steps, objectives, attempts, calibration; with bars if `drawn`, else in words."""

from __future__ import annotations

from dev2cto import symbols
from dev2cto.learning.mastery import CONFIDENCE, Calibration
from dev2cto.markdown.parser import Block, Listing, Paragraph, Span, inline, para
from dev2cto.presenters.bars import bar
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import AttemptLine, ModuleProgress, Progress
from dev2cto.study.queries.view_models import minutes
from dev2cto.text import pluralize, unbroken

MOST_ATTEMPTS = 20


def progress_blocks(study: StudyContext, view: Progress, *, drawn: bool) -> list[Block]:
    """The whole page; a section without data says so."""
    blocks: list[Block] = [para("Steps", "heading"), *(_step(line, drawn) for line in view.modules)]
    blocks.append(para("Objectives: the latest answer to each of their questions", "heading"))
    for module in view.modules:
        answered = [line for line in module.objectives if line.mastery.answered]
        blocks += [para(module.name, "bold")] if answered else []
        for line in answered:
            spans = (*inline(line.text), Span(f"   {line.mastery.words}", "muted"))
            blocks.append(Paragraph(spans, marker="- ", tight=True))
    if not view.answered:
        blocks.append(para("No question answered yet."))
    shown = [line for line in view.attempts[:MOST_ATTEMPTS] if study.course.module(line.module)]
    blocks.append(para("Quizzes, newest first", "heading"))
    blocks += _lines([_attempt(study, line, drawn) for line in shown], drawn, "No quiz finished yet.")
    blocks.append(para("How well you know what you know", "heading"))
    empty = "Say after each answer how sure you are, and this will show how often you were right."
    return blocks + _lines(
        [_sure(row, drawn) for row in view.calibration if row.confidence in CONFIDENCE], drawn, empty
    )


def _lines(lines: list[str], drawn: bool, empty: str) -> list[Block]:
    """The lines, in columns if they are drawn; `empty` if there are none."""
    if not lines:
        return [para(empty)]
    return [Listing(tuple(lines), indent=2)] if drawn else [para(line, tight=True) for line in lines]


def _step(line: ModuleProgress, drawn: bool) -> Paragraph:
    """A step's state, its minutes done and in all, and the time spent."""
    if not drawn:
        done = f"{line.minutes_done} of {line.minutes} min done, {minutes(line.spent)} spent"
        return para(f"{line.name}, {line.title}: {line.state}, {done}", tight=True)
    name = Span(f"  {line.name}  {line.title}"), Span("   " + unbroken(minutes(line.spent)), "muted")
    spans = (*bar(line.minutes_done, line.minutes, 10), *name)
    return Paragraph(spans, indent=2, marker=f"{symbols.current().state(line.state)} ", tight=True)


def _attempt(study: StudyContext, line: AttemptLine, drawn: bool) -> str:
    name, passed, day = study.module(line.module).name, "passed" if line.passed else "", relative_day(study, line.at)
    if drawn:
        return f"{name:<9} {line.kind:<6} {line.score * 100:3.0f} %  {passed:<7} {day}"
    return f"{name}, {line.kind}: {line.score * 100:.0f} %, {', '.join(word for word in (passed, day) if word)}"


def _sure(row: Calibration, drawn: bool) -> str:
    """How often answers given with that confidence were right."""
    word, right = CONFIDENCE[row.confidence], f"% right of {pluralize(row.answers, 'answer')}"
    if drawn:
        return f"{word:<9} {row.mean * 100:3.0f} {right}"
    return f"When you said {word}: {row.mean * 100:.0f} {right}"
