"""Texts that several kinds of exercise share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dev2cto.exercises.text_lint import LintResult
from dev2cto.markdown.parser import Block, para
from dev2cto.presenters.feedback import NO_MORE_HINTS, RenderMarkdown

if TYPE_CHECKING:
    from dev2cto.study.sessions.code_lab import CodeSession
    from dev2cto.study.sessions.diff import DiffSession
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession


def exercise_title(session: ExerciseSession) -> str:
    """The title of an exercise's page: step and exercise."""
    study, module = session.study, session.attempt.module
    return f"{study.module(module).name if module else ''} / {session.exercise.title}"


def next_hint(session: CodeSession | DiffSession, prose: RenderMarkdown) -> list[Block]:
    """Open the next hint and show all opened so far. Raises NotSaved."""
    fresh = session.hint()
    return hint_blocks(session.exercise.hints, session.hints_shown, prose, more=fresh is not None)


def hint_blocks(hints: Sequence[str], shown: int, prose: RenderMarkdown, *, more: bool) -> list[Block]:
    """The first `shown` hints; without `more`, a line that there are no others."""
    blocks: list[Block] = []
    for n, hint in enumerate(hints[:shown], 1):
        blocks += [para(f"Hint {n} of {len(hints)}", "accent"), *prose(hint)]
    if not more:
        blocks.append(para(NO_MORE_HINTS if hints else "This exercise has no hints.", "muted"))
    return blocks


def form_blocks(results: Sequence[LintResult]) -> list[Block]:
    """The broken form rules of a text, or a line that its form is complete."""
    wrong = [para(result.message, "warn", marker="- ", tight=True) for result in results if not result.ok]
    return (
        [para("Required parts are missing:", "warn"), *wrong]
        if wrong
        else [para("All required parts are there.", "good")]
    )
