"""What a data room shows, what it refutes, and what it leaves open. Education, not legal advice."""

from datetime import timedelta
from itertools import combinations

DAY = timedelta(days=1)


def gaps(logs, first, last):
    """The pairs of first and last day between `first` and `last` that no log covers."""
    found, day = [], first
    for log in sorted(logs, key=lambda log: log["from"]):
        if log["from"] > last:
            break
        if log["from"] > day:
            found.append((day, log["from"] - DAY))
        day = max(day, log["to"] + DAY)
    if day <= last:
        found.append((day, last))
    return found


def verdict(kind, found, missing):
    """Refuted, shown or not shown, for a claim that says "none", "some" or "count"."""
    if found and kind != "count":
        return "refuted" if kind == "none" else "shown"
    if missing:
        return "not shown"
    if kind == "some":
        return "refuted"
    return "refuted" if found else "shown"


def history(room):
    """Each change once, oldest first."""
    found = {change["id"]: change for log in room["changes"] for change in log["list"]}
    return [found[id] for id in sorted(found)]


def owner_of(room):
    """{address: person} for all addresses that are known."""
    return {address: name for name, person in room["people"].items() for address in person["addresses"]}


def touches(room, since):
    """{file: {person: changes}} for the files that exist today, from the day `since` on."""
    counts, owner = {}, owner_of(room)
    for change in history(room):
        for old, new in change["renames"].items():
            if old in counts:
                counts[new] = counts.pop(old)
        if change["day"] < since or change["by"] in room["bots"] or len(change["files"]) > room["policy"]["wide"]:
            continue
        person = owner.get(change["by"], change["by"])
        for file in change["files"]:
            people = counts.setdefault(file, {})
            people[person] = people.get(person, 0) + 1
    return {file: people for file, people in counts.items() if file in room["files"]}


def window(room):
    """The first of the days that the policy looks at (complete)."""
    return room["day"] - timedelta(days=room["policy"]["days"])


def bus_factor(room, part, on):
    """The fewest people whose leaving loses the part, and who: (number, names); None if nothing has changed."""
    counts = {file: people for file, people in touches(room, window(room)).items() if file.startswith(part)}
    work = {file: sum(people.values()) for file, people in counts.items()}
    if not work:
        return None
    here = {name for name, person in room["people"].items() if person["leaves"] is None or on < person["leaves"]}
    knows = {
        file: {who for who, n in people.items() if n >= room["policy"]["knows"]} & here
        for file, people in counts.items()
    }
    everyone = sorted(set().union(*knows.values()))
    for size in range(len(everyone) + 1):
        for some in combinations(everyone, size):
            lost = sum(work[file] for file in work if knows[file] <= set(some))
            if 2 * lost > sum(work.values()):
                return size, list(some)
    raise AssertionError("without anybody all of the part is lost")


def below(room, start, kinds):
    """Everything reached from a package over edges of these kinds, the package itself included."""
    found, open_ = {start}, [start]
    while open_:
        needs = room["packages"].get(open_.pop(), {}).get("needs") or {}
        fresh = {name for name, kind in needs.items() if kind in kinds} - found
        found |= fresh
        open_ += fresh
    return found


def licences(room, product):
    """({package: ways in} for those with a duty, sorted packages of which something is not known)."""
    needs = room["products"][product]["needs"]
    rules = room["policy"]["delivery"][room["products"][product]["delivery"]]
    ways = {}
    for direct in sorted(name for name, kind in needs.items() if kind in rules["follow"]):
        for name in below(room, direct, rules["follow"]):
            ways.setdefault(name, []).append(direct)
    duties, unknown = {}, []
    for name in sorted(ways):
        package = room["packages"].get(name, {"licence": None, "needs": None, "changed": False})
        if package["licence"] is None or package["needs"] is None:
            unknown.append(name)
        if package["licence"] in rules["duties"] or (package["changed"] and package["licence"] in rules["if_changed"]):
            duties[name] = ways[name]
    return duties, unknown


def exposed(room):
    """{credential: (days on which a committed value worked, whether one still does)}."""
    since = {}
    for scan in room["scans"]:
        for hit in scan["list"]:
            later = [day for day in room["rotations"].get(hit["credential"], []) if day > hit["day"]]
            ends = since.setdefault(hit["credential"], {})
            end = min(later, default=None)
            ends[end] = min(hit["day"], ends.get(end, hit["day"]))
    return {
        credential: (sum(((end or room["day"]) - start).days for end, start in ends.items()), None in ends)
        for credential, ends in since.items()
    }


def untested(room, part):
    """The ids of changes to the part that ran no test, and of those of which nobody can say."""
    recent = [change for change in history(room) if change["day"] >= window(room)]
    mine = [change for change in recent if any(file.startswith(part) for file in change["files"])]
    return [c["id"] for c in mine if c["tests"] == 0], [c["id"] for c in mine if c["tests"] is None]


def unsigned(room):
    """The authors of today's code who never signed, and those of whom no deed is in the room."""
    authors = {who for people in touches(room, room["founded"]).values() for who in people}
    deed = {who: room["people"][who]["deed"] if who in room["people"] else None for who in authors}
    return sorted(who for who in deed if deed[who] is False), sorted(who for who in deed if deed[who] is None)


def restored(room, store):
    """The days of restores of that store, within the period, whose data were counted and complete."""
    first = room["day"] - timedelta(days=room["policy"]["restore_days"])
    tried = [entry for log in room["restores"] for entry in log["list"]]
    return sorted(
        {
            e["day"]
            for e in tried
            if e["store"] == store and e["ok"] and e["day"] >= first and e["expected"] and e["rows"] == e["expected"]
        }
    )


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
