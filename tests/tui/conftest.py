"""What the tests of screens share: a disk that is full for as long as a test wants."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest


class Disk:
    """Writing and syncing fail while it is full."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        self.full = False
        for name in ("pwrite", "fsync"):
            patched.setattr(os, name, self._refusing(getattr(os, name)))

    def _refusing(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            if self.full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments)

        return call


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk."""
    return Disk(monkeypatch)
