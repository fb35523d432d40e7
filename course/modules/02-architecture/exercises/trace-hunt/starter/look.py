"""Prints what your functions find in the files of data/: python3 look.py"""

import csv
import json
from pathlib import Path

import hunt

DATA = Path(__file__).parent / "data"
FIRST, RELEASED, OPEN, ROLLED_BACK, LAST = 27_000, 28_200, 28_800, 30_360, 31_500


def clock(t):
    return f"{t // 3600:02}:{t % 3600 // 60:02}"


def lines_of(name):
    with open(DATA / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read():
    """Scrapes, log lines and spans."""
    with open(DATA / "metrics.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    numbers = ("t", "status", "value")
    scrapes = [row | {key: int(row[key]) for key in numbers} for row in rows]
    return scrapes, lines_of("logs.jsonl"), lines_of("spans.jsonl")


def by_trace(spans):
    traces = {}
    for span in spans:
        traces.setdefault(span["trace"], []).append(span)
    return traces


def slowest(lines, spans, kind):
    """Mean own time by span, for the bookings of that kind."""
    traces, sums, count = by_trace(spans), {}, 0
    for line in lines:
        if line["event"] == "book" and kind(line):
            count += 1
            names = {span["id"]: span["name"] for span in traces[line["trace"]]}
            for span, ms in hunt.own_time(traces[line["trace"]]).items():
                sums[names[span]] = sums.get(names[span], 0) + ms
    ranked = sorted(sums.items(), key=lambda one: -one[1])[:3]
    return ", ".join(f"{name} {ms / count:.0f} ms" for name, ms in ranked)


def main():
    scrapes, lines, spans = read()
    print("Share of answers with a status of 400 or above")
    for start, end in (
        (FIRST, RELEASED),
        (RELEASED, OPEN),
        (OPEN, ROLLED_BACK),
        (ROLLED_BACK, LAST),
    ):
        found = hunt.shares(scrapes, start, end)
        shares = "  ".join(f"{route} {share:.2%}" for route, share in sorted(found.items()))
        print(f"  {clock(start)} to {clock(end)}  {shares}")

    print("\nWhere the time goes (mean own time)")
    for title, kind in (
        ("412, booked", lambda line: line["version"] == "412" and line["status"] == 200),
        ("411, booked", lambda line: line["version"] == "411" and line["status"] == 200),
        ("failed", lambda line: line["status"] >= 400),
    ):
        print(f"  {title:12} {slowest(lines, spans, kind)}")

    found = hunt.attempts([line for line in lines if line["t"] >= OPEN], spans)
    print(f"\nSuspects (of {len(found)} attempts since 08:00 in the export)")
    for field, value, excess in hunt.suspects(found)[:6]:
        print(f"  {field:8} {value!s:10} {excess:+.1f}")
    print("\nFailures by version and by source of the entry")
    for source in sorted({attempt["source"] for attempt in found}):
        cells = []
        for version in ("411", "412"):
            these = [a["failed"] for a in found if (a["source"], a["version"]) == (source, version)]
            cells.append(f"{version}: {sum(these):3} of {len(these):3}")
        print(f"  {source:10} {'   '.join(cells)}")

    drill = json.loads((DATA / "drill.json").read_text(encoding="utf-8"))
    with open(DATA / "archive.csv", newline="", encoding="utf-8") as file:
        archive = [(row["name"], row["until"]) for row in csv.DictReader(file)]
    print("\nThe drill")
    print(f"  aim            {drill['aim']}")
    print(f"  replayed to    {hunt.replayed_to(archive, drill['first'])}")
    print(f"  proven up to   {hunt.proven_to(drill['checks'])}")


if __name__ == "__main__":
    main()
