"""The access matrix of clinics.py: expectations come from the table, and each case gets a fresh service."""

import unittest

from clinics import Service

ROLES = ("reception", "therapist", "owner", "manager", "support")
WHERE = ("own", "chain", "stranger", "nobody")
RULES = """
    read     reception therapist owner manager support
    list     reception therapist owner manager support
    change   reception therapist owner manager
    cancel   reception owner manager
    export   owner manager
    grant    owner manager
"""
MAY = {line.split()[0]: set(line.split()[1:]) for line in RULES.strip().splitlines()}
DONE = {"export": 202}


def world():
    """Two clinics of one chain, two of none, four appointments each, users of every role."""
    service = Service()
    for clinic, chain in (("own", "noord"), ("chain", "noord"), ("stranger", None), ("lone", None)):
        service.add_clinic(clinic, chain)
        for role in ROLES[:-1]:
            service.add_user(f"{role}@{clinic}", role, clinic)
        service.add_user(f"colleague@{clinic}", "reception", clinic)
        for n in range(4):
            service.add_row(clinic, f"patient {n} of {clinic}", n, f"note {n} of {clinic}")
    service.add_user("support", "support")
    service.request("owner@own", "admit", minutes=60)
    return service


def user(role):
    return role if role == "support" else f"{role}@own"


def first(service, clinic):
    return next((key for key, row in service.rows.items() if row["clinic"] == clinic), 999)


def call(service, role, action, where):
    """The action on a record of that clinic, as that role of clinic own."""
    key = first(service, where)
    args = {
        "read": {"key": key},
        "list": {"clinic": where},
        "change": {"keys": [key], "fields": {"time": 9}},
        "cancel": {"key": key},
        "export": {"clinics": [where]},
        "grant": {"user": f"colleague@{where}", "role": "therapist"},
    }[action]
    return service.request(user(role), action, **args)


def expected(role, action, where):
    """What the table says: outside one's reach nothing exists, inside it the role decides."""
    within = where == "own" or (where == "chain" and role == "manager")
    if not within:
        return 404
    return DONE.get(action, 200) if role in MAY[action] else 403


class Matrix(unittest.TestCase):
    def test_all(self):
        """Each role, action and relation"""
        for role in ROLES:
            for action in MAY:
                for where in WHERE:
                    with self.subTest(role=role, action=action, where=where):
                        service = world()
                        before = repr((service.rows, service.users, service.jobs))
                        status, body = call(service, role, action, where)
                        self.assertEqual(status, expected(role, action, where))
                        if status >= 400:
                            self.assertIsNone(body)
                            self.assertEqual(repr((service.rows, service.users, service.jobs)), before)

    def test_cancelled(self):
        """A cancelled appointment exists for owner and manager, and only to be read"""
        for role in ROLES:
            for action in ("read", "change", "cancel"):
                with self.subTest(role=role, action=action):
                    service = world()
                    service.request("owner@own", "cancel", key=first(service, "own"))
                    visible = action == "read" and role in ("owner", "manager")
                    self.assertEqual(call(service, role, action, "own")[0], 200 if visible else 404)

    def test_chainless(self):
        """A manager of a clinic without a chain manages that clinic and no other"""
        service = world()
        for where, status in (("stranger", 200), ("lone", 404), ("own", 404)):
            self.assertEqual(service.request("manager@stranger", "list", clinic=where)[0], status, where)


