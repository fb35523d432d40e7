"""Checks whether a document has the shape that its row type declares, before any other part of the program sees it.

A journal may come from another machine, an archive or an editor, so a matching checksum proves nothing about contents.
Fields and tables that are not declared pass unless they are very large: a newer version wrote them. A table with many
documents gets a compiled check, because a call for each field would make reading a long history slower by a quarter; a
start has too few documents to compile anything for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from dev2cto.record.journal.codec import Doc
from dev2cto.record.schema import TABLES

ShapeCheck = Callable[[str, Doc], bool]
"""(id, document): whether the document has its table's shape."""
Test = Callable[[Any], bool]
"""Whether a value is as declared. May also raise what `_WRONG` lists."""

_COMPILE_AFTER = 64
"""Documents of a table after which its check is compiled."""

_INT = 2**63
"""Integers are smaller than this: larger ones can overflow when they are computed with."""

_WRONG = (KeyError, TypeError, ValueError, AttributeError, RecursionError)

_SUM_NEEDS = {"quiz": "best", "final": "best", "open": "quiz", "check": "at", "promises": "promises"}
"""The field that a sum of each kind cannot do without."""


class _RowCheck:
    """The check of one row type."""

    def __init__(self, row: str) -> None:
        self._row = row
        self._kinds = {name: _needed(kind) for name, kind in _fields(row).items()}
        self._tests = [(name, needed, _test(kind)) for name, (needed, kind) in self._kinds.items()]
        self._declared = frozenset(self._kinds)
        self._left = _COMPILE_AFTER
        self.check: ShapeCheck = self._interpret
        """Whether a document has this shape."""

    def _interpret(self, id: str, doc: Doc) -> bool:
        self._left -= 1
        if not self._left:
            self.check = self.compile()
        try:
            for name, needed, test in self._tests:
                if (needed or name in doc) and not test(doc[name]):
                    return False
        except _WRONG:
            return False
        return self._declared.issuperset(doc) or self.has_small_rest(doc)

    def has_small_rest(self, doc: Doc) -> bool:
        """Whether the fields that are not declared are not too large."""
        return _are_small({name: value for name, value in doc.items() if name not in self._declared})

    def compile(self) -> ShapeCheck:
        """Return a function that does the same, faster."""
        from dev2cto.record.compiled_checks import FieldTest, compiled  # a start has too few documents

        fields = [
            FieldTest(name, needed, self._kinds[name][1], test, _may_be_empty(self._kinds[name][1]))
            for name, needed, test in self._tests
        ]
        names = {"times": _TIMES, "days": _DAYS, "wrong": _WRONG, "limit": _INT, "rest": self.has_small_rest}
        return compiled(fields, names)


def _may_be_empty(kind: str) -> bool:
    """Whether a type declares fields and needs none of them."""
    is_row = kind.isidentifier() and hasattr(_declared(kind), "total")
    return is_row and not any(_needed(inner)[0] for inner in _fields(kind).values())


@cache
def _row_check(row: str) -> _RowCheck:
    return _RowCheck(row)


_KNOWN: dict[str, _RowCheck] = {}
"""The checks of tables that need nothing else."""


def shape_check(table: str) -> ShapeCheck:
    """Return the check of a table's documents for now."""
    known = _KNOWN.get(table)  # this is called for each line
    if known is not None:
        return known.check
    declared = TABLES.get(table)
    if declared is None:
        return _is_small
    row = _row_check(declared.row)
    check = row.check
    if table == "study":
        return lambda id, doc: check(id, doc) and _is_study_id(id)
    if table == "sums":
        return lambda id, doc: check(id, doc) and _SUM_NEEDS.get(id.partition(":")[0], "") in {*doc, ""}
    _KNOWN[table] = row
    return check


def _is_small(_: str, doc: Doc) -> bool:
    return _are_small(doc)


def _are_small(unknown: Doc) -> bool:
    from dev2cto.record.unknown_fields import are_small  # rarely needed

    return are_small(unknown)


def wrong_fields(table: str, doc: Doc) -> Iterator[tuple[str, bool]]:
    """Yield the fields that make `shape_check` fail, each with whether a newer version may have written it.

    It may where the type lists words and the value is another word. Nothing is yielded if the id is wrong.
    """
    from dev2cto.record.unknown_fields import are_small, largest  # only for what is wrong

    declared = _fields(TABLES[table].row) if table in TABLES else {}
    unknown = {name: value for name, value in doc.items() if name not in declared}
    if not are_small(unknown):
        yield largest(unknown), False
    for name, kind in declared.items():
        needed, kind = _needed(kind)
        if name in doc:
            if not _passes(_test(kind), doc[name]):
                yield name, _lists_words(kind) and type(doc[name]) is str
        elif needed:
            yield name, False


