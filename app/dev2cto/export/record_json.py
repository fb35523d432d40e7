"""The record as one JSON document, document by document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES


def record_json(record: Record, head: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pieces of a JSON object with the fields of `head` and all exported tables: documents by id.

    Large texts are included. No table is held in memory.
    """
    yield _indented(head, 0).removesuffix("\n}")
    for table, schema in TABLES.items():
        if schema.exported:
            yield f',\n "{table}": {{'
            between = "\n"
            for id, doc in record.table(table).scan():
                yield f"{between}  {json.dumps(id, ensure_ascii=False)}: {_indented(doc, 2)}"
                between = ",\n"
            yield "}" if between == "\n" else "\n }"
    yield "\n}\n"


def _indented(value: Any, depth: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return text.replace("\n", "\n" + " " * depth)  # only between values: those in texts are escaped
