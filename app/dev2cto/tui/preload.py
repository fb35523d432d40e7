"""Background loading, after home is shown, of what the next key will most likely need; last, the index for searching.

Modules are loaded one at a time with pauses, so that a key waits for one at most; each takes a few milliseconds. The
index is built in a thread: reading a bank of questions takes longer than a key should wait.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from dev2cto.errors import Dev2CtoError

if TYPE_CHECKING:
    from dev2cto.tui.host import Host

FIRST, BETWEEN = 0.25, 0.02
"""Seconds before the first step (more if the start took longer), and between steps."""
DONE = object()
MODULES = (
    "textual.scrollbar",
    "dev2cto.yaml.tree",
    "dev2cto.yaml.decode",
    "dev2cto.course.model",
    "dev2cto.items.base",
    "dev2cto.items.expressions",
    "dev2cto.items.kinds",
    "dev2cto.exercises.base",
    "dev2cto.course.loader",
    "dev2cto.study.sessions.reading",
    "dev2cto.tui.widgets.inputs",
    "dev2cto.tui.widgets.question",
    "dev2cto.tui.screens.find_in_page",
    "dev2cto.tui.screens.reading",
    "dev2cto.tui.screens.step",
)


def steps(host: Host) -> Iterator[Callable[[], object]]:
    """Yield the loading steps: modules, the Markdown parser, then the next reading with its questions."""
    yield from (partial(import_module, name) for name in MODULES)
    from dev2cto.markdown.parser import parse

    yield partial(parse, "")
    onward = host.study.home().onward
    if onward is not None and onward.location.screen == "reading":
        try:
            reading = host.study.curriculum.reading(onward.location.ids[0])
        except Dev2CtoError:  # reported when the learner opens it
            return
        yield from (partial(host.prose, section.text) for section in reading.sections)
        yield from (partial(host.study.curriculum.item, section.check) for section in reading.sections if section.check)


async def warm(host: Host) -> None:
    """Run all steps, pausing between them; then those of the index, if the course changed since it was cached."""
    await asyncio.sleep(max(FIRST, time.process_time()))
    for step in steps(host):
        with suppress(Dev2CtoError):
            step()
        await asyncio.sleep(BETWEEN)
    index = host.study.curriculum.index_steps()
    while await asyncio.to_thread(next, index, DONE) is not DONE:
        await asyncio.sleep(BETWEEN)
