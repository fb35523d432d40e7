"""The interface of the app that pages and their helpers use."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen

    from dev2cto.markdown.parser import Block
    from dev2cto.study.state.location import Location
    from dev2cto.study.study import Study
    from dev2cto.tui.textual_patches.job_control import Jobs


class Host(Protocol):
    """The app as pages see it: `page.host`. Its Textual side is `page.app`."""

    study: Study
    own_keys: dict[str, str]
    """Keys by action, for actions whose key the learner changed."""
    key_faults: tuple[str, ...]
    """Messages about chosen keys that cannot be used."""
    searched: str
    """The words searched for last; the search opens with them."""
    jobs: Jobs
    editing: Callable[[], None] | None
    """Reads what the learner's editor has saved so far; None unless one is open."""

    def prose(self, text: str) -> tuple[Block, ...]:
        """Return the course's Markdown as blocks, with sources and facts filled in."""
        ...

    def key(self, action: str) -> str:
        """Return the key of an action, by its name in the keymap."""
        ...

    def key_of(self, binding: Binding) -> str:
        """Return the display name of a binding's key."""
        ...

    def apply_keymap(self) -> None:
        """Apply the keys that the learner chose."""
        ...

    @property
    def screen(self) -> Screen[object]:
        """The current screen."""
        ...

    def go(self, location: Location) -> None:
        """Open a screen. Raises CourseError, NotSaved."""
        ...

    def back(self) -> None:
        """Go to the previous screen; leave the program if there is none."""
        ...

    def action_resume(self, exact: bool = False) -> None:
        """Go to the place the learner left."""
        ...

    def action_leave(self) -> None:
        """Save the place and leave the program."""
        ...

    def on_screen_ready(self) -> None:
        """Report that a screen is ready for keys."""
        ...

    def live_changed(self) -> None:
        """Schedule a save of drafts and places; save now if it is due."""
        ...

    def forget_screen(self) -> None:
        """Draw everything at the next update: another program may have written to the terminal."""
        ...

    def suspend(self) -> AbstractContextManager[None]:
        """Return a context manager that gives the terminal to another program."""
        ...

    def refresh(self) -> object:
        """Redraw the screen."""
        ...
