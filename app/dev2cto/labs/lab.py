"""The module that a code lab's check.py imports as `lab`: loading the learner's code, seeded random values, Case.

It is self-contained: it runs in the child process, where only the standard library is available.
Seed and folders come from LAB_SEED, LAB_FOLDER and LAB_DATA, so that a check.py can also be run by hand.
"""

from __future__ import annotations

import atexit
import importlib
import os
import random
import reprlib
import shutil
import sys
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

seed: int = int(os.environ.get("LAB_SEED", "0"))
"""Different for each run of the checks; all random values must be derived from it."""
folder: Path = Path(os.environ.get("LAB_FOLDER", ".")).resolve()
"""The learner's folder."""
data: Path = Path(os.environ.get("LAB_DATA", "data")).resolve()
"""The exercise's original data/ folder, not the learner's copy."""

SHOWN = 2_000
"""Maximum number of characters shown of one value."""

_repr = reprlib.Repr()
_repr.maxlevel = 6
_repr.maxdict = _repr.maxlist = _repr.maxtuple = _repr.maxset = _repr.maxfrozenset = _repr.maxdeque = 40
_repr.maxstring = _repr.maxother = 600


class Stop(Exception):
    """The check cannot continue; the message is for the learner."""


class Mismatch(AssertionError):
    """A failed expectation; `given`, `expected` and `got` are texts, empty if unused."""

    def __init__(self, message: str, given: str = "", expected: str = "", got: str = "") -> None:
        super().__init__(message)
        self.given, self.expected, self.got = given, expected, got


def rng(name: str) -> random.Random:
    """Return a random source that depends only on the seed and this name."""
    return random.Random(f"{seed}:{name}")


def load(name: str) -> ModuleType:
    """Import the learner's module of that (dotted) name, reloading all of the learner's modules.

    Raises Stop if the file is missing or its name is taken by the standard library, and whatever the module raises.
    """
    top = name.partition(".")[0]
    path = folder.joinpath(*name.split("."))
    if not path.with_suffix(".py").is_file() and not (path / "__init__.py").is_file():
        raise Stop(f"{'/'.join(name.split('.'))}.py is missing from your folder")
    if top in sys.stdlib_module_names or top == "lab":
        raise Stop(f"{top}.py cannot be loaded: Python's standard library has a module of that name")
    for known, module in list(sys.modules.items()):
        if _belongs_to_learner(module):
            del sys.modules[known]
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    importlib.invalidate_caches()
    return importlib.import_module(name)


def scratch() -> Path:
    """Create an empty folder that is removed when the process ends."""
    made = tempfile.mkdtemp(prefix="lab-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made).resolve()


def show(value: object) -> str:
    """Return the value as shown in a failure: its repr, truncated; multi-line strings are shown as they are."""
    try:
        text = value if isinstance(value, str) and "\n" in value else _repr.repr(value)
    except Exception as error:
        text = f"<a {type(value).__name__} whose repr fails: {type(error).__name__}>"
    return text if len(text) <= SHOWN else text[:SHOWN] + " ..."


class Case(unittest.TestCase):
    """A check; the first line of each test method's docstring is its title."""

    def expect(self, got: object, expected: object, given: object = "") -> None:
        """Fail unless `got` equals `expected`; `given` describes the input."""
        if got == expected:
            return
        shown_expected, shown_got = show(expected), show(got)
        message = "the result is not what was expected"
        if shown_expected == shown_got:
            message += _difference(got, expected)
        raise Mismatch(message, _text(given), shown_expected, shown_got)

    def expect_true(self, condition: object, message: str, given: object = "", got: object = "") -> None:
        """Fail with the message, which should say what was expected, unless the condition is true."""
        if not condition:
            raise Mismatch(message, _text(given), "", _text(got))

    def expect_raises(
        self,
        error: type[BaseException] | tuple[type[BaseException], ...],
        call: Callable[[], Any],
        given: object = "",
    ) -> BaseException:
        """Fail unless the call raises that error (or one of them). Return the error raised."""
        kinds = error if isinstance(error, tuple) else (error,)
        expected = "raises " + " or ".join(kind.__name__ for kind in kinds)
        message = "the call should have raised an error"
        try:
            result = call()
        except kinds as raised:
            return raised
        except Exception as raised:
            other = f"raised {type(raised).__name__}: {raised}".removesuffix(": ")[:SHOWN]
            raise Mismatch("the call raised another error", _text(given), expected, other) from raised
        raise Mismatch(message, _text(given), expected, f"returned {show(result)}")


def _belongs_to_learner(module: ModuleType | None) -> bool:
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(isinstance(place, str) and Path(place).is_relative_to(folder) for place in places)


def _text(value: object) -> str:
    return value[:SHOWN] if isinstance(value, str) else show(value)


def _difference(got: object, expected: object) -> str:
    if type(got) is not type(expected):
        return f": it is a {type(got).__name__}, not a {type(expected).__name__}"
    if isinstance(got, str | list | tuple) and isinstance(expected, str | list | tuple):
        pairs = zip(got, expected, strict=False)
        at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(got), len(expected)))
        return f": they first differ at index {at}; lengths {len(got)} and {len(expected)}"
    return ""
