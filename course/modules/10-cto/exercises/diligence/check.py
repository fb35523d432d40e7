"""Checks of the diligence program; logs, people, graphs and days change at each check."""

import copy
import unittest
from datetime import date, timedelta
from itertools import product

import lab

DAY = timedelta(days=1)
TODAY = date(2027, 4, 19)
NAMES = ["Noor", "Anouk", "Tomas", "Lena", "Ines", "Femke", "Milan", "Jonas"]
PACKAGES = ["amber", "birch", "cobalt", "delta", "ember", "fjord", "garnet", "heron"]
POLICY = {
    "days": 365,
    "restore_days": 180,
    "knows": 3,
    "wide": 10,
    "delivery": {
        "hosted": {"follow": ["link"], "duties": [], "if_changed": ["AGPL-3.0-only"]},
        "shipped": {"follow": ["link", "process"], "duties": ["GPL-3.0-only", "AGPL-3.0-only"], "if_changed": []},
    },
}


def address(name):
    return f"{name.lower()}@tessaly.example"


def a_room(**more):
    """A data room with nothing in it but people."""
    people = {name: {"addresses": [address(name)], "deed": True, "leaves": None} for name in NAMES}
    empty = {
        "founded": date(2023, 2, 1),
        "parts": [],
        "files": [],
        "bots": ["bot@updates.example"],
        "changes": [],
        "products": {},
        "packages": {},
        "scans": [],
        "rotations": {},
        "stores": [],
        "restores": [],
    }
    return {"day": TODAY, "policy": copy.deepcopy(POLICY), "people": people, **empty, **more}


def change(id, by, files, day=TODAY - 30 * DAY, renames=None, tests=100):
    return {
        "id": id,
        "day": day,
        "by": by if "@" in by else address(by),
        "files": list(files),
        "renames": renames or {},
        "tests": tests,
    }


def log(entries, first=date(2023, 2, 1), last=TODAY):
    return {"from": first, "to": last, "list": entries}


def told(changes):
    """Changes as a failure shows them, one a line."""
    return "\n".join(
        f"{c['id']} {c['day']} {c['by']}: {', '.join(c['files'][:4])}{' ...' if len(c['files']) > 4 else ''}"
        + (f", renames {c['renames']}" if c["renames"] else "")
        for c in changes
    )


def uncovered(logs, first, last):
    """The gaps, by looking at each day."""
    found, day = [], first
    while day <= last:
        if not any(each["from"] <= day <= each["to"] for each in logs):
            if found and found[-1][1] == day - DAY:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        day += DAY
    return found


def counted(room, since):
    """The touches, by following the name of each file into the present."""
    seen = {c["id"]: c for each in room["changes"] for c in each["list"]}
    owner = {a: name for name, person in room["people"].items() for a in person["addresses"]}
    found = {}
    for id, c in seen.items():
        if c["day"] < since or c["by"] in room["bots"] or len(c["files"]) > room["policy"]["wide"]:
            continue
        for file in c["files"]:
            for later in sorted(n for n in seen if n > id):
                file = seen[later]["renames"].get(file, file)
            if file in room["files"]:
                people = found.setdefault(file, {})
                who = owner.get(c["by"], c["by"])
                people[who] = people.get(who, 0) + 1
    return found


def fewest(room, part, on):
    """The bus factor, by trying every set of people."""
    counts = {f: p for f, p in counted(room, TODAY - POLICY["days"] * DAY).items() if f.startswith(part)}
    total = sum(n for people in counts.values() for n in people.values())
    if not total:
        return None
    here = sorted(n for n, p in room["people"].items() if p["leaves"] is None or p["leaves"] > on)
    best = None
    for gone in product((True, False), repeat=len(here)):
        away = [name for name, flag in zip(here, gone) if flag]
        stay = set(here) - set(away)
        lost = sum(
            sum(people.values())
            for people in counts.values()
            if not any(n >= POLICY["knows"] and who in stay for who, n in people.items())
        )
        if 2 * lost > total and (best is None or (len(away), away) < best):
            best = len(away), away
    return best


