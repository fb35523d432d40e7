"""Hangs are cut short, so that a test that fails does not hold up the others."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

LONGEST = 30
"""Seconds after which a test counts as hanging."""


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """Interrupts what waits for ever, for example on a pipe that nobody writes to."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"hangs for {LONGEST} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
