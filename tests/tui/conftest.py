"""What the tests of screens share: a disk that can be full, and one tour through every state of the app."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.tui.seen import Seen, look
from tests.tui.touring import STOPS, at


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


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    """What every state shows and offers."""

    async def go(name: str, folder: Path) -> Seen:
        async with at(name, folder) as driver:
            return await look(name, driver)

    with pytest.MonkeyPatch.context() as surroundings:
        for name in ("EDITOR", "VISUAL", "NO_COLOR", "DEV2CTO_COURSE", "DEV2CTO_LEARNER"):
            surroundings.delenv(name, raising=False)
        surroundings.setenv("DEV2CTO_HOME", str(tmp_path_factory.mktemp("home")))
        surroundings.setenv("TEXTUAL_ANIMATIONS", "none")
        return {name: asyncio.run(go(name, tmp_path_factory.mktemp("tour"))) for name in STOPS}
