"""What pages, and what they call, may ask of the app."""

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
    """The app as its pages know it. A page has it as `host`, and Textual's side of it as `app`."""

    study: Study
    own_keys: dict[str, str]
    """Names of actions to keys, where they are not the usual ones."""
    key_faults: tuple[str, ...]
    """What of the learner's choice of keys cannot be used."""
    jobs: Jobs
    editing: Callable[[], None] | None
    """Reads what the learner's editor has saved so far, while one is open."""

    def prose(self, text: str) -> tuple[Block, ...]:
        """Markdown of the course as blocks, with its sources and facts filled in."""
        ...

    def key(self, action: str) -> str:
        """The key of a command."""
        ...

    def key_of(self, binding: Binding) -> str:
        """What the key of a binding is called."""
        ...

    def apply_keymap(self) -> None:
        """Use the keys that the learner chose."""
        ...

    @property
    def screen(self) -> Screen[object]:
        """The screen that is shown."""
        ...

    def go(self, location: Location) -> None:
        """Open a screen. Raises CourseError, NotSaved."""
        ...

    def back(self) -> None:
        """To the screen before; from home, out."""
        ...

    def action_resume(self) -> None:
        """Go to the place the learner left."""
        ...

    def action_leave(self) -> None:
        """Leave the program; the place is kept."""
        ...

    def on_screen_ready(self) -> None:
        """A screen is ready for keys."""
        ...

    def live_changed(self) -> None:
        """Something that changes with every key changed: have it saved in time."""
        ...

    def forget_screen(self) -> None:
        """Paint everything again next time: another program may have written to the terminal."""
        ...

    def suspend(self) -> AbstractContextManager[None]:
        """Leave the terminal to another program for as long as the block runs."""
        ...

    def refresh(self) -> object:
        """Paint again."""
        ...
