"""Texts for the progress screen: what to do next, steps, objectives, calibration, ranges, weeks, reviews, attempts.

With bars and columns if `drawn`, else in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.learning.mastery import CONFIDENCE, SECURE, Calibration
from dev2cto.markdown.parser import Block, Paragraph, Span, Spans, Style, TableBlock, inline, para
from dev2cto.presenters.bars import bar, history, percent
from dev2cto.presenters.ranges_text import range_blocks
from dev2cto.presenters.weeks_text import figured, review_blocks, week_blocks
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.advice import SURE
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import AttemptLine, ModuleProgress, Progress
from dev2cto.study.queries.view_models import minutes
from dev2cto.text import pluralize

MOST_ATTEMPTS = 20
HONEST = 0.9
"""The share of right answers at which "sure" is the right word."""
EMPTY_QUIZZES = "No quiz finished yet."
EMPTY_ANSWERS = "No question answered yet."
EMPTY_SURE = "Say after each answer how sure you are, to see here how often you were right."
SHORT = 8
"""Cells of a bar where the page has two columns."""


def progress_blocks(study: StudyContext, view: Progress, *, drawn: bool) -> list[Block]:
    """The whole page; a section without data says what will be there."""
    return [
        *_advice(view),
        *_steps(view.modules, drawn),
        *_objectives(view, drawn),
        *_calibration(view, drawn),
        *range_blocks(view.ranges, drawn=drawn),
        *_time(study, view, drawn),
        *_attempts(study, view, drawn),
    ]


def progress_columns(study: StudyContext, view: Progress) -> tuple[list[Block], list[Block]]:
    """The page in two columns: what there is to know and to do, and beside it time and judgement."""
    work = [*_advice(view), *_steps(view.modules, True), *_objectives(view, True), *_attempts(study, view, True)]
    judgement = [*_calibration(view, True, narrow=True), *range_blocks(view.ranges, drawn=True, narrow=True)]
    return work, [*judgement, *_time(study, view, True, narrow=True)]


def _time(study: StudyContext, view: Progress, drawn: bool, *, narrow: bool = False) -> list[Block]:
    """The weeks, and the reviews to come."""
    weeks = week_blocks(dict(view.days), study.today(), study.settings.goal_minutes, drawn=drawn, narrow=narrow)
    return [*weeks, *review_blocks(view.ahead, drawn=drawn, narrow=narrow)]


def _advice(view: Progress) -> list[Block]:
    """What to do next, each with its reason."""
    if not view.advice:
        return []
    lines = [
        Paragraph((Span(each.what, "bold"), Span(f", {each.why}", "muted")), marker="- ", tight=n > 0)
        for n, each in enumerate(view.advice)
    ]
    return [para("What to do next", "heading"), *lines]


def _steps(modules: Sequence[ModuleProgress], drawn: bool) -> list[Block]:
    """Each step's state, its minutes done and in all, and the time spent."""
    if not drawn:
        return [para("Steps", "heading"), *(_step_in_words(line) for line in modules)]
    rows: list[tuple[Spans, ...]] = [_heads("Steps", "", "", "done", "spent")]
    for line in modules:
        share = line.minutes_done / line.minutes if line.minutes else 0.0
        spent = minutes(line.spent) if line.spent >= 60 else ""
        name, figures = Span(line.name, "muted"), ((Span(percent(share)),), (Span(spent, "muted"),))
        rows.append(((name,), inline(line.title), bar(share, 1, 10), *figures))
    return [TableBlock(tuple(rows), ("left", "left", "left", "right", "right"), wide=1)]


def _step_in_words(line: ModuleProgress) -> Paragraph:
    done = f"{line.minutes_done} of {line.minutes} min done, {minutes(line.spent)} spent"
    return para(f"{line.name}, {line.title}: {line.state}, {done}", tight=True)


def _objectives(view: Progress, drawn: bool) -> list[Block]:
    """Objectives with an answered question, by step: the mean of the latest answers to their questions."""
    if not view.answered:
        return [para("Objectives", "heading"), para(EMPTY_ANSWERS)]
    blocks: list[Block] = []
    for module in view.modules:
        answered = [line for line in module.objectives if line.mastery.answered]
        if not answered:
            continue
        if not drawn:
            blocks.append(para(f"Objectives of {module.name}: the latest answer to each question", "heading"))
            for line in answered:
                said = Span(f"   {line.mastery.words}", "muted")
                blocks.append(Paragraph((*inline(line.text), said), marker="- ", tight=True))
            continue
        rows: list[tuple[Spans, ...]] = [_heads(f"Objectives of {module.name}", "", "mastery", "answered")]
        for line in module.objectives:
            mean, of = line.mastery.mean, f"{line.mastery.answered} of {line.questions}"
            drawn_bar = bar(mean or 0, 1, 12, mastery_style(mean))
            figure = Span(percent(mean)) if mean is not None else Span("--  ", "muted")
            rows.append((inline(line.text), drawn_bar, (figure,), (Span(of, "muted"),)))
        blocks.append(_table(rows))
    return blocks


