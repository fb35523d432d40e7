"""Handle unexpected errors: write a log file for the developers and return a message for the learner."""

from __future__ import annotations

import contextlib
import traceback
from datetime import UTC, datetime

from dev2cto.errors import Dev2CtoError
from dev2cto.paths import cache_dir, make_folders, private


def what_is_saved(readonly_reason: str, problem: str) -> str:
    """Return what `write_log` may say of a record, from why it was read-only and what closing it returned."""
    if readonly_reason:
        return f"Nothing was saved in this session: {readonly_reason}."
    return problem or "Your answers and your place are saved."


def write_log(error: BaseException, saved: str = "") -> str:
    """Write the traceback to a file in the cache folder, if possible, and return a message for the learner.

    `saved` is a sentence that says what is saved, if the caller has checked it.
    """
    message = f"Something went wrong inside dev2cto. {saved}".rstrip()
    with contextlib.suppress(OSError, Dev2CtoError):
        file = cache_dir() / f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        make_folders(file.parent)
        with open(file, "a", encoding="utf-8", opener=private) as handle:
            handle.write("".join(traceback.format_exception(error)))
        return f"{message}\nPlease send us this file: {file}"
    return message
