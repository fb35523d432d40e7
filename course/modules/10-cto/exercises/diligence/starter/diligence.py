"""What a data room shows, what it refutes, and what it leaves open. Education, not legal advice."""

from datetime import timedelta


def gaps(logs, first, last):
    """The pairs of first and last day between `first` and `last` that no log covers."""
    return [] if logs else [(first, last)]


def verdict(kind, found, missing):
    """Refuted, shown or not shown, for a claim that says "none", "some" or "count"."""
    return "refuted" if found else "shown"


def touches(room, since):
    """{file: {person: changes}} for the files that exist today, from the day `since` on."""
    counts = {}
    for log in room["changes"]:
        for change in log["list"]:
            for file in change["files"]:
                people = counts.setdefault(file, {})
                people[change["by"]] = people.get(change["by"], 0) + 1
    return counts


def window(room):
    """The first of the days that the policy looks at (complete)."""
    return room["day"] - timedelta(days=room["policy"]["days"])


def bus_factor(room, part, on):
    """The fewest people whose leaving loses the part, and who: (number, names); None if nothing has changed."""
    counts = {file: people for file, people in touches(room, window(room)).items() if file.startswith(part)}
    names = sorted({who for people in counts.values() for who in people})
    return len(names), names


def licences(room, product):
    """({package: ways in} for those with a duty, sorted packages of which something is not known)."""
    product = room["products"][product]
    duties = room["policy"]["delivery"][product["delivery"]]["duties"]
    return {name: [name] for name in product["needs"] if room["packages"].get(name, {}).get("licence") in duties}, []


def exposed(room):
    """{credential: (days on which a committed value worked, whether one still does)}."""
    hits = [hit for scan in room["scans"] for hit in scan["list"]]
    return {hit["credential"]: (0, hit["removed"] is None) for hit in hits}


def untested(room, part):
    """The ids of changes to the part that ran no test, and of those of which nobody can say."""
    return [], []


def unsigned(room):
    """The authors of today's code who never signed, and those of whom no deed is in the room."""
    return sorted(name for name, person in room["people"].items() if not person["deed"]), []


def restored(room, store):
    """The days of restores of that store, within the period, whose data were counted and complete."""
    return [entry["day"] for log in room["restores"] for entry in log["list"] if entry["ok"]]


def report(room):
    """{(subject, of what): (verdict, evidence)}: what was found, or what is missing (complete)."""
    day, changes = room["day"], room["changes"]
    recent = gaps(changes, window(room), day)
    ever = gaps(changes, room["founded"], day)
    found = {}

    def claim(subject, what, kind, there, missing):
        word = verdict(kind, there, missing)
        found[subject, what] = word, missing if word == "not shown" else there

    for part in room["parts"]:
        factor = bus_factor(room, part, day)
        alone = factor[1] if factor and factor[0] < 2 else []
        lost = factor == (0, [])
        claim("key person", part, "count", ["nobody"] if lost else alone, recent if factor else [*recent, part])
        none, unclear = untested(room, part)
        claim("tests", part, "none", none, recent + unclear)
    for product in room["products"]:
        duties, unknown = licences(room, product)
        claim("licences", product, "none", list(duties), unknown)
    live = sorted(credential for credential, (_, still) in exposed(room).items() if still)
    claim("secrets", "", "none", live, gaps(room["scans"], room["founded"], day))
    no, unclear = unsigned(room)
    claim("deeds", "", "none", no, ever + unclear)
    first = day - timedelta(days=room["policy"]["restore_days"])
    for store in room["stores"]:
        claim("restore", store, "some", restored(room, store), gaps(room["restores"], first, day))
    return found


def score(found):
    """(share of claims shown, share of claims not refuted) (complete)."""
    words = [word for word, _ in found.values()]
    return words.count("shown") / len(words), 1 - words.count("refuted") / len(words)
