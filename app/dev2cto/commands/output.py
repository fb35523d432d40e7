"""How one-shot commands print: plain lines, or JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import Any

from dev2cto.curriculum import citing
from dev2cto.curriculum.curriculum import Curriculum
from dev2cto.prose.blocks import parse
from dev2cto.prose.layout import WIDTH, lay_out


def emit(lines: list[str]) -> None:
    """Print lines."""
    sys.stdout.write("\n".join(lines) + "\n")


def emit_json(document: Any) -> None:
    """Print a document for a program."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def markdown(curriculum: Curriculum, text: str, width: int = WIDTH) -> list[str]:
    """A Markdown text of the course as plain lines."""
    blocks = parse(text, lambda id: citing.cite(curriculum, id), lambda id: citing.fact(curriculum, id))
    return [line.text.rstrip() for line in lay_out(blocks, width)]
