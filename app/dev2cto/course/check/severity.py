"""What the findings of a rule are: as the rule says, or as module.yaml and course.yaml set it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dev2cto.course.check.course_snapshot import CourseSnapshot, Module
from dev2cto.course.check.rules import SECOND_STANDARD, Finding, Rule
from dev2cto.course.model import Course, ModuleFile, Weight
from dev2cto.items.base import Waiver
from dev2cto.yaml.decode import SourceObject, did_you_mean


class Severities:
    """What is set for the rules of one course.

    A module's file beats the course's, and in one file a rule's own code beats its group.
    """

    def __init__(self, whole: CourseSnapshot) -> None:
        self._course = whole.course.checks
        self._modules = {module.folder: module.head.checks for module in whole.modules if module.head}

    def of(self, rule: Rule, path: str) -> Weight:
        """What that rule's findings in that file of the course are."""
        for checks in (self._modules.get(folder_of(path), {}), self._course):
            for name in (rule.code, rule.group):
                if name in checks:
                    return checks[name]
        return rule.severity


def folder_of(path: str) -> str:
    """The module's folder that a file of the course lies in; empty where it lies in none."""
    parts = path.split("/")
    return parts[1] if parts[0] == "modules" and len(parts) > 2 else ""


def unknown_names(whole: CourseSnapshot, codes: Iterable[str]) -> Iterator[Finding]:
    """Entries under `checks` that name neither a rule nor a group of them."""
    known = {*codes, SECOND_STANDARD}
    heads: list[Course | ModuleFile] = [whole.course, *(module.head for module in whole.modules if module.head)]
    for head in heads:
        for name in head.checks:
            if name not in known:
                hint = did_you_mean(name, known) or f"a rule's code, or {SECOND_STANDARD}"
                yield Finding(head, ("checks", name), f"there is no rule or group {name}", hint)


class Silences:
    """The silences of a course's items, exercises, banks and modules, and which of them are of use."""

    def __init__(self, whole: CourseSnapshot) -> None:
        self._modules = {module.folder: module for module in whole.modules}
        self._listed = [thing for module in whole.modules for thing in _silencing(module)]
        self._used: set[int] = set()

    def hold(self, rule: Rule, finding: Finding) -> bool:
        """Whether the finding is silenced, by the nearest silence that speaks of its rule."""
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
        """Silences of no known rule."""
        known = set(codes)
        for thing in self._listed:
            for n, silence in enumerate(silences(thing)):
                if silence.rule not in known:
                    message = f"there is no rule {silence.rule}"
                    yield Finding(thing, ("silence", n, "rule"), message, did_you_mean(silence.rule, known))

    def idle(self, codes: Iterable[str]) -> Iterator[Finding]:
        """Silences of rules that found nothing there."""
        known = set(codes)
        for thing in self._listed:
            for n, silence in enumerate(silences(thing)):
                if silence.rule in known and id(silence) not in self._used:
                    message = f"{silence.rule} finds nothing here"
                    yield Finding(thing, ("silence", n, "rule"), message, "remove the silence")


def silences(thing: SourceObject) -> tuple[Waiver, ...]:
    """What that object silences; nothing for most."""
    return getattr(thing, "silence", ())


def _silencing(module: Module) -> Iterator[SourceObject]:
    if module.head:
        yield module.head
    yield module.bank
    yield from module.items
    yield from (found.value for found in module.exercises)
