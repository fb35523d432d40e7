"""Output of one-shot commands: plain lines, or JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import Any


def emit(lines: list[str]) -> None:
    """Print the lines, each followed by a line break."""
    sys.stdout.write("\n".join(lines) + "\n")


def emit_json(document: Any) -> None:
    """Print a document as JSON; values that JSON lacks (paths, dates) become strings."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
