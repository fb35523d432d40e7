"""Load the files of a course folder one at a time; problems are collected and do not stop the rest."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from dev2cto.course.model import BankFile, Course, Facts, Glossary, ModuleFile, Reading, Sources
from dev2cto.yaml.decode import Decoder
from dev2cto.yaml.tree import (
    MappingNode,
    Node,
    NodePath,
    Problems,
    ScalarNode,
    SequenceNode,
    SourcePosition,
    parse,
    read_file,
)

if TYPE_CHECKING:
    from dev2cto.exercises.base import Exercise
    from dev2cto.items.base import Item

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """An object and the path of its file, relative to the course folder."""

    value: T
    path: str


def load_file(root: Path, path: str, shape: type[T], problems: Problems) -> T | None:
    """Decode a file into one object. None, with the problems recorded, if it is unusable."""
    node = read_named(root, path, problems)
    return Decoder(path, problems).read(shape, node) if node is not None else None


def read_named(root: Path, path: str, problems: Problems) -> Node | None:
    """Parse a file of the course. None, with the problems recorded, if unreadable or outside the course folder."""
    full = root / path
    if not is_inside(root, full):
        problems.add(
            path,
            SourcePosition(1, 1),
            "C404",
            "the file lies outside the course folder",
            "remove links that lead out of it",
        )
        return None
    return read_file(full, path, problems)


def is_inside(root: Path, path: Path) -> bool:
    """Whether the path, with links resolved, is within the folder."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def load_course(root: Path, problems: Problems) -> Course | None:
    """Load course.yaml; None if it is unusable."""
    return load_file(root, "course.yaml", Course, problems)


def load_module_file(root: Path, folder: str, problems: Problems) -> ModuleFile | None:
    """Load a module's module.yaml; None if it is unusable."""
    return load_file(root, f"modules/{folder}/module.yaml", ModuleFile, problems)


def load_readings(root: Path, folder: str, problems: Problems) -> tuple[Loaded[Reading], ...]:
    """Load the valid readings of a module, in order of file name."""
    return tuple(
        Loaded(reading, path)
        for path in _yaml_files(root, f"modules/{folder}/readings", problems)
        if (reading := load_file(root, path, Reading, problems)) is not None
    )


def load_bank(root: Path, folder: str, problems: Problems) -> tuple[Item, ...]:
    """Load the valid items of a module."""
    return load_bank_file(root, folder, problems).items


def load_bank_file(root: Path, folder: str, problems: Problems) -> BankFile:
    """Load a module's bank.yaml; empty if missing. Broken items are skipped, the others kept."""
    from dev2cto.items.kinds import Item

    path = f"modules/{folder}/bank.yaml"
    if not os.path.lexists(root / path):
        return BankFile(items=())
    node = read_named(root, path, problems)
    if node is None:
        return BankFile(items=())
    listed = node.items.get("items") if isinstance(node, MappingNode) else None
    if not isinstance(listed, SequenceNode):
        problems.add(path, node.mark, "S204", "'items' is missing: a bank is a list of items under that key")
        return BankFile(items=())
    assert isinstance(node, MappingNode)
    decoder = Decoder(path, problems)
    head = MappingNode(node.mark, items={**node.items, "items": SequenceNode(listed.mark)}, keys=node.keys)
    bank = decoder.read(BankFile, head) or BankFile(items=())
    items = (decoder.read(Item, part) for part in listed.items)  # type: ignore[type-abstract]  # a kind is picked
    return dataclasses.replace(
        bank, where=NodePath(path, node), items=tuple(item for item in items if item is not None)
    )


def load_prompts(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Yield id and prompt of each item of a module, without checking the rest of it; nothing if unreadable."""
    node = read_named(root, f"modules/{folder}/bank.yaml", Problems())
    listed = node.items.get("items") if isinstance(node, MappingNode) else None
    for item in listed.items if isinstance(listed, SequenceNode) else ():
        if isinstance(item, MappingNode):
            id, prompt = item.items.get("id"), item.items.get("prompt")
            if isinstance(id, ScalarNode) and isinstance(prompt, ScalarNode):
                yield id.text, prompt.text


def load_item(root: Path, folder: str, id: str) -> Item | None:
    """Load one item without parsing the whole bank, by cutting its lines out of the usual layout.

    None if the layout is unusual or the item is broken; fall back to `load_bank`, which records the problems.
    """
    from dev2cto.items.kinds import Item

    path = root / f"modules/{folder}/bank.yaml"
    try:
        text = path.read_text(encoding="utf-8") if is_inside(root, path) else ""
    except (OSError, UnicodeDecodeError):
        return None
    found = re.search(rf"^( *)- id: {re.escape(id)} *$", text, re.M)
    if found is None:
        return None
    rest = text[found.start() :]
    end = re.search(rf"^{found[1]}- |^[^ \n#]", rest[found.end() - found.start() :], re.M)
    cut = rest[: found.end() - found.start() + end.start()] if end else rest
    problems = Problems()
    node = parse(cut.encode(), str(path), problems)
    if not isinstance(node, SequenceNode) or len(node.items) != 1 or problems.found:
        return None
    return Decoder(str(path), problems).read(Item, node.items[0])  # type: ignore[type-abstract]  # a kind is picked


def load_exercise(root: Path, path: str, problems: Problems) -> Exercise | None:
    """Load an exercise.yaml. None, with the problems recorded, if it is unusable."""
    from dev2cto.exercises.kinds import Exercise

    return load_file(root, path, Exercise, problems)


def load_exercises(root: Path, folder: str, problems: Problems) -> tuple[Loaded[Exercise], ...]:
    """Load the valid exercises of a module in order of folder name; `path` is the exercise.yaml."""
    base = f"modules/{folder}/exercises"
    names = [name for name in _names(root, base, problems) if (root / base / name).is_dir()]
    return tuple(
        Loaded(exercise, path)
        for name in names
        if name != "__pycache__" and not name.startswith(".")
        for path in [f"{base}/{name}/exercise.yaml"]
        if (exercise := load_exercise(root, path, problems)) is not None
    )


def load_glossary(root: Path, problems: Problems) -> Glossary:
    """Load glossary.yaml; empty if missing or broken."""
    return _optional(root, "glossary.yaml", Glossary, problems) or Glossary(terms=())


def load_sources(root: Path, problems: Problems) -> Sources:
    """Load sources.yaml; empty if missing or broken."""
    return _optional(root, "sources.yaml", Sources, problems) or Sources(sources=())


def load_facts(root: Path, problems: Problems) -> Facts:
    """Load facts.yaml; empty if missing or broken."""
    return _optional(root, "facts.yaml", Facts, problems) or Facts(facts=())


def _optional(root: Path, path: str, shape: type[T], problems: Problems) -> T | None:
    return load_file(root, path, shape, problems) if os.path.lexists(root / path) else None


def _yaml_files(root: Path, base: str, problems: Problems) -> list[str]:
    return [f"{base}/{n}" for n in _names(root, base, problems) if n.endswith(".yaml") and not n.startswith(".")]


def _names(root: Path, base: str, problems: Problems) -> list[str]:
    try:
        return sorted(os.listdir(root / base)) if (root / base).is_dir() else []
    except OSError as error:
        problems.add(base, SourcePosition(1, 1), "C405", f"the folder cannot be read: {error.strerror or error}")
        return []
