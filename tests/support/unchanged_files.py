"""Files of the test course that a test did not change are parsed, decoded and judged once for all tests.

Each of hundreds of tests breaks one file of a copy and reads all of it. What is kept is looked up by content, so a
changed file is read as ever; so is one in which anything was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from dev2cto.course import loader
from dev2cto.course.check import check
from dev2cto.course.check.rules import About, Finding, Rule
from dev2cto.yaml import tree
from dev2cto.yaml.decode import Decoder
from dev2cto.yaml.tree import MappingNode, Node, Problems, SequenceNode
from tests.support.studies import COURSE

parse, read, apply = tree.parse, Decoder.read, check._apply
parsed: dict[tuple[bytes, str], Node] = {}
nodes: dict[int, Node] = {}
"""By identity: the nodes of those files, and of the items in them."""
decoded: dict[tuple[str, type, int], Any] = {}
objects: dict[int, Any] = {}
"""By identity: what was decoded from them."""
judged: dict[tuple[About, int], list[tuple[Rule, Finding]]] = {}


@cache
def contents() -> frozenset[bytes]:
    """The content of every file of the test course."""
    return frozenset(path.read_bytes() for path in COURSE.rglob("*.yaml"))


def parse_once(data: bytes, name: str, problems: Problems) -> Node | None:
    if data not in contents():
        return parse(data, name, problems)
    if (data, name) not in parsed:
        before = len(problems.found)
        root = parse(data, name, problems)
        if root is None or len(problems.found) > before:
            return root
        parsed[data, name] = root
        listed = root.items.get("items") if isinstance(root, MappingNode) else None
        for node in (root, *(listed.items if isinstance(listed, SequenceNode) else ())):
            nodes[id(node)] = node
    return parsed[data, name]


def read_once(decoder: Decoder, shape: type, node: Node) -> Any:
    key = (decoder.path, shape, id(node))
    if key in decoded:
        return decoded[key]
    before = len(decoder.problems.found)
    value = read(decoder, shape, node)
    if id(node) in nodes and value is not None and len(decoder.problems.found) == before:
        decoded[key] = objects[id(value)] = value
    return value


def judge_once(about: About, subject: Any) -> Iterator[tuple[Rule, Finding]]:
    key = (about, id(subject))
    if about not in ("item", "reading", "exercise") or id(subject) not in objects:
        return apply(about, subject)
    if key not in judged:
        judged[key] = list(apply(about, subject))
    return iter(judged[key])


def keep(patched: pytest.MonkeyPatch) -> None:
    """Look up there instead of reading again."""
    patched.setattr(tree, "parse", parse_once)
    patched.setattr(loader, "parse", parse_once)
    patched.setattr(Decoder, "read", read_once)
    patched.setattr(check, "_apply", judge_once)
