"""Automatic checks of a written text: headings, length, numbers with units, owner, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from dev2cto.yaml.decode import MemberCount, Range, SingleLine, SourceObject, ValidationError

MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t|tember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
DATE = re.compile(
    rf"\b\d{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b"
    rf"|\b(?:[12]?\d|3[01])(?:st|nd|rd|th)? (?:{MONTH})\.? \d{{4}}\b"
    rf"|\b(?:{MONTH})\.? (?:[12]?\d|3[01])(?:st|nd|rd|th)?,? \d{{4}}\b",
    re.IGNORECASE,
)
UNITS = (
    r"(?:[kMGT]?i?B|[kMG]bit|[mµun]s|ns|s|sec|min|h|hrs?|d|wk|yr|rps|qps|req|kHz|MHz|GHz|km|kg|g|m|cm|mm|EUR|USD|GBP|"
    r"people|staff|pp|points?|per|times|fold|x|k|m|bn|(?!(?:this|is|was|has|its|as|us|yes|plus|less|whereas|does|always|"
    r"perhaps|thus|ours|theirs|yours|hers|his)\b)[a-z]{2,}s|(?:minute|hour|day|week|month|year|second|percent|clinic))"
)
"""Units after a number: symbols, and nouns in the plural."""
MEASURE = re.compile(
    r"[$\u20ac\u00a3] ?\d|\d ?[%\u20ac\u00a3]|\d ?/ ?[A-Za-z]"
    rf"|(?<![\w.,-])\d+(?:[.,]\d+)*[ -]?(?!(?:{MONTH})\b){UNITS}\b"
)
OWNER = re.compile(r"^[ \t>*_|-]*owners?\b[ \t*_|]*:[ \t*_|]*(?P<name>[^\s*_|].*)$", re.IGNORECASE | re.MULTILINE)
PLACEHOLDER = re.compile(r"[<\[(._?\u2026-]|(?:tbd|todo|name|who|your name|n/?a|nobody|none|xxx)\b", re.IGNORECASE)
HEADING = re.compile(r"(#{1,6})\s+")
ENTRY = re.compile(r"(?:[-*+]|\d+[.)])\s+\S")
RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
"""The line between a table's header and its rows."""
WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthLimits(SourceObject):
    """The wanted length of a text in words."""

    least: Annotated[int, Range(0, 20_000)] = field(default=0, metadata={"key": "min"})
    most: Annotated[int, Range(1, 20_000)] = field(default=20_000, metadata={"key": "max"})

    def faults(self) -> Iterator[ValidationError]:
        """Yield a fault if `min` is more than `max`."""
        if self.least > self.most:
            yield ValidationError(("min",), "X570", "min is more than max")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint(SourceObject):
    """The rules for one text; each applies only if it is given."""

    headings: tuple[SingleLine, ...] = ()
    words: LengthLimits | None = None
    number_with_unit: bool = False
    owner: bool = False
    date: bool = False
    items: Mapping[str, Annotated[int, Range(1, 50)]] = field(default_factory=dict)
    mentions: Annotated[tuple[SingleLine, ...], MemberCount(0, 20)] = ()

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: no rules, or `items` under a heading that is not listed."""
        if not any(getattr(self, f) for f in ("headings", "words", "number_with_unit", "owner", "date", "items")):
            yield ValidationError((), "X571", "this lint has no rules")
        known = {heading.casefold() for heading in self.headings}
        for heading in self.items:
            if heading.casefold() not in known:
                yield ValidationError(("items", heading), "X572", f"{heading!r} is not among the headings", key=True)


@dataclass(frozen=True, slots=True)
class LintResult:
    """One rule and whether the text meets it; `message` says what was found and what is wanted."""

    rule: str
    ok: bool
    message: str


def lint_text(lint: Lint, text: str) -> tuple[LintResult, ...]:
    """Check a text by every rule. Comments (`<!-- -->`) are ignored; code blocks only count as words."""
    text = re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL)
    blocks = _blocks(text)
    return tuple(_results(lint, text, blocks))


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading and the lines up to the next one."""

    level: int
    heading: str
    lines: tuple[str, ...]


