"""Starting the study: the full screen where the terminal can, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from dev2cto.errors import Dev2CtoError
from dev2cto.terminal_caps import is_line_only, name

if TYPE_CHECKING:
    from argparse import Namespace

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
"""To the terminal's other screen and back, so that what stood there before comes back at the end."""


def start(options: Namespace) -> int:
    """Run the front end that fits; returns the exit code."""
    if wants_plain(options):
        from dev2cto.bootstrap import open_study
        from dev2cto.plain.main import run_plain

        return run_plain(open_study(options), resume=options.resume)
    show_splash()
    try:
        return full_screen(options)
    except Dev2CtoError:
        sys.stdout.write(LEAVE)
        sys.stdout.flush()
        raise


def full_screen(options: Namespace) -> int:
    """Run the full-screen face; returns the exit code. The collector rests while all is imported and opened."""
    import gc

    gc.disable()
    from dev2cto.bootstrap import open_study
    from dev2cto.tui.app import CourseApp

    study = open_study(options)
    app = CourseApp(study, resume=options.resume)
    gc.freeze()
    gc.enable()
    try:
        code = app.run()
    except OSError:
        if not app.return_code:
            raise
        from dev2cto.tui.textual_patches.job_control import release_terminal

        release_terminal()
        code = None
    return code if code is not None else app.return_code or 0


def wants_plain(options: Namespace) -> bool:
    """Whether lines were asked for, or a full screen cannot be had."""
    if not speaks_utf8():
        print("This locale is not UTF-8: plain lines are used.\nLANG=C.UTF-8 dev2cto opens the full screen.")
        return True
    if options.plain or os.environ.get("DEV2CTO_PLAIN", "") not in ("", "0"):
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    if is_line_only():
        said = f"TERM={name()}" if name() else "TERM is not set"
        print(f"{said}: plain lines are used.\nWhere the terminal can do more, TERM=xterm-256color dev2cto shows it.")
        return True
    return False


def speaks_utf8() -> bool:
    """Whether the locale lets the terminal be sent any character."""
    return (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


def show_splash() -> None:
    """Something to see before the heavy imports; keys typed meanwhile wait in the terminal."""
    sys.stdout.write(f"{ENTER}\x1b[H  dev2cto")
    sys.stdout.flush()
