"""What the tests of screens share: a disk that can be full, and one tour through every state of the app."""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import pickle
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.support.screen import Seen, look
from tests.support.tour import STOPS, at


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


def once(place: Path, make: Callable[[], Seen]) -> Seen:
    """What was made and kept at that place by whichever process of the tests came first."""
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            place.write_bytes(pickle.dumps(make()))
    seen: Seen = pickle.loads(place.read_bytes())
    return seen


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    """What every state shows and offers; processes that test at the same time share the work."""

    async def go(name: str, folder: Path) -> Seen:
        async with at(name, folder) as driver:
            return await look(name, driver)

    def make(name: str) -> Seen:
        return asyncio.run(go(name, tmp_path_factory.mktemp("tour")))

    worker, base = os.environ.get("PYTEST_XDIST_WORKER", ""), tmp_path_factory.getbasetemp()
    shared = (base.parent if worker else base) / "seen"
    shared.mkdir(exist_ok=True)
    numbers = {name: number for number, name in enumerate(STOPS)}
    order = Random(worker).sample(list(STOPS), len(STOPS))
    with pytest.MonkeyPatch.context() as surroundings:
        for name in ("EDITOR", "VISUAL", "NO_COLOR", "DEV2CTO_COURSE", "DEV2CTO_LEARNER"):
            surroundings.delenv(name, raising=False)
        surroundings.setenv("DEV2CTO_HOME", str(tmp_path_factory.mktemp("home")))
        surroundings.setenv("TEXTUAL_ANIMATIONS", "none")
        found = {name: once(shared / str(numbers[name]), partial(make, name)) for name in order}
    return {name: found[name] for name in STOPS}
