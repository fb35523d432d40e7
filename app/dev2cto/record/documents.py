"""The tables of the record and what their documents hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Shape(NamedTuple):
    """What one table holds."""

    id: str
    """What the id of a document is made of; "time" is a random id that sorts by time."""
    fields: Mapping[str, str]
    """The meaning of each field, by name."""
    event: bool = False
    """Documents are added and never changed."""
    live: bool = False
    """Changes with every key; kept in the live journal and saved a little later."""
    cold: bool = False
    """Grows with the learner's history; loaded when first used."""


def _shape(id: str, *, event: bool = False, live: bool = False, cold: bool = False, **fields: str) -> Shape:
    return Shape(id, MappingProxyType(fields), event, live, cold)


_AT = "when, ISO 8601 in UTC"
_FINGERPRINT = "hash of the meaning-bearing fields at that time"

TABLES: Mapping[str, Shape] = MappingProxyType(
    {
        "answers": _shape(
            "time",
            event=True,
            cold=True,
            at=_AT,
            module="module id",
            item="item id",
            kind="the item's kind",
            fingerprint=_FINGERPRINT,
            attempt="attempt id, or absent",
            review="true for a review, or absent",
            of="the module whose final form asked it, or absent",
            response="as the learner gave it",
            draw="parameter values and the order of the options",
            confidence="1 guess, 2 think so, 3 sure, or null",
            hints="hints opened",
            range="the 90 % interval given before a number: low and high end, in the item's unit; or absent",
            held="whether the answer lies in it, or absent",
            interval="its interval score in shares of the answer (learning/intervals.py), or absent",
            score="grade, 0 to 1",
            max="points it counts for",
            ms="milliseconds taken",
            seconds="the time for it, or absent where it has none",
        ),
        "ratings": _shape(
            "answer id/point id",
            cold=True,
            met="whether its author finds the point in the answer",
            at=_AT,
        ),
        "attempts": _shape(
            "time",
            cold=True,
            quiz="quiz id",
            module="module id",
            mode="practice or exam",
            form="final for the final form of that module, or absent",
            seed="of the draw",
            items="item ids in order",
            choices="of a scenario, in order",
            periods="of a simulation: the amounts by budget and use, and the choices, of each period begun",
            state="open, done or left",
            hints="hints opened",
            helped="whether the solution was looked at before it was done",
            started=_AT,
            finished=_AT,
        ),
        "flags": _shape("attempt/item", at=_AT),
        "positions": _shape(
            "reading id",
            live=True,
            section="section id",
            block="block within the section, from 0",
            offset="character within the block, from 0",
            furthest="share of the reading, 0 to 1",
            at=_AT,
        ),
        "place": _shape(
            "device.slot",
            live=True,
            screen="screen's name",
            ids="what the screen shows",
            response="chosen and not submitted",
            cursor="where in it",
            at=_AT,
        ),
        "drafts": _shape(
            "owner id/device.slot",
            live=True,
            text="as typed",
            cursor="character in it, from 0",
            used="milliseconds spent on an answer that has a time, or absent",
            at=_AT,
        ),
        "sections": _shape("reading#section", read_at=_AT),
        "study": _shape("local day/module/device", seconds="seconds of study"),
        "sums": _shape("kind:module, objective or attempt id", rest="what home shows; rebuilt from the events"),
        "course_seen": _shape("course version", ids="ids known then", fingerprints="by id"),
        "resets": _shape("time", event=True, scope="what starts anew: all, step, quiz, exercise or item", at=_AT),
        "submissions": _shape(
            "time",
            event=True,
            cold=True,
            at=_AT,
            exercise="exercise id",
            fingerprint=_FINGERPRINT,
            files="texts by name, or a blob",
            text="what was written, or a blob",
            path="choices of a scenario, or the periods of a simulation",
            ending="id of the ending of a scenario or simulation",
            gauges="values in the end, by gauge",
            attempt="attempt id, or absent",
            passed="whether all checks passed",
            results="one for each test",
            survivors="files of mutants that no test noticed",
            rubric="self-rating by criterion",
            marks="of a code review: address, weight and comment of each",
            score="of a code review, 0 to 1",
            ms="milliseconds taken",
        ),
        "marks": _shape(
            "attempt id/line's address",
            cold=True,
            attempt="attempt id",
            address="file@number, negative for a removed line",
            line="its text at that time",
            weight="must, should or question",
            comment="what was written about it",
            at=_AT,
        ),
        "reviews": _shape(
            "time",
            event=True,
            cold=True,
            card="item id",
            rating="1 again, 2 hard, 3 good, 4 easy",
            at=_AT,
            ms="milliseconds taken",
        ),
        "cards": _shape("item id", rest="FSRS state; a cache of the reviews"),
        "note_revs": _shape(
            "time",
            event=True,
            cold=True,
            note="note id",
            parent="revision it was written on, or null",
            text="the whole text",
            at=_AT,
        ),
        "notes": _shape("time", anchor="reading#section, item or exercise", head="newest revision", at=_AT),
        "bookmarks": _shape("reading#anchor", label="a line of text", at=_AT),
        "reports": _shape("time", event=True, item="item id", fingerprint=_FINGERPRINT, text="what is wrong", at=_AT),
        "settings": _shape("key or device/key", value="its value"),
    }
)
"""Every table the program uses, by name."""

LIVE_TABLES = frozenset(name for name, shape in TABLES.items() if shape.live)
COLD_TABLES = frozenset(name for name, shape in TABLES.items() if shape.cold)
