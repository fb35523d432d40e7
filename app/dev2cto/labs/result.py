"""A code lab's limits, and the result of a run, with messages for the learner."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from dev2cto.labs.safe_files import printable
from dev2cto.yaml.decode import Range, SourceObject

Status = Literal["passed", "failed", "error", "missed"]
"""`missed` marks what is not required: a mutant that no test detected."""
CLOSED = 97
"""Exit code of the harness if the learner's code closed or replaced the report pipe."""
MOST_CHECKS = 200
SHOWN = 4_000
"""Maximum number of characters of each text of a check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(SourceObject):
    """A lab's limits: wall time, memory and processes of all its descendants together, printed output."""

    seconds: Annotated[float, Range(0.1, 300)] = 20
    memory_mb: Annotated[int, Range(16, 8192)] = 512
    processes: Annotated[int, Range(1, 200)] = 8
    output_kb: Annotated[int, Range(1, 16384)] = 256


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check; the texts are sanitised and truncated, empty if unused."""

    title: str
    status: Status
    message: str = ""
    given: str = ""
    expected: str = ""
    got: str = ""
    where: str = ""
    """The learner's file and line, as file:line."""


@dataclass(frozen=True, slots=True)
class LabRun:
    """The result of a run."""

    seed: int
    checks: tuple[CheckResult, ...]
    """In the order of check.py; if the run ended early, those reached."""
    stopped: str
    """Why the run ended early, as shown to the learner; empty if it completed."""
    notes: tuple[str, ...]
    """Further messages for the learner: names that clash with modules, deleted files, processes left running."""
    output: str
    """The beginning of what was printed, without control characters."""
    seconds: float
    survivors: tuple[str, ...] | None = None
    """Files of the mutants that the learner's tests did not detect; None if not all were tried."""

    @property
    def counted(self) -> tuple[CheckResult, ...]:
        """The checks that are required to pass."""
        return tuple(check for check in self.checks if check.status != "missed")

    @property
    def passed(self) -> bool:
        """Whether the lab is solved: the run completed and every required check passed."""
        return not self.stopped and bool(self.counted) and all(check.status == "passed" for check in self.counted)


@dataclass(frozen=True, slots=True)
class Raw:
    """The raw output of a run."""

    report: bytes
    """Lines of JSON from the harness."""
    verdict: Mapping[str, Any]
    """The supervisor's final report; empty if it was killed."""
    struck: str
    """`output` or `cancelled` if this program ended the run; else empty."""
    output: bytes
    printed: int
    """Bytes printed, kept or not."""
    seconds: float


CONFINED = (
    "A lab can write only to its own folder and to the temporary folder from tempfile. It has no network, and none of "
    "the locks, queues and pools of multiprocessing, which need memory outside; threads and their pools work."
)
NO_CHECKS = "This lab's check.py contains no checks; this is a mistake in the course."


def summarize(raw: Raw, seed: int, limits: Limits, notes: tuple[str, ...] = (), nothing: str = NO_CHECKS) -> LabRun:
    """Turn the raw output into a result with messages; `nothing` is the message if there are no checks."""
    events = tuple(_events(raw.report))
    checks = [_check(event) for event in events if event.get("event") == "check"]
    during = _running_check(events)
    stopped = _stopped(raw, events, limits) or _nothing(events, nothing)
    if any("PermissionError" in text for text in (stopped, *(check.message for check in checks))):
        notes += (CONFINED,)
    if stopped and during:
        checks.append(CheckResult(printable(during)[:SHOWN], "error", "the run ended during this check"))
    if left := raw.verdict.get("left"):
        notes += (f"{left} of the processes that your program started could not be stopped.",)
    elif not stopped and (killed := raw.verdict.get("killed")):
        notes += (f"Your program left {_processes(killed)} running; the check stopped them.",)
    return LabRun(seed, tuple(checks), stopped, notes, _output(raw), round(raw.seconds, 3))


def _events(report: bytes) -> Iterator[dict[str, Any]]:
    count = 0
    for line in report.split(b"\n"):
        try:
            event = json.loads(line)
        except ValueError:  # truncated, or not JSON because the learner's code wrote to the pipe
            continue
        if isinstance(event, dict):
            count += event.get("event") == "check"
            if count > MOST_CHECKS:
                return
            yield event


