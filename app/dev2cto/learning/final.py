"""Drawing a final form: questions from every step, in a form that one takes at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from dev2cto.course.outline import ItemOutline


def draw_final(
    steps: Sequence[Sequence[ItemOutline]], asked: Mapping[str, str], length: int, per_step: int, rng: Random
) -> tuple[str, ...]:
    """Ids of `length` items, at least `per_step` of each step and spread over its objectives, in an order of chance.

    `asked` maps the items of earlier forms to when they were asked (sortable text): they are drawn again only where
    others do not suffice, the longest ago first. What is not scored is never drawn. Where a step has fewer items than
    `per_step`, or all have fewer than `length`, all there are are drawn; where the steps' shares are more than
    `length`, the form is as long as they are.
    """
    ordered = [_in_order([item for item in step if item.scored], asked, rng) for step in steps]
    chosen = [id for ids in ordered for id in ids[:per_step]]
    rest = [ids[per_step:] for ids in ordered]
    while len(chosen) < length and any(rest):
        freshest = min(asked.get(ids[0], "") for ids in rest if ids)
        shelves = [ids for ids in rest if ids and asked.get(ids[0], "") == freshest]
        for ids in rng.sample(shelves, len(shelves)):
            if len(chosen) < length:
                chosen.append(ids.pop(0))
    rng.shuffle(chosen)
    return tuple(chosen)


def _in_order(items: Sequence[ItemOutline], asked: Mapping[str, str], rng: Random) -> list[str]:
    """The items by when they were asked, each objective in turn."""
    dealt = rng.sample(list(items), len(items))
    turn: dict[str, int] = {}
    place: dict[str, int] = {}
    for item in dealt:
        place[item.id] = turn[item.objective] = turn.get(item.objective, -1) + 1
    return [item.id for item in sorted(dealt, key=lambda item: (asked.get(item.id, ""), place[item.id]))]