class Bodies(unittest.TestCase):
    def test_pages(self):
        """All pages have the clinic's own rows, each once, with notes for those who may see them"""
        for role in ROLES:
            service = world()
            service.request("owner@own", "cancel", key=first(service, "own"))
            rows = [
                row for page in (1, 2, 3) for row in service.request(user(role), "list", clinic="own", page=page)[1]
            ]
            self.assertEqual([row["patient"] for row in rows], [f"patient {n} of own" for n in (1, 2, 3)], role)
            seen = service.request(user(role), "read", key=rows[0]["id"])[1]
            for row in (*rows, seen):
                fields = {"id", "clinic", "patient", "time"} | ({"note"} if role in ("therapist", "owner") else set())
                self.assertEqual(set(row), fields, role)

    def test_second_page(self):
        """A second page is as narrow as the first"""
        service = world()
        rows = service.request("owner@own", "list", clinic="own", page=2)[1]
        self.assertEqual({row["clinic"] for row in rows}, {"own"})

    def test_several(self):
        """One strange key among several spoils the request, and nothing has been changed"""
        service = world()
        mine, other = first(service, "own"), first(service, "stranger")
        for keys in ([mine, other], [other, mine], [mine, 999]):
            before = repr(service.rows)
            status = service.request("owner@own", "change", keys=keys, fields={"time": 9})[0]
            self.assertEqual((status, repr(service.rows)), (404, before), keys)

    def test_fields(self):
        """Nobody moves an appointment to another clinic or writes a note with it"""
        for fields in ({"clinic": "stranger"}, {"time": 9, "clinic": "chain"}, {"note": "x"}, {"cancelled": True}):
            service = world()
            before = repr(service.rows)
            status = service.request("owner@own", "change", keys=[first(service, "own")], fields=fields)[0]
            self.assertEqual((status, repr(service.rows)), (400, before), fields)


class Exports(unittest.TestCase):
    def exported(self, service, name, clinics):
        job = service.request(name, "export", clinics=clinics)[1]
        service.work()
        return job

    def test_rows(self):
        """What was asked for, without notes and cancelled ones"""
        service = world()
        service.request("owner@own", "cancel", key=first(service, "own"))
        for name, clinics, count in (("owner@own", ["own"], 3), ("manager@own", ["own", "chain"], 7)):
            rows = service.request(name, "download", job=self.exported(service, name, clinics))[1]
            self.assertEqual((len(rows), {row["clinic"] for row in rows}), (count, set(clinics)))
            self.assertEqual({frozenset(row) for row in rows}, {frozenset({"clinic", "patient", "time"})})

    def test_mixed(self):
        """Each clinic of an export has to be within reach"""
        for name, other in (("owner@own", "chain"), ("manager@own", "stranger")):
            self.assertEqual(world().request(name, "export", clinics=["own", other])[0], 404)

    def test_jobs(self):
        """A job belongs to the one who asked for it"""
        service = world()
        job = self.exported(service, "owner@own", ["own"])
        for name in service.users:
            self.assertEqual(service.request(name, "download", job=job)[0], 200 if name == "owner@own" else 404, name)

    def test_withdrawn(self):
        """Rights count at the time of the download"""
        service = world()
        job = self.exported(service, "owner@own", ["own"])
        service.request("manager@own", "grant", user="owner@own", role="reception")
        self.assertEqual(service.request("owner@own", "download", job=job)[0], 404)


class Rights(unittest.TestCase):
    def test_grants(self):
        """Nobody makes or unmakes managers and support, or changes her own role"""
        tries = [("colleague", role) for role in ("manager", "support")]
        tries += [("manager", "reception"), ("owner", "therapist"), ("owner", "owner")]
        for target, role in tries:
            service = world()
            status = service.request("owner@own", "grant", user=f"{target}@own", role=role)[0]
            self.assertEqual(
                (status, service.users[f"{target}@own"]["role"]), (403, {"colleague": "reception"}.get(target, target))
            )

    def test_support(self):
        """Support is let in by the owner, for at most two hours, to one clinic"""
        service = world()
        for minute, status in ((0, 200), (59, 200), (60, 404), (61, 404)):
            service.now = minute
            self.assertEqual(service.request("support", "list", clinic="own")[0], status, minute)
        for minutes, status in ((0, 400), (-5, 400), (121, 400), (120, 200)):
            service.now = 1000
            self.assertEqual(service.request("owner@own", "admit", minutes=minutes)[0], status, minutes)
        for role in ("reception", "therapist", "manager", "support"):
            self.assertEqual(service.request(user(role), "admit", minutes=10)[0], 403, role)
