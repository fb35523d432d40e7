"""Blocks as they are read aloud: tables row by row, diffs in words, without rules and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dev2cto.markdown.layout import Line, layout
from dev2cto.markdown.parser import Block, Listing, TableBlock, para, plain
from dev2cto.text import pluralize

HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


def spoken(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with tables and diffs in words."""
    return [each for block in blocks for each in _spoken(block)]


def spoken_lines(blocks: Sequence[Block], width: int) -> list[Line]:
    """Lay out the blocks in words; each line has the number of the block it comes from."""
    parts = [(number, each) for number, block in enumerate(blocks) for each in _spoken(block)]
    lines = layout([each for _, each in parts], width)
    return [line._replace(block=parts[line.block][0]) for line in lines]


def _spoken(block: Block) -> Iterator[Block]:
    match block:
        case TableBlock():
            yield from _table(block)
        case Listing(lang="diff"):
            yield Listing(tuple(_diff(block)), indent=0)
        case _:
            yield block


def _table(table: TableBlock) -> Iterator[Block]:
    """The names of the columns, then each row as "row: column, value; column, value"; without names, "row: value"."""
    rows = [[plain(cell).strip() for cell in row] for row in table.rows]
    heads = rows.pop(0) if table.head else [""] * len(table.aligns)
    if table.head:
        columns = ", ".join(head for head in heads if head)
        yield para(f"Table of {pluralize(len(rows), 'row')}: {columns}.", indent=table.indent)
    for row in rows:
        first, *values = ("none" if value == "--" else value for value in row)
        pairs = zip(heads[1:], values, strict=False)
        cells = [f"{head}, {value}" if head else value for head, value in pairs if value]
        yield para(f"{first}: {'; '.join(cells)}" if cells else first, indent=table.indent, marker="- ", tight=True)


def _diff(diff: Listing) -> Iterator[str]:
    """The lines of a unified diff, each after the side that has it."""
    old, new = diff.sides
    for n, line in enumerate(diff.lines):
        after = diff.lines[n + 1] if n + 1 < len(diff.lines) else ""
        if line.startswith("--- ") and after.startswith("+++ "):
            continue
        if line.startswith("+++ ") and n and diff.lines[n - 1].startswith("--- "):
            yield f"{line[4:].strip()}:"
        elif found := HUNK.match(line):
            yield f"From line {found[1]}:"
        elif line[:1] in ("-", "+"):
            yield f"{old if line[0] == '-' else new}: {line[1:]}".rstrip()
        else:
            yield f"both: {line[1:]}".rstrip()
