"""Checks of the breach clock; logs, zones, contracts and holidays change at each check."""

import unittest
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial

import lab

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


ROTTERDAM = [(utc(2026, 3, 29, 1), 120), (utc(2026, 10, 25, 1), 60), (utc(2027, 3, 28, 1), 120),
             (utc(2027, 10, 31, 1), 60)]  # fmt: skip
BOSTON = [(utc(2026, 3, 8, 7), -240), (utc(2026, 11, 1, 6), -300), (utc(2027, 3, 14, 7), -240),
          (utc(2027, 11, 7, 6), -300)]  # fmt: skip


def made_up(rng):
    """A zone with an offset and a change that no real one has."""
    usual, turn = rng.choice((-570, -210, 45, 330, 525)), utc(2026, rng.randint(5, 9), rng.randint(1, 28), 3)
    return [(turn - 90 * DAY, usual + 60), (turn, usual)]


def ahead(at, zone):
    found = zone[0][1]
    for start, minutes in zone:
        if at >= start:
            found = minutes
    return timedelta(minutes=found)


def wall(at, zone):
    return (at.astimezone(UTC) + ahead(at, zone)).replace(tzinfo=None)


def back(shown, zone):
    guesses = sorted(shown.replace(tzinfo=UTC) - timedelta(minutes=m) for m in {m for _, m in zone})
    return next(at for at in guesses if wall(at, zone) == shown)


def end(day, zone):
    return back(datetime.combine(day + DAY, time()), zone)


def sixty(at, zone):
    return end(wall(at, zone).date() + timedelta(days=60), zone)


def started(log):
    at = {kind: [e["at"] for e in log if e["kind"] == kind] for kind in ("sign", "alert", "confirmed", "malice")}
    gdpr = hipaa = None
    if at["confirmed"]:
        first = min(at["confirmed"])
        gdpr = max([a for a in at["alert"] if a <= first] or [first])
        hipaa = min(at["sign"] + [gdpr])
    half = timedelta(minutes=30)
    for entry in log:
        if entry["kind"] == "down" and (not entry["until"] or entry["until"] - entry["at"] > half):
            at["malice"].append(entry["at"] + half)
    return {"gdpr": gdpr, "hipaa": hipaa, "nis2": min(at["malice"]) if at["malice"] else None}


def filing(day, closed):
    business = 0
    while business < 4:
        day += DAY
        business += day.weekday() < 5 and day not in closed
    return day


def owed(case):
    at, found = started(case["log"]), []
    if at["gdpr"]:
        if case["own_risk"] == "risk":
            found.append((at["gdpr"] + 72 * HOUR, "Tessaly", "authority"))
        for c in case["clinics"]:
            if c["law"] == "gdpr":
                found.append((at["gdpr"] + (24 if c["hours"] is None else c["hours"]) * HOUR, c["name"], "tell"))
                if c["told"]:
                    found.append((c["told"] + 72 * HOUR, c["name"], "authority"))
            else:
                due = [sixty(at["hipaa"], case["zone"])]
                if c["hours"] is not None:
                    due.append(at["gdpr"] + c["hours"] * HOUR)
                found.append((min(due), c["name"], "tell"))
                known = at["hipaa"] if c["agent"] else c["told"]
                if known:
                    found.append((sixty(known, c["zone"]), c["name"], "people"))
    if at["nis2"]:
        found.append((at["nis2"] + 24 * HOUR, "CSIRT", "early warning"))
        found.append((at["nis2"] + 72 * HOUR, "CSIRT", "notification"))
        day = wall(case["notified"] or at["nis2"] + 72 * HOUR, case["zone"]).date()
        found.append((end(later(day), case["zone"]), "CSIRT", "final report"))
    listed = case["listed"]
    if listed and listed["decided"]:
        day = filing(wall(listed["decided"], listed["zone"]).date(), listed["closed"])
        found.append((back(datetime.combine(day, time(17, 30)), listed["zone"]), listed["name"], "8-K"))
    return sorted(found)


def later(day):
    first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def entry(at, kind, **more):
    return {"at": at, "kind": kind, **more}


