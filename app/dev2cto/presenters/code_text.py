"""Messages about code that is copied."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.text import one_line, pluralize

CLIPBOARD = "It is in the clipboard if your terminal lets programs write there (OSC 52)."
MOST = 40
"""Characters of the first line."""


def copied(lines: Sequence[str]) -> str:
    """What was copied."""
    first = next((one_line(line) for line in lines if line.strip()), "")
    return (
        f"Copied {pluralize(len(lines), 'line')}: {first[:MOST]}{' ...' if len(lines) > 1 or len(first) > MOST else ''}"
    )
