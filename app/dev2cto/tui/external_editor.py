"""Running the learner's editor: the app is suspended, signals are still handled."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from dev2cto.editor import editor_command
from dev2cto.errors import Dev2CtoError

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


async def edit(host: Host, files: Sequence[Path]) -> None:
    """Open the files in the learner's editor and wait until it exits.

    Raises Dev2CtoError if there is no editor, or it cannot be started.
    """
    if host.jobs.leaving:
        return
    command = editor_command(host.study.settings.editor)
    if command is None:
        raise Dev2CtoError("No editor was found.", "Set $EDITOR, or choose one in the settings (: then Settings).")
    host.study.record.save_live()
    host.jobs.aside = True
    try:
        with host.suspend():
            process = await asyncio.create_subprocess_exec(*command, *map(str, files))
            await process.wait()
    except SuspendNotSupported as error:
        raise Dev2CtoError("An editor cannot be opened from here.", "Edit the file in another window.") from error
    except OSError as error:
        raise Dev2CtoError(
            f"{command[0]} cannot be started: {error.strerror}.", "Choose another editor in the settings."
        ) from error
    finally:
        host.jobs.aside = False
    host.forget_screen()
    host.refresh()
