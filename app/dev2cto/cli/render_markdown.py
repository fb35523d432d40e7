"""Markdown of the course as plain lines, for commands that print texts."""

from __future__ import annotations

from dev2cto.course.curriculum import Curriculum
from dev2cto.markdown.layout import WIDTH, layout
from dev2cto.markdown.parser import inline, parse, plain


def markdown(curriculum: Curriculum, text: str, width: int = WIDTH) -> list[str]:
    """A Markdown text of the course as plain lines."""
    blocks = parse(text, curriculum.cite, curriculum.fact)
    return [line.text.rstrip() for line in layout(blocks, width)]


def one_line(curriculum: Curriculum, text: str) -> str:
    """A piece of such a text as one plain line."""
    return plain(inline(text, curriculum.cite, curriculum.fact))
