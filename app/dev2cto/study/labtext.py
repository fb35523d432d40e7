"""What a run of a code lab brought, as blocks of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dev2cto.exercises.labrun import Check, LabRun
from dev2cto.prose.blocks import Block, Listing, Paragraph, Span, Style, para
from dev2cto.text import clean

STATUS: dict[str, tuple[str, Style]] = {
    "passed": ("passed", "good"),
    "failed": ("failed", "bad"),
    "error": ("error", "bad"),
}
MOST_PRINTED = 60
"""Lines that are shown of what the learner's program printed."""


def result_blocks(run: LabRun) -> list[Block]:
    """A result as text: how many passed, then each check."""
    passed = sum(check.status == "passed" for check in run.checks)
    head: tuple[str, Style] = (
        ("All checks pass: done.", "good") if run.passed else (f"{passed} of {len(run.checks)} checks pass.", "bad")
    )
    blocks: list[Block] = [para(""), Paragraph((Span(*head), Span(f"   {run.seconds:.1f} s", "muted")))]
    if run.stopped:
        blocks.append(para(clean(run.stopped), "warn"))
    for check in run.checks:
        blocks += check_blocks(check)
    blocks += [para(note, "muted") for note in run.notes]
    if run.output.strip():
        lines = tuple(clean(run.output).rstrip("\n").split("\n")[:MOST_PRINTED])
        blocks += [para("Your program printed", "muted"), Listing(lines)]
    return blocks


def solution_blocks(text: str, difference: str, prose: Callable[[str], Sequence[Block]]) -> list[Block]:
    """The explanation (Markdown, made blocks by `prose`), and what leads from the learner's files to ours."""
    blocks = list(prose(text))
    if not difference:
        return [*blocks, para("Your files are the same as ours.", "muted")]
    lines = tuple(clean(difference).split("\n"))
    return [*blocks, para("From your files (-) to ours (+)", "heading"), Listing(lines, "diff", indent=0)]


def check_blocks(check: Check) -> list[Block]:
    """One check: its title and, where it failed, what was given, expected and got."""
    word, style = STATUS[check.status]
    blocks: list[Block] = [Paragraph((Span(f"{word:<7}", style), Span(clean(check.title))), tight=True)]
    if check.status == "passed":
        return blocks
    if check.message:
        blocks.append(para(clean(check.message), indent=7, tight=True))
    for name, value in (("given", check.given), ("expected", check.expected), ("got", check.got), ("at", check.where)):
        first, *rest = clean(value).split("\n")
        label = f"{name + ':':<10}"
        if rest:
            blocks.append(Listing((label + first, *(" " * 10 + line for line in rest)), indent=7))
        elif first:
            blocks.append(para(first, "code", indent=7, marker=label, tight=True))
    return blocks
