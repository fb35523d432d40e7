"""The full-screen app: one study, and everything that must survive a dropped connection."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.geometry import Size

from dev2cto.errors import Dev2CtoError, NotSaved
from dev2cto.markdown.parser import Block, parse
from dev2cto.study.state.location import Location
from dev2cto.terminal_caps import is_unknown, name
from dev2cto.tui.autosave import Autosave
from dev2cto.tui.navigation import Navigation
from dev2cto.tui.screens.base import LEAST_HEIGHT, LEAST_WIDTH, Page
from dev2cto.tui.textual_patches import output, style_cache
from dev2cto.tui.textual_patches.diff_display import DiffDisplay
from dev2cto.tui.textual_patches.hardware_cursor import HardwareCursor
from dev2cto.tui.textual_patches.internals import TunedApp
from dev2cto.tui.textual_patches.job_control import Jobs, call_on_signal, has_parent_shell, is_gone, unread_keys
from dev2cto.tui.textual_patches.single_layout import SingleLayoutApp
from dev2cto.tui.textual_patches.type_ahead import TypeAhead
from dev2cto.tui.themes import THEMES, theme_name
from dev2cto.tui.widgets import thin_scrollbar

if TYPE_CHECKING:
    from dev2cto.study.study import Study
    from dev2cto.tui.host import Host

WRONG_SCREEN = "If the screen looks wrong: q, then TERM=xterm-256color dev2cto, or dev2cto --plain."
PARSED = 32
"""Parsed texts in the cache: enough for the next reading and the texts shown last."""
LAST_KEYS, PATIENCE = 3.0, 30.0
"""Seconds of computing, and at all, in which keys typed before a hang-up are handled; then the program leaves. Only the
latter counts once the terminal is gone: nobody waits, and no more keys come."""
READING = 0.3
"""Seconds of them in which more is read from the terminal."""
EXIT_CODES = {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGTERM: 143}


class CourseApp(
    TypeAhead,
    output.OutputApp,
    HardwareCursor,
    DiffDisplay,
    SingleLayoutApp,
    Autosave,
    Navigation,
    TunedApp,
    App[int],
    inherit_bindings=False,
):
    """The full-screen front end of a study."""

    TITLE = "dev2cto"
    CSS = """
    Screen { background: $background; color: $foreground; }
    VerticalScroll {
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background; scrollbar-corner-color: $background;
        scrollbar-color: $dim; scrollbar-color-hover: $dim; scrollbar-color-active: $foreground;
    }
    *:disabled:can-focus { opacity: 1; }
    Input, TextArea { pointer: default; }
    Input, Input:focus {
        border: none; height: 1; padding: 0; background: $background; background-tint: transparent;
        & .input--cursor { background: $background; color: $foreground; text-style: none; }
        & .input--placeholder { color: $dim; }
        &:ansi .input--placeholder { text-style: dim; }
    }
    TextArea, TextArea:focus {
        border: none; padding: 0; background: $background; background-tint: transparent;
        & .text-area--cursor-line { background: transparent; }
        & .text-area--cursor { background: $background; color: $foreground; text-style: none; }
    }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "visit('help')", "help", id="app.help"),
        Binding("slash", "visit('search')", "search the course", show=False, id="app.search"),
        Binding("n", "visit('notebook')", "notebook", show=False, id="app.notebook"),
        Binding("p", "visit('progress')", "progress", show=False, id="app.progress"),
        Binding("r", "visit('review')", "review what is due", show=False, id="app.review"),
        Binding("g", "visit('glossary')", "glossary", show=False, id="app.glossary"),
        Binding("colon", "commands", "all commands", show=False, id="app.palette"),
        Binding("ctrl+p", "commands", "all commands", show=False, id="app.palette_too"),
        Binding("ctrl+q", "leave", "quit dev2cto", show=False, priority=True, id="app.quit"),
        Binding("ctrl+z", "stop", "to the shell; fg returns", show=False, id="app.stop"),
        Binding("ctrl+c", "help_quit", "say how to quit", show=False, system=True, id="app.not_quit"),
    ]

    def __init__(self, study: Study, *, resume: bool = False, welcome: bool = False) -> None:
        """With `resume`, open where the learner was; with `welcome`, show new learners what to know first."""
        output.install()
        style_cache.install()
        thin_scrollbar.install()
        super().__init__()
        self.study = study
        self.resume_at_once, self._welcomes = resume, welcome
        self.animation_level = "none"
        self.editing: Callable[[], None] | None = None
        """Reads what the learner's editor has saved so far; None unless one is open."""
        course = study.curriculum
        self._parsed = lru_cache(PARSED)(lambda text: parse(text, course.cite, course.fact))
        self.jobs = Jobs(self._awake)
        self._leaving = False
        self._begun = False
        self._last_keys: asyncio.Task[None] | None = None
        """Leaves once the keys typed before a hang-up are handled."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_name(study.settings.theme)
        self.apply_keymap()

    # -- starting and ending

    def on_mount(self) -> None:
        """Show home; then the sessions, or the place the learner left."""
        for number in EXIT_CODES:
            call_on_signal(number, partial(self._signalled, number))
        self.jobs.listen()
        from dev2cto.tui.screens.home import HomePage

        self.app_resume_signal.subscribe(self, lambda _: self._redraw())
        home = HomePage()
        if is_unknown():
            home.say_on_return(f"This system does not know the terminal {name()!r}.", WRONG_SCREEN)
        self.push_screen(home)
        if self.too_small(self.size):
            from dev2cto.tui.screens.too_small import TooSmall

            self.push_screen(TooSmall())
        else:
            self._begin()
        if not self.is_headless:
            self.call_after_refresh(self._warm)

    def _warm(self) -> None:
        """Start preloading in the background."""
        from dev2cto.tui.preload import warm

        self._warming = asyncio.create_task(warm(self))

    def _begin(self) -> None:
        """Once the terminal is large enough, show other open sessions, or resume at once if asked to."""
        if self._begun:
            return
        self._begun = True
        from dev2cto.study.queries.home import is_new

        if self.study.record.others():
            from dev2cto.tui.screens.sessions import SessionsPage

            self.push_screen(SessionsPage(self.resume_at_once))
        elif self._welcomes and is_new(self.study):
            self.action_welcome()
        elif self.resume_at_once and self.page is not None:
            self.page.arriving = True
            self.call_after_refresh(self._resume_from, self.page)

    def action_welcome(self) -> None:
        """Welcome a new learner, with the cursor where the line was lost."""
        found = self.study.last_place()
        self.go(found[0] if found is not None else Location("welcome"))

    async def _resume_from(self, home: Page) -> None:
        """Go to the place the learner left; home holds back keys typed meanwhile, which are meant for that screen."""
        await self.run_action("resume(True)")
        home.on_ready()

    def too_small(self, size: Size) -> bool:
        """Whether the terminal is too small for any page."""
        return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen with a notice while the terminal is too small."""
        small = self.too_small(event.size)
        if not small and self.page in (None, self.screen):
            return
        from dev2cto.tui.screens.too_small import TooSmall

        if small and self.page is not None and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()
            self._begin()

    def _signalled(self, number: signal.Signals) -> None:
        """Save and exit. Saving comes first: the terminal may be gone.

        Keys that were typed before a hang-up are handled before the program leaves.
        """
        if number != signal.SIGHUP or self.jobs.aside:
            self._leave_for(number)
        elif self._last_keys is None:
            self._save_place()
            with contextlib.suppress(NotSaved):  # said at the end
                self.study.record.save_live()
            self.jobs.leave()
            self._last_keys = asyncio.create_task(self._leave_after_last_keys())

    async def _leave_after_last_keys(self) -> None:
        handling = asyncio.create_task(self._handle_last_keys())
        computed, end = time.process_time() + LAST_KEYS, time.monotonic() + PATIENCE
        while not handling.done() and time.monotonic() < end and (is_gone() or time.process_time() < computed):
            await asyncio.wait([handling], timeout=0.1)
        handling.cancel()
        if self.return_code is None:  # else a key has left
            self._leave_for(signal.SIGHUP)

    async def _handle_last_keys(self) -> None:
        end = time.monotonic() + READING
        while unread_keys() and time.monotonic() < end:
            await asyncio.sleep(0.01)
        await self.stop_reading()
        await self.handle_typed_keys()

    def _leave_for(self, number: signal.Signals) -> None:
        self._save_place()
        from dev2cto.presenters.sessions_text import hung_up

        saved = hung_up(self.study) if number == signal.SIGHUP else None
        problem = self.study.record.save_and_close()
        self.jobs.leave()
        self.exit(return_code=EXIT_CODES[number], message=problem or saved)

    def action_stop(self) -> None:
        """Suspend to the parent shell until fg, after saving what can be saved."""
        if self.jobs.leaving:
            return
        if not has_parent_shell():
            if self.page is not None:
                self.page.notify_learner("There is no shell to suspend to. ctrl+q quits; everything is saved.")
            return
        self._save_place()
        with contextlib.suppress(NotSaved):  # already shown and kept in memory; the shell is where space can be freed
            self.study.record.save_live()
        self.jobs.stop()

    def _awake(self) -> None:
        """Restore the terminal after a wake-up: another program may have left it in any state."""
        self.restart_driver()
        self._redraw()
        self.refresh()

    def _redraw(self) -> None:
        """Draw everything next time, and show the cursor again: nothing is known about the terminal."""
        self.forget_screen()
        self.forget_cursor()

    def _save_place(self) -> None:
        page = self.page
        try:
            if self.editing is not None:
                self.editing()
            if page is not None and page.is_mounted:
                page.keep_place()
            self.study.timer.keep()
        except Dev2CtoError:
            return

    def action_leave(self) -> None:
        """Save the place and leave; if something cannot be saved, say so and leave only when asked again."""
        self._save_place()
        page = self.page
        if page is not None and not self._leaving:
            try:
                self.study.record.save_live()
            except NotSaved as error:
                self._leaving = True
                page.notify_learner(error.message, "ctrl+q again quits anyway and loses unsaved text.")
                return
        reason = self.study.record.readonly_reason
        problem = self.study.record.save_and_close()
        unsaved = f"Nothing was saved in this session: {reason}." if reason else None
        self.exit(return_code=3 if problem else 0, message=problem or unsaved)

    def saved(self) -> None:
        """Reset the confirmation: a later failure to save is reported again before leaving."""
        self._leaving = False

    def action_help_quit(self) -> None:
        """Say how to leave, since ctrl+c does not."""
        if self.page is not None:
            self.page.notify_learner(f"ctrl+q quits dev2cto, {self.key('back')} goes back.")

    async def run_action(
        self,
        action: str | tuple[str, str, tuple[object, ...]],
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; show a Dev2CtoError on the page instead of raising it."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Dev2CtoError as error:
            if self.page is not None:
                self.page.show_error(error)
            return True

    def handle_error(self, error: Exception) -> bool:
        """Show a Dev2CtoError on the page; log anything else, save and exit with a message."""
        if isinstance(error, Dev2CtoError) and self.page is not None:
            self.page.show_error(error)
            return True
        if self.is_headless:
            return False
        from dev2cto.crash_log import what_is_saved, write_log

        with contextlib.suppress(Exception):  # the page may be what is broken
            self._save_place()
        reason = self.study.record.readonly_reason
        saved = what_is_saved(reason, self.study.record.save_and_close())
        self.exit(return_code=1, message=write_log(error, saved))
        return True

    # -- texts of the course
    def prose(self, text: str) -> tuple[Block, ...]:
        """Return the course's Markdown as blocks, with sources and facts filled in; recent texts are cached."""
        return self._parsed(text)


if TYPE_CHECKING:
    HOST: type[Host] = CourseApp
    """Has the type checker verify that CourseApp implements Host."""
