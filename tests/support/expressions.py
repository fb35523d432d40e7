"""Every regular expression of the program, with the way in which it is applied, found in the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from tests.support.studies import PACKAGE

Way = Literal["search", "match", "fullmatch"]
APPLIED = r"\b{name}\.(search|match|fullmatch|sub|finditer|findall|split)\("


@dataclass(frozen=True, slots=True)
class Used:
    """An expression as it is used; its name is that of the constant, or the place of an unnamed one."""

    name: str
    pattern: re.Pattern[str]
    way: Way

    def apply(self, text: str) -> None:
        """Apply it to all of a text."""
        if self.way == "search":
            for _ in self.pattern.finditer(text):
                pass
        elif self.way == "match":
            self.pattern.match(text)
        else:
            self.pattern.fullmatch(text)


@cache
def sources() -> dict[Path, str]:
    """The text of every file of the program that does not run alone in a lab's process."""
    skipped = ("harness.py", "supervisor.py", "own_tests.py")
    return {path: path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")) if path.name not in skipped}


APPLIED_AT_ONCE = re.compile(r"\bre\.(?!compile\b)[a-z]+\(")
"""What a file has that applies an expression where it is written."""


def in_use() -> Iterator[Used]:
    """Yield every expression in each way it is applied in."""
    for path, text in sources().items():
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if "re." not in text or path.name == "__init__.py":
            continue
        compiled = vars(import_module(f"dev2cto.{module}"))
        for name, value in compiled.items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and f"{name} = re.compile" in text:
                for way in sorted(ways(name, module)):
                    yield Used(f"{module}.{name}", value, way)
        if APPLIED_AT_ONCE.search(text):
            yield from unnamed(module, ast.parse(text))


def ways(name: str, module: str) -> set[Way]:
    """In which ways the constant of that name is applied, in its own file and where it is imported."""
    own = f"{module.replace('.', '/')}.py"
    texts = [t for p, t in sources().items() if str(p).endswith(own) or f"from dev2cto.{module} import" in t]
    found = {way for text in texts for way in re.findall(APPLIED.format(name=re.escape(name)), text)}
    return {cast("Way", m if m in ("match", "fullmatch") else "search") for m in found} or {"search"}


def unnamed(module: str, tree: ast.Module) -> Iterator[Used]:
    """Yield the expressions that are written where they are used."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        by, text = node.func.attr, node.args[0]
        of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if not of_re or by == "compile" or not isinstance(text, ast.Constant):
            continue
        if isinstance(text.value, str):
            flags = re.M if "re.M" in ast.unparse(node) else re.NOFLAG
            way = by if by in ("match", "fullmatch") else "search"
            yield Used(f"{module}:{text.value}", re.compile(text.value, flags), cast("Way", way))
