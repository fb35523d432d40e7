"""Runs a lab's check.py in the child process and reports each check as a line of JSON on a separate pipe.

Started by path, without the package: only the standard library is available. The learner's code prints to another
pipe, so its output cannot disturb the report.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import os
import sys
import traceback
import unittest
from pathlib import Path
from types import CodeType, ModuleType, TracebackType
from typing import Any

SHOWN = 2_000
"""Maximum number of characters of one message."""

FailureReport = tuple[type[BaseException], BaseException, TracebackType]


class EventWriter:
    """Writes events to a pipe; ends the process with exit code `closed` if the pipe was closed or replaced."""

    def __init__(self, fd: int, closed: int) -> None:
        self.fd, self.closed, self.original = fd, closed, os.fstat(fd)

    def send(self, **event: Any) -> None:
        line = json.dumps(event).encode() + b"\n"
        try:
            if not os.path.samestat(os.fstat(self.fd), self.original):
                os._exit(self.closed)
            while line:
                line = line[os.write(self.fd, line) :]
        except OSError:
            os._exit(self.closed)


class SourceOnly(importlib.machinery.SourceFileLoader):
    """Compiles a module from its source, whatever compiled code lies in a cache beside it."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def import_from_sources() -> None:
    """Have all modules but the standard library's imported from their sources: no caches, no compiled modules."""
    find = importlib.machinery.FileFinder.path_hook((SourceOnly, [".py"]))
    library = os.path.dirname(os.__file__)

    def hook(path: str) -> Any:
        if os.path.join(path, "").startswith(os.path.join(library, "")):
            raise ImportError
        return find(path)

    sys.path_hooks.insert(0, hook)


def load(path: Path, name: str) -> ModuleType:
    """Import the module in that file under that name."""
    spec = importlib.util.spec_from_file_location(name, path, loader=SourceOnly(name, str(path)))
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def in_order(module: ModuleType) -> list[unittest.TestCase]:
    """Return the module's tests in the order of the file, inherited ones first."""
    tests: list[unittest.TestCase] = []
    for case in vars(module).values():
        if not (isinstance(case, type) and issubclass(case, unittest.TestCase) and case.__module__ == module.__name__):
            continue
        defined = dict.fromkeys(name for base in reversed(case.__mro__) for name in vars(base))
        found = set(unittest.defaultTestLoader.getTestCaseNames(case))
        tests += [case(name) for name in defined if name in found]
    return tests


class Result(unittest.TestResult):
    """Sends one event when a check starts and one when it ends."""

    def __init__(self, report: EventWriter, explain: FailureExplainer) -> None:
        super().__init__()
        self.report, self.explain = report, explain
        self.outcome: dict[str, Any] | None = None

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.outcome = None
        self.report.send(event="start", title=title(test))

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        if self.outcome is not None:  # None if the run is being interrupted
            self.report.send(event="check", title=title(test), **self.outcome)

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.outcome = self.outcome or {"status": "passed"}

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addExpectedFailure(test, err)
        self.outcome = self.outcome or {"status": "passed"}

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        super().addFailure(test, err)
        self.note(test, err)

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        super().addError(test, err)
        self.note(test, err)
        if not isinstance(test, unittest.TestCase):  # setUpClass or setUpModule: no test will start
            self.report.send(event="check", title=str(test), **(self.outcome or {}))

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note(test, err)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self.outcome = {"status": "passed", "message": f"skipped: {reason}"}

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        super().addUnexpectedSuccess(test)
        self.outcome = {"status": "failed", "message": "this should have failed"}

    def note(self, test: unittest.TestCase, err: FailureReport) -> None:
        """Keep the first failure only: later ones are often its consequence."""
        if self.outcome is None or self.outcome["status"] == "passed":
            self.outcome = self.explain.outcome(err)


