"""Severity of findings: the rule's default, or as set in module.yaml or course.yaml; and silenced findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dev2cto.course.check.course_snapshot import CourseSnapshot, Module
from dev2cto.course.check.rules import SECOND_STANDARD, Finding, Rule
from dev2cto.course.model import Course, ModuleFile, Weight
from dev2cto.items.base import Waiver
from dev2cto.yaml.decode import SourceObject, did_you_mean


class Severities:
    """The severities that one course sets.

    module.yaml takes precedence over course.yaml, and within a file a rule's code over its group.
    """

    def __init__(self, snapshot: CourseSnapshot) -> None:
        self._course = snapshot.course.checks
        self._modules = {module.folder: module.head.checks for module in snapshot.modules if module.head}

    def of(self, rule: Rule, path: str) -> Weight:
        """Return the severity of the rule's findings in that file of the course."""
        for checks in (self._modules.get(folder_of(path), {}), self._course):
            for name in (rule.code, rule.group):
                if name in checks:
                    return checks[name]
        return rule.severity


def folder_of(path: str) -> str:
    """Return the name of the module folder that contains a course file; empty if none does."""
    parts = path.split("/")
    return parts[1] if parts[0] == "modules" and len(parts) > 2 else ""


def unknown_names(snapshot: CourseSnapshot, codes: Iterable[str]) -> Iterator[Finding]:
    """Report entries under `checks` that name neither a rule nor a group."""
    known = {*codes, SECOND_STANDARD}
    heads: list[Course | ModuleFile] = [snapshot.course, *(module.head for module in snapshot.modules if module.head)]
    for head in heads:
        for name in head.checks:
            if name not in known:
                hint = did_you_mean(name, known) or f"a rule's code, or {SECOND_STANDARD}"
                yield Finding(head, ("checks", name), f"unknown rule or group {name}", hint)


class Silences:
    """The silences in a course's items, exercises, banks and modules, and which of them are used."""

    def __init__(self, snapshot: CourseSnapshot) -> None:
        self._modules = {module.folder: module for module in snapshot.modules}
        self._listed = [thing for module in snapshot.modules for thing in _silencing(module)]
        self._used: set[int] = set()

    def hold(self, rule: Rule, finding: Finding) -> bool:
        """Whether the finding is silenced; the innermost silence of its rule is marked as used."""
        path = finding.at.where.path
        module = self._modules.get(folder_of(path))
        around = [finding.at]
        if module is not None:
            around += [module.bank] if path == module.bank.where.path else []
            around += [module.head] if module.head else []
        for thing in around:
            for silence in silences(thing):
                if silence.rule == rule.code:
                    self._used.add(id(silence))
                    return True
        return False

    def unknown(self, codes: Iterable[str]) -> Iterator[Finding]:
        """Report silences of unknown rules."""
        known = set(codes)
        for thing in self._listed:
            for n, silence in enumerate(silences(thing)):
                if silence.rule not in known:
                    message = f"unknown rule {silence.rule}"
                    yield Finding(thing, ("silence", n, "rule"), message, did_you_mean(silence.rule, known))

    def idle(self, codes: Iterable[str]) -> Iterator[Finding]:
        """Report silences of rules that found nothing there."""
        known = set(codes)
        for thing in self._listed:
            for n, silence in enumerate(silences(thing)):
                if silence.rule in known and id(silence) not in self._used:
                    message = f"{silence.rule} finds nothing here"
                    yield Finding(thing, ("silence", n, "rule"), message, "remove the silence")


def silences(thing: SourceObject) -> tuple[Waiver, ...]:
    """Return the object's silences; empty for types without any."""
    return getattr(thing, "silence", ())


def _silencing(module: Module) -> Iterator[SourceObject]:
    if module.head:
        yield module.head
    yield module.bank
    yield from module.items
    yield from (found.value for found in module.exercises)
