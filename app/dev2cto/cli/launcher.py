"""Start the app: full screen if the terminal supports it, plain mode otherwise."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from dev2cto.cli import garbage
from dev2cto.cli.output import emit, send_controls
from dev2cto.errors import Dev2CtoError
from dev2cto.terminal_caps import is_line_only, name

if TYPE_CHECKING:
    from argparse import Namespace

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
"""Escape sequences for the alternate screen, so that the previous screen content is restored at exit."""


def start(options: Namespace) -> int:
    """Run the suitable front end and return the exit code."""
    if wants_plain(options):
        from dev2cto.bootstrap import open_study
        from dev2cto.plain.main import run_plain

        garbage.resume()
        return run_plain(open_study(options), resume=options.resume, welcome=welcomes())
    show_splash()
    try:
        return full_screen(options)
    except Dev2CtoError:
        send_controls(LEAVE)
        raise


def full_screen(options: Namespace) -> int:
    """Run the full-screen UI and return the exit code. Garbage collection is off during start-up, for speed."""
    import gc

    gc.disable()
    from dev2cto.bootstrap import open_study
    from dev2cto.tui.app import CourseApp

    study = open_study(options)
    app = CourseApp(study, resume=options.resume, welcome=welcomes())
    garbage.resume()
    try:
        code = app.run()
    except OSError:
        if not app.return_code:
            raise
        from dev2cto.tui.textual_patches.job_control import release_terminal

        release_terminal(0, 1, 2)
        code = None
    return code if code is not None else app.return_code or 0


def welcomes() -> bool:
    """Whether new learners are welcomed; a script that drives the program may say that nobody is there to read it."""
    return os.environ.get("DEV2CTO_WELCOME", "") != "0"


def wants_plain(options: Namespace) -> bool:
    """Whether plain mode was requested or the full screen is impossible; prints the reason unless obvious."""
    if not speaks_utf8():
        emit(["This locale is not UTF-8: plain mode is used.", "For the full screen: LANG=C.UTF-8 dev2cto"])
        return True
    if options.plain or os.environ.get("DEV2CTO_PLAIN", "") not in ("", "0"):
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    if is_line_only():
        term = f"TERM={name()}" if name() else "TERM is not set"
        hint = "If your terminal supports a full screen: TERM=xterm-256color dev2cto"
        emit([f"{term}: plain mode is used.", hint])
        return True
    return False


def speaks_utf8() -> bool:
    """Whether standard output is encoded as UTF-8."""
    return (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


def show_splash() -> None:
    """Show the title before the slow imports; keys typed meanwhile stay in the terminal's input buffer."""
    send_controls(f"{ENTER}\x1b[H  dev2cto")
