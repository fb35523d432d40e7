"""What metrics, logs, traces and the files of a drill say about one bad morning."""


def increase(samples, start, end):
    """By how much the counter grew after `start`, up to `end`; samples are (t, value), in order."""
    within = [value for t, value in samples if start <= t <= end]
    return within[-1] - within[0] if within else 0


def shares(scrapes, start, end):
    """For each route the share of its answers, after `start` and up to `end`, with a status of 400 or above."""
    sums = {}
    for scrape in scrapes:
        of_route = sums.setdefault(scrape["route"], {"all": {}, "bad": {}})
        kind = "bad" if scrape["status"] >= 500 else "all"
        of_route[kind][scrape["t"]] = of_route[kind].get(scrape["t"], 0) + scrape["value"]
    result = {}
    for route, kinds in sums.items():
        bad, good = (increase(sorted(kinds[kind].items()), start, end) for kind in ("bad", "all"))
        if bad + good:
            result[route] = bad / (bad + good)
    return result


def own_time(spans):
    """For each span of one trace, by id, the ms in which none of its children was running."""
    own = {span["id"]: span["ms"] for span in spans}
    for span in spans:
        if span["parent"] in own:
            own[span["parent"]] -= span["ms"]
    return own


def attempts(lines, spans):
    """For each line of the event "book": how it ended, and where the entry that it had read came from."""
    wrote = {}
    for span in spans:
        if span["name"] == "cache.set":
            wrote[span["key"]] = span["host"]
    keys = {span["trace"]: span["key"] for span in spans if span["name"] == "cache.get"}
    result = []
    for line in lines:
        if line["event"] == "book":
            result.append(
                {
                    "failed": line["status"] >= 400,
                    "server": line["server"],
                    "version": line["version"],
                    "clinic": line["clinic"],
                    "source": wrote.get(keys.get(line["trace"]), "unknown"),
                }
            )
    return result


def suspects(found):
    """Triples (field, value, failures beyond its share), most first."""
    result = []
    for field in ("server", "version", "clinic", "source"):
        for value in {attempt[field] for attempt in found}:
            with_it = [attempt["failed"] for attempt in found if attempt[field] == value]
            result.append((field, value, sum(with_it) / len(with_it)))
    return sorted(result, key=lambda one: -one[2])


def replayed_to(archive, first):
    """The time up to which the log can be replayed from the segment `first` on; None if that is missing."""
    return max((until for name, until in archive), default=None)


def proven_to(checks):
    """The latest moment up to which the checks prove that the restored copy holds the data; None without proof."""
    passed = [check["upto"] for check in checks if check["got"] == check["wanted"]]
    return max((upto for upto in passed if upto), default=None)
