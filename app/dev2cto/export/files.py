"""Writing exported files: beside the old one first, never through a link, never over what another program wrote."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from dev2cto.errors import Dev2CtoError
from dev2cto.record.journal import durable_io

LIST = ".dev2cto-portfolio.json"
"""The file in a portfolio's folder that says which of its files this program wrote, and their digests."""

_MODE = 0o666
"""Mode of a new file, before the umask."""


def write_file(path: Path, text: str | Iterable[str]) -> None:
    """Write a text, or its pieces, to a file, and create its folder if needed.

    The file gets its name only when all is on the disk, so that an older one stays as it is until then; its mode is
    kept. Raises Dev2CtoError if that fails, or if the path is a link or anything but a file.
    """
    scratch = path.with_name(f".{path.name[:100]}.{durable_io.token()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = _mode_of(path)
        fd = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE)
        try:
            with os.fdopen(fd, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                for piece in (text,) if isinstance(text, str) else text:
                    file.write(piece)
                file.flush()
                if mode is not None:
                    os.fchmod(fd, mode)
                durable_io.sync(fd)
            os.replace(scratch, path)
        except BaseException:
            with contextlib.suppress(OSError):
                scratch.unlink()
            raise
        durable_io.sync_folder(path.parent)
    except OSError as error:
        raise Dev2CtoError(
            f"{path} cannot be written: {error.strerror or error}.", "Choose another file or folder."
        ) from error


def _mode_of(path: Path) -> int | None:
    """Return the mode of the file to be replaced, None if there is none. Raises Dev2CtoError if it is no file."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):
        raise Dev2CtoError(f"{path} is a link, and exports do not follow links.", f"Give its target: {path.resolve()}")
    if stat.S_ISDIR(found.st_mode):
        raise Dev2CtoError(f"{path} cannot be written: it is a folder.", "Choose another file or folder.")
    if not stat.S_ISREG(found.st_mode):
        raise Dev2CtoError(f"{path} is not a file.", "Without a file name the export goes to standard output.")
    return stat.S_IMODE(found.st_mode)


def write_own_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files by their names into a folder, and replace those that an earlier call wrote and nobody changed since.

    Raises Dev2CtoError, before anything is written, if a file of that name is not one of these; or if writing fails.
    """
    own = _listed(folder / LIST)
    new = {name: _digest(text.encode("utf-8", "backslashreplace")) for name, text in texts.items()}
    foreign = [name for name in texts if _holds_other(folder / name, {*own.get(name, ()), new[name]})]
    if foreign:
        others = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        raise Dev2CtoError(
            f"Nothing was written: {', '.join(foreign[:3])}{others} in {folder} would be overwritten, and dev2cto did"
            " not write it, or it was changed since.",
            "Choose another folder, or move or delete what is there.",
        )
    kept = {name: digests for name, digests in own.items() if name not in new}
    write_file(folder / LIST, json.dumps({**kept, **{name: [*own.get(name, ()), new[name]] for name in new}}))
    for name, text in texts.items():
        write_file(folder / name, text)
    write_file(folder / LIST, json.dumps({**kept, **{name: [digest] for name, digest in new.items()}}))


def _listed(path: Path) -> dict[str, list[str]]:
    """Return the digests of the files in a list, by name; empty if there is none."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if path.is_file() and not path.is_symlink():
            found = json.loads(path.read_bytes())
            if isinstance(found, dict):
                return {name: digests for name, digests in found.items() if isinstance(digests, list)}
    return {}


def _holds_other(path: Path, digests: set[str]) -> bool:
    """Whether there is anything at that path but a file with one of these digests."""
    if not os.path.lexists(path):
        return False
    if path.is_symlink() or not path.is_file():
        return True
    try:
        return _digest(path.read_bytes()) not in digests
    except OSError:
        return True


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
