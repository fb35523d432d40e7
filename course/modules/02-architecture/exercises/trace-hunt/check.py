"""Checks of the hunt: counters, own time, where an entry came from, suspects, and what a drill has shown."""

import csv
import json

import lab

FIELDS = ("server", "version", "clinic", "source")


def hunt():
    return lab.load("hunt")


class Near(lab.Case):
    def near(self, got, expected, given):
        close = isinstance(got, (int, float)) and abs(got - expected) < 1e-6
        self.expect_true(close, f"{expected:.6g} was expected", given=given, got=got)


class TestMetrics(Near):
    def test_growth(self):
        """A counter grows from its last value at or before the start"""
        rng = lab.rng("growth")
        t, value, samples = 0, rng.randint(0, 500), []
        for _ in range(12):
            samples.append((t, value))
            t, value = t + 60, value + rng.randint(0, 90)
        values = dict(samples)
        for start, end in ((60, 300), (30, 300), (299, 660), (600, 9999)):
            expected = values[min(end, 660) // 60 * 60] - values[start // 60 * 60]
            self.near(hunt().increase(samples, start, end), expected, f"increase({samples}, {start}, {end})")

    def test_restart(self):
        """A counter that falls has begun again at 0"""
        rng = lab.rng("restart")
        for restarts in (1, 2):
            value, samples, grown = rng.randint(100, 900), [], 0
            samples.append((0, value))
            for n in range(1, 10):
                more = rng.randint(5, 60)
                if n in (3, 7)[:restarts]:
                    value = 0
                value, grown = value + more, grown + more
                samples.append((60 * n, value))
            self.near(hunt().increase(samples, 0, 540), grown, f"increase({samples}, 0, 540)")

    def test_new_series(self):
        """A series that has no sample up to the start begins at 0; without growth the answer is 0"""
        first = lab.rng("new").randint(2, 9)
        samples = [(300, first), (360, first + 4)]
        self.near(hunt().increase(samples, 200, 400), first + 4, f"increase({samples}, 200, 400)")
        self.near(hunt().increase(samples, 360, 900), 0, f"increase({samples}, 360, 900)")
        self.near(hunt().increase([], 0, 900), 0, "increase([], 0, 900)")

    def test_shares(self):
        """Shares count every status from 400 on, over servers that restart at different times"""
        rng = lab.rng("shares")
        routes = ("/book", "/calendar", "/report")
        servers = ("app-1", "app-2", "app-3")
        statuses = (200, 302, 400, 409, 503)
        counts = {(s, r, c): rng.randint(0, 4000) for s in servers for r in routes for c in statuses}
        restarts = {server: rng.choice(range(240, 840, 60)) for server in servers}
        scrapes, total, bad = [], dict.fromkeys(routes, 0), dict.fromkeys(routes, 0)
        start, end = 120, 1020
        for t in range(0, 1200, 60):
            for server, route, status in counts:
                labels = server, route, status
                if restarts[server] == t:
                    counts[labels] = 0
                more = rng.randint(0, 40 if status < 400 else 6) if t else 0
                counts[labels] += more
                if start < t <= end:
                    total[route] += more
                    bad[route] += more if status >= 400 else 0
                row = {"t": t, "server": server, "route": route, "status": status, "value": counts[labels]}
                scrapes.append(row)
        quiet = [
            {"t": t, "server": "app-1", "route": "/old", "status": 200, "value": 7}
            for t in range(0, 1200, 60)
        ]
        got = hunt().shares(scrapes + quiet, start, end)
        given = f"three servers, statuses {statuses}, restarts at {restarts}; from {start} to {end}"
        self.expect(sorted(got), sorted(routes), given=f"routes with answers in that time: {given}")
        for route in routes:
            self.near(
                got[route], bad[route] / total[route], f"{route}: {bad[route]} of {total[route]}; {given}"
            )


def span(number, parent, start, ms, name="work"):
    return {
        "trace": "t",
        "id": number,
        "parent": parent,
        "name": name,
        "host": "app-1",
        "t": 0,
        "start": start,
        "ms": ms,
    }


class TestTraces(Near):
    def own(self, spans, about):
        lab.rng("order").shuffle(spans)
        got = hunt().own_time(spans)
        ticks = {one["id"]: set(range(one["start"], one["start"] + one["ms"])) for one in spans}
        for one in spans:
            covered = set().union(*(ticks[child["id"]] for child in spans if child["parent"] == one["id"]))
            intervals = [(s["id"], s["parent"], s["start"], s["start"] + s["ms"]) for s in spans]
            given = f"{about}; spans (id, parent, from, to): {intervals}; span {one['id']}"
            self.near(got.get(one["id"]), len(ticks[one["id"]] - covered), given)

    def test_sequence(self):
        """Own time is what no child covers"""
        a, b = lab.rng("sequence").randint(10, 40), lab.rng("sequence").randint(5, 20)
        self.own(
            [span(1, None, 0, 120), span(2, 1, 5, a), span(3, 1, 60, b), span(4, 2, 6, 3)],
            "one after another",
        )

    def test_parallel(self):
        """Children that run at the same time are counted once"""
        a = lab.rng("parallel").randint(30, 60)
        spans = [span(1, None, 0, 100), span(2, 1, 10, a), span(3, 1, 20, a), span(4, 1, 25, 5)]
        self.own(spans, "three children in parallel")

    def test_outlasting(self):
        """A child that outlasts its parent takes no more than the parent has"""
        late = lab.rng("late").randint(20, 400)
        spans = [span(1, None, 0, 50), span(2, 1, 30, 20 + late), span(3, 1, 5, 10), span(4, 1, 60, 5)]
        self.own(spans, "a child goes on after the answer was sent")

    def test_by_chance(self):
        """Traces drawn at random"""
        rng = lab.rng("chance")
        for _ in range(8):
            spans = [span(1, None, 0, 200)]
            for number in range(2, rng.randint(6, 14)):
                start = rng.randint(0, 190)
                spans.append(span(number, rng.randint(1, number - 1), start, rng.randint(1, 220 - start)))
            self.own(spans, "drawn at random")


class TestSources(lab.Case):
    def line(self, trace, status=200, clinic=4):
        return {
            "t": 50,
            "event": "book",
            "status": status,
            "clinic": clinic,
            "server": "app-2",
            "version": "9",
            "trace": trace,
        }

    def read(self, trace, key, t, hit=True):
        return {
            "trace": trace,
            "id": 2,
            "parent": 1,
            "name": "cache.get",
            "host": "app-2",
            "t": t,
            "start": 1,
            "ms": 1,
            "key": key,
            "hit": hit,
        }

    def wrote(self, key, t, host):
        return {
            "trace": f"w{t}{host}",
            "id": 1,
            "parent": None,
            "name": "cache.set",
            "host": host,
            "t": t,
            "start": 0,
            "ms": 1,
            "key": key,
        }

    def sources(self, lines, spans):
        lab.rng("spans").shuffle(spans)
        return hunt().attempts(lines, spans)

    def test_last_writer(self):
        """The source is the host that had last written the entry before it was read"""
        rng = lab.rng("writers")
        hosts = rng.sample(["app-1", "app-2", "drill-7", "jobs-1", "old-3"], 4)
        at = rng.randint(20, 30)
        spans = [self.wrote("k1", at - 15 + 4 * n, host) for n, host in enumerate(hosts[:3])]
        spans += [
            self.wrote("k1", at + 9, hosts[3]),
            self.wrote("k2", at - 1, hosts[3]),
            self.read("a", "k1", at),
        ]
        expected = {"failed": True, "server": "app-2", "version": "9", "clinic": 4, "source": hosts[2]}
        times = [(s["t"], s["key"], s["host"]) for s in spans if s["name"] == "cache.set"]
        given = f"entry k1 read at {at}; cache.set (t, key, host), in no order: {times}; the booking ends with 409"
        self.expect(list(self.sources([self.line("a", 409)], spans)), [expected], given=given)

    def test_same_moment(self):
        """An entry written at the very moment of the read counts; statuses from 400 on have failed"""
        spans = [
            self.wrote("k", 10, "app-1"),
            self.wrote("k", 20, "app-3"),
            self.read("a", "k", 20),
            self.read("b", "k", 19),
        ]
        got = self.sources([self.line("a", 400), self.line("b", 302)], spans)
        pairs = [(one["source"], one["failed"]) for one in got]
        given = (
            "written at 10 by app-1 and at 20 by app-3; read at 20 (ends with 400) and at 19 (ends with 302)"
        )
        self.expect(pairs, [("app-3", True), ("app-1", False)], given=given)

    def test_no_entry(self):
        """A miss came from the database; a trace or a writer that is missing is unknown"""
        spans = [self.wrote("k", 10, "app-1"), self.read("a", "k", 30, hit=False), self.read("c", "k9", 30)]
        got = [one["source"] for one in self.sources([self.line(trace) for trace in "abc"], spans)]
        given = "a: read without a hit; b: no trace in the export; c: a hit on an entry whose writer is not in the export"
        self.expect(got, ["database", "unknown", "unknown"], given=given)

    def test_other_events(self):
        """Other lines of the log are not attempts"""
        start = {"t": 1, "event": "start", "server": "app-1", "version": "9"}
        got = self.sources(
            [start, self.line("a"), start], [self.wrote("k", 1, "jobs-2"), self.read("a", "k", 5)]
        )
        self.expect(
            [one["source"] for one in got], ["jobs-2"], given="two lines of another event, one of a booking"
        )


class TestSuspects(Near):
    def draw(self, rng, culprit, value, count=400):
        found = []
        for _ in range(count):
            one = {
                "server": rng.choice(["app-1", "app-2"]),
                "version": rng.choice(["411", "412", "413"]),
                "clinic": rng.randint(1, 300),
                "source": rng.choice(["app-1", "app-2", "database", "jobs-1"]),
            }
            one["failed"] = rng.random() < (0.35 if one[culprit] == value else 0.02)
            found.append(one)
        return found

    def test_excess(self):
        """The figure is the failures beyond what the same number of attempts would have on average"""
        rng = lab.rng("excess")
        found = self.draw(rng, "version", "412", 60)
        overall = sum(one["failed"] for one in found) / len(found)
        got = {(field, value): excess for field, value, excess in hunt().suspects(found)}
        self.expect(
            set(got),
            {(f, one[f]) for one in found for f in FIELDS},
            given="which pairs of field and value there are",
        )
        for field, value in got:
            these = [one["failed"] for one in found if one[field] == value]
            expected = sum(these) - len(these) * overall
            given = f"{field} {value}: {sum(these)} of {len(these)} failed, overall {overall:.4f}"
            self.near(got[field, value], expected, given)

    def test_culprit(self):
        """The cause comes first, whichever field it is in, and not a clinic with one failure in one attempt"""
        for culprit, value in (("server", "app-2"), ("version", "413"), ("source", "jobs-1")):
            found = self.draw(lab.rng(culprit), culprit, value)
            given = f"400 attempts; with {culprit} {value} 35 % fail, without it 2 %"
            self.expect(tuple(hunt().suspects(found)[0][:2]), (culprit, value), given=given)

    def test_order(self):
        """Largest first; ties by field, then by value as text"""
        base = {"server": "app-1", "version": "1", "clinic": 10, "source": "x"}
        found = [
            base | {"failed": True},
            base | {"clinic": 9, "failed": True},
            base | {"version": "2", "clinic": 8, "failed": False},
        ]
        got = [tuple(one[:2]) for one in hunt().suspects(found)]
        expected = [
            ("version", "1"),
            ("clinic", 10),
            ("clinic", 9),
            ("server", "app-1"),
            ("source", "x"),
            ("clinic", 8),
            ("version", "2"),
        ]
        self.expect(got, expected, given=f"suspects({found})")
        self.expect(list(hunt().suspects([])), [], given="no attempts")


def name(number, timeline=1):
    return f"{timeline:08X}{number >> 8:08X}{number & 255:08X}"


class TestDrill(lab.Case):
    def archive(self, rng, first, count):
        minutes, found = 120, []
        for number in range(first, first + count):
            minutes += rng.randint(2, 5)
            found.append((name(number), f"2024-03-05 {minutes // 60:02}:{minutes % 60:02}"))
        return found

    def test_whole(self):
        """A log without gaps is replayed to its end, across the change from FF to 00"""
        rng = lab.rng("whole")
        first = rng.randint(1, 60) * 256 - rng.randint(3, 9)
        archive = self.archive(rng, first, 24)
        last = archive[-1][1]
        rng.shuffle(archive)
        given = f"24 segments from {name(first)} to {name(first + 23)}, none missing, in no order"
        self.expect(hunt().replayed_to(archive, name(first)), last, given=given)

    def test_gap(self):
        """Replay ends before the first segment that is missing"""
        rng = lab.rng("gap")
        first = rng.randint(1, 60) * 256 - rng.randint(3, 9)
        archive = self.archive(rng, first, 40)
        lost = rng.randint(12, 30)
        expected = archive[lost - 1][1]
        del archive[lost + 3], archive[lost]
        rng.shuffle(archive)
        given = f"40 segments from {name(first)} on; {name(first + lost)} and {name(first + lost + 3)} are missing"
        self.expect(hunt().replayed_to(archive, name(first)), expected, given=given)

    def test_not_segments(self):
        """Files of other kinds or of another timeline do not fill a gap"""
        rng = lab.rng("kinds")
        first = rng.randint(600, 900)
        archive = self.archive(rng, first, 9)
        expected, lost = archive[4][1], name(first + 5)
        del archive[5]
        archive += [(f"{lost}.partial", "2024-03-05 09:00"), (f"{lost}.00000028.backup", "2024-03-05 09:00")]
        archive += [
            (name(first + 5, timeline=2), "2024-03-05 09:00"),
            ("00000002.history", "2024-03-05 09:00"),
        ]
        given = f"{lost} is missing; there are only its .partial and .backup files and one of timeline 2"
        self.expect(hunt().replayed_to(archive, name(first)), expected, given=given)

    def test_first_missing(self):
        """Without the first segment nothing can be replayed"""
        archive = self.archive(lab.rng("first"), 700, 5)
        self.expect(hunt().replayed_to(archive[1:], name(700)), None, given=f"{name(700)} itself is missing")

    def check(self, got_from, wanted_from, upto, got=40, wanted=40):
        return {
            "name": "n",
            "got": got,
            "wanted": wanted,
            "got_from": got_from,
            "wanted_from": wanted_from,
            "upto": upto,
        }

    def test_proof(self):
        """A check proves something if it passed, looked at the copy, and compared it with something else"""
        hour = lab.rng("proof").randint(10, 15)
        good = self.check("restored", "live", f"2024-03-04 {hour}:30")
        late = f"2024-03-05 {hour}:30"
        cases = [
            ("live compared with live", [good, self.check("live", "live", late)], good["upto"]),
            ("the copy compared with itself", [good, self.check("restored", "restored", late)], good["upto"]),
            (
                "the live database compared with the copy's value",
                [good, self.check("live", "restored", late)],
                good["upto"],
            ),
            ("a check that failed", [good, self.check("restored", "live", late, got=39)], good["upto"]),
            (
                "a check that looks at no moment",
                [good, self.check("restored", "runbook", None)],
                good["upto"],
            ),
            ("an earlier check last", [self.check("restored", "runbook", late), good], late),
            ("nothing but live and live", [self.check("live", "live", late)], None),
            ("no checks", [], None),
        ]
        for about, checks, expected in cases:
            short = [(c["got_from"], c["wanted_from"], c["got"] == c["wanted"], c["upto"]) for c in checks]
            given = f"{about}; (got_from, wanted_from, passed, upto): {short}"
            self.expect(hunt().proven_to(checks), expected, given=given)


class TestMorning(Near):
    """The files in data/."""

    def lines(self, file):
        with open(lab.data / file, encoding="utf-8") as opened:
            return [json.loads(line) for line in opened]

    def rows(self, file):
        with open(lab.data / file, newline="", encoding="utf-8") as opened:
            return list(csv.DictReader(opened))

    def test_morning(self):
        """The Wednesday and the drill in the files of data/"""
        found = hunt().attempts(self.lines("logs.jsonl"), self.lines("spans.jsonl"))
        overall = sum(one["failed"] for one in found) / len(found)
        for field, value, excess in hunt().suspects(found)[:3]:
            these = [one["failed"] for one in found if one[field] == value]
            self.near(excess, sum(these) - len(these) * overall, f"data/, {field} {value}")
        worst = max(
            {one["source"] for one in found},
            key=lambda s: sum(o["failed"] for o in found if o["source"] == s),
        )
        self.expect(
            hunt().suspects(found)[0][:2], ("source", worst), given="the first suspect in the files of data/"
        )
        drill = json.loads((lab.data / "drill.json").read_text(encoding="utf-8"))
        archive = [(row["name"], row["until"]) for row in self.rows("archive.csv")]
        self.expect(
            hunt().replayed_to(archive, drill["first"]),
            self.expected(archive, drill["first"]),
            given="data/archive.csv",
        )

    def expected(self, archive, first):
        until, number = dict(archive), int(first[8:16], 16) * 256 + int(first[16:], 16)
        while name(number + 1) in until:
            number += 1
        return until[name(number)]
