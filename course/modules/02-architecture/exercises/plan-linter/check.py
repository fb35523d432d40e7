"""Checks of the plan linter: each rule by itself, then plans put together at random."""

import json

import lab

SAFE_DB = {
    "engine": "postgres",
    "backup_retention_period": 14,
    "storage_encrypted": True,
    "deletion_protection": True,
}
SWITCHES = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
TODAY = "2023-11-13"


def name(rng):
    return f"{rng.choice(['main', 'reports', 'letters', 'web', 'audit'])}_{rng.randrange(10**5)}"


def resource(rng, kind, after, actions=("create",), unknown=None):
    label = name(rng)
    before = None if list(actions) == ["create"] else {}
    return {
        "address": f"{kind}.{label}",
        "type": kind,
        "name": label,
        "change": {
            "actions": list(actions),
            "before": before,
            "after": after,
            "after_unknown": unknown or {},
        },
    }


def without(mapping, key):
    return {k: v for k, v in mapping.items() if k != key}


def ingress(protocol="tcp", ports=(5432, 5432), cidr=(), cidr6=()):
    return {
        "protocol": protocol,
        "from_port": ports[0],
        "to_port": ports[1],
        "cidr_blocks": list(cidr),
        "ipv6_cidr_blocks": list(cidr6),
    }


def plan_of(*resources):
    return {"format_version": "1.2", "resource_changes": list(resources)}


def lint(plan, *rest):
    return lab.load("policy").lint(json.loads(json.dumps(plan)), *rest)