def a_log(rng, begin, malice=True):
    """A false alarm, a sign that was missed, an alert, its confirmation, and what came after; shuffled."""
    alert = begin + timedelta(minutes=rng.randint(0, 600))
    confirmed = alert + timedelta(minutes=rng.randint(5, 300))
    log = [
        entry(alert - timedelta(days=rng.randint(3, 9)), "alert"),
        entry(alert - timedelta(minutes=rng.randint(600, 5000)), "sign"),
        entry(alert, "alert"),
        entry(confirmed, "confirmed"),
        entry(confirmed + timedelta(minutes=rng.randint(5, 300)), "alert"),
        entry(confirmed + timedelta(minutes=rng.randint(400, 900)), "confirmed"),
        entry(confirmed + timedelta(minutes=7), "note"),
    ]
    if malice:
        log.append(entry(confirmed + timedelta(minutes=rng.randint(1000, 4000)), "malice"))
    rng.shuffle(log)
    return log


def clinic(name, law="gdpr", hours=None, told=None, agent=False, zone=ROTTERDAM):
    return {"name": name, "law": law, "hours": hours, "told": told, "agent": agent, "zone": zone}


def a_case(log, zone=ROTTERDAM, own_risk="none", notified=None, clinics=(), listed=None):
    return {"log": log, "zone": zone, "own_risk": own_risk, "notified": notified, "clinics": list(clinics),
            "listed": listed}  # fmt: skip