def _check(event: Mapping[str, Any]) -> CheckResult:
    texts = {
        name: printable(str(event.get(name, "")))[:SHOWN]
        for name in ("title", "message", "given", "expected", "got", "where")
    }
    status = event.get("status")
    return CheckResult(status=status if status in ("passed", "failed") else "error", **texts)


def _running_check(events: tuple[dict[str, Any], ...]) -> str:
    title = ""
    for event in events:
        if event.get("event") == "start":
            title = str(event.get("title", ""))
        elif event.get("event") == "check":
            title = ""
    return title


def _stopped(raw: Raw, events: tuple[dict[str, Any], ...], limits: Limits) -> str:
    """Return why the run ended early; empty if it completed."""
    struck = raw.struck or raw.verdict.get("limit", "")
    reached = raw.verdict.get("reached", 0)
    if struck == "cancelled":
        return "The check was cancelled."
    if struck == "output":
        return f"Your program printed more than {limits.output_kb} KB and was stopped. Is there a print in a loop?"
    if struck == "seconds":
        return f"Your program exceeded the time limit of {limits.seconds:g} s. Is there an endless loop, or a wait?"
    if struck == "processes":
        return f"Your program had {_processes(reached)} at once and was stopped; {limits.processes} are allowed."
    if struck == "memory":
        return f"Your program used {reached:,} MB of memory and was stopped; {limits.memory_mb} MB are allowed."
    if struck == "disk":
        return f"Your program wrote {reached:,} MB, or very many files, and was stopped. Is there a loop that writes?"
    if failed := raw.verdict.get("failed"):
        return f"The check could not be started: {printable(str(failed))[:SHOWN]}."
    last = {str(event.get("event")): event for event in events}
    if "stopped" in last:
        return _import_failed(last["stopped"])
    if "done" in last:
        ended = [event for event in events if event.get("event") == "check"]
        reasons = {(str(e.get("message", "")), str(e.get("where", ""))) for e in ended}
        if len(reasons) == 1 and ended[0].get("loading"):  # every check failed at the same import
            return _import_failed(ended[0])
        return ""
    return _ended(raw.verdict.get("ended"), _phase(events))


def _nothing(events: tuple[dict[str, Any], ...], words: str) -> str:
    planned = [event for event in events if event.get("event") == "plan"]
    return words if planned and not planned[-1].get("titles") else ""


def _import_failed(event: Mapping[str, Any]) -> str:
    where, message = printable(str(event.get("where", "")))[:SHOWN], printable(str(event.get("message", "")))[:SHOWN]
    file, _, line = where.rpartition(":")
    if not where:
        return f"The checks cannot start: {message.removesuffix('.')}."
    return f"{file} cannot be imported. Line {line}: {message.removesuffix('.')}."


def _phase(events: tuple[dict[str, Any], ...]) -> str:
    return "during a check" if _running_check(events) else "before the checks were complete"


def _ended(code: object, when: str) -> str:
    """Return the message for a process that ended by itself with that exit code."""
    if not isinstance(code, int):
        return f"The process that supervises the run was killed {when}. Does your code call os.kill?"
    if code == CLOSED:
        return (
            f"Your program closed a file descriptor that it did not open {when} (os.close, os.closerange, os.dup2), "
            "so the check could not report its result."
        )
    if code == -signal.SIGXCPU:
        return f"The process was killed {when}: it had used up its CPU time."
    if code == -signal.SIGKILL:
        return f"The process was killed {when}: by your code, or because the machine ran out of memory."
    if code < 0:
        return f"The process crashed {when} with signal {-code} ({signal.strsignal(-code) or 'unknown'})."
    return f"Your program ended the whole process {when}, with exit code {code}. Does it call os._exit?"


def _processes(count: object) -> str:
    return f"{count} process" if count == 1 else f"{count} processes"


def _output(raw: Raw) -> str:
    text = printable(raw.output.decode("utf-8", "replace"))
    more = raw.printed - len(raw.output)
    return f"{text}\n... and {more:,} bytes more" if more > 0 else text
