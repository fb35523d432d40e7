"""The learner's editor on a copy of a text or on files; signals are heard while it is open."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from dev2cto.editor import editor_command
from dev2cto.errors import Dev2CtoError
from dev2cto.plain.ui import PlainUI

PATIENCE = 2.0
"""Seconds that an editor has to save and leave when the session ends."""


def edited(ui: PlainUI, text: str, suffix: str, keep: Callable[[str], None]) -> str:
    """The text as the editor leaves it; kept also when the session ends meanwhile.

    Raises Dev2CtoError where no editor starts, Ended for a signal.
    """
    with TemporaryDirectory(prefix="dev2cto-") as folder:
        file = Path(folder) / f"text{suffix}"
        file.write_text(text, encoding="utf-8")
        try:
            edit(ui, (file,))
        finally:
            with contextlib.suppress(OSError):
                text = file.read_text(encoding="utf-8", errors="replace")
                keep(text)
    return text


def edit(ui: PlainUI, files: Sequence[Path]) -> None:
    """Open the files in the learner's editor and wait for its end.

    Raises Dev2CtoError where there is no editor, or it does not start; Ended for a signal.
    """
    terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    command = editor_command(ui.study.settings.editor, terminal=terminal)
    if command is None:
        missing = "No editor was found." if terminal else "There is no terminal here that an editor could use."
        raise Dev2CtoError(missing, "Set $EDITOR, or choose one in the settings.")
    ui.say(f"Opening {Path(command[0]).name}; leave it to come back.")

    stream = None if terminal else asyncio.subprocess.DEVNULL

    async def work() -> int:
        process = await asyncio.create_subprocess_exec(
            *command, *map(str, files), stdin=stream, stdout=stream, stderr=stream
        )
        try:
            return await process.wait()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.wait(), PATIENCE)
            raise

    try:
        code = ui.run(work(), besides=(signal.SIGINT,))
    except OSError as error:
        raise Dev2CtoError(
            f"{command[0]} does not start: {error.strerror}.", "Name another in the settings."
        ) from error
    if code:
        ui.say(f"{Path(command[0]).name} ended with exit code {code}.")
