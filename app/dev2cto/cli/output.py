"""The only door to standard output and standard error: whatever a command prints is filtered here.

A course, a record, an archive or a file name may hold escape sequences that move the cursor, change the title, write
to the clipboard or show text in another order than it has. None of them reaches a terminal, and none a pipe either:
what is filtered does not depend on where it goes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any


def emit(lines: list[str]) -> None:
    """Print the lines, each followed by a line break."""
    write("\n".join(lines) + "\n")


def emit_json(document: Any, indent: int = 2) -> None:
    """Print a document as JSON; values that JSON lacks (paths, dates) become strings.

    What `write` would remove is escaped instead, so that programs read exactly what is there.
    """
    emit_json_pieces([json.dumps(document, ensure_ascii=False, indent=indent, default=str), "\n"])


def emit_json_pieces(pieces: Iterable[str]) -> None:
    """Print the pieces of a JSON document as `emit_json` does."""
    from dev2cto.escapes import CONTROLS

    for piece in pieces:
        sys.stdout.write(CONTROLS.sub(lambda found: json.dumps(found[0])[1:-1], piece))


def write(text: str, *, error: bool = False) -> None:
    """Print a text without escape sequences and control characters, to standard error if `error` is set."""
    from dev2cto.text import sanitize

    (sys.stderr if error else sys.stdout).write(sanitize(text))


def send_controls(sequence: str) -> None:
    """Send the program's own escape sequences to the terminal at once; never a text from elsewhere."""
    sys.stdout.write(sequence)
    sys.stdout.flush()
