"""What metrics, logs, traces and the files of a drill say about one bad morning."""

FIELDS = ("server", "version", "clinic", "source")


def increase(samples, start, end):
    """By how much the counter grew after `start`, up to `end`; samples are (t, value), in order."""
    last = grown = 0
    for t, value in samples:
        if start < t <= end:
            grown += value - last if value >= last else value
        if t <= end:
            last = value
    return grown


def shares(scrapes, start, end):
    """For each route the share of its answers, after `start` and up to `end`, with a status of 400 or above."""
    series = {}
    for scrape in scrapes:
        labels = scrape["server"], scrape["route"], scrape["status"]
        series.setdefault(labels, []).append((scrape["t"], scrape["value"]))
    total, bad = {}, {}
    for (_, route, status), samples in series.items():
        grown = increase(samples, start, end)
        total[route] = total.get(route, 0) + grown
        bad[route] = bad.get(route, 0) + (grown if status >= 400 else 0)
    return {route: bad[route] / count for route, count in total.items() if count}


def own_time(spans):
    """For each span of one trace, by id, the ms in which none of its children was running."""
    children = {}
    for span in spans:
        children.setdefault(span["parent"], []).append((span["start"], span["start"] + span["ms"]))
    return {span["id"]: span["ms"] - covered(span, children.get(span["id"], [])) for span in spans}


def covered(span, intervals):
    """How much of the span the intervals cover together; what they share counts once."""
    total, upto, end = 0, span["start"], span["start"] + span["ms"]
    for begin, until in sorted(intervals):
        begin, until = max(begin, upto), min(until, end)
        if until > begin:
            total, upto = total + until - begin, until
    return total


def attempts(lines, spans):
    """For each line of the event "book": how it ended, and where the entry that it had read came from."""
    sets, reads = {}, {}
    for span in spans:
        if span["name"] == "cache.set":
            sets.setdefault(span["key"], []).append((span["t"], span["host"]))
        elif span["name"] == "cache.get":
            reads[span["trace"]] = span
    return [
        {
            "failed": line["status"] >= 400,
            "server": line["server"],
            "version": line["version"],
            "clinic": line["clinic"],
            "source": source(reads.get(line["trace"]), sets),
        }
        for line in lines
        if line["event"] == "book"
    ]


def source(read, sets):
    """The host that had last written the entry when it was read."""
    if read is None:
        return "unknown"
    if not read["hit"]:
        return "database"
    before = [one for one in sets.get(read["key"], []) if one[0] <= read["t"]]
    return max(before)[1] if before else "unknown"


def suspects(found):
    """Triples (field, value, failures beyond its share), most first."""
    overall = sum(attempt["failed"] for attempt in found) / len(found) if found else 0
    beyond = {}
    for attempt in found:
        for field in FIELDS:
            one = field, attempt[field]
            beyond[one] = beyond.get(one, 0) + attempt["failed"] - overall
    ranked = [(field, value, excess) for (field, value), excess in beyond.items()]
    return sorted(ranked, key=lambda one: (-one[2], one[0], str(one[1])))


def replayed_to(archive, first):
    """The time up to which the log can be replayed from the segment `first` on; None if that is missing."""
    until = dict(archive)
    reached, name = None, first
    while name in until:
        reached, name = until[name], following(name)
    return reached


def following(name):
    """The next segment's name: the last of the three parts runs from 00 to FF."""
    timeline, number = name[:8], int(name[8:16], 16) * 256 + int(name[16:], 16) + 1
    return f"{timeline}{number // 256:08X}{number % 256:08X}"


def proven_to(checks):
    """The latest moment up to which the checks prove that the restored copy holds the data; None without proof."""
    proofs = [
        check["upto"]
        for check in checks
        if check["upto"]
        and check["got"] == check["wanted"]
        and check["got_from"] == "restored" != check["wanted_from"]
    ]
    return max(proofs, default=None)
