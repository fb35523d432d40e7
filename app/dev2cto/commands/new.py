"""dev2cto new: a valid skeleton to write into."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

from dev2cto.commands import skeletons
from dev2cto.commands.output import emit
from dev2cto.errors import Dev2CtoError, UsageError
from dev2cto.paths import course_dir


def run(options: Namespace) -> int:
    """Write the skeleton, never over anything, and say what to do next."""
    root = course_dir(options.course)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", options.id):
        raise UsageError(f"{options.id!r} is no id.", "Lower-case letters, digits and single hyphens: m05-pricing")
    made, after = make(root, options)
    emit([*(f"written: {path}" for path in made), after])
    return 0


def make(root: Path, options: Namespace) -> tuple[list[Path], str]:
    """The files written, and what is left to do. Raises UsageError, Dev2CtoError."""
    id = options.id
    match options.what:
        case "module":
            folder = root / "modules" / (options.module or id)
            step = next(iter(re.findall(r"\d+", id)), "1").lstrip("0") or "1"
            files = {
                folder / "module.yaml": skeletons.module(id, step),
                folder / "readings" / "1-first.yaml": skeletons.reading(f"{id}-first", f"{id}-objective"),
                folder / "bank.yaml": skeletons.bank(skeletons.item(f"{id}-q-first", "single", f"{id}-objective")),
            }
            return write_all(files), f"Add {folder.name} to modules in course.yaml."
        case "reading":
            folder = module_folder(root, options)
            number = len(list((folder / "readings").glob("*.yaml"))) + 1
            name = id.partition("-")[2] or id
            path = folder / "readings" / f"{number}-{name}.yaml"
            return write_all(
                {path: skeletons.reading(id, objective_of(folder))}
            ), f"Add {id} to readings in module.yaml."
        case "item":
            folder = module_folder(root, options)
            bank, kind = folder / "bank.yaml", options.kind or "single"
            if kind not in skeletons.ITEMS:
                raise UsageError(f"There is no kind of item {kind!r}.", f"Kinds: {', '.join(skeletons.ITEMS)}.")
            text = skeletons.item(id, kind, objective_of(folder))
            if not bank.exists():
                return write_all({bank: skeletons.bank(text)}), "Replace the words in capitals."
            append(bank, text)
            return [bank], "Replace the words in capitals."
        case _:
            folder, kind = module_folder(root, options), options.kind or "code"
            if kind not in skeletons.EXERCISES:
                raise UsageError(f"There is no kind of exercise {kind!r}.", f"Kinds: {', '.join(skeletons.EXERCISES)}.")
            place = folder / "exercises" / (re.sub(r"^m\d+-x-", "", id))
            files = {place / n: t for n, t in skeletons.exercise(id, kind, objective_of(folder)).items()}
            return write_all(files), f"Add {id} to exercises in module.yaml."


def module_folder(root: Path, options: Namespace) -> Path:
    """The folder of the module that is meant. Raises UsageError where it is not clear."""
    folders = sorted(p.name for p in (root / "modules").iterdir() if p.is_dir()) if (root / "modules").is_dir() else []
    chosen = options.module
    if chosen is None:
        number = next(iter(re.findall(r"^m(\d+)-", options.id)), "")
        chosen = next((f for f in folders if number and f.startswith(f"{number}-")), None)
    if chosen not in folders:
        raise UsageError("Which module?", f"--module FOLDER, one of: {', '.join(folders) or 'none yet'}.")
    return root / "modules" / str(chosen)


def objective_of(folder: Path) -> str:
    """The first objective of a module, to begin with."""
    text = (folder / "module.yaml").read_text(encoding="utf-8") if (folder / "module.yaml").exists() else ""
    found = re.search(r"^objectives:\s*\n\s*-\s*\{?\s*id:\s*([a-z0-9-]+)", text, re.M)
    return found[1] if found else "objective"


def write_all(files: dict[Path, str]) -> list[Path]:
    """Write new files. Raises Dev2CtoError where one exists already or cannot be written; then none is written."""
    for path in files:
        if path.exists():
            raise Dev2CtoError(f"{path} exists already.", "Choose another id; nothing was written.")
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Dev2CtoError(
            f"{path} cannot be written: {error.strerror}.", "Look at the folder's permissions."
        ) from error
    return list(files)


def append(bank: Path, text: str) -> None:
    """Add an item to the end of a bank. Raises Dev2CtoError where that cannot be."""
    try:
        with bank.open("a", encoding="utf-8") as handle:
            handle.write(text)
    except OSError as error:
        raise Dev2CtoError(f"{bank} cannot be written: {error.strerror}.", "Look at its permissions.") from error
