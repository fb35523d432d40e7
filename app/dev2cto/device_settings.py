"""Settings that act: a command, a folder to write to, and whose code may run.

They are kept in the config directory, in one file for each device and record, and nowhere else. What arrives in an
archive, in a synced folder or in another writer's journal can therefore not start a program here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from dev2cto.errors import NotSaved
from dev2cto.paths import config_dir, is_private, make_folders
from dev2cto.record.journal.durable_io import exclusive, write_whole
from dev2cto.record.layout import is_of_other_course, learner_of

MOST_BYTES = 100_000
"""Maximum size of the file."""


class DeviceSettings:
    """The acting settings of one record on this device: texts by name."""

    def __init__(self, record: Path, device: str) -> None:
        """`record` is the record's folder."""
        name = record.name if is_of_other_course(record) else "settings"
        self.file = config_dir() / device / learner_of(record).name / f"{name}.json"

    @property
    def is_begun(self) -> bool:
        """Whether there is such a file, readable or not."""
        return os.path.lexists(self.file)

    def read(self) -> Mapping[str, str]:
        """Return the settings; none if the file is missing or has a `fault`."""
        return self._load()[0]

    @property
    def fault(self) -> str:
        """Message: why the file is not used; empty if it is, or if there is none."""
        return self._load()[1]

    def change(self, changes: Mapping[str, str | None]) -> None:
        """Set these settings, or remove them (None), leaving the others. A file with a `fault` is set aside.

        Raises NotSaved.
        """
        try:
            make_folders(self.file.parent)
            if not is_private(self.file.parent):
                os.chmod(self.file.parent, 0o700)
            with exclusive(self.file.parent, os.O_RDONLY):  # two sessions must not undo each other's changes
                settings, fault = self._load()
                if fault:
                    os.replace(self.file, self.file.with_suffix(".damaged"))
                new = {name: text for name, text in {**settings, **changes}.items() if text is not None}
                write_whole(self.file, json.dumps(new, indent=1, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise NotSaved(
                f"Not saved: {error.strerror or error} ({self.file}).",
                "Make that folder writable for you alone, or set DEV2CTO_HOME to another.",
            ) from error

    def _load(self) -> tuple[Mapping[str, str], str]:
        try:
            with self.file.open("rb") as file:
                if not is_private(self.file.parent) or not is_private(self.file):
                    return {}, "others can write to it"
                data = file.read(MOST_BYTES + 1)
            found = json.loads(data) if len(data) <= MOST_BYTES else None
        except FileNotFoundError:
            return {}, ""
        except (OSError, ValueError, RecursionError) as error:
            return {}, f"it cannot be read ({getattr(error, 'strerror', '') or 'it is damaged'})"
        if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
            return {}, "it is damaged"
        return found, ""
