"""dev2cto new: create a part of a course from a template."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.cli import templates
from dev2cto.cli.output import emit
from dev2cto.errors import Dev2CtoError, LabError, UsageError
from dev2cto.labs import safe_files
from dev2cto.paths import course_dir, expanded

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "create a course, module, reading, item or exercise from a template"
ARGUMENTS: Arguments = {
    "what": {"choices": ["course", "module", "reading", "item", "exercise"]},
    "id": {"metavar": "ID"},
    "--module": {"metavar": "FOLDER", "help": "the module's folder (for a reading, item or exercise)"},
    "--kind": {"metavar": "KIND", "help": "the kind of item or exercise; mutants for a lab about writing tests"},
}

OF_MODULE = r"(?:[a-z0-9-]+-)??m(\d+)-"
"""Prefix of the ids of a module's parts: m05- in the shipped course, <course>-m05- in a course created by `new`."""


def run(options: Namespace) -> int:
    """Write the template's files, never overwriting any, and print the next step."""
    for name in (options.id, options.module):
        if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            raise UsageError(
                f"{name!r} is not an id.", "Use lower-case letters, digits and single hyphens: m05-pricing"
            )
    if options.what == "course":
        made, after = make_course(expanded(options.course or options.id), options.id)
    else:
        made, after = make(course_dir(options.course), options)
    emit([*(f"written: {path}" for path in made), after])
    return 0


def make_course(root: Path, id: str) -> tuple[list[Path], str]:
    """Create a course with one module, and the JSON schemas for editors. Raises Dev2CtoError.

    Returns the files written and the next step. Its ids begin with the course's id, so that they differ from those
    of other courses if records are ever merged.
    """
    from dev2cto.course.json_schema import as_text, schemas

    files = {
        root / "course.yaml": templates.course(id, "01-first"),
        root / "glossary.yaml": templates.GLOSSARY,
        root / "sources.yaml": templates.SOURCES,
        root / "facts.yaml": templates.FACTS,
        **module_files(root / "modules" / "01-first", f"{id}-m01", "1"),
        **{root / "schema" / f"{name}.json": as_text(schema) for name, schema in schemas().items()},
    }
    after = f"Next: write your course, with ids that begin with {id}-, and check it: dev2cto check {root}"
    return write_all(files), after


def module_files(folder: Path, id: str, step: str) -> dict[Path, str]:
    """Return the files of a module with one reading and one question, by path."""
    return {
        folder / "module.yaml": templates.module(id, step),
        folder / "readings" / "1-first.yaml": templates.reading(f"{id}-first", f"{id}-objective"),
        folder / "bank.yaml": templates.bank(templates.item(f"{id}-q-first", "single", f"{id}-objective")),
    }


def make(root: Path, options: Namespace) -> tuple[list[Path], str]:
    """Create a module, reading, item or exercise; returns the files written and the next step.

    Raises UsageError or Dev2CtoError.
    """
    id = options.id
    match options.what:
        case "module":
            folder = root / "modules" / (options.module or id)
            step = number_in(id).lstrip("0") or "1"
            step = step if int(step) <= 10 else "10"
            return write_all(module_files(folder, id, step)), f"Add {folder.name} to modules in course.yaml."
        case "reading":
            folder = module_folder(root, options)
            number = len(list((folder / "readings").glob("*.yaml"))) + 1
            name = re.sub(rf"^{OF_MODULE}", "", id) or id
            path = folder / "readings" / f"{number}-{name}.yaml"
            files = {path: templates.reading(id, objective_of(folder))}
            return write_all(files), f"Add {id} to readings in module.yaml."
        case "item":
            folder = module_folder(root, options)
            bank, kind = folder / "bank.yaml", options.kind or "single"
            if kind not in templates.ITEMS:
                raise UsageError(f"Unknown kind of item {kind!r}.", f"Kinds: {', '.join(templates.ITEMS)}.")
            text = templates.item(id, kind, objective_of(folder))
            if not bank.exists():
                return write_all({bank: templates.bank(text)}), "Replace the words in capitals."
            append(root, bank, id, text)
            return [bank], "Replace the words in capitals."
        case _:
            folder, kind = module_folder(root, options), options.kind or "code"
            if kind not in templates.EXERCISES:
                raise UsageError(f"Unknown kind of exercise {kind!r}.", f"Kinds: {', '.join(templates.EXERCISES)}.")
            objective, module = objective_of(folder), first_of(folder, r"^id:\s*([a-z0-9-]+)") or "module"
            place = folder / "exercises" / (re.sub(rf"^{OF_MODULE}x-", "", id))
            files = {place / n: t for n, t in templates.exercise(id, kind, objective, module).items()}
            return write_all(files), f"Add {id} to exercises in module.yaml."


