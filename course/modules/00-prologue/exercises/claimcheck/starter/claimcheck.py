"""Judge claims against a pack of sources.

    python3 claimcheck.py data/claims.json data/sources.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple


class Verdict(NamedTuple):
    verdict: str  # "supported", "misquoted" or "unverifiable"
    reasons: tuple[str, ...]  # in the order of the brief; () if supported
    source: str | None  # id of the source that did the counting


def interval(percent: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's method, in percent."""
    return percent, percent


def trace(source: str | None, pack: dict[str, dict]) -> dict | str:
    """The source that did the counting, at the end of the chain of repeats.

    If there is none: "no source", "missing" or "circle".
    """
    if source is None:
        return "no source"
    return pack.get(source, "missing")


def judge(claim: dict, pack: dict[str, dict]) -> Verdict:
    """The verdict on one claim."""
    source = trace(claim["source"], pack)
    if isinstance(source, str):
        return Verdict("unverifiable", (source,), None)
    for finding in source["findings"]:
        if finding["percent"] == claim["percent"]:
            return Verdict("supported", (), source["id"])
    return Verdict("misquoted", ("number",), source["id"])


def main(arguments: list[str]) -> None:
    claims, sources = (json.loads(Path(a).read_text()) for a in arguments)
    pack = {source["id"]: source for source in sources}
    verdicts = [judge(claim, pack) for claim in claims]
    for claim, (verdict, reasons, source) in zip(claims, verdicts):
        line = f"{claim['id']}  {verdict:13}{', '.join(reasons):29}"
        print(f"{line}{source or ''}".rstrip())
    count = Counter(verdict.verdict for verdict in verdicts)
    for name in ("supported", "misquoted", "unverifiable"):
        print(f"{count[name]:3}  {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
