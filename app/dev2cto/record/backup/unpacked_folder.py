"""The folder that an archive is unpacked into."""

from __future__ import annotations

from pathlib import Path

from dev2cto.errors import NotSaved


def cannot_unpack(problem: OSError, folder: Path) -> NotSaved:
    """Return the error for a disk that does not take what is unpacked."""
    return NotSaved(
        f"The backup cannot be unpacked: {problem.strerror or problem} ({folder}).",
        "Nothing was changed. Free some space first.",
    )
