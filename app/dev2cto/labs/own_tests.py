"""Support for the learner's own tests, in the child process: what a failing assertEqual compared.

Loaded by path, like lab.py: only the standard library is available.
"""

from __future__ import annotations

import ast
import unittest
from pathlib import Path
from typing import Any


def keep_compared() -> None:
    """Patch assertEqual to attach the values it compared to the AssertionError."""
    plain = unittest.TestCase.assertEqual

    def remembering(self: unittest.TestCase, first: Any, second: Any, msg: Any = None) -> None:
        try:
            plain(self, first, second, msg)
        except AssertionError as error:
            error.compared = (first, second)  # type: ignore[attr-defined]  # read by `compared`
            raise

    unittest.TestCase.assertEqual = remembering  # type: ignore[method-assign]


def compared(error: AssertionError, path: Path, line: int) -> tuple[Any, Any] | None:
    """Return (got, expected) if the error comes from an assertEqual in that line of a test, else None.

    The usual order is got, expected; if only the first argument is a literal, it is taken as the expected value.
    """
    if not hasattr(error, "compared"):
        return None
    first, second = error.compared
    return (second, first) if _written_out_first(path, line) else (first, second)


def _written_out_first(path: Path, line: int) -> bool:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return False
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.lineno <= line <= (node.end_lineno or 0):
            continue
        if getattr(node.func, "attr", "") == "assertEqual" and len(node.args) > 1:
            return _written_out(node.args[0]) and not _written_out(node.args[1])
    return False


def _written_out(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True