def mastery_style(mean: float | None) -> Style:
    """The style of the bar: good once an objective is mastered."""
    return "fill-good" if mean is not None and mean >= SECURE else "fill"


def _calibration(view: Progress, drawn: bool, *, narrow: bool = False) -> list[Block]:
    """How often answers were right, by how sure the learner was, and by week."""
    head = para("How sure you were, and how often right", "heading")
    rows = [row for row in reversed(view.calibration) if row.confidence in CONFIDENCE]
    if not rows:
        return [head, para(EMPTY_SURE)]
    blocks: list[Block] = [head]
    if drawn:
        table: list[tuple[Spans, ...]] = []
        for row in rows:
            of = Span(f"of {row.answers}" if narrow else f"right of {pluralize(row.answers, 'answer')}", "muted")
            word, cells = CONFIDENCE[row.confidence].capitalize(), SHORT if narrow else 20
            table.append(((Span(word),), bar(row.mean, 1, cells), (Span(percent(row.mean)),), (of,)))
        blocks.append(TableBlock(tuple(table), ("left", "left", "right", "left"), 1, head=False, tight=True))
    else:
        blocks += [para(_sure(row), tight=True) for row in rows]
    if words := calibration_words(rows):
        blocks.append(para(words, "muted", indent=1 if drawn else 0, tight=True))
    known = [share for share in view.sure if share is not None]
    if len(known) > 1:
        last = f"{known[0] * 100:.0f} % at first, {known[-1] * 100:.0f} % last"
        if drawn:
            blocks += figured(
                history([share or 0.0 for share in view.sure]), f"when sure, by week: {last}", narrow=narrow
            )
        else:
            blocks.append(para(f"When you were sure, by week: right {last}.", tight=True))
    return blocks


def calibration_words(rows: Sequence[Calibration]) -> str:
    """One sentence on whether "sure" is said too often; empty without enough answers to tell."""
    sure = next((row for row in rows if row.confidence == SURE and row.answers >= 10), None)
    if sure is None:
        return ""
    right, honest = f"{sure.mean * 100:.0f} %", f"{HONEST * 100:.0f} %"
    if round(sure.mean, 2) < HONEST:
        often = "much too often" if sure.mean < HONEST - 0.2 else "a little too often"
        return f"You are sure {often}: {right} right where {honest} would be honest."
    return f"When you are sure, you can rely on it: {right} right."


def _sure(row: Calibration) -> str:
    """How often answers given with that confidence were right."""
    right = f"{row.mean * 100:.0f} % right of {pluralize(row.answers, 'answer')}"
    return f"When you said {CONFIDENCE[row.confidence]}: {right}"


def _attempts(study: StudyContext, view: Progress, drawn: bool) -> list[Block]:
    """Finished quizzes and final forms, newest first."""
    shown = [line for line in view.attempts[:MOST_ATTEMPTS] if study.course.module(line.module)]
    if not shown:
        return [para("Quizzes", "heading"), para(EMPTY_QUIZZES)]
    if not drawn:
        head = para("Quizzes, newest first", "heading")
        return [head, *(para(_attempt(study, line), tight=True) for line in shown)]
    rows = [_heads("Quizzes, newest first", "", "score", "", "")]
    for line in shown:
        passed = (Span("passed", "good"),) if line.passed else (Span(""),)
        name, day = study.module(line.module).name, Span(relative_day(study, line.at), "muted")
        score = Span(percent(line.score))
        rows.append(((Span(name),), (Span(line.kind, "muted"),), (score,), passed, (day,)))
    return [TableBlock(tuple(rows), ("left", "left", "right", "left", "right"), wide=1)]


def _attempt(study: StudyContext, line: AttemptLine) -> str:
    name, passed, day = study.module(line.module).name, "passed" if line.passed else "", relative_day(study, line.at)
    return f"{name}, {line.kind}: {line.score * 100:.0f} %, {', '.join(word for word in (passed, day) if word)}"


def _heads(title: str, *others: str) -> tuple[Spans, ...]:
    """The head of a table that begins with a section's title."""
    return ((Span(title, "heading"),), *((Span(other, "muted"),) for other in others))


def _table(rows: Sequence[tuple[Spans, ...]]) -> TableBlock:
    """A text, a bar and two figures in each row."""
    return TableBlock(tuple(rows), ("left", "left", "right", "right"), wide=0)
