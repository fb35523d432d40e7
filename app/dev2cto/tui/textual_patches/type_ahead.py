"""Keys typed ahead, on a slow line or before the program stands: each waits until the one before has done its work.

Textual hands a key at once to what has the focus then. Typed quickly, the keys meant for the next screen reach the one
before it, or a screen whose field does not stand yet, and are lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

from textual import events
from textual.message_pump import MessagePump

WORK, SCREEN = 2.0, 10.0
"""Seconds for which a key waits at most, whatever goes wrong: for the one before, and for a screen to stand."""
ROUNDS = 2
"""Ways up that are waited for: a key goes up to the app, whose command may tell something to where the key came from,
and that goes up once more.
"""


class TypeAhead:
    """Mix into an App, before it. A screen with `standing` False is waited for, and says `stands` to the app."""

    _limit: asyncio.TimerHandle | None = None
    """Runs while a key is worked on or a screen is waited for."""
    _held = False
    """Whether it is a screen that is waited for."""
    _number = 0
    """Of the key that is worked on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: deque[events.Key | events.Paste] = deque()

    async def on_event(self: Any, event: events.Event) -> None:
        """Keys and pastes queue up; everything else goes its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)  # type: ignore[misc]  # the App that this is mixed into
            return
        # Until the program has the terminal to itself, the terminal makes a line feed of the enter key.
        enter = isinstance(event, events.Key) and event.key == "ctrl+j"
        self._waiting.append(events.Key("enter", "\r") if enter else event)
        if self._limit is None:
            await self._next()

    def on_screen_ready(self) -> None:
        """A screen is ready for keys."""
        if self._held:
            self._go_on(self._number)

    async def _next(self: Any, forced: bool = False) -> None:
        if not self._waiting or self._limit is not None:
            return
        self._held = not forced and not getattr(self.screen, "standing", True)
        self._number += 1
        limit = SCREEN if self._held else WORK
        self._limit = asyncio.get_running_loop().call_later(limit, self._go_on, self._number, self._held)
        if self._held:
            return
        target = self.focused or self.screen
        await super().on_event(self._waiting.popleft())  # type: ignore[misc]
        self._wait_behind(way_up(target) * ROUNDS, self._number)

    def _wait_behind(self, nodes: Sequence[MessagePump], number: int) -> None:
        """Wait behind all that each of these has to do, one after the other; one that is closed does nothing more."""
        for n, node in enumerate(nodes, 1):
            if node.call_later(self._wait_behind, nodes[n:], number):
                return
        self._go_on(number)

    def _go_on(self: Any, number: int, forced: bool = False) -> None:
        """That key has done its work, that screen stands, or it took too long."""
        if number != self._number or self._limit is None:
            return
        self._limit.cancel()
        self._limit = None
        self.call_later(self._next, forced)


def way_up(node: MessagePump | None) -> tuple[MessagePump, ...]:
    """The node and all that stand above it, each twice: what it has to do may give it more to do."""
    return () if node is None else (node, node, *way_up(node._parent))