class Clocks(lab.Case):
    def setUp(self):
        self.lab = lab.load("clocks")

    def same(self, got, expected, given):
        """The same moment; and an aware one, so that it can be compared at all."""
        aware = isinstance(got, datetime) and got.tzinfo is not None
        self.expect_true(aware, f"an aware moment was expected, {expected}", given, repr(got))
        self.expect_true(got == expected, f"{expected} was expected", given, str(got))

    def owes(self, case, title):
        got = list(self.lab.duties(case))
        expected = owed(case)
        self.expect([(str(who), str(what)) for _, who, what in got], [d[1:] for d in expected], f"order of {title}")
        for (due, who, what), (wanted, _, _) in zip(got, expected, strict=True):
            self.same(due, wanted, f"{what} of {who}, {title}")
            self.expect(due.utcoffset(), timedelta(0), f"offset of the due moment of {what} ({who}), {title}")

    def test_local(self):
        """The offset is the one that holds at that moment, before, between and after changes"""
        rng = lab.rng("local")
        for zone in (ROTTERDAM, BOSTON, made_up(rng)):
            around = [start + timedelta(minutes=m) for start, _ in zone for m in (-1, 0, 1)]
            for at in [*around, zone[0][0] - rng.randint(1, 400) * DAY, zone[-1][0] + rng.randint(1, 400) * DAY]:
                got = self.lab.local(at, zone)
                self.same(got, at, f"local({at}, {zone})")
                self.expect(got.utcoffset(), ahead(at, zone), f"offset of local({at}, {zone})")

    def test_moment(self):
        """An hour that clocks show twice is the earlier one, and one that they skip is an error"""
        rng = lab.rng("moment")
        zone = made_up(rng)
        for each in (ROTTERDAM, BOSTON, zone):
            for _ in range(4):
                shown = datetime(2026, rng.randint(4, 12), rng.randint(2, 28), rng.randint(4, 20), rng.randint(0, 59))
                self.same(self.lab.moment(shown, each), back(shown, each), f"moment({shown}, {each})")
        minute = rng.randint(0, 59)
        twice = datetime(2026, 10, 25, 2, minute)
        self.same(self.lab.moment(twice, ROTTERDAM), utc(2026, 10, 25, 0, minute), f"moment({twice}, Rotterdam)")
        twice = datetime(2026, 11, 1, 1, minute)
        self.same(self.lab.moment(twice, BOSTON), utc(2026, 11, 1, 5, minute), f"moment({twice}, Boston)")
        for shown, each in ((datetime(2027, 3, 28, 2, minute), ROTTERDAM), (datetime(2027, 3, 14, 2, minute), BOSTON)):
            self.expect_raises(ValueError, partial(self.lab.moment, shown, each), f"moment({shown}, {each})")

    def test_month_later(self):
        """A month is not thirty days"""
        rng = lab.rng("month")
        days = [date(2026, 11, 30), date(2027, 1, 31), date(2028, 1, 30), date(2026, 12, 31), date(2027, 2, 28)]
        for day in [*days, *(date(2027, rng.randint(1, 12), rng.randint(1, 28)) for _ in range(6))]:
            self.expect(self.lab.month_later(day), later(day), f"month_later({day})")

    def test_filing_day(self):
        """Weekends and holidays are skipped, and a decision on a Saturday does not cost a day"""
        rng = lab.rng("filing")
        closed = [date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 18)]
        for decided in (date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 28), date(2026, 12, 24)):
            wanted = filing(decided, closed)
            self.expect(self.lab.filing_day(decided, closed), wanted, f"filing_day({decided}, {closed})")
        for _ in range(8):
            decided = date(2026, 11, 2) + rng.randint(0, 60) * DAY
            shut = [decided + rng.randint(1, 7) * DAY for _ in range(2)]
            self.expect(self.lab.filing_day(decided, shut), filing(decided, shut), f"filing_day({decided}, {shut})")

    def test_starts(self):
        """One log starts several clocks, and not with its first line"""
        rng = lab.rng("starts")
        for n in range(5):
            log = a_log(rng, utc(2026, rng.randint(4, 12), rng.randint(1, 28)), malice=n % 2 == 0)
            self.expect(self.lab.starts(log), started(log), f"starts({log})")
        kept = [e for e in log if e["kind"] in ("confirmed", "note")]
        self.expect(self.lab.starts(kept), started(kept), f"starts without an alert ({kept})")
        kept = [e for e in log if e["kind"] != "confirmed"]
        self.expect(self.lab.starts(kept), started(kept), f"starts of what was never confirmed ({kept})")
        self.expect(self.lab.starts([]), dict.fromkeys(("gdpr", "hipaa", "nis2")), "starts([])")

    def test_outage(self):
        """An outage becomes significant after 30 minutes, without any attacker"""
        rng = lab.rng("outage")
        at = utc(2026, 11, rng.randint(2, 28), rng.randint(6, 18))
        for minutes in (29, 30, 31, rng.randint(32, 300), None):
            log = [entry(at, "down", until=minutes and at + timedelta(minutes=minutes)), entry(at, "alert")]
            self.expect(self.lab.starts(log), started(log), f"starts of an outage of {minutes} minutes")
        gap = rng.randint(1, 25)
        log = [entry(at, "down", until=at + HOUR), entry(at + timedelta(minutes=gap), "malice")]
        self.expect(self.lab.starts(log), started(log), f"starts with malice after {gap} minutes of outage")
        day = utc(2026, 10, 25, 0, 50)
        log = [entry(day, "down", until=day + timedelta(minutes=20))]
        shifted = [entry(wall(e["at"], ROTTERDAM).replace(tzinfo=timezone(ahead(e["at"], ROTTERDAM))), "down",
                         until=self.lab.local(e["until"], ROTTERDAM)) for e in log]  # fmt: skip
        self.expect(self.lab.starts(shifted)["nis2"], None, f"nis2 of an outage while clocks change ({shifted})")

    def test_processor(self):
        """Clinics are told by their contract's hours, and their own 72 hours run from being told"""
        rng = lab.rng("processor")
        log = a_log(rng, utc(2026, 10, 23, 6), malice=False)
        alert = started(log)["gdpr"]
        clinics = [clinic("Breda", hours=rng.choice((12, 24, 48)), told=alert + rng.randint(2, 20) * HOUR),
                   clinic("Ghent", told=alert + rng.randint(25, 60) * HOUR), clinic("Essen", hours=36),
                   clinic("Lier", hours=0)]  # fmt: skip
        for risk in ("none", "unlikely", "risk"):
            self.owes(a_case(log, own_risk=risk, clinics=clinics), f"with own_risk {risk!r}")
        quiet = [e for e in log if e["kind"] != "confirmed"]
        self.owes(a_case(quiet, own_risk="risk", clinics=clinics), "with nothing confirmed")

    def test_clocks_change(self):
        """72 hours are 72 hours when the clocks go back in between"""
        alert = back(datetime(2026, 10, 23, 16, 40), ROTTERDAM)
        log = [entry(self.lab.local(alert, ROTTERDAM), "alert"),
               entry(self.lab.local(alert + 45 * timedelta(minutes=1), ROTTERDAM), "confirmed")]  # fmt: skip
        found = list(self.lab.duties(a_case(log, own_risk="risk")))
        self.expect(len(found), 1, f"number of duties of {log}")
        self.same(found[0][0], utc(2026, 10, 26, 14, 40), "72 hours after Friday 23 October 2026, 16:40 in Rotterdam")

    def test_hipaa(self):
        """Sixty days belong to somebody's calendar, and an agent's knowledge counts as the clinic's"""
        rng = lab.rng("hipaa")
        for hour in (1, 3, rng.randint(4, 22)):
            begin = utc(2026, rng.choice((9, 10, 12)), rng.randint(1, 28), hour)
            log = a_log(rng, begin, malice=False)
            confirmed = min(e["at"] for e in log if e["kind"] == "confirmed")
            told = confirmed.replace(hour=2, minute=rng.randint(0, 59)) + rng.randint(2, 40) * DAY
            clinics = [
                clinic("Salem", "hipaa", 48, told, False, BOSTON),
                clinic("Quincy", "hipaa", None, told, True, BOSTON),
                clinic("Lowell", "hipaa", None, None, True, BOSTON),
                clinic("Lynn", "hipaa", None, None, False, BOSTON),
                clinic("Malden", "hipaa", 2400, None, False, BOSTON),
                clinic("Revere", "hipaa", 0, None, False, BOSTON),
            ]
            self.owes(a_case(log, clinics=clinics), f"with {log}")

    def test_nis2(self):
        """The final report is due a month after the notification went out, which may be early"""
        rng = lab.rng("nis2")
        for _ in range(3):
            log = a_log(rng, utc(2026, rng.randint(10, 12), rng.randint(24, 28)))
            sent = started(log)["nis2"] + rng.randint(26, 71) * HOUR
            for notified in (None, sent, sent.replace(hour=23, minute=30)):
                self.owes(a_case(log, notified=notified), f"notified {notified}, {log}")
        outage = utc(2026, 12, 29, 23, rng.randint(5, 25))
        self.owes(a_case([entry(outage, "down", until=None)]), f"with an outage from {outage} on")

    def test_listed(self):
        """The listed customer counts business days from its own decision, on its own calendar"""
        rng = lab.rng("listed")
        log = a_log(rng, utc(2026, 11, 20), malice=False)
        some_day = utc(2026, 12, rng.randint(1, 28), rng.randint(0, 23))
        for decided in (utc(2026, 11, 24, 3), utc(2026, 11, 28, 4, 30), some_day, None):
            listed = {"name": "Harborline", "zone": BOSTON, "decided": decided,
                      "closed": [date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)]}  # fmt: skip
            self.owes(a_case(log, listed=listed), f"decided {decided}")

    def test_together(self):
        """Everything at once, in order of what is due first"""
        rng = lab.rng("together")
        log = a_log(rng, utc(2026, 11, rng.randint(23, 28)))
        cet = timezone(HOUR)
        log = [{**each, "at": each["at"].astimezone(cet)} for each in log]
        at = started(log)
        told = at["gdpr"] + rng.randint(1, 20) * HOUR
        clinics = [clinic("Breda", hours=24, told=told), clinic("Aalst", hours=24, told=told),
                   clinic("Salem", "hipaa", 24, told, True, BOSTON)]  # fmt: skip
        rng.shuffle(clinics)
        decided = at["gdpr"] + 40 * HOUR
        listed = {"name": "Harborline", "zone": BOSTON, "decided": decided, "closed": [date(2026, 11, 26)]}
        case = a_case(log, own_risk="risk", notified=at["nis2"] + 50 * HOUR, clinics=clinics, listed=listed)
        self.owes(case, "with everything")

    def test_status(self):
        """What was sent too late is late, and what is sent after now has not been sent"""
        due = utc(2026, 11, 28, 15, 40)
        step = timedelta(minutes=lab.rng("status").randint(1, 90))
        for sent, now in ((due - step, due), (due, due), (due + step, due + 2 * step), (None, due - step), (None, due),
                          (None, due + step), (due + 2 * step, due + step), (due - step, due - 2 * step)):  # fmt: skip
            here = sent if sent is not None and sent <= now else None
            word = ("met" if here <= due else "late") if here else ("open" if now <= due else "missed")
            self.expect(self.lab.status(due, sent, now), word, f"status({due}, {sent}, {now})")


if __name__ == "__main__":
    unittest.main()
