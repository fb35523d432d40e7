"""Starting the study: the full screen where the terminal can, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

LEAST_WIDTH, LEAST_HEIGHT = 60, 20


def start(options: Namespace) -> int:
    """Run the face that fits; returns the exit code."""
    if wants_plain(options):
        from dev2cto.opening import open_study
        from dev2cto.plain.face import run_plain

        return run_plain(open_study(options), resume=options.resume)
    first_line()
    import gc

    gc.disable()
    from dev2cto.opening import open_study
    from dev2cto.tui.app import CourseApp

    study = open_study(options)
    app = CourseApp(study, resume=options.resume)
    gc.freeze()
    gc.enable()
    code = app.run()
    return code if code is not None else app.return_code or 0


def wants_plain(options: Namespace) -> bool:
    """Whether lines were asked for, or a full screen cannot be had."""
    if options.plain or os.environ.get("DEV2CTO_PLAIN", "") not in ("", "0"):
        return True
    return os.environ.get("TERM", "dumb") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty())


def first_line() -> None:
    """Something to see before the heavy imports; keys typed meanwhile wait in the terminal."""
    sys.stdout.write("\x1b[2J\x1b[H  dev2cto\r")
    sys.stdout.flush()
