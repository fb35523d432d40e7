"""A small booking service for tests: clinics, users, appointments and exports, in memory; time in minutes."""

PAGE, LONGEST = 3, 120
MAY = {
    "read": {"reception", "therapist", "owner", "manager", "support"},
    "list": {"reception", "therapist", "owner", "manager", "support"},
    "change": {"reception", "therapist", "owner", "manager"},
    "cancel": {"reception", "owner", "manager"},
    "export": {"owner", "manager"},
    "grant": {"owner", "manager"},
    "admit": {"owner"},
}
NOTES, CANCELLED = {"therapist", "owner"}, {"owner", "manager"}
CHANGEABLE, GRANTABLE = {"patient", "time"}, {"reception", "therapist", "owner"}
OK, ACCEPTED, BAD, FORBIDDEN, ABSENT = 200, 202, 400, 403, 404


class Service:
    """One installation for all clinics. A request returns (status, body); the body of a refusal is None."""

    def __init__(self):
        self.now = 0
        self.chains, self.users, self.rows, self.admitted, self.jobs = {}, {}, {}, {}, {}

    def add_clinic(self, clinic, chain=None):
        """For the set-up of a test."""
        self.chains[clinic] = chain

    def add_user(self, name, role, clinic=None):
        """For the set-up of a test; support has no clinic."""
        self.users[name] = {"role": role, "clinic": clinic}

    def add_row(self, clinic, patient, time, note):
        """For the set-up of a test: an appointment; returns its id."""
        key = 100 + len(self.rows)
        self.rows[key] = {"clinic": clinic, "patient": patient, "time": time, "note": note, "cancelled": False}
        return key

    def request(self, name, action, **args):
        """What the outside world may call."""
        return getattr(self, f"_{action}")(name, **args)

    def reach(self, name):
        """The clinics that exist for that user."""
        user = self.users[name]
        if user["role"] == "support":
            return {clinic for clinic, until in self.admitted.items() if self.now < until}
        chain = self.chains[user["clinic"]]
        if user["role"] == "manager" and chain is not None:
            return {clinic for clinic, of in self.chains.items() if of == chain}
        return {user["clinic"]}

    def may(self, name, action):
        """Whether the user's role allows the action, somewhere."""
        return self.users[name]["role"] in MAY[action]

    def found(self, name, key):
        """The appointment, unless it does not exist for that user."""
        row = self.rows.get(key)
        if row is None or row["clinic"] not in self.reach(name):
            return None
        return row

    def shown(self, name, key):
        """What that user sees of an appointment."""
        row = self.rows[key]
        seen = {"id": key, "clinic": row["clinic"], "patient": row["patient"], "time": row["time"]}
        if self.users[name]["role"] in NOTES:
            seen["note"] = row["note"]
        return seen

    def _read(self, name, key):
        row = self.found(name, key)
        if row is None:
            return ABSENT, None
        if row["cancelled"] and self.users[name]["role"] not in CANCELLED:
            return ABSENT, None
        return OK, self.shown(name, key)

    def _list(self, name, clinic, page=1):
        if clinic not in self.reach(name):
            return ABSENT, None
        keys = sorted(key for key, row in self.rows.items() if row["clinic"] == clinic and not row["cancelled"])
        return OK, [self.shown(name, key) for key in keys[(page - 1) * PAGE : page * PAGE]]

    def _change(self, name, keys, fields):
        rows = [self.found(name, key) for key in keys]
        if any(row is None or row["cancelled"] for row in rows):
            return ABSENT, None
        if not self.may(name, "change"):
            return FORBIDDEN, None
        if not set(fields) <= CHANGEABLE:
            return BAD, None
        for row in rows:
            row.update(fields)
        return OK, len(rows)

    def _cancel(self, name, key):
        row = self.found(name, key)
        if row is None or row["cancelled"]:
            return ABSENT, None
        if not self.may(name, "cancel"):
            return FORBIDDEN, None
        row["cancelled"] = True
        return OK, key

    def _export(self, name, clinics):
        if not set(clinics) <= self.reach(name):
            return ABSENT, None
        if not self.may(name, "export"):
            return FORBIDDEN, None
        job = 1 + len(self.jobs)
        self.jobs[job] = {"by": name, "clinics": list(clinics), "rows": None}
        return ACCEPTED, job

    def work(self):
        """The export worker, which can read everything: runs the jobs that wait."""
        for job in self.jobs.values():
            if job["rows"] is None:
                fields = ("clinic", "patient", "time")
                rows = [row for row in self.rows.values() if row["clinic"] in job["clinics"] and not row["cancelled"]]
                job["rows"] = [{field: row[field] for field in fields} for row in rows]

    def _download(self, name, job):
        made = self.jobs.get(job)
        if made is None or made["by"] != name or made["rows"] is None:
            return ABSENT, None
        if not self.may(name, "export") or not set(made["clinics"]) <= self.reach(name):
            return ABSENT, None
        return OK, made["rows"]

    def _grant(self, name, user, role):
        target = self.users.get(user)
        if target is None or target["clinic"] not in self.reach(name):
            return ABSENT, None
        if not self.may(name, "grant") or user == name or target["role"] == "manager":
            return FORBIDDEN, None
        if role not in GRANTABLE:
            return FORBIDDEN, None
        target["role"] = role
        return OK, role

    def _admit(self, name, minutes):
        if not self.may(name, "admit"):
            return FORBIDDEN, None
        if not 0 < minutes <= LONGEST:
            return BAD, None
        self.admitted[self.users[name]["clinic"]] = self.now + minutes
        return OK, minutes
