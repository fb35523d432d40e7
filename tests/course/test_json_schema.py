"""The JSON Schemas are current, and agree with the reader on good files and on every small mistake in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from dev2cto.course.json_schema import FILES, as_text, schemas, write_schemas
from dev2cto.course.model import BankFile
from dev2cto.exercises import kinds as exercises
from dev2cto.yaml.decode import Decoder, fields_of
from dev2cto.yaml.tree import MappingNode, Node, Problems, ScalarNode, SequenceNode, SourcePosition, read_file
from tests.support.exercise_samples import FOLDERS
from tests.support.studies import COURSE as SAMPLE_COURSE

HERE = Path(__file__).parent
SMALL = HERE / "smallcourse"
COURSE = HERE.parent.parent / "course"
UNSAYABLE = {"S209"}
"""A folded block is the same text to a schema."""


def kind_of(path: Path) -> str:
    """The schema that a file is for."""
    return {"readings": "reading"}.get(path.parent.name, path.stem)


def documents(path: Path) -> list[Node]:
    """The tree of a good file; of a bank, one tree for each item, which is quicker to spoil in every place."""
    node = read_file(path, path.name, Problems())
    assert isinstance(node, MappingNode)
    listed = node.items.get("items")
    if not isinstance(listed, SequenceNode):
        return [node]
    one = [SequenceNode(listed.mark, [part]) for part in listed.items]
    return [MappingNode(node.mark, items={**node.items, "items": part}, keys=dict(node.keys)) for part in one]


CORPUS = [
    *sorted(SMALL.rglob("*.yaml")),
    *sorted((HERE / "everyfield").glob("*.yaml")),
    *sorted(SAMPLE_COURSE.glob("modules/*/bank.yaml")),
    *(folder / "exercise.yaml" for folder in FOLDERS.values()),
]
"""Good files of every kind, and of every kind of item and exercise."""


def as_json(node: Node) -> Any:
    """The node as an editor sees it: plain scalars by YAML 1.2's core schema."""
    match node:
        case MappingNode():
            return {key: as_json(value) for key, value in node.items.items()}
        case SequenceNode():
            return [as_json(value) for value in node.items]
        case ScalarNode(plain=True, text=text):
            if text in ("true", "false"):
                return text == "true"
            if text in ("null", "~", ""):
                return None
            if re.fullmatch(r"[-+]?[0-9]+", text):
                return int(text)
            if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
                return float(text)
            return text
        case ScalarNode(text=text):
            return text


def reader_accepts(kind: str, node: Node) -> bool:
    """Whether the reader finds the structure sound."""
    problems = Problems()
    reader = Decoder("file.yaml", problems)
    if kind == "bank":
        reader.read(BankFile, node)
    else:
        reader.read(FILES[kind], node)
    return not any(p.code.startswith("S") and p.code not in UNSAYABLE for p in problems.found)


