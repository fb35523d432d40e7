"""Type-ahead: each key waits until the one before it has been handled completely.

Textual sends a key at once to the focused widget. Keys typed quickly, over a slow connection or before the program is
ready, would reach the previous screen instead of the next one, or a screen without its input field, and be lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

from textual import events
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump

from dev2cto.tui.textual_patches.key_flow import PacedDriver

WORK, SCREEN = 2.0, 10.0
"""The longest wait, in seconds, if something goes wrong: for the previous key, and for a screen to be ready."""
ROUNDS = 2
"""Times to wait for messages to bubble up to the app: a key bubbles up, the app's action may post a message to the
widget that the key came from, and that message bubbles up again.
"""


class TypeAhead:
    """Mix in before App. Keys wait while the screen's `is_ready` is False, until it calls `on_screen_ready`."""

    _limit: asyncio.TimerHandle | None = None
    """Runs while a key is being handled or a screen is not ready."""
    _held = False
    """Whether keys wait for a screen to be ready."""
    _number = 0
    """The number of the key being handled."""
    _all_handled: asyncio.Future[None] | None = None
    """Done once no key waits or is being handled."""
    keys_handled = 0
    """Keys and pastes that were sent to a screen; see key_flow.py."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: deque[events.Key | events.Paste] = deque()

    def get_driver_class(self: Any) -> type[Driver]:
        """Return the driver for this platform; on Unix, one that reads keys no faster than they are handled."""
        found: type[Driver] = super().get_driver_class()  # type: ignore[misc]  # the App that this is mixed into
        return PacedDriver if found is LinuxDriver else found

    async def on_event(self: Any, event: events.Event) -> None:
        """Queue keys and pastes; pass on all other events."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)  # type: ignore[misc]  # the App that this is mixed into
            return
        if self.return_code is not None:  # it is leaving: soon there is no screen any more
            return
        # Before the program sets raw mode, the terminal turns the enter key into a line feed.
        enter = isinstance(event, events.Key) and event.key == "ctrl+j"
        self._waiting.append(events.Key("enter", "\r") if enter else event)
        if self._limit is None:
            await self._next()

    async def handle_typed_keys(self: Any) -> None:
        """Return once every key that has come so far is handled."""
        arrived = asyncio.Event()
        self.call_later(arrived.set)  # after the keys that are on their way to the app
        await arrived.wait()
        while self._waiting or self._limit is not None:
            self._all_handled = asyncio.get_running_loop().create_future()
            await self._all_handled

    def on_screen_ready(self) -> None:
        """Send the waiting keys to the screen, which is ready now."""
        if self._held:
            self._go_on(self._number)

    async def _next(self: Any, forced: bool = False) -> None:
        if self.return_code is not None:
            self._waiting.clear()
        if not self._waiting or self._limit is not None:
            if self._limit is None and self._all_handled is not None and not self._all_handled.done():
                self._all_handled.set_result(None)
            return
        self._held = not forced and not getattr(self.screen, "is_ready", True)
        self._number += 1
        limit = SCREEN if self._held else WORK
        self._limit = asyncio.get_running_loop().call_later(limit, self._go_on, self._number, self._held)
        if self._held:
            return
        target = self.focused or self.screen
        self.keys_handled += 1
        await super().on_event(self._waiting.popleft())  # type: ignore[misc]
        self._wait_behind(way_up(target) * ROUNDS, self._number)

    def _wait_behind(self, nodes: Sequence[MessagePump], number: int) -> None:
        """Wait until each node in turn has handled its pending messages; closed nodes are skipped."""
        for n, node in enumerate(nodes, 1):
            if node.call_later(self._wait_behind, nodes[n:], number):
                return
        self._go_on(number)

    def _go_on(self: Any, number: int, forced: bool = False) -> None:
        """Handle the next key: the previous one is done, the screen is ready, or the wait timed out."""
        if number != self._number or self._limit is None:
            return
        self._limit.cancel()
        self._limit = None
        self.call_later(self._next, forced)


def way_up(node: MessagePump | None) -> tuple[MessagePump, ...]:
    """Return the node and its ancestors, each twice: handling one message may queue another."""
    return () if node is None else (node, node, *way_up(node._parent))
