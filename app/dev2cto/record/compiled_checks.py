"""Checks of documents as functions that are made for a row type, because a call for each field would be slower.

Most documents of a table have the same fields; a function made for just these takes their values at once, and tests
those of one type together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from dev2cto.record.journal.codec import Doc

ShapeCheck = Callable[[str, Doc], bool]
"""(id, document): whether the document has its table's shape."""

SAME_FIELDS = 200
"""Documents with the same fields after which a function is made for them."""

_MANY = 8
"""Declared fields; with fewer it is not worth the while."""

_MOST = 64
"""Sets of fields that are counted."""

_INLINE = {
    "str": "type($) is str",
    "bool": "type($) is bool",
    "int": "type($) is int and -limit < $ < limit",
    "float": "type($) is float and -1e300 < $ < 1e300 or type($) is int and -limit < $ < limit",
    "Timestamp": "$ in times or CALL",
    "Day": "$[:10] in days or CALL",
    "Given": "type($) is str or $ is None or CALL",
    "list[str]": "type($) is list and join($) is not None",
}
"""The tests of the most frequent types as expressions of a value $; CALL calls the test itself."""


class FieldTest(NamedTuple):
    """A declared field."""

    name: str
    needed: bool
    """Whether a document must have it."""
    kind: str
    """Its type as in rows.py."""
    test: Callable[[Any], bool]
    may_be_empty: bool
    """Whether it holds a document of its own that needs no field."""

    def expression(self, value: str) -> str:
        """Return the test of the value of that variable."""
        inline = _INLINE.get(self.kind, "type($) is dict and not $ or CALL" if self.may_be_empty else "CALL")
        if self.kind.startswith("Literal["):
            inline = f"$ in {{{self.kind[8:-1]}}}"
        return inline.replace("CALL", f"test_{self.name}($)").replace("$", value)


def compiled(fields: Sequence[FieldTest], names: Mapping[str, Any]) -> ShapeCheck:
    """Return the check of documents with these fields.

    `names` are what the functions use beside the fields' tests: `wrong`, the exceptions that a wrong value raises;
    `times` and `days`, those found to be valid lately; `limit`, which integers are smaller than; and `rest`, a test of
    a document that has other fields, too.
    """
    by_name = {field.name: field for field in fields}
    tests = {f"test_{field.name}": field.test for field in fields}
    names = {**names, **tests, "join": "".join, "declared": frozenset(by_name).issuperset}
    check_any = _made(_for_any(fields), names)
    if len(fields) < _MANY:
        return check_any
    needed = {field.name for field in fields if field.needed}
    by_number: dict[int, ShapeCheck] = {}
    counts: dict[frozenset[str], int] = {}

    def choose(id: str, doc: Doc) -> bool:
        if len(doc) not in by_number and needed <= doc.keys() <= by_name.keys():
            chosen = frozenset(doc)
            if chosen in counts or len(counts) < _MOST:
                counts[chosen] = counts.get(chosen, 0) + 1
            if counts.get(chosen) == SAME_FIELDS:
                some = [by_name[name] for name in doc]
                by_number[len(doc)] = _made(
                    _for_these(some), {**names, "values": itemgetter(*doc), "check_any": check_any}
                )
        return check_any(id, doc)

    def check(id: str, doc: Doc) -> bool:
        return by_number.get(len(doc), choose)(id, doc)

    return check


def _made(lines: Iterator[str], names: Mapping[str, Any]) -> ShapeCheck:
    body, within = "\n  ".join(lines), dict(names)
    exec(f"def check(id, d):\n try:\n  {body}\n except wrong:\n  return False\n", within)  # made of rows.py alone
    check: ShapeCheck = within["check"]
    return check


def _for_any(fields: Sequence[FieldTest]) -> Iterator[str]:
    texts = {field.name: f"d[{field.name!r}]" for field in fields if field.needed and _is_short_text(field)}
    if texts:
        yield f"join(({', '.join(texts.values())},))"  # raises unless all are texts
    for field in fields:
        test = f"if not ({field.expression('x')}): return False"
        if field.needed and field.name not in texts:
            yield from (f"x = d[{field.name!r}]", test)
        elif not field.needed:
            yield from (f"if {field.name!r} in d:", f" x = d[{field.name!r}]", f" {test}")
    yield "return declared(d) or rest(d)"


def _for_these(fields: Sequence[FieldTest]) -> Iterator[str]:
    values = {field.name: f"v{number}" for number, field in enumerate(fields)}
    yield from ("try:", f" {', '.join(values.values())} = values(d)", "except KeyError:", " return check_any(id, d)")
    texts = [values[field.name] for field in fields if _is_short_text(field)]
    if texts:
        yield f"join(({', '.join(texts)},))"
    numbers = [values[field.name] for field in fields if field.kind == "int"]
    if numbers:
        yield f"if not (type({') is type('.join(numbers)}) is int): return False"
        each = " and ".join(f"-limit < {number} < limit" for number in numbers)
        yield f"if not (0 <= {' | '.join(numbers)} < limit or {each}): return False"
    tests = [f"({f.expression(values[f.name])})" for f in fields if f.kind != "int" and not _is_short_text(f)]
    yield f"return {' and '.join(tests) or True}"


def _is_short_text(field: FieldTest) -> bool:
    """Whether its values are texts that are joined to test them; copying a large one would cost more."""
    return field.kind == "str" and field.name != "text"
