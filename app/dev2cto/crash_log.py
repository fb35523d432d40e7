"""What happens to an error that nobody foresaw: a file for us, a plain sentence for the learner."""

from __future__ import annotations

import contextlib
import traceback
from datetime import UTC, datetime

from dev2cto.paths import cache_dir, make_folders


def write_log(error: BaseException) -> str:
    """Write the details to a file in the cache; returns what to tell the learner."""
    file = cache_dir() / f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
    told = "Something went wrong inside dev2cto. Your answers and your place are saved."
    with contextlib.suppress(OSError):
        make_folders(file.parent)
        with file.open("a", encoding="utf-8") as handle:
            handle.write("".join(traceback.format_exception(error)))
        return f"{told}\nPlease send us this file: {file}"
    return told