def _lists_words(kind: str) -> bool:
    return kind.startswith("Literal[") or (kind.isidentifier() and hasattr(_declared(kind), "__args__"))


def _passes(test: Test, value: Any) -> bool:
    try:
        return test(value)
    except _WRONG:
        return False


# -- types as they are written in rows.py


def _declared(name: str) -> Any:
    from dev2cto.record import row_values, rows  # not needed while nothing is read

    return getattr(rows, name, None) or getattr(row_values, name, None)


def _fields(row: str) -> Mapping[str, str]:
    """Return the type of each declared field; "NotRequired[...]" if it may be absent."""
    declared = _declared(row)
    kinds: dict[str, str] = declared.__annotations__
    if declared.total:
        return kinds
    return {name: kind if kind.startswith("Required[") else f"NotRequired[{kind}]" for name, kind in kinds.items()}


def _needed(kind: str) -> tuple[bool, str]:
    """Split off whether a field must be present."""
    for mark, needed in (("NotRequired[", False), ("Required[", True)):
        if kind.startswith(mark):
            return needed, kind[len(mark) : -1]
    return True, kind


@cache
def _test(kind: str) -> Test:
    """Return the test of values of that type."""
    options = _split(kind, " | ")
    if len(options) > 1:
        tests = [_test(option) for option in options]
        return lambda value: any(_passes(test, value) for test in tests)
    head, _, inner = kind.removesuffix("]").partition("[")
    parts = _split(inner, ", ")
    match head:
        case "Literal":
            return frozenset(part.strip("'") for part in parts).__contains__
        case "list":
            return _list_of(parts[0])
        case "dict":
            return _dict_of(parts[1])
        case "tuple":
            return _tuple_of([_test(part) for part in parts])
    if head in _BY_NAME:
        return _BY_NAME[head]
    declared = _declared(head)
    if hasattr(declared, "__args__"):  # a Literal with a name
        return frozenset(declared.__args__).__contains__
    row = _row_check(head)
    return lambda value: type(value) is dict and row.check("", value)


def _split(text: str, mark: str) -> list[str]:
    """Split at a mark that is outside all brackets."""
    parts = [""]
    for number, piece in enumerate(text.split(mark)):
        if number and parts[-1].count("[") == parts[-1].count("]"):
            parts.append(piece)
        else:
            parts[-1] += f"{mark}{piece}" if number else piece
    return parts


def _list_of(kind: str) -> Test:
    if kind == "str":
        return lambda value: type(value) is list and "".join(value) is not None  # raises unless all are texts
    test = _test(kind)
    return lambda value: type(value) is list and all(test(item) for item in value)


def _dict_of(kind: str) -> Test:
    if kind == "str":
        return lambda value: type(value) is dict and "".join(value.values()) is not None
    test = _test(kind)
    return lambda value: type(value) is dict and (not value or all(test(item) for item in value.values()))


def _tuple_of(tests: list[Test]) -> Test:
    def check(value: Any) -> bool:
        if type(value) is not list or len(value) != len(tests):
            return False
        return all(test(item) for test, item in zip(tests, value, strict=True))

    return check


def _is_plain(value: Any) -> bool:
    """Whether all numbers in a JSON value can be computed with."""
    if type(value) is float:
        return -1e300 < value < 1e300
    if type(value) is int:
        return -_INT < value < _INT
    if type(value) is list or type(value) is dict:
        return all(_is_plain(item) for item in (value.values() if type(value) is dict else value))
    return True


def _is_given(value: Any) -> bool:
    """Whether a value is a response: null, a text, or texts in a list or by name."""
    if type(value) is list or type(value) is dict:
        return "".join(value.values() if type(value) is dict else value) is not None
    return value is None or type(value) is str


def _is_study_id(id: str) -> bool:
    day, *rest = id.split("/")
    return len(day) == 10 and len(rest) > 1 and _passes(_BY_NAME["Day"], day)


_TIMES: set[str] = set()
"""Times that were found to be valid lately: the documents of a line mostly have the same one."""
_DAYS: set[str] = set()


def _is_time(value: Any) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None and _remember(value, _TIMES)


def _is_day(value: Any) -> bool:
    return date.fromisoformat(value[:10]) is not None and _remember(value[:10], _DAYS)


def _remember(value: str, known: set[str]) -> bool:
    if len(known) > 500:
        known.clear()
    known.add(value)
    return True


_BY_NAME: Mapping[str, Test] = {
    "str": lambda value: type(value) is str,
    "bool": lambda value: type(value) is bool,
    "int": lambda value: type(value) is int and -_INT < value < _INT,
    "float": lambda value: type(value) in (float, int) and _is_plain(value),
    "Timestamp": _is_time,
    "Day": _is_day,
    "Json": _is_plain,
    "Given": _is_given,
    "BlobRef": lambda value: type(value) is dict and value.keys() == {"blob", "size"} and type(value["blob"]) is str,
}