class TestRules(lab.Case):
    def found(self, one, rules, about):
        """Lint a plan with this one resource and expect these rules for it."""
        expected = sorted((one["address"], rule) for rule in rules)
        self.expect(lint(plan_of(one)), expected, given=f"{about}\n{json.dumps(one['change'], indent=1)}")

    def test_clean(self):
        """A safe plan has no findings"""
        rng = lab.rng("clean")
        safe = plan_of(
            resource(rng, "aws_db_instance", SAFE_DB, ["update"]),
            resource(rng, "aws_s3_bucket", {"bucket": "letters"}),
            resource(rng, "aws_s3_bucket_acl", {"acl": "private"}),
            resource(rng, "aws_s3_bucket_public_access_block", dict.fromkeys(SWITCHES, True)),
            resource(rng, "aws_ebs_volume", {"encrypted": True}, ["update"]),
            resource(rng, "aws_security_group", {"ingress": []}, ["delete", "create"]),
            resource(rng, "aws_iam_role", {"name": "web"}, ["delete", "create"]),
        )
        self.expect(lint(safe), [], given="a plan in which everything is as the rules want it")

    def test_public_bucket(self):
        """public-bucket: any ACL but private, any switch that is not on"""
        rng = lab.rng("bucket")
        kind = "aws_s3_bucket_acl"
        for acl in ("public-read", "public-read-write", "authenticated-read"):
            self.found(resource(rng, kind, {"acl": acl}), ["public-bucket"], f"acl {acl}")
        self.found(resource(rng, kind, {}, unknown={"acl": True}), ["public-bucket"], "acl not yet known")
        kind = "aws_s3_bucket_public_access_block"
        switch = rng.choice(SWITCHES)
        on = dict.fromkeys(SWITCHES, True)
        self.found(resource(rng, kind, on), [], "all four switches on")
        self.found(resource(rng, kind, {**on, switch: False}), ["public-bucket"], f"{switch} off")
        self.found(resource(rng, kind, without(on, switch)), ["public-bucket"], f"{switch} missing")

    def test_open_port(self):
        """open-db-port: ranges, all protocols, IPv6, and nothing else"""
        rng = lab.rng("port")
        low, high = rng.randint(1, 5000), rng.randint(6000, 65535)
        world, world6, office = ["0.0.0.0/0"], ["::/0"], [f"10.{rng.randrange(256)}.0.0/16"]
        cases = [
            ("the port itself, open to the world", [ingress(cidr=world)], True),
            ("a range around it", [ingress(ports=(low, high), cidr=world)], True),
            ("the world by IPv6", [ingress(cidr=office, cidr6=world6)], True),
            ("all protocols", [ingress("-1", (0, 0), cidr=world)], True),
            ("the second of two entries", [ingress(ports=(443, 443), cidr=world), ingress(cidr=world)], True),
            ("the office only", [ingress(cidr=office)], False),
            ("another port", [ingress(ports=(443, 443), cidr=world, cidr6=world6)], False),
            ("a range below it", [ingress(ports=(low, 5431), cidr=world)], False),
            ("UDP", [ingress("udp", cidr=world)], False),
            ("all protocols from the office", [ingress("-1", (0, 0), cidr=office)], False),
            ("no entries", [], False),
        ]
        for about, entries, bad in cases:
            group = resource(rng, "aws_security_group", {"ingress": entries}, ["update"])
            self.found(group, ["open-db-port"] if bad else [], about)
        for about, entry, bad in (
            ("addresses not yet known", without(ingress(), "cidr_blocks"), True),
            ("IPv6 addresses not yet known", without(ingress(cidr=office), "ipv6_cidr_blocks"), True),
            ("addresses not yet known, another port", without(ingress(ports=(443, 443)), "cidr_blocks"), False),
            ("the world, first port not yet known", without(ingress(cidr=world), "from_port"), True),
            ("the world, protocol not yet known", without(ingress(cidr=world), "protocol"), True),
            ("the office, protocol not yet known", without(ingress(cidr=office), "protocol"), False),
        ):
            missing = {key: True for key in ingress() if key not in entry}
            group = resource(
                rng, "aws_security_group", {"ingress": [entry]}, ["update"], {"ingress": [missing]}
            )
            self.found(group, ["open-db-port"] if bad else [], about)
        group = resource(rng, "aws_security_group", {}, unknown={"ingress": True})
        self.found(group, ["open-db-port"], "entries not yet known")

    def test_no_backup(self):
        """no-backup: less than seven days, missing or unknown"""
        rng = lab.rng("backup")
        key = "backup_retention_period"
        for days in (0, rng.randint(1, 5), 6):
            self.found(
                resource(rng, "aws_db_instance", {**SAFE_DB, key: days}), ["no-backup"], f"{days} days"
            )
        for days in (7, rng.randint(8, 35)):
            self.found(resource(rng, "aws_db_instance", {**SAFE_DB, key: days}), [], f"{days} days")
        bare = without(SAFE_DB, key)
        self.found(resource(rng, "aws_db_instance", bare), ["no-backup"], "retention missing")
        unknown = resource(rng, "aws_db_instance", bare, unknown={key: True})
        self.found(unknown, ["no-backup"], "retention not yet known")

    def test_unencrypted(self):
        """unencrypted: databases and volumes"""
        rng = lab.rng("crypt")
        for kind, key, safe in (
            ("aws_db_instance", "storage_encrypted", SAFE_DB),
            ("aws_ebs_volume", "encrypted", {"encrypted": True, "size": 100}),
        ):
            self.found(resource(rng, kind, safe), [], "encrypted")
            self.found(resource(rng, kind, {**safe, key: False}), ["unencrypted"], f"{key} false")
            self.found(resource(rng, kind, without(safe, key)), ["unencrypted"], f"{key} missing")

    def test_unprotected(self):
        """unprotected-db: deletion protection off or missing"""
        rng = lab.rng("protect")
        key = "deletion_protection"
        self.found(resource(rng, "aws_db_instance", {**SAFE_DB, key: False}), ["unprotected-db"], "off")
        self.found(resource(rng, "aws_db_instance", without(SAFE_DB, key)), ["unprotected-db"], "missing")

    def test_loses_data(self):
        """loses-data: every way to destroy, and only what holds data"""
        rng = lab.rng("data")
        holders = (
            ("aws_db_instance", SAFE_DB),
            ("aws_ebs_volume", {"encrypted": True}),
            ("aws_s3_bucket", {"bucket": "letters"}),
        )
        for kind, after in holders:
            for actions in (["delete", "create"], ["create", "delete"]):
                self.found(resource(rng, kind, after, actions), ["loses-data"], f"{kind}: {actions}")
            self.found(resource(rng, kind, None, ["delete"]), ["loses-data"], f"{kind}: removed")
            self.found(resource(rng, kind, after, ["update"]), [], f"{kind}: changed in place")
        gone = resource(rng, "aws_security_group", None, ["delete"])
        self.found(gone, [], "a security group is removed; it holds no data")

    def test_skipped(self):
        """no-op and read are skipped"""
        rng = lab.rng("skip")
        bad = {"backup_retention_period": 0}
        self.found(resource(rng, "aws_db_instance", bad, ["no-op"]), [], "no-op")
        self.found(resource(rng, "aws_db_instance", bad, ["read"]), [], "read")


