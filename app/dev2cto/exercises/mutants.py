"""Mutants: faulty versions of the code under test, which the learner's tests should notice."""

from __future__ import annotations

import ast
import difflib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.exercises.base import FileName
from dev2cto.exercises.diffs.patches import patched
from dev2cto.labs.safe_files import files_under, printable, read_text, resolve_inside
from dev2cto.yaml.decode import MultilineText, SingleLine, SourceObject, ValidationError

PATCH = (".patch", ".diff")
"""File suffixes of mutants that are patches against the subject."""
MOST = 40
"""The most mutants of one lab; each needs a separate run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant(SourceObject):
    """A fault put into the subject: `file` replaces the file `replaces`, or is a patch against subject/.

    `name` completes "Not noticed: ..."; `lesson` says which test would have, and is shown afterwards.
    """

    file: FileName
    name: SingleLine
    lesson: MultilineText
    replaces: FileName | None = None


def subject_texts(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Read the code under test, by file. Raises LabError if a file is missing or not text."""
    return {name: read_text(resolve_inside(folder, f"subject/{name}")) for name in names}


def mutated(folder: Path, subject: Mapping[str, str], mutant: Mutant) -> dict[str, str]:
    """Return the subject with that fault in it. Raises LabError if the file is missing or a patch does not apply."""
    text = read_text(resolve_inside(folder, mutant.file))
    if mutant.file.endswith(PATCH):
        return {**subject, **patched(subject, text, mutant.file)}
    return {**subject, str(mutant.replaces): text}


def mutation(subject: Mapping[str, str], changed: Mapping[str, str]) -> str:
    """Return the difference from the subject to a mutant as a unified diff."""
    lines: list[str] = []
    for name, text in changed.items():
        old, new = printable(subject.get(name, "")).splitlines(), printable(text).splitlines()
        lines += difflib.unified_diff(old, new, name, f"{name} with the fault", lineterm="")
    return "\n".join(lines)


def mutant_faults(folder: Path, subject: Sequence[str], mutants: Sequence[Mutant]) -> Iterator[ValidationError]:
    """Yield faults: files missing, not Python or not listed; patches that do not apply; mutants without a change."""
    texts: dict[str, str] = {}
    for n, name in enumerate(subject):
        try:
            texts[name] = read_text(resolve_inside(folder, f"subject/{name}"))
            yield from _syntax(f"subject/{name}", texts[name], ("subject", n))
        except LabError as error:
            yield ValidationError(
                ("subject", n), "X530", error.message.replace(Path(name).name, f"subject/{name}", 1), error.hint
            )
    if len(texts) == len(subject):
        for n, mutant in enumerate(mutants):
            yield from _mutant_faults(folder, texts, mutant, n)
    listed = {*(f"subject/{name}" for name in subject), *(mutant.file for mutant in mutants)}
    for part in ("subject", "mutants"):
        for name in files_under(folder / part):
            if f"{part}/{name}" not in listed:
                yield ValidationError(
                    (part,), "X536", f"{part}/{name} is not listed under {part!r}", "list it, or remove it"
                )


def _mutant_faults(folder: Path, subject: Mapping[str, str], mutant: Mutant, number: int) -> Iterator[ValidationError]:
    steps = ("mutants", number, "file")
    try:
        changed = mutated(folder, subject, mutant)
    except LabError as error:
        there = (folder / mutant.file).is_file()
        yield ValidationError(steps, "X535", error.message, error.hint) if there else _unread(mutant.file, error, steps)
        return
    new = {name: text for name, text in changed.items() if text != subject[name]}
    different = [name for name, text in new.items() if meaning(text) != meaning(subject[name])]
    if not different:
        yield ValidationError(
            steps,
            "X534",
            f"{mutant.file} does not change what the code under test does",
            "comments and spacing do not count",
        )
    for name in different:
        yield from _syntax(mutant.file, changed[name], steps)


def _unread(name: str, error: LabError, steps: tuple[str | int, ...]) -> ValidationError:
    return ValidationError(steps, "X530", error.message.replace(Path(name).name, name, 1), error.hint)


def _syntax(name: str, text: str, steps: tuple[str | int, ...]) -> Iterator[ValidationError]:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        yield ValidationError(steps, "X532", f"{name}{line} is not valid Python")


@lru_cache(maxsize=64)
def meaning(text: str) -> str:
    """Return Python code without comments and spacing, for comparison; the text itself if it is not valid Python."""
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text


def module_of(name: str) -> str:
    """Return the module or package name under which a Python file of a folder is imported."""
    parts = name.removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_test(name: str) -> bool:
    """Return whether a file of the learner contains tests, by its name."""
    return Path(name).name.startswith("test") and name.endswith(".py")


def hides_a_module(name: str) -> bool:
    """Return whether a file has the name of a standard library module, which Python might import instead."""
    return name.partition("/")[0].removesuffix(".py") in sys.stdlib_module_names
