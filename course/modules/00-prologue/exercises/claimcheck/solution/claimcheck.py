"""Judge claims against a pack of sources.

    python3 claimcheck.py data/claims.json data/sources.json
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from math import sqrt
from pathlib import Path
from typing import NamedTuple


class Verdict(NamedTuple):
    verdict: str  # "supported", "misquoted" or "unverifiable"
    reasons: tuple[str, ...]  # in the order of the brief; () if supported
    source: str | None  # id of the source that did the counting


def interval(percent: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson's method, in percent."""
    p, z2 = percent / 100, 1.96**2
    middle = p + z2 / (2 * n)
    half = 1.96 * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    scale = 100 / (1 + z2 / n)
    return scale * (middle - half), scale * (middle + half)


def trace(source: str | None, pack: dict[str, dict]) -> dict | str:
    """The source that did the counting, at the end of the chain of repeats.

    If there is none: "no source", "missing" or "circle".
    """
    seen = set()
    while source is not None:
        if source not in pack:
            return "missing"
        if source in seen:
            return "circle"
        seen.add(source)
        if pack[source]["repeats"] is None:
            return pack[source]
        source = pack[source]["repeats"]
    return "no source"


def judge(claim: dict, pack: dict[str, dict]) -> Verdict:
    """The verdict on one claim."""
    source = trace(claim["source"], pack)
    if isinstance(source, str):
        return Verdict("unverifiable", (source,), None)
    same = [f for f in source["findings"] if f["topic"] == claim["topic"]]
    if not same:
        return Verdict("misquoted", ("absent",), source["id"])
    dated = [f for f in same if f["year"] == claim["year"]]
    newest = max(same, key=lambda finding: finding["year"])
    finding = dated[0] if dated else newest
    wrong_year = claim["year"] is not None and not dated
    reasons = [
        *(["population"] if claim["who"] != finding["who"] else []),
        *(["measure"] if claim["kind"] != finding["kind"] else []),
        *(["year"] if wrong_year else []),
        *_number(claim, finding),
    ]
    verdict = "misquoted" if reasons else "supported"
    return Verdict(verdict, tuple(reasons), source["id"])


def _number(claim: dict, finding: dict) -> list[str]:
    """What the claim's wording makes of the number found."""
    found, said = finding["percent"], claim["percent"]
    if claim["says"] == "most":
        if found <= 50:
            return ["number"]
        n = finding["n"]
        carried = n is not None and interval(found, n)[0] > 50
        return [] if carried else ["sample"]
    fits = {
        "exactly": abs(found - said) <= 0.5,
        "over": said < found <= said + 5,
        "nearly": said - 5 <= found < said,
    }
    return [] if fits[claim["says"]] else ["number"]


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