class TestPlans(lab.Case):
    def test_sorted_once(self):
        """Findings are sorted, and each appears once"""
        rng = lab.rng("sorted")
        open_twice = [ingress(cidr=["0.0.0.0/0"]), ingress("-1", (0, 0), cidr6=["::/0"])]
        group = resource(rng, "aws_security_group", {"ingress": open_twice})
        base = resource(rng, "aws_db_instance", {}, ["create", "delete"])
        rules = ["loses-data", "no-backup", "unencrypted", "unprotected-db"]
        expected = sorted([(group["address"], "open-db-port"), *((base["address"], rule) for rule in rules)])
        self.expect(
            lint(plan_of(group, base)), expected, given="a group with two open entries, a bare database"
        )

    def test_waivers(self):
        """A waiver needs its address, its rule, a reason and a date that has not passed"""
        rng = lab.rng("waive")
        base = resource(rng, "aws_db_instance", {**SAFE_DB, "deletion_protection": False})
        finding = (base["address"], "unprotected-db")
        good = {
            "address": finding[0],
            "rule": finding[1],
            "reason": "load test, removed after",
            "until": TODAY,
        }
        cases = [
            ("valid to the end of today", good, []),
            ("valid longer", {**good, "until": "2024-06-01"}, []),
            ("expired yesterday", {**good, "until": "2023-11-12"}, [finding]),
            ("expired last year", {**good, "until": "2022-12-31"}, [finding]),
            ("with a blank reason", {**good, "reason": "  "}, [finding]),
            ("for another rule", {**good, "rule": "no-backup"}, [finding]),
            ("for another address", {**good, "address": finding[0] + "_2"}, [finding]),
        ]
        for about, waiver, expected in cases:
            self.expect(
                lint(plan_of(base), [waiver], TODAY), expected, given=f"today {TODAY}, a waiver {about}"
            )

    def test_no_waiver_for_loss(self):
        """Losing data cannot be waived"""
        rng = lab.rng("loss")
        base = resource(rng, "aws_db_instance", SAFE_DB, ["delete", "create"])
        waiver = {"address": base["address"], "rule": "loses-data", "reason": "agreed", "until": "2023-12-31"}
        expected = [(base["address"], "loses-data")]
        self.expect(lint(plan_of(base), [waiver], TODAY), expected, given="a waiver for loses-data")

    def test_by_chance(self):
        """Forty resources put together at random"""
        rng = lab.rng("chance")
        resources, expected = [], []
        for _ in range(40):
            one, rules = self.draw(rng)
            resources.append(one)
            expected += [(one["address"], rule) for rule in rules]
        got = lint(plan_of(*resources))
        missing, extra = sorted(set(expected) - set(got)), sorted(set(got) - set(expected))
        self.expect_true(
            got == sorted(set(expected)),
            f"{len(set(expected))} findings, sorted",
            given="40 resources drawn at random",
            got=f"{len(got)} findings; missing {missing[:3]}, not expected {extra[:3]}",
        )

    def draw(self, rng):
        """A resource and the rules it breaks."""
        actions = rng.choice([["create"], ["update"], ["delete", "create"], ["create", "delete"], ["no-op"]])
        kind = rng.choice(["db", "volume", "group", "acl"])
        rules = []
        if kind == "db":
            after = dict(SAFE_DB)
            for key, rule, bad in (
                ("backup_retention_period", "no-backup", rng.randint(0, 6)),
                ("storage_encrypted", "unencrypted", False),
                ("deletion_protection", "unprotected-db", False),
            ):
                if rng.random() < 0.4:
                    rules.append(rule)
                    after = {**after, key: bad} if rng.random() < 0.5 else without(after, key)
            one = resource(rng, "aws_db_instance", after, actions)
        elif kind == "volume":
            safe = rng.random() < 0.5
            rules += [] if safe else ["unencrypted"]
            one = resource(rng, "aws_ebs_volume", {"encrypted": safe}, actions)
        elif kind == "group":
            low, high = sorted(rng.choice([22, 443, 5431, 5432, 5433, 8080]) for _ in range(2))
            cidr = rng.choice([["0.0.0.0/0"], ["10.0.0.0/8"]])
            rules += ["open-db-port"] if low <= 5432 <= high and cidr[0].startswith("0") else []
            one = resource(
                rng, "aws_security_group", {"ingress": [ingress("tcp", (low, high), cidr)]}, actions
            )
        else:
            acl = rng.choice(["private", "public-read", "authenticated-read"])
            rules += [] if acl == "private" else ["public-bucket"]
            one = resource(rng, "aws_s3_bucket_acl", {"acl": acl}, actions)
        if actions == ["no-op"]:
            return one, []
        if "delete" in actions and kind in ("db", "volume"):
            rules.append("loses-data")
        return one, rules
