"""Handle unexpected errors: write a log file for the developers and return a message for the learner."""

from __future__ import annotations

import contextlib
import traceback
from datetime import UTC, datetime

from dev2cto.paths import cache_dir, make_folders


def write_log(error: BaseException) -> str:
    """Write the traceback to a file in the cache folder, if possible, and return a message for the learner."""
    file = cache_dir() / f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
    message = "Something went wrong inside dev2cto. Your answers and your place are saved."
    with contextlib.suppress(OSError):
        make_folders(file.parent)
        with file.open("a", encoding="utf-8") as handle:
            handle.write("".join(traceback.format_exception(error)))
        return f"{message}\nPlease send us this file: {file}"
    return message
