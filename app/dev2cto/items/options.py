"""The ids of options and the order in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Literal

from dev2cto.items.base import option_id
from dev2cto.items.forms import Option
from dev2cto.items.quantity_parser import canonical, quantity
from dev2cto.yaml.decode import Id, MultilineText, SourceObject, ValidationError
from dev2cto.yaml.tree import PathStep

Sorted = Literal["sorted"]

SCALES = (
    {"\u03bcs": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}
    | {"d": 86_400.0, "wk": 604_800.0, "mo": 2_629_800.0, "y": 31_557_600.0},
    {"B": 1.0, "KB": 1e3, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 2.0**10, "MiB": 2.0**20, "GiB": 2.0**30},
)
"""Units of time (in seconds) and of data (in bytes), for sorting options with mixed units."""
DATES = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %Y", "%b %Y", "%Y-%m", "%H:%M")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChoice(SourceObject):
    """One option in a course file: the key (or a part of it) or a distractor; `why` explains the misconception.

    The text may be a block that contains code.
    """

    text: MultilineText
    why: MultilineText = ""
    id: Id | None = None

    @property
    def ref(self) -> str:
        """The id that responses store: the option's explicit id, or a hash of its text."""
        return self.id or option_id(self.text)

    @property
    def option(self) -> Option:
        """The option for a form."""
        return Option(self.ref, self.text)


@lru_cache(maxsize=4096)
def option_from_text(text: str) -> Option:
    """Return the text as an option whose id is a hash of the text."""
    return Option(option_id(text), text)


def shuffled(ids: Iterable[str], rng: Random) -> tuple[str, ...]:
    """Shuffle the ids; the result does not depend on their order in the file."""
    order = sorted(ids)
    rng.shuffle(order)
    return tuple(order)


def arranged(options: Iterable[Option], order: Sequence[str]) -> tuple[Option, ...]:
    """Return the options in the drawn order; those missing from the draw follow, sorted by id."""
    place = {ref: n for n, ref in enumerate(order)}
    return tuple(sorted(options, key=lambda option: (place.get(option.id, len(place)), option.id)))


def option_order(options: Sequence[Option], sort: bool, rng: Random) -> tuple[str, ...]:
    """Return the ids in the order to show: sorted if all options are numbers or `sort` is set, else shuffled."""
    texts = [option.text for option in options]
    if not sort and numeric_values(texts) is None:
        return shuffled((option.id for option in options), rng)
    return tuple(option.id for option in in_order(options))


def in_order(options: Sequence[Option]) -> list[Option]:
    """Sort options by amount, by date, or else in natural order (numbers in texts by value)."""
    texts = [option.text for option in options]
    values = numeric_values(texts) or _dates(texts)
    if values is not None:
        by_value = sorted(zip(values, texts, options, strict=True), key=lambda each: each[:2])
        return [option for _, _, option in by_value]
    return sorted(options, key=lambda option: _natural_key(option.text))


def numeric_values(texts: Sequence[str]) -> list[float] | None:
    """Return the values in one unit if all texts are numbers of the same dimension, else None."""
    found = [quantity(_bare(text)) for text in texts]
    known = [amount for amount in found if amount is not None]
    if len(known) < len(texts):
        return None
    units = [canonical(amount.unit) for amount in known]
    if len(set(units)) == 1:
        return [amount.value for amount in known]
    for scale in SCALES:
        if all(unit in scale for unit in units):
            return [amount.value * scale[unit] for amount, unit in zip(known, units, strict=True)]
    return None


def _dates(texts: Sequence[str]) -> list[float] | None:
    for form in DATES:
        try:
            return [float(datetime.strptime(_bare(text), form).toordinal()) for text in texts]  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _bare(text: str) -> str:
    return re.sub(r"[`*]", "", text).strip()


def _natural_key(text: str) -> list[tuple[bool, float, str]]:
    parts = re.split(r"(\d+(?:\.\d+)?)", _bare(text).casefold())
    return [(part[:1].isdigit(), float(part) if part[:1].isdigit() else 0.0, part) for part in parts if part]


def repeated(options: Iterable[tuple[Option, tuple[PathStep, ...]]]) -> Iterator[ValidationError]:
    """Yield a fault for each duplicate option; `steps` is the path to its text in the file."""
    seen: dict[str, str] = {}
    for option, steps in options:
        if option.id in seen:
            yield ValidationError(steps, "I330", f"duplicate option {option.text!r}", "options must differ")
        seen[option.id] = option.text
