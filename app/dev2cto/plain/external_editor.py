"""Running the learner's editor on files or on a copy of a text; signals are handled meanwhile."""

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
"""Seconds that the editor has to save and exit when the session ends."""


def edited(ui: PlainUI, text: str, suffix: str, keep: Callable[[str], None]) -> str:
    """Edit a text and return it; `keep` is called with the result even if the session ends meanwhile.

    Raises Dev2CtoError if no editor can be started, SessionEnded on a signal.
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
    """Open the files in the learner's editor and wait until it exits.

    Raises Dev2CtoError if there is no editor, or it cannot be started; SessionEnded on a signal.
    """
    terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    command = editor_command(ui.study.settings.editor, terminal=terminal)
    if command is None:
        missing = "No editor was found." if terminal else "There is no terminal here that an editor could use."
        raise Dev2CtoError(missing, "Set $EDITOR, or choose one in the settings.")
    ui.say(f"Opening {Path(command[0]).name}; close it to return.")

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
            f"{command[0]} cannot be started: {error.strerror}.", "Choose another editor in the settings."
        ) from error
    if code:
        ui.say(f"{Path(command[0]).name} ended with exit code {code}.")
