"""Saving what changes with every key, such as drafts and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from dev2cto.errors import NotSaved
from dev2cto.tui.screens.base import Page
from dev2cto.tui.textual_patches.internals import AppMixin

if TYPE_CHECKING:
    from dev2cto.study.study import Study


class Autosave(AppMixin):
    """An App that saves drafts and places shortly after they change, and reports failures to save."""

    study: Study
    page: Page | None
    """The topmost page, under any dialog."""
    _live_timer: Timer | None = None
    _reported_unsaved = False

    def live_changed(self) -> None:
        """Schedule a save of drafts and places; save now if it is due."""
        due = self.study.record.live_due()
        if due is None:
            return
        left = due - self.study.clock.monotonic()
        if left <= 0:  # a timer would run only after all pending keys, such as those of a long paste
            self._save_live()
        elif self._live_timer is None:
            self._live_timer = self.set_timer(max(0.01, left), self._save_live)

    def _save_live(self) -> None:
        if self._live_timer is not None:
            self._live_timer.stop()
        self._live_timer = None
        due = self.study.record.live_due()
        if due is None:
            return
        if due > self.study.clock.monotonic() + 0.01:
            self.live_changed()
            return
        page = self.page
        try:
            self.study.record.save_live()
        except NotSaved as error:
            self._reported_unsaved = True
            if page is not None:
                page.show_error(error)
            self.live_changed()
            return
        self.saved()
        if self._reported_unsaved and page is not None:
            self._reported_unsaved = False
            page.notify_learner("Saving works again; nothing is lost.")

    def saved(self) -> None:
        """Called when all changes have been saved."""