def number_in(id: str) -> str:
    """Return the step in a module's id: 05 for m05 and shop-2-m05, else the first number, else 1."""
    found = re.findall(r"(?:^|-)m(\d+)(?:-|$)", id) or re.findall(r"\d+", id)
    return found[0] if found else "1"


def module_folder(root: Path, options: Namespace) -> Path:
    """Return the module's folder, from --module or the id. Raises UsageError if neither names a module."""
    folders = sorted(p.name for p in (root / "modules").iterdir() if p.is_dir()) if (root / "modules").is_dir() else []
    chosen = options.module
    if chosen is None:
        number = next(iter(re.findall(rf"^{OF_MODULE}", options.id)), "")
        chosen = next((f for f in folders if number and f.startswith(f"{number}-")), None)
    if chosen not in folders:
        raise UsageError("Which module?", f"Add --module FOLDER, one of: {', '.join(folders) or 'none yet'}.")
    return root / "modules" / str(chosen)


def objective_of(folder: Path) -> str:
    """Return the id of a module's first objective, as a placeholder. Raises Dev2CtoError."""
    return first_of(folder, r"^objectives:\s*\n\s*-\s*\{?\s*id:\s*([a-z0-9-]+)") or "objective"


def first_of(folder: Path, pattern: str) -> str:
    """Return the first group of the pattern's match in module.yaml, or "". Raises Dev2CtoError if unreadable."""
    path = folder / "module.yaml"
    try:
        text = safe_files.read_text(path) if path.exists() else ""
    except (OSError, LabError) as error:
        raise Dev2CtoError(f"{path} cannot be read: {error}", "Fix the file first.") from error
    found = re.search(pattern, text, re.M)
    return found[1] if found else ""


def write_all(files: dict[Path, str]) -> list[Path]:
    """Write new files and return their paths.

    Raises Dev2CtoError if one already exists (then none is written) or cannot be written.
    """
    for path in files:
        if path.exists():
            raise Dev2CtoError(f"{path} already exists.", "Nothing was written. Choose another id.")
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Dev2CtoError(f"{path} cannot be written: {error.strerror}.", "Check the folder's permissions.") from error
    return list(files)


def append(root: Path, bank: Path, id: str, text: str) -> None:
    """Append an item to a bank, with the indentation of the others. Raises Dev2CtoError if that fails."""
    from dev2cto.yaml.tree import MAX_BYTES, Problems, parse

    name = str(bank.relative_to(root))
    try:
        old = safe_files.read_text(bank, MAX_BYTES)
    except LabError as error:
        raise Dev2CtoError(f"{bank} cannot be read: {error}", f"dev2cto check {root}") from error
    if re.search(rf"^ *- id: {re.escape(id)} *$", old, re.M):
        raise Dev2CtoError(f"{bank} already has an item {id}.", "Nothing was written. Choose another id.")
    first = re.search(r"^( *)- ", old[old.find("items:") :], re.M)
    new = old.rstrip() + "\n\n" + textwrap.indent(textwrap.dedent(text), first[1] if first else "  ")
    before, after = Problems(), Problems()
    parse(old.encode(), name, before)
    parse(new.encode(), name, after)
    if len(after.found) > len(before.found):
        raise Dev2CtoError(f"{bank} has an unusual layout: nothing was added.", "Add the item by hand.")
    try:
        bank.write_text(new, encoding="utf-8")
    except OSError as error:
        raise Dev2CtoError(f"{bank} cannot be written: {error.strerror}.", "Check its permissions.") from error
