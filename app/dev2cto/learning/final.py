"""Draw a final form: an exam at the end of the course with questions from every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from dev2cto.course.outline import ItemOutline


def draw_final(
    steps: Sequence[Sequence[ItemOutline]], asked: Mapping[str, str], length: int, per_step: int, rng: Random
) -> tuple[str, ...]:
    """Draw the ids of `length` items in random order, at least `per_step` per step, spread over its objectives.

    `asked` maps items of earlier forms to when they were asked (sortable text); they are drawn again only if there
    are not enough others, least recent first. Unscored items are never drawn. The form is shorter if there are too
    few items, and longer than `length` if the steps' minimums require it.
    """
    ordered = [_in_order([item for item in step if item.scored], asked, rng) for step in steps]
    chosen = [id for ids in ordered for id in ids[:per_step]]
    rest = [ids[per_step:] for ids in ordered]
    while len(chosen) < length and any(rest):
        oldest = min(asked.get(ids[0], "") for ids in rest if ids)
        candidates = [ids for ids in rest if ids and asked.get(ids[0], "") == oldest]
        for ids in rng.sample(candidates, len(candidates)):
            if len(chosen) < length:
                chosen.append(ids.pop(0))
    rng.shuffle(chosen)
    return tuple(chosen)


def _in_order(items: Sequence[ItemOutline], asked: Mapping[str, str], rng: Random) -> list[str]:
    """Return the ids ordered by when they were asked, unasked ones first, alternating between objectives."""
    shuffled = rng.sample(list(items), len(items))
    turn: dict[str, int] = {}
    place: dict[str, int] = {}
    for item in shuffled:
        place[item.id] = turn[item.objective] = turn.get(item.objective, -1) + 1
    return [item.id for item in sorted(shuffled, key=lambda item: (asked.get(item.id, ""), place[item.id]))]