def heading_of(line: str) -> tuple[int, str]:
    """Return the level and the text of a heading; (0, "") if the line is none."""
    found = HEADING.match(line)
    return (len(found[1]), line[found.end() :].rstrip().rstrip("#").rstrip()) if found else (0, "")


def _blocks(text: str) -> tuple[_Block, ...]:
    found: list[tuple[int, str, list[str]]] = [(0, "", [])]
    fence = ""
    for line in text.split("\n"):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
            continue
        level, heading = (0, "") if fence else heading_of(line)
        if level:
            found.append((level, heading.strip("*_ "), []))
        elif not fence:
            found[-1][2].append(line)
    return tuple(_Block(level, heading, tuple(lines)) for level, heading, lines in found)


def _results(lint: Lint, text: str, blocks: tuple[_Block, ...]) -> Iterator[LintResult]:
    prose = "\n".join(line for block in blocks for line in block.lines)
    there = {block.heading.casefold() for block in blocks if 1 <= block.level <= 3}
    for heading in lint.headings:
        ok = heading.casefold() in there
        yield LintResult(f"heading {heading}", ok, f"the heading {heading} is {'there' if ok else 'missing'}")
    if lint.words is not None:
        count = len(WORD.findall(text))
        ok = lint.words.least <= count <= lint.words.most
        yield LintResult("words", ok, f"{count:,} words; {_span(lint.words)} required")
    if lint.number_with_unit:
        found = MEASURE.search(DATE.sub("", prose))
        says = f"a number with a unit: {found[0]}" if found else "no number with a unit, like 120 ms, 15 % or $400"
        yield LintResult("number", bool(found), says)
    if lint.owner:
        owner = next((m["name"] for m in OWNER.finditer(text) if not PLACEHOLDER.match(m["name"])), "")
        yield LintResult("owner", bool(owner), f"owner: {owner[:60]}" if owner else "no line like Owner: Aisha Khan")
    if lint.date:
        day = DATE.search(text)
        yield LintResult("date", bool(day), f"a date: {day[0]}" if day else "no date, like 2027-06-30 or 30 June 2027")
    for heading, least in lint.items.items():
        count = _members(blocks, heading)
        message = f"list entries, table rows or sub-headings under {heading}: {count}; {least} required"
        yield LintResult(f"items {heading}", count >= least, message)
    for mention in lint.mentions:
        ok = re.search(rf"(?<!\w){re.escape(mention)}", text, re.IGNORECASE) is not None
        yield LintResult(f"mention {mention}", ok, f"{mention!r} is {'mentioned' if ok else 'not mentioned'}")


def _members(blocks: tuple[_Block, ...], heading: str) -> int:
    """Return the largest of the numbers of top-level list entries, table rows and sub-headings under the heading."""
    most = 0
    for n, block in enumerate(blocks):
        if block.heading.casefold() != heading.casefold() or not block.level:
            continue
        below = []
        for following in blocks[n + 1 :]:
            if following.level <= block.level:
                break
            below.append(following)
        lines = [line for part in (block, *below) for line in part.lines if ENTRY.match(line.lstrip())]
        top = min((len(line) - len(line.lstrip()) for line in lines), default=0)
        entries = sum(len(line) - len(line.lstrip()) == top for line in lines)
        level = min((part.level for part in below), default=0)
        rows = sum(_rows(part.lines) for part in (block, *below))
        most = max(most, entries, rows, sum(part.level == level for part in below))
    return most


def _rows(lines: tuple[str, ...]) -> int:
    """Count the rows of the tables in the lines, without headers."""
    tables = sum(RULE.match(line) is not None for line in lines)
    return sum(line.lstrip().startswith("|") for line in lines) - 2 * tables if tables else 0


def _span(words: LengthLimits) -> str:
    if words.most >= 20_000:
        return f"{words.least} or more"
    return f"{words.least} to {words.most}" if words.least else f"at most {words.most}"
