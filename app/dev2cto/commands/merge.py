"""dev2cto merge: take in the records of other machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.commands.output import emit
from dev2cto.opening import open_study
from dev2cto.paths import expanded

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Union the records; the order and the number of times make no difference."""
    study = open_study(options)
    with study.record:
        merged = study.merge([expanded(source) for source in options.sources])
    texts = f" and {merged.texts} large texts" if merged.texts else ""
    emit([f"Taken in: {merged.entries} entries{texts} that were not here.", *merged.broken])
    return 1 if merged.broken else 0