def parts(node: Node, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a tree."""
    yield steps
    children = node.items.items() if isinstance(node, MappingNode) else ()
    for key, child in enumerate(node.items) if isinstance(node, SequenceNode) else children:
        yield from parts(child, (*steps, key))


def places(node: Node) -> list[tuple[Any, ...]]:
    """The way to one part of every sort: of the members of a list, the first that has it."""
    first: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for steps in parts(node):
        first.setdefault(tuple("*" if isinstance(step, int) else step for step in steps), steps)
    return list(first.values())


SUBSTITUTES: list[Node] = [
    ScalarNode("word", SourcePosition(1, 1), plain=True),
    ScalarNode("two\nlines", SourcePosition(1, 1), block=True),
    ScalarNode(" ", SourcePosition(1, 1)),
    ScalarNode("7", SourcePosition(1, 1), plain=True),
    ScalarNode("-3.5", SourcePosition(1, 1), plain=True),
    ScalarNode("1_000", SourcePosition(1, 1), plain=True),
    ScalarNode("true", SourcePosition(1, 1), plain=True),
    ScalarNode("No Id", SourcePosition(1, 1), plain=True),
    SequenceNode(SourcePosition(1, 1)),
    SequenceNode(SourcePosition(1, 1), [ScalarNode("a", SourcePosition(1, 1), plain=True)]),
    MappingNode(SourcePosition(1, 1)),
    MappingNode(
        SourcePosition(1, 1),
        items={"x": ScalarNode("1", SourcePosition(1, 1), plain=True)},
        keys={"x": SourcePosition(1, 1)},
    ),
]


def spoiled(node: Node, steps: tuple[Any, ...]) -> Iterator[tuple[str, Node]]:
    """The tree with that part left out, added to, or put in another's place."""
    if not steps:
        return
    *way, last = steps
    root, parent = copied(node, way)
    del parent.items[last]
    yield "left out", root
    root, parent = copied(node, way)
    if isinstance(parent, MappingNode):
        parent.items["surprise"] = ScalarNode("x", SourcePosition(1, 1), plain=True)
        parent.keys["surprise"] = SourcePosition(1, 1)
        yield "added to", root
    for n, substitute in enumerate(SUBSTITUTES):
        root, parent = copied(node, way)
        parent.items[last] = substitute
        yield f"replaced by {n}", root


def copied(node: Node, way: list[Any]) -> tuple[Node, Any]:
    """A copy of the tree that may be changed at the end of that way, and the part there."""
    root = part = fresh(node)
    for step in way:
        part.items[step] = fresh(part.items[step])
        part = part.items[step]
    return root, part


def fresh(node: Any) -> Any:
    """The node with its own list or mapping of members."""
    if isinstance(node, MappingNode):
        return MappingNode(node.mark, items=dict(node.items), keys=dict(node.keys))
    return SequenceNode(node.mark, list(node.items)) if isinstance(node, SequenceNode) else node


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_reader_and_schema_agree_on_a_file_and_its_mistakes(path: Path) -> None:
    kind = kind_of(path)
    validator = Draft7Validator(schemas()[kind])
    for node in documents(path):
        assert reader_accepts(kind, node)
        assert not list(validator.iter_errors(as_json(node)))
        assert disagreements(kind, node, validator) == []


def disagreements(kind: str, node: Node, validator: Draft7Validator) -> list[tuple[Any, str]]:
    """Where a spoiled part is wrong for one of the two and right for the other."""
    trees = ((steps, what, tree) for steps in places(node) for what, tree in spoiled(node, steps))
    return [(s, what) for s, what, tree in trees if reader_accepts(kind, tree) != validator.is_valid(as_json(tree))]


@pytest.mark.parametrize("name", ["course", "module", "reading", "bank"])
def test_the_corpus_uses_every_field_of_a_file(name: str) -> None:
    node = read_file(HERE / "everyfield" / f"{name}.yaml", name, Problems())
    assert isinstance(node, MappingNode)
    shape = BankFile if name == "bank" else FILES[name]
    assert set(node.items) == {field.key for field in fields_of(shape)}


def test_the_corpus_has_every_kind() -> None:
    kinds = {re.search(r"^kind: (.*)$", path.read_text(), re.MULTILINE) for path in CORPUS if path.stem == "exercise"}
    assert {found[1] for found in kinds if found} == set(exercises.KINDS)


def test_the_schemas_are_valid_and_cover_every_kind_of_file() -> None:
    made = schemas()
    assert set(made) == {"course", "module", "reading", "bank", "exercise", "glossary", "sources", "facts"}
    for schema in made.values():
        Draft7Validator.check_schema(schema)


def test_what_is_shipped_is_current() -> None:
    for name, schema in schemas().items():
        shipped = (COURSE / "schema" / f"{name}.json").read_text(encoding="utf-8")
        assert shipped == as_text(schema), "run: python -m dev2cto.course.json_schema course/schema"


def test_writing_changes_only_what_changed(tmp_path: Path) -> None:
    assert len(write_schemas(tmp_path)) == 8
    assert write_schemas(tmp_path) == ()
    (tmp_path / "bank.json").write_text("{}")
    assert write_schemas(tmp_path) == (tmp_path / "bank.json",)
    assert json.loads((tmp_path / "bank.json").read_text())["required"] == ["items"]


def test_texts_may_look_like_numbers_and_flags() -> None:
    node = read_file(SMALL / "course.yaml", "course.yaml", Problems())
    assert isinstance(node, MappingNode)
    node.items["version"] = ScalarNode("3.10", SourcePosition(1, 1), plain=True)
    node.items["title"] = ScalarNode("true", SourcePosition(1, 1), plain=True)
    assert reader_accepts("course", node)
    assert Draft7Validator(schemas()["course"]).is_valid(as_json(node))
