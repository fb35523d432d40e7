"""A code review as a Markdown document, for the portfolio."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.exercises.diffs.changeset import Changeset
from dev2cto.exercises.diffs.review_score import ReviewMark


def review_text(title: str, change: Changeset, marks: Sequence[ReviewMark]) -> str:
    """Write the marks as Markdown, file by file: weight and line, the code, the comment."""
    parts = [f"# Review: {title}"]
    for file in change.files:
        lines = {file.address(line): line for line in file.lines}
        mine = [mark for mark in marks if mark.address in lines]
        if mine:
            parts.append(f"## {file.name}")
        for mark in mine:
            line = lines[mark.address]
            parts += [f"**{mark.weight}**, line {line.label}:", f"    {line.text}", mark.comment.strip()]
    if len(parts) == 1:
        parts.append("No comments.")
    return "\n\n".join(part for part in parts if part.strip()) + "\n"
