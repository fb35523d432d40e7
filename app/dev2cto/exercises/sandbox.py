"""Runs a few lines of Python of a trusted course and gives back what they print."""

from __future__ import annotations

import subprocess
import sys
import tempfile

SECONDS = 10


def run_python(code: str) -> str:
    """What the code prints, errors' last line included; it runs alone, in an empty folder, for ten seconds at most."""
    with tempfile.TemporaryDirectory(prefix="dev2cto-run-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", "-X", "utf8", "-c", code],
                cwd=folder,
                env={"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"(still running after {SECONDS} s)"
    errors = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return done.stdout.decode("utf-8", "replace") + (errors[-1] if done.returncode and errors else "")
