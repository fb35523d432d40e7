"""Temporary folders of this program, with the remains of killed ones removed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAME = re.compile(r"dev2cto-(?:lab|run|code|check)-\w+")
YOUNG = 3600.0
"""Seconds for which an unlocked folder is left alone: it may be about to be locked."""


@contextlib.contextmanager
def scratch_folder(kind: str) -> Iterator[Path]:
    """Create a folder, for the user alone, and remove it afterwards. Raises OSError.

    It is locked as long as this process lives, so that a later one can tell remains from folders in use.
    """
    _remove_remains_once(tempfile.gettempdir())
    folder = Path(tempfile.mkdtemp(prefix=f"dev2cto-{kind}-")).resolve()
    try:
        with _locked(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_remains(temporary: Path) -> None:
    """Remove folders of this user that killed processes left there."""
    for folder in temporary.iterdir():
        with contextlib.suppress(OSError):
            if not NAME.fullmatch(folder.name):
                continue
            found = folder.lstat()
            if found.st_uid == os.geteuid() and time.time() - found.st_mtime > YOUNG:
                with _locked(folder) as free:
                    if free:
                        shutil.rmtree(folder, ignore_errors=True)


@cache
def _remove_remains_once(temporary: str) -> None:
    with contextlib.suppress(OSError):
        remove_remains(Path(temporary))


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder. Yield whether that succeeded; raises OSError if it is no folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
