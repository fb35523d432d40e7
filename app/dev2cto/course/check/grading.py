"""Rules about grading: the key earns the full score, an empty response nothing, and mistakes less than all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from dev2cto.course.check.rules import Finding, Rule
from dev2cto.items import numeric_grading
from dev2cto.items.base import Draw, Item
from dev2cto.items.expressions import formula
from dev2cto.items.forms import empty_response
from dev2cto.items.numeric import Numeric
from dev2cto.items.parameters import combinations
from dev2cto.items.say import Say

DRAWS = 400
"""Maximum number of parameter combinations to try."""


def draws(item: Item) -> Iterator[Draw]:
    """Yield the draws to try: up to `DRAWS` parameter combinations of a numeric item, one draw of any other."""
    if isinstance(item, Numeric):
        yield from (Draw(given=given) for given in islice(combinations(item.given), DRAWS))
    else:
        yield item.draw(Random(1))


def key_fails(item: Item) -> Iterator[Finding]:
    """Report a key that does not earn the full score."""
    for draw in draws(item):
        score = item.final(item.key(draw), draw).score
        if item.scored and score < 1:
            yield Finding(item, ("answer",), f"the key scores {score:.2f}{_case(draw)}")
            return


def blank_earns(item: Item) -> Iterator[Finding]:
    """Report an empty response that earns points."""
    for draw in draws(item):
        score = item.final(empty_response(item.form(draw)), draw).score
        if score > 0:
            yield Finding(item, ("answer",), f"an empty response scores {score:.2f}{_case(draw)}")
            return


def mistake_earns_all(item: Item) -> Iterator[Finding]:
    """Report a wrong response that earns the full score."""
    known = _known_mistakes(item)
    for draw in draws(item):
        for response in item.mistakes(draw):
            if known and (response[-1] if isinstance(response, tuple) else response) in known:
                continue
            if item.final(response, draw).score >= 1:
                yield Finding(item, ("answer",), f"the wrong response {response!r} earns the full score{_case(draw)}")
                return


def _known_mistakes(item: Item) -> set[object]:
    """Return the values of known mistakes, for which `mistake_is_right` gives a more precise message."""
    if not isinstance(item, Numeric):
        return set()
    return {f"{formula(w.value).value(item.names(draw))!r}" for draw in draws(item) for w in item.wrong}


def mistake_is_right(item: Item) -> Iterator[Finding]:
    """Report known mistakes whose value is within the tolerance of the answer."""
    if not isinstance(item, Numeric):
        return
    for n, wrong in enumerate(item.wrong):
        for draw in draws(item):
            names = item.names(draw)
            value = formula(wrong.value).value(names)
            if numeric_grading.is_within_tolerance(item, value, names):
                message = f"this mistake gives {value:g}, which is accepted as right{_case(draw)}"
                yield Finding(item, ("wrong", n, "value"), message, "choose values for which it differs")
                break


def strong_misses(item: Item) -> Iterator[Finding]:
    """Report automatically checked markers that the strong reply does not meet."""
    for n, marker in enumerate(item.markers if isinstance(item, Say) else ()):
        if marker.meets(str(item.key(Draw()))) is False:
            message = f"the strong reply does not meet this marker: {marker.text!r}"
            yield Finding(item, ("markers", n, "check"), message, "change the check, or the reply")


def _case(draw: Draw) -> str:
    given = ", ".join(f"{name} = {value:g}" for name, value in draw.given.items())
    return f" for {given}" if given else ""


RULES = (
    Rule("Q321", "the key does not earn the full score", "item", key_fails),
    Rule("Q322", "an empty response earns points", "item", blank_earns),
    Rule("Q323", "a wrong response earns the full score", "item", mistake_earns_all),
    Rule("Q324", "a known mistake is accepted as right", "item", mistake_is_right),
    Rule("Q326", "the strong reply misses a marker", "item", strong_misses),
)
