"""Running plain mode, from the first line to closing the record."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, TextIO

from dev2cto import symbols
from dev2cto.plain.console import Console
from dev2cto.plain.line_input import FdLineSource, LineSource
from dev2cto.plain.navigator import open_location
from dev2cto.plain.session_end import SessionEnded
from dev2cto.plain.signals import Signals
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import sessions_text
from dev2cto.study.state.location import Location

if TYPE_CHECKING:
    from dev2cto.study.study import Study


def run_plain(
    study: Study,
    *,
    resume: bool = False,
    welcome: bool = False,
    source: LineSource | None = None,
    out: TextIO | None = None,
) -> int:
    """Run plain mode and close the record; returns the exit code.

    With `welcome`, new learners are shown first what to know. `source` and `out` default to standard input and output.
    Raises BrokenPipeError, after saving everything, if the reader of the output has closed it.
    """
    out = out or sys.stdout
    symbols.for_lines()
    crash: Exception | None = None
    with Signals() as signals:
        keyboard = source or _standard_input(signals)
        console = Console(keyboard, out)
        if isinstance(keyboard, FdLineSource) and keyboard.terminal:
            console.terminal_lost = partial(_lost, out, keyboard)
        try:
            _run_screens(PlainUI(study, console, signals, open_location), resume, welcome)
            code, words = 0, ""
        except SessionEnded as end:
            code, words = end.code, ""
        except BrokenPipeError:
            _close(study)
            raise
        except OSError:
            code, words = 129, ""  # the terminal is gone
        except Exception as error:  # unexpected: the learner sees one sentence, the details are logged
            crash, code, words = error, 1, ""
        reason, hung_up = study.record.readonly_reason, sessions_text.hung_up(study) if code == 129 else ""
        problem = _close(study)
        if crash is not None:
            from dev2cto.crash_log import what_is_saved, write_log

            problem, words = "", write_log(crash, what_is_saved(reason, problem))
        saved = f"Nothing was saved: {reason}." if reason else hung_up or "Everything is saved."
        console.stop_pausing()
        try:
            for line in (problem or words or saved).split("\n"):
                console.say(line)
            console.flush()
        except OSError:
            if code != 129:
                raise
            _mute(out)  # the terminal is gone
    return code or (3 if problem else 0)


def _run_screens(ui: PlainUI, resume: bool, welcome: bool) -> None:
    from dev2cto.plain.screens.home import go_on, home, tell
    from dev2cto.plain.screens.sessions import resolve_conflict
    from dev2cto.study.queries.home import is_new

    decision = resolve_conflict(ui)
    if decision == "quit":
        return
    tell(ui)
    if welcome and is_new(ui.study):
        ui.go(Location("welcome"))
    elif resume or decision == "resume":
        go_on(ui)
    home(ui)


def _standard_input(signals: Signals) -> LineSource:
    encoding = sys.stdin.encoding if sys.stdin else "utf-8"
    return FdLineSource(sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY), signals, encoding)


def _lost(out: TextIO, keyboard: FdLineSource) -> None:
    """Handle what was typed before the terminal went away, with nothing shown any more."""
    _mute(out)
    keyboard.hang_up()


def _close(study: Study) -> str:
    """Save everything and close the record; returns the reason if that failed, otherwise ""."""
    study.timer.keep()
    return study.record.save_and_close()


def _mute(out: TextIO) -> None:
    """Redirect `out` to /dev/null, so that flushing at exit does not fail."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
