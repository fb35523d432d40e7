"""Runs a few lines of Python from a trusted course, under the same supervisor as labs, and returns their output."""

from __future__ import annotations

import sys
import threading

from dev2cto.labs.result import Limits
from dev2cto.labs.scratch import scratch_folder
from dev2cto.labs.supervised_run import SupervisedProgram, run_supervised

LIMITS = Limits(seconds=5, memory_mb=256, processes=4, output_kb=64)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"}


def run_python(code: str) -> str:
    """Return what the code prints, with a traceback reduced to its last line and a note if a limit was exceeded."""
    command = (sys.executable, "-I", "-S", "-B", "-u", "-X", "utf8", "-c", code)
    with scratch_folder("run") as scratch:
        raw = run_supervised(SupervisedProgram(command, scratch, ENVIRONMENT, scratch), LIMITS, threading.Event())
    text = raw.output.decode("utf-8", "replace")
    struck = raw.struck or str(raw.verdict.get("limit", ""))
    if struck:
        return f"{text}(stopped at the limit of {struck})"
    head, found, trace = text.partition("Traceback (most recent call last):\n")
    return head + trace.strip().splitlines()[-1] if found else text
