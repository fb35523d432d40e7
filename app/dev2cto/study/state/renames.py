"""Renamed ids: what the record holds under an old id belongs to the new one."""

from __future__ import annotations

from collections.abc import Mapping


def resolve(id: str, renamed: Mapping[str, str]) -> str:
    """The present form of an id; "kind:id" and "owner#part" keep their form.

    Chains of renames are followed; an id in a cycle is returned unchanged. Sections are renamed as reading.section.
    """
    if not renamed:
        return id
    kind, colon, rest = id.rpartition(":")
    mark = "#" if "#" in rest else "."
    new = rest.replace("#", ".", 1)
    visited = {new}
    while (following := _renamed_once(new, renamed)) != new:
        if following in visited:
            return id
        new = following
        visited.add(new)
    return f"{kind}{colon}{new.replace('.', mark, 1)}"


def _renamed_once(id: str, renamed: Mapping[str, str]) -> str:
    if id in renamed:
        return renamed[id]
    head, dot, tail = id.partition(".")
    return f"{renamed[head]}.{tail}" if dot and head in renamed else id


def aliases(id: str, renamed: Mapping[str, str]) -> tuple[str, ...]:
    """The present id, followed by every older id under which the record may hold the same thing."""
    if not renamed:
        return (id,)
    kind, colon, rest = id.rpartition(":")
    mark = "#" if "#" in rest else "."
    head, dotted, tail = rest.replace("#", ".", 1).partition(".")
    if all(new.partition(".")[0] != head for new in renamed.values()):
        return (id,)
    known = {head, *renamed}
    older = {name.partition(".")[0] for name in known}
    if dotted:
        tails = {tail, *(name.partition(".")[2] for name in renamed if "." in name)}
        older = {f"{name}{mark}{part}" for name in older for part in tails}
    full = (f"{kind}{colon}{name}" for name in sorted(older))
    return (id, *(name for name in full if name != id and resolve(name, renamed) == id))
