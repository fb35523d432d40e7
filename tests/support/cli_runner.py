"""The command line as a learner calls it: in this process, or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]
ROOT = Path(__file__).parents[2]


def program(*words: str, env: Mapping[str, str] | None = None, shell: str = "") -> Said:
    """Runs dev2cto in a process of its own; `shell` is a line in which {} stands for the program."""
    python = [sys.executable, "-m", "dev2cto"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "app"), **(env or {})}
    command: list[str] = ["bash", "-c", shell.replace("{}", " ".join(python))] if shell else [*python, *words]
    done = subprocess.run(
        command, env=surroundings, capture_output=True, timeout=300, check=False, stdin=subprocess.DEVNULL
    )
    said = Said(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert "Traceback" not in said.out + said.err, said
    assert "Exception ignored" not in said.err, said
    assert "Something went wrong inside" not in said.err, said
    return said
