"""Applies a unified diff to texts, without fuzzy matching."""

from __future__ import annotations

from collections.abc import Mapping

from dev2cto.errors import LabError
from dev2cto.exercises.diffs.changeset import FileChange
from dev2cto.exercises.diffs.unified_diff import parse_unified


def patched(texts: Mapping[str, str], patch: str, name: str) -> dict[str, str]:
    """Return the texts that the patch changes, with its changes applied; messages call the patch `name`.

    Raises LabError if it is not a unified diff, touches another file, or does not match exactly.
    """
    found: dict[str, str] = {}
    for change in parse_unified(patch, name):
        if change.state != "changed" or change.name not in texts:
            raise LabError(f"{name} touches {change.name}.", f"It may only change {', '.join(texts)}.")
        found[change.name] = _applied(texts[change.name], change, name)
    return found


def _applied(text: str, change: FileChange, name: str) -> str:
    old = text.removesuffix("\n").split("\n")
    new: list[str] = []
    at = 0
    for line in change.lines:
        if line.sign == "+":
            before = at + line.new - 1 - len(new)
            new += [*old[at:before], line.text]
            at = max(at, before)
            continue
        new += old[at : line.old - 1]
        at = line.old
        if old[at - 1 : at] != [line.text]:
            message = f"{name} does not apply: line {at} of {change.name} is not {line.text.strip()!r}."
            raise LabError(message, "Create the patch again from the files in subject/.")
        if line.sign == " ":
            new.append(line.text)
    return "\n".join([*new, *old[at:]]) + "\n"
