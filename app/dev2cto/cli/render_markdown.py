"""Render the course's Markdown as plain lines, for commands that print texts."""

from __future__ import annotations

from dev2cto.course.curriculum import Curriculum
from dev2cto.markdown.layout import WIDTH, layout
from dev2cto.markdown.parser import inline, parse, plain


def markdown(curriculum: Curriculum, text: str, width: int = WIDTH) -> list[str]:
    """Render a Markdown text of the course as plain lines of at most `width` cells."""
    blocks = parse(text, curriculum.cite, curriculum.fact)
    return [line.text.rstrip() for line in layout(blocks, width)]


def one_line(curriculum: Curriculum, text: str) -> str:
    """Render inline Markdown of the course as one plain line."""
    return plain(inline(text, curriculum.cite, curriculum.fact))
