"""When a document came about, by the journals' hybrid clock, which never runs backwards and agrees on all machines."""

import re
from typing import NamedTuple

_BY_TIME = re.compile(r"[0-9a-f]{21}")


class Moment(NamedTuple):
    """A time by the hybrid clock, ms.

    A document with a random id was made when its id was; any other one when it last changed. A restored backup writes
    documents again: then only moments of one kind are in order, `made` with `made` and others with others.
    """

    ms: int
    made: bool


def of_id(id: str) -> int:
    """Return when a random id was made (see `Tables.new_id`); -1 if it is none."""
    return int(id[:11], 16) if len(id) == 21 and _BY_TIME.fullmatch(id) else -1