class Diligence(lab.Case):
    def setUp(self):
        self.lab = lab.load("diligence")

    def test_gaps(self):
        """The days that no log covers, with logs in any order, overlapping, and beyond both ends"""
        rng = lab.rng("gaps")
        for n in range(12):
            first = date(2026, 1, 1) + rng.randint(0, 40) * DAY
            last = first + rng.randint(0, 200) * DAY
            logs = []
            for _ in range(rng.randint(0, 5)):
                start = first + rng.randint(-30, 200) * DAY
                logs.append({"from": start, "to": start + rng.choice((0, 5, 30, 90)) * DAY, "list": []})
            if n % 3 == 0 and logs:
                logs.append({"from": logs[0]["to"] + DAY, "to": logs[0]["to"] + 20 * DAY, "list": []})
            given = f"gaps of {[(str(each['from']), str(each['to'])) for each in logs]} from {first} to {last}"
            self.expect([tuple(pair) for pair in self.lab.gaps(logs, first, last)], uncovered(logs, first, last), given)

    def test_gaps_days(self):
        """A single day is a gap, at either end and in the middle"""
        first = date(2026, 1, 1) + lab.rng("days").randint(0, 300) * DAY
        last = first + 20 * DAY
        for spans in (
            [(0, 19)],
            [(1, 20)],
            [(0, 9), (11, 20)],
            [(0, 19), (20, 20)],
            [(12, 20), (0, 0), (1, 10)],
            [(-5, -1), (21, 25)],
        ):
            logs = [{"from": first + a * DAY, "to": first + b * DAY, "list": []} for a, b in spans]
            given = f"gaps of {[(str(each['from']), str(each['to'])) for each in logs]} from {first} to {last}"
            self.expect([tuple(pair) for pair in self.lab.gaps(logs, first, last)], uncovered(logs, first, last), given)

    def test_verdict(self):
        """An example settles some claims, a missing log leaves others open, and a count needs every day"""
        gap, seen = [(TODAY - 9 * DAY, TODAY)], [lab.rng("verdict").choice(NAMES)]
        for kind, found, missing, expected in (
            ("none", [], [], "shown"),
            ("none", [], gap, "not shown"),
            ("none", seen, [], "refuted"),
            ("none", seen, gap, "refuted"),
            ("some", [], [], "refuted"),
            ("some", [], gap, "not shown"),
            ("some", seen, [], "shown"),
            ("some", seen, gap, "shown"),
            ("count", [], [], "shown"),
            ("count", [], gap, "not shown"),
            ("count", seen, [], "refuted"),
            ("count", seen, gap, "not shown"),
        ):
            self.expect(self.lab.verdict(kind, found, missing), expected, f"verdict({kind!r}, {found}, {missing})")

    def touched(self, room, since):
        shown = [each for one in room["changes"] for each in one["list"]]
        before = copy.deepcopy(room)
        got = {file: dict(people) for file, people in self.lab.touches(room, since).items()}
        self.expect(got, counted(before, since), f"touches since {since} with\n{told(shown)}")
        self.expect(room == before, True, "the room is unchanged after touches")

    def test_people(self):
        """Two addresses of a person count together, a stranger's counts as its own, a bot's not at all"""
        rng = lab.rng("people")
        a, b = rng.sample(NAMES, 2)
        room = a_room(files=["pay/a.py", "pay/b.py"])
        room["people"][a]["addresses"].append("private@home.example")
        by = [a, "private@home.example", b, "stranger@old.example", "bot@updates.example"]
        made = [change(n, rng.choice(by) if n > 5 else by[n - 1], [rng.choice(room["files"])]) for n in range(1, 30)]
        room["changes"] = [log(made)]
        self.touched(room, TODAY - 365 * DAY)

    def test_since(self):
        """Changes count from the first day on, and a wide change counts for nobody"""
        rng = lab.rng("since")
        a, b = rng.sample(NAMES, 2)
        files = [f"pay/{n}.py" for n in range(12)]
        since = TODAY - rng.randint(100, 400) * DAY
        made = [change(n, a, [files[0]], since + offset * DAY) for n, offset in enumerate((-2, -1, 0, 1), 1)]
        made += [change(5, b, files[:10]), change(6, b, files[:11]), change(7, b, files)]
        self.touched(a_room(files=files, changes=[log(made)]), since)

    def test_overlap(self):
        """A change that is in two logs counts once, and logs come in any order"""
        rng = lab.rng("overlap")
        a, b = rng.sample(NAMES, 2)
        made = [change(n, rng.choice((a, b)), ["pay/a.py"], TODAY - (40 - n) * DAY) for n in range(1, 21)]
        cut = rng.randint(6, 12)
        logs = [log(made[cut - 4 :]), log(made[:cut])]
        self.touched(a_room(files=["pay/a.py"], changes=logs), TODAY - 365 * DAY)

    def test_renames(self):
        """What is known about a file moves with it, even in a wide change; a new file of the old name starts at 0"""
        rng = lab.rng("renames")
        a, b, c = rng.sample(NAMES, 3)
        wide = [f"web/{n}.ts" for n in range(12)]
        made = [
            *(change(n, rng.choice((a, b)), ["jobs/x.py"]) for n in range(1, 5)),
            change(5, c, wide, renames={"jobs/x.py": "pay/x.py", "jobs/y.py": "pay/y.py"}),
            *(change(n, rng.choice((b, c)), ["pay/x.py", "jobs/x.py"]) for n in range(6, 9)),
            change(9, a, ["pay/z.py"], renames={"pay/x.py": "pay/z.py"}),
            change(10, b, ["pay/z.py", "pay/gone.py"]),
        ]
        room = a_room(files=["pay/z.py", "pay/y.py", "jobs/x.py", *wide])
        for logs in ([log(made)], [log(made[5:]), log(made[:7])]):
            room["changes"] = logs
            self.touched(room, TODAY - 365 * DAY)
        old = [{**each, "day": TODAY - (800 if each["id"] < 6 else 20) * DAY} for each in made]
        room["changes"] = [log(old)]
        self.touched(room, TODAY - 365 * DAY)
        self.touched(room, TODAY - 1000 * DAY)

    def test_both_names(self):
        """A file moved away and another moved back keep their own histories"""
        a, b = lab.rng("back").sample(NAMES, 2)
        made = [
            change(1, a, ["pay/x.py"]),
            change(2, a, [], renames={"pay/x.py": "pay/old.py"}),
            change(3, b, ["pay/x.py"]),
            change(4, b, [], renames={"pay/x.py": "pay/new.py"}),
            change(5, b, [], renames={"pay/old.py": "pay/x.py"}),
        ]
        self.touched(a_room(files=["pay/x.py", "pay/new.py"], changes=[log(made)]), TODAY - 365 * DAY)

    def factor(self, room, part, on=TODAY):
        got = self.lab.bus_factor(room, part, on)
        got = got if got is None else (got[0], list(got[1]))
        away = {name: str(p["leaves"]) for name, p in room["people"].items() if p["leaves"]}
        shown = told(each for one in room["changes"] for each in one["list"])
        self.expect(got, fewest(room, part, on), f"bus_factor of {part} on {on}, leaving: {away}, with\n{shown}")

    def built(self, work, **more):
        """A room from {file: {who: changes}}."""
        made = []
        for file, people in work.items():
            for who, times in people.items():
                made += [change(len(made) + n, who, [file]) for n in range(1, times + 1)]
        return a_room(files=list(work), changes=[log(made)], **more)

    def test_bus_factor_drawn(self):
        """The fewest people who are still here, over the files that really change"""
        rng = lab.rng("bus")
        for n in range(5):
            names = rng.sample(NAMES, 4)
            work = {
                f"pay/{n}.py": {who: rng.randint(1, 7) for who in rng.sample(names, rng.randint(1, 3))}
                for n in range(5)
            }
            work |= {f"pay-old/{n}.py": {NAMES[0]: 5} for n in range(2)}
            room = self.built(work)
            if n % 2:
                room["people"][names[0]]["leaves"] = TODAY + 40 * DAY
            for on in (TODAY, TODAY + 39 * DAY, TODAY + 40 * DAY):
                self.factor(room, "pay/", on)

    def test_bus_factor_work(self):
        """Files weigh what is changed in them, not one each"""
        a, b = lab.rng("work").sample(NAMES, 2)
        work = {"pay/hot.py": {a: 20}} | {f"pay/{n}.py": {b: 3} for n in range(4)}
        self.factor(self.built(work), "pay/")
        self.factor(self.built({"pay/x.py": {a: 6}, "pay/y.py": {b: 6}}), "pay/")
        self.factor(self.built({"pay/x.py": {a: 3, "stranger@old.example": 9}, "pay/y.py": {b: 8}}), "pay/")

    def test_bus_factor_greedy(self):
        """The one who knows most is not always among the fewest"""
        rng = lab.rng("greedy")
        a, b, c, d = rng.sample(NAMES, 4)
        k = rng.randint(0, 3)
        work = {"pay/1.py": {a: 30 + k}, "pay/2.py": {b: 30}, "pay/3.py": {c: 21, d: 4}, "pay/4.py": {c: 14, d: 3}}
        self.factor(self.built(work), "pay/")

    def test_bus_factor_gone(self):
        """Those who have left know nothing, nor do two changes make somebody know a file"""
        a, b = lab.rng("gone").sample(NAMES, 2)
        room = self.built({"pay/x.py": {a: 9, b: 2, "stranger@old.example": 8}})
        self.factor(room, "pay/")
        self.factor(self.built({"pay/x.py": {a: 9, b: 3}}), "pay/")
        room["people"][a]["leaves"] = TODAY
        self.factor(room, "pay/")
        self.factor(room, "pay/", TODAY - DAY)
        self.factor(room, "booking/")

    def test_bus_factor_window(self):
        """Knowledge older than the period does not count, on whatever day one asks"""
        a, b = lab.rng("window").sample(NAMES, 2)
        edge = TODAY - 365 * DAY
        made = [change(n, a, ["pay/x.py"], edge + (n - 2) * DAY) for n in range(1, 5)]
        made += [change(n, b, ["pay/x.py"], edge - n * DAY) for n in range(5, 12)]
        room = a_room(files=["pay/x.py"], changes=[log(made)])
        for on in (TODAY, TODAY + 100 * DAY):
            self.factor(room, "pay/", on)

    def package(self, licence, needs=(), changed=False):
        return {"licence": licence, "needs": None if needs is None else dict(needs), "changed": changed}

    def found(self, packages, delivery, needs, duties, unknown):
        room = a_room(packages=packages, products={"it": {"delivery": delivery, "needs": needs}})
        got, open_ = self.lab.licences(room, "it")
        given = f"licences of a {delivery} product that needs {needs}, with {packages}"
        self.expect({name: list(ways) for name, ways in got.items()}, duties, given)
        self.expect(list(open_), sorted(unknown), f"what is unknown: {given}")

    def test_licences(self):
        """A duty comes through every way in, and depends on whether the product leaves the house"""
        a, b, c, d, e = lab.rng("licences").sample(PACKAGES, 5)
        graph = {
            a: self.package("MIT", {c: "link"}),
            b: self.package("MIT", {c: "link", d: "process"}),
            c: self.package("GPL-3.0-only", {a: "link"}),
            d: self.package("AGPL-3.0-only"),
            e: self.package("GPL-3.0-only"),
        }
        needs = {b: "link", a: "link", e: "dev"}
        for order in (needs, dict(reversed(needs.items()))):
            self.found(graph, "shipped", order, {c: sorted([a, b]), d: [b]}, [])
        self.found(graph, "hosted", needs, {}, [])
        graph[a]["needs"] = {c: "link", e: "dev"}
        graph[d]["changed"] = True
        self.found(graph, "hosted", needs, {}, [])
        self.found(graph, "hosted", {**needs, d: "link"}, {d: [d]}, [])
        self.found(graph, "shipped", {a: "link", d: "process"}, {c: [a], d: [d]}, [])
        graph[d]["changed"] = False
        self.found(graph, "hosted", {**needs, d: "link"}, {}, [])

    def test_licences_changed(self):
        """Your own change to a package brings a duty only where the policy says so"""
        a, b, c = lab.rng("changed").sample(PACKAGES, 3)
        graph = {
            a: self.package("MIT", {b: "link"}, True),
            b: self.package("AGPL-3.0-only", {c: "link"}, True),
            c: self.package("AGPL-3.0-only", {}, False),
        }
        self.found(graph, "hosted", {a: "link"}, {b: [a]}, [])
        self.found(graph, "shipped", {a: "link", c: "dev"}, {b: [a], c: [a]}, [])

    def test_licences_unknown(self):
        """No licence, no lock file and no entry are three ways of not knowing"""
        a, b, c, d, e = lab.rng("unknown").sample(PACKAGES, 5)
        graph = {
            a: self.package("MIT", {b: "link", c: "link"}),
            b: self.package(None, {d: "link"}),
            c: self.package("MIT", None),
            d: self.package("GPL-3.0-only", None),
        }
        self.found(graph, "shipped", {a: "link", e: "link"}, {d: [a]}, [b, c, d, e])
        self.found(graph, "hosted", {a: "link", e: "process"}, {}, [b, c, d])
        self.found(graph, "hosted", {d: "dev"}, {}, [])
        graph[a]["needs"] = {c: "link"}
        self.found(graph, "hosted", {a: "link"}, {}, [c])

    def secret(self, hits, rotations, expected):
        scans = [log([{"credential": c, "day": day, "removed": gone} for c, day, gone in part]) for part in hits]
        got = {c: tuple(each) for c, each in self.lab.exposed(a_room(scans=scans, rotations=rotations)).items()}
        shown = [[(c, str(day), str(gone)) for c, day, gone in part] for part in hits]
        turned = {c: [str(day) for day in days] for c, days in rotations.items()}
        self.expect(got, expected, f"exposed with {shown}, rotated {turned}, on {TODAY}")

    def test_secrets(self):
        """A secret is closed by replacing it, not by deleting the line"""
        rng = lab.rng("secrets")
        day = TODAY - rng.randint(200, 300) * DAY
        n, m = rng.randint(3, 30), rng.randint(2, 20)
        self.secret([[("key", day, day + DAY)]], {}, {"key": ((TODAY - day).days, True)})
        self.secret([[("key", day, None)]], {"key": [day + n * DAY]}, {"key": (n, False)})
        self.secret([[("key", day, day)]], {"key": [day]}, {"key": ((TODAY - day).days, True)})
        self.secret(
            [[("key", day, day)]], {"key": [day - DAY, day + (n + m) * DAY, day + n * DAY]}, {"key": (n, False)}
        )
        self.secret(
            [[("key", day, day)], [("other", day, day)]],
            {"key": [day + n * DAY]},
            {"key": (n, False), "other": ((TODAY - day).days, True)},
        )
        self.secret([], {"key": [day]}, {})

    def test_secrets_again(self):
        """Days are counted once, and a new value that was committed again is open again"""
        rng = lab.rng("again")
        day = TODAY - rng.randint(200, 300) * DAY
        n = rng.randint(10, 40)
        hits = [("key", day + 4 * DAY, None), ("key", day, day), ("key", day + 60 * DAY, day + 61 * DAY)]
        left = (TODAY - day).days - 60
        for order in (hits, hits[::-1]):
            self.secret([order], {"key": [day + n * DAY]}, {"key": (n + left, True)})
        self.secret([hits[:1], hits[1:]], {"key": [day + n * DAY, day + 65 * DAY]}, {"key": (n + 5, False)})

    def test_untested(self):
        """A run of no tests refutes, and a run of which nothing is kept leaves the claim open"""
        rng = lab.rng("untested")
        edge = TODAY - 365 * DAY
        made = [
            change(
                n,
                rng.choice(NAMES),
                [rng.choice(("pay/x.py", "pay-old/x.py", "web/y.ts"))],
                edge + rng.randint(-3, 300) * DAY,
                tests=rng.choice((0, None, 5, 300)),
            )
            for n in range(1, 40)
        ]
        made += [
            change(40, "bot@updates.example", ["pay/x.py"], tests=0),
            change(41, NAMES[0], ["web/y.ts", "pay/gone.py"], tests=None),
            change(42, NAMES[1], [f"web/{n}.ts" for n in range(11)] + ["pay/x.py"], edge, tests=0),
            change(43, NAMES[1], ["pay/x.py"], edge - DAY, tests=0),
        ]
        mine = [c for c in made if c["day"] >= edge and any(f.startswith("pay/") for f in c["files"])]
        room = a_room(files=["pay/x.py", "web/y.ts"], changes=[log(made[20:]), log(made[:30])])
        none, unclear = self.lab.untested(room, "pay/")
        given = "untested(room, 'pay/') with\n" + "\n".join(
            f"{c['id']} {c['day']} {c['files'][-1]} tests {c['tests']}" for c in made
        )
        self.expect(list(none), [c["id"] for c in mine if c["tests"] == 0], given)
        self.expect(list(unclear), [c["id"] for c in mine if c["tests"] is None], given)

    def test_unsigned(self):
        """Whose code is in today's files, who has not signed, and of whom no deed is in the room"""
        rng = lab.rng("unsigned")
        a, b, c, d, e = rng.sample(NAMES, 5)
        made = [
            change(1, a, ["jobs/x.py"], date(2023, 3, 1)),
            change(2, b, ["pay/gone.py"]),
            change(3, c, [], renames={"jobs/x.py": "pay/x.py"}),
            change(4, d, ["pay/x.py"]),
            change(5, "stranger@old.example", ["pay/x.py"], date(2024, 3, 1)),
            change(6, e, ["pay/x.py"]),
        ]
        room = a_room(files=["pay/x.py"], changes=[log(made)])
        for name in (a, b, c):
            room["people"][name]["deed"] = False
        room["people"][d]["deed"] = None
        no, unclear = self.lab.unsigned(room)
        given = f"no deed: {a}, {b}, {c}; not in the room: {d}; with\n{told(made)}"
        self.expect((list(no), list(unclear)), ([a], sorted([d, "stranger@old.example"])), given)

    def test_restored(self):
        """A restore is one of this store, in time, that ended well and whose rows were counted and complete"""
        rng = lab.rng("restored")
        first = TODAY - 180 * DAY
        rows = rng.randint(1000, 9000)
        kinds = [
            ("main", True, rows, rows),
            ("main", True, rows - 1, rows),
            ("main", True, rows, None),
            ("main", False, rows, rows),
            ("other", True, rows, rows),
            ("main", True, 0, 0),
        ]
        days = [-1, 0, *rng.sample(range(1, 180), 16)]
        made = [
            {"day": first + days.pop(0) * DAY, "store": store, "ok": ok, "rows": got, "expected": wanted}
            for store, ok, got, wanted in [kinds[0], *kinds * 2]
        ]
        rng.shuffle(made)
        expected = sorted(
            e["day"] for e in made if (e["store"], e["ok"], e["rows"], e["expected"]) == kinds[0] and e["day"] >= first
        )
        room = a_room(stores=["main"], restores=[log(made[:6]), log(made[6:])])
        shown = "\n".join(
            f"{e['day']} {e['store']} ok={e['ok']} rows={e['rows']} expected={e['expected']}" for e in made
        )
        self.expect(
            list(self.lab.restored(room, "main")), expected, f"restored(room, 'main') since {first} with\n{shown}"
        )

    def test_report(self):
        """All together: the report separates what is refuted from what the room leaves open"""
        rng = lab.rng("report")
        a, b, c = rng.sample(NAMES, 3)
        made = [change(n, a, ["pay/x.py"]) for n in range(1, 6)] + [change(6, b, ["pay/x.py"])]
        made += [change(n, (b, c)[n % 2], ["web/y.py"], tests=None if n == 9 else 8) for n in range(7, 15)]
        hole = (TODAY - 300 * DAY, TODAY - rng.randint(260, 290) * DAY)
        logs = [log(made, hole[1] + DAY), log([], last=hole[0] - DAY)]
        good = {"day": TODAY - 20 * DAY, "store": "main", "ok": True, "rows": 5, "expected": 5}
        room = a_room(
            files=["pay/x.py", "web/y.py"],
            parts=["pay/", "web/"],
            changes=[log(made)],
            stores=["main", "other"],
            restores=[log([good], TODAY - 30 * DAY)],
            scans=[log([])],
        )
        gap = [(TODAY - 180 * DAY, TODAY - 31 * DAY)]
        expected = {
            ("key person", "pay/"): ("refuted", [a]),
            ("tests", "pay/"): ("shown", []),
            ("key person", "web/"): ("shown", []),
            ("tests", "web/"): ("not shown", [9]),
            ("secrets", ""): ("shown", []),
            ("deeds", ""): ("shown", []),
            ("restore", "main"): ("shown", [TODAY - 20 * DAY]),
            ("restore", "other"): ("not shown", gap),
        }
        self.expect(self.lab.report(room), expected, f"report with complete logs and\n{told(made)}")
        room["changes"] = logs
        for part in ("pay/", "web/"):
            expected["key person", part] = ("not shown", [hole])
        expected |= {
            ("tests", "pay/"): ("not shown", [hole]),
            ("tests", "web/"): ("not shown", [hole, 9]),
            ("deeds", ""): ("not shown", [hole]),
        }
        self.expect(
            self.lab.report(room), expected, f"report with no log from {hole[0]} to {hole[1]} and\n{told(made)}"
        )


if __name__ == "__main__":
    unittest.main()
