"""The record as one JSON document, document by document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES

_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


def record_json(record: Record, head: Mapping[str, Any]) -> Iterator[str]:
    """Yield the pieces of a JSON object with the fields of `head` and all exported tables: documents by id.

    Each document is a line of its own; large texts are included. No table is held in memory.
    """
    yield json.dumps(head, ensure_ascii=False, indent=1, default=str).removesuffix("\n}")
    for table, schema in TABLES.items():
        if schema.exported:
            yield f',\n "{table}": {{'
            between = "\n"
            for id, doc in record.table(table).scan():
                yield f"{between}  {_encode(id)}: {_encode(doc)}"
                between = ",\n"
            yield "}" if between == "\n" else "\n }"
    yield "\n}\n"