class FailureExplainer:
    """Turns an exception into a message for the learner and finds where in the learner's files it was raised.

    `own` is the own_tests module if the learner's own tests are run, else None; with it, an AssertionError in the
    learner's files is a failure, not an error.
    """

    def __init__(self, lab: Any, check: Path, memory_mb: int, own: Any) -> None:
        self.lab, self.check, self.memory_mb, self.own = lab, check, memory_mb, own

    def outcome(self, err: FailureReport) -> dict[str, Any]:
        """Return the fields of a check that ended with that exception."""
        error = err[1]
        where = self.where(error)
        if isinstance(error, self.lab.Mismatch):
            parts = {name: getattr(error, name) for name in ("given", "expected", "got")}
            return {"status": "failed", "message": str(error)[:SHOWN], "where": where, **parts}
        if isinstance(error, AssertionError) and (self.own or not where):
            return {"status": "failed", "message": str(error)[:SHOWN], "where": where, **self.compared(error, where)}
        message = self.message(error, where)
        return {"status": "error", "message": message, "where": where, "loading": self.loading(error)}

    def compared(self, error: AssertionError, where: str) -> dict[str, str]:
        """Return what the learner's own assertEqual got and expected; empty for other assertions."""
        name, _, line = where.rpartition(":")
        both = self.own.compared(error, self.lab.folder / name, int(line)) if self.own and name else None
        return {"got": self.lab.show(both[0]), "expected": self.lab.show(both[1])} if both else {}

    def message(self, error: BaseException, where: str) -> str:
        """Return one or two sentences for the learner."""
        text = describe(error)
        if isinstance(error, self.lab.Stop):
            return str(error)[:SHOWN]
        if isinstance(error, MemoryError):
            return f"it asked for more memory than the limit of {self.memory_mb} MB allows"
        if isinstance(error, SystemExit):
            advice = "do so only when the file is run as a script" if self.loading(error) else "return instead"
            return f"your code ended the program with sys.exit({error.code!r}); {advice}"
        if isinstance(error, EOFError):
            return f"your code waits for input, but a check cannot provide any ({text})"
        if where or self.own:
            return text
        at = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(self.check)]
        line = f", {self.check.name} line {at[-1]}" if at else ""
        return f"the check could not use what your code gave it: {text}{line}"

    def loading(self, error: BaseException) -> bool:
        """Whether the exception was raised while the learner's module was being imported."""
        frames = traceback.extract_tb(error.__traceback__)
        return any(f.name == "load" and f.filename == self.lab.__file__ for f in frames)

    def where(self, error: BaseException) -> str:
        """Return the innermost location in the learner's files as file:line; empty if there is none."""
        seen: set[int] = set()
        following: BaseException | None = error
        while following is not None and id(following) not in seen:
            seen.add(id(following))
            places = [(f.filename, f.lineno or 0) for f in traceback.extract_tb(following.__traceback__)]
            if isinstance(following, SyntaxError) and following.filename:
                places.append((following.filename, following.lineno or 0))
            for name, line in reversed(places):
                path = Path(name)
                if path.is_relative_to(self.lab.folder):
                    return f"{path.relative_to(self.lab.folder)}:{line}"
            following = following.__cause__
        return ""


def describe(error: BaseException) -> str:
    """Return the exception as in the last line of a traceback, truncated."""
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except Exception:
        text = "(its message cannot be shown)"
    name = type(error).__name__
    return f"{name}: {text[:SHOWN]}" if text else name


def title(test: unittest.TestCase) -> str:
    """Return the first line of the check's docstring, or its name if it has none."""
    return test.shortDescription() or test.id().rpartition(".")[2].replace("_", " ")


def collect(setup: dict[str, Any], own: Any) -> list[unittest.TestCase]:
    """Return the lab's checks, or the tests in the learner's files if `own` is given."""
    if not own:
        return in_order(load(Path(setup["check"]), "lab_check"))
    sys.path += setup["paths"]
    own.keep_compared()
    files = [Path(name) for name in setup["tests"]]
    return [test for file in files for test in in_order(load(file, file.stem))]


def main(setup: dict[str, Any]) -> None:
    """Run the checks described by `setup`: lab and check (paths), closed (exit code), memory_mb (for messages only).

    `tests` are paths of the learner's own tests, run instead of check; `paths` are added to sys.path for them.
    """
    report = EventWriter(int(os.environ.pop("REPORT")), setup["closed"])
    report.send(event="begin", pid=os.getpid())
    import_from_sources()
    lab = load(Path(setup["lab"]), "lab")
    check = Path(setup["check"])
    own = load(Path(__file__).with_name("own_tests.py"), "own_tests") if setup["tests"] else None
    explain = FailureExplainer(lab, check, setup["memory_mb"], own)
    try:
        tests = collect(setup, own)
        report.send(event="plan", titles=[title(test) for test in tests])
        unittest.TestSuite(tests).run(Result(report, explain))
    except BaseException as error:
        where = explain.where(error)
        loading = explain.loading(error)
        report.send(event="stopped", message=explain.message(error, where), where=where, loading=loading)
    report.send(event="done")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(0)  # threads left running by the learner's code must not keep the process alive


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
