"""Texts for code labs: state, results of checks, solutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.labs.result import CheckResult, LabRun
from dev2cto.markdown.parser import Block, Listing, Paragraph, Span, Style, para
from dev2cto.presenters.feedback import RenderMarkdown
from dev2cto.text import pluralize, sanitize

if TYPE_CHECKING:
    from dev2cto.exercises.code import Code
    from dev2cto.study.sessions.code_lab import CodeSession

STATUS: dict[str, tuple[str, Style]] = {
    "passed": ("passed", "good"),
    "failed": ("failed", "bad"),
    "error": ("error", "bad"),
    "missed": ("missed", "warn"),
}
MOST_PRINTED = 60
"""The maximum number of lines shown of the program's output."""


HELPED = "Opening it before your files pass marks the lab as helped."
WATCHING = "Watching: every save is checked."


def state(session: CodeSession) -> str:
    """The state for the title: "done", "begun", "not begun"."""
    return "done" if session.done else "begun" if session.attempt.begun else "not begun"


def hints_line(session: CodeSession) -> str:
    """The number of hints opened and of all hints."""
    return f"{session.hints_shown} of {len(session.exercise.hints)} shown"


def fresh_copy(session: CodeSession) -> str:
    """Start over with a fresh copy; return a message with its folder. Raises LabError, NotSaved."""
    session.fresh()
    return f"A fresh copy is in {session.folder}. Your earlier files are kept."


def result_blocks(run: LabRun, session: CodeSession, prose: RenderMarkdown) -> list[Block]:
    """The result of a run: the count, then each check, those that did not pass first; if all did, the solution too.

    Raises LabError, NotSaved.
    """
    passed = sum(check.status == "passed" for check in run.counted)
    count = f"{passed} of {pluralize(len(run.counted), 'check')} passed."
    head: tuple[str, Style] = ("All checks pass: done.", "good") if run.passed else (count, "bad")
    blocks: list[Block] = [Paragraph((Span(*head), Span(f"   {run.seconds:.1f} s", "muted")))]
    if run.stopped:
        blocks.append(para(sanitize(run.stopped), "warn"))
    for check in sorted(run.checks, key=lambda check: check.status == "passed"):
        blocks += check_blocks(check)
    blocks += [para(note, "muted") for note in run.notes]
    if run.output.strip():
        lines = tuple(sanitize(run.output).rstrip("\n").split("\n")[:MOST_PRINTED])
        blocks += [para("Your program printed", "muted"), Listing(lines)]
    return blocks + solution_blocks(session, prose) if run.passed else blocks


def solution_blocks(session: CodeSession, prose: RenderMarkdown) -> list[Block]:
    """The explanation, a diff from the learner's files to the solution, and the undetected mutants.

    Showing it before the lab is done marks the attempt as helped. Raises LabError, NotSaved.
    """
    solution = session.solution()
    blocks = list(prose(solution.text))
    if solution.difference:
        blocks += [para("From your files (-) to ours (+)", "heading"), _diff(solution.difference, ("yours", "ours"))]
    else:
        blocks.append(para("Your files are the same as ours.", "muted"))
    for survivor in solution.survivors:
        blocks.append(para(f"Not noticed: {sanitize(survivor.name)}", "heading"))
        blocks += [*prose(survivor.lesson), _diff(survivor.difference, ("original", "mutant"))]
    return blocks


def subject_blocks(session: CodeSession) -> list[Block]:
    """The code under test, file by file. Raises LabError."""
    blocks: list[Block] = []
    for name, text in session.subject().items():
        blocks += [para(name, "heading"), _code(text)]
    return blocks


def _code(text: str) -> Listing:
    """A file of Python."""
    return Listing(tuple(sanitize(text).rstrip("\n").split("\n")), "python", indent=2, code=True)


def files_line(session: CodeSession) -> str:
    """The files to write and their folder, existing or future."""
    names, folder = ", ".join(session.exercise.files), session.folder
    place = f"{session.study.workspace}/{session.exercise.id}"
    return f"{names} in {folder}" if folder else f"{names} will be copied to {place}"


def tested_line(lab: Code) -> str:
    """What the learner's tests must achieve; empty in labs without mutants."""
    if not lab.by_mutants:
        return ""
    asked = f"detect at least {lab.needed} of its {len(lab.mutants)} mutants, versions with one fault each"
    return f"They test {', '.join(lab.subject)} beside them: they must pass on the original and {asked}."


def _diff(text: str, sides: tuple[str, str]) -> Listing:
    return Listing(tuple(sanitize(text).split("\n")), "diff", indent=2, code=True, sides=sides)


def check_blocks(check: CheckResult) -> list[Block]:
    """A check's status and title; if it did not pass, also its message and the given, expected and actual values."""
    word, style = STATUS[check.status]
    title = (Span(sanitize(check.title)),)
    blocks: list[Block] = [Paragraph(title, marker=f"{word:<7}", tight=True, marker_style=style)]
    if check.status == "passed":
        return blocks
    if check.message:
        blocks.append(para(sanitize(check.message), indent=7, tight=True))
    for name, value in (("given", check.given), ("expected", check.expected), ("got", check.got), ("at", check.where)):
        first, *rest = sanitize(value).split("\n")
        label = f"{name + ':':<10}"
        if rest:
            blocks.append(Listing((label + first, *(" " * 10 + line for line in rest)), indent=7))
        elif first:
            blocks.append(para(first, "code", indent=7, marker=label, tight=True))
    return blocks
