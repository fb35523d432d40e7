"""Checks of the policy linter; names, statements, chains and texts change at each check."""

import base64
import itertools
import math
import string
import unittest

import lab

LETTERS = string.ascii_letters + string.digits + "+/"


def word(rng, size=6):
    return "".join(rng.choice(string.ascii_lowercase) for _ in range(size))


def may(actions, resources, effect="allow", **more):
    return {"effect": effect, "actions": actions, "resources": resources, **more}


def empty():
    return {"identities": {}, "roles": {}, "buckets": {}}


def an_account(rng, names, links):
    """Identities and roles in which (holder, role) is a way from one to the other."""
    made = empty()
    for name in names:
        made["identities"][name] = {"kind": "person", "statements": []}
    roles = sorted({role for _, role in links})
    for role in rng.sample(roles, len(roles)):
        made["roles"][role] = {"trust": [], "statements": []}
    for holder, role in links:
        kind, _, own = holder.rpartition("/")
        side = made["roles"][own] if kind else made["identities"][holder]
        side["statements"].append(may([rng.choice(["role:Assume", "role:*", "*"])], [f"role/{role}"]))
        made["roles"][role]["trust"].append(holder)
    return made


class Policies(lab.Case):
    def setUp(self):
        self.lab = lab.load("policy")

    def test_matches(self):
        """* is any run, ? is one character, and everything else is itself"""
        rng = lab.rng("matches")
        a, b = word(rng), word(rng)
        for pattern, text, expected in (
            ("*", "", True), ("*", f"{a}/{b}", True), (f"{a}/*", f"{a}/{b}/{a}", True), (f"{a}/*", f"{a}/", True),
            (f"{a}/*", a, False), (f"{a}?", f"{a}x", True), (f"{a}?", a, False), (f"{a}?", f"{a}xx", False),
            (f"*{b}", f"{a}{b}{a}", False), (f"*{b}*", f"{a}{b}{a}", True), (f"{a}*{b}", f"{a}{b}", True),
            (f"{a}.{b}", f"{a}x{b}", False), ("[ab]", "a", False), ("[ab]", "[ab]", True), (a, a.upper(), False),
            (a, a + b, False), (f"{a}*?", a, False), ("", "", True), ("", a, False), (f"{a}+", f"{a}{a[-1]}", False),
        ):  # fmt: skip
            self.expect(bool(self.lab.matches(pattern, text)), expected, f"matches({pattern!r}, {text!r})")

    def test_applies(self):
        """A statement needs a fitting action, a fitting resource and its conditions"""
        rng = lab.rng("applies")
        a, b = word(rng), word(rng)
        thing = f"bucket/{a}/{b}"
        for statement, action, resource, context, expected in (
            (may(["storage:Get", "storage:L*"], [f"bucket/{a}/*"]), "STORAGE:list", thing, {}, True),
            (may(["storage:Get"], [f"bucket/{b}/*", f"bucket/{a}/*"]), "storage:Get", thing, {}, True),
            (may(["storage:Get"], [f"bucket/{a}/*"]), "storage:GetAll", thing, {}, False),
            (may(["Storage:Get"], [f"bucket/{a.upper()}/*"]), "storage:Get", thing, {}, False),
            (may(["*"], ["*"], **{"if": {"mfa": True}}), "log:Read", thing, {}, False),
            (may(["*"], ["*"], **{"if": {"mfa": True}}), "log:Read", thing, {"mfa": False}, False),
            (may(["*"], ["*"], **{"if": {"mfa": True}}), "log:Read", thing, {"mfa": True, "x": 1}, True),
            (may(["*"], ["*"], **{"if": {"mfa": True, "network": a}}), "x:Y", thing, {"mfa": True}, False),
            (
                {"effect": "allow", "not_actions": ["storage:*", "x:*"], "resources": ["*"]},
                "Storage:Get",
                thing,
                {},
                False,
            ),
            ({"effect": "allow", "not_actions": ["storage:*"], "resources": ["*"]}, "policy:Put", thing, {}, True),
            ({"effect": "deny", "not_actions": ["x:*"], "resources": [b]}, "policy:Put", thing, {}, False),
        ):
            got = self.lab.applies(statement, action, resource, context)
            self.expect(bool(got), expected, f"applies({statement}, {action!r}, {resource!r}, {context})")

    def test_allowed(self):
        """Nothing is allowed by itself, and a denial wins in any order"""
        rng = lab.rng("allowed")
        thing = f"bucket/{word(rng)}"
        yes, no = may(["storage:*"], ["*"]), may(["storage:Put"], [thing], "deny")
        other = may(["storage:Put"], [thing], "deny", **{"if": {"network": "x"}})
        for statements, action, expected in (
            ([], "storage:Get", False), ([no], "storage:Get", False), ([yes], "storage:Put", True),
            ([yes, no], "storage:Put", False), ([no, yes], "storage:Put", False), ([no, yes], "storage:Get", True),
            ([yes, other], "storage:Put", True), ([yes, yes, no], "storage:put", False),
        ):  # fmt: skip
            got = self.lab.allowed(statements, action, thing, {})
            self.expect(bool(got), expected, f"allowed({statements}, {action!r}, {thing!r}, {{}})")

    def chained(self, account, name, expected, context=None):
        got = self.lab.chains(account, name, context or {})
        self.expect({role: list(way) for role, way in got.items()}, expected, f"chains of {name!r} in {account}")

    def test_chains(self):
        """Roles lead to roles, over any number of steps, and circles come to an end"""
        rng = lab.rng("chains")
        me, you = "m" + word(rng), "y" + word(rng)
        a, b, c, d = (first + word(rng, 4) for first in "abcd")
        links = [(me, a), (f"role/{a}", b), (f"role/{b}", c), (f"role/{c}", a), (f"role/{c}", d)]
        links += [(you, d), (f"role/{d}", a), (you, b)]
        rng.shuffle(links)
        account = an_account(rng, [me, you], links)
        self.chained(account, me, {a: [a], b: [a, b], c: [a, b, c], d: [a, b, c, d]})
        self.chained(account, you, {b: [b], d: [d], c: [b, c], a: [d, a]})

    def test_ties(self):
        """Of two ways of the same length the first in the alphabet is given"""
        rng = lab.rng("ties")
        me, end = word(rng), "e" + word(rng)
        middle = [first + word(rng, 3) for first in "abc"]
        links = [(me, role) for role in middle] + [(f"role/{role}", end) for role in middle]
        rng.shuffle(links)
        ways = {role: [role] for role in middle}
        self.chained(an_account(rng, [me], links), me, {**ways, end: [middle[0], end]})
        first, second = "z" + word(rng), "y" + word(rng)
        links = [
            (me, "a1"),
            (me, "b1"),
            ("role/a1", first),
            ("role/b1", second),
            (f"role/{first}", end),
            (f"role/{second}", end),
        ]
        expected = {"a1": ["a1"], "b1": ["b1"], first: ["a1", first], second: ["b1", second], end: ["a1", first, end]}
        self.chained(an_account(rng, [me], links), me, expected)

    def test_both_sides(self):
        """Becoming a role takes a right on this side and trust on the other"""
        rng = lab.rng("sides")
        me, a, b, c = word(rng), "a" + word(rng), "b" + word(rng), "c" + word(rng)
        account = an_account(rng, [me], [(me, a), (f"role/{a}", b)])
        account["roles"][c] = {"trust": [me], "statements": []}
        self.chained(account, me, {a: [a], b: [a, b]})
        account["roles"][b]["trust"] = [me]
        self.chained(account, me, {a: [a]})
        account["roles"][b]["trust"] = ["*"]
        self.chained(account, me, {a: [a], b: [a, b]})
        account["roles"][a]["statements"].append(may(["role:*"], ["role/*"], "deny"))
        self.chained(account, me, {a: [a]})
        account["roles"][b]["trust"] = [a]
        account["roles"][a]["statements"].pop()
        self.chained(account, me, {a: [a]})
        guarded = an_account(rng, [me], [(me, a)])
        guarded["identities"][me]["statements"][0]["if"] = {"mfa": True}
        self.chained(guarded, me, {})
        self.chained(guarded, me, {a: [a]}, {"mfa": True})

    def found(self, account, expected, action="storage:Get", resource=None, context=None):
        got = self.lab.who(account, action, resource, context or {})
        given = f"who({account}, {action!r}, {resource!r}, {context or {}})"
        self.expect({name: list(way) for name, way in got.items()}, expected, given)

    def test_who(self):
        """Directly if possible, else by the shortest way; a role's rights replace one's own"""
        rng = lab.rng("who")
        x, y, z = (first + word(rng) for first in "xyz")
        a, b, e = (first + word(rng) for first in "abe")
        thing = f"bucket/{word(rng)}/{word(rng)}"
        account = an_account(rng, [x, y, z], [(x, a), (f"role/{a}", b), (y, b), (y, e), (x, e)])
        account["roles"][b]["statements"].append(may(["storage:Get"], ["bucket/*"]))
        self.found(account, {x: [a, b], y: [b]}, resource=thing)
        account["roles"][e]["statements"].append(may(["storage:Get"], ["*"]))
        self.found(account, {x: [e], y: [b]}, resource=thing)
        account["identities"][y]["statements"].append(may(["storage:*"], [thing]))
        self.found(account, {x: [e], y: []}, resource=thing)
        account["identities"][x]["statements"].append(may(["storage:*"], ["*"], "deny"))
        self.found(account, {x: [e], y: []}, resource=thing)
        account["roles"][a]["statements"].append(may(["storage:*"], ["*"], "deny"))
        account["roles"][e]["statements"].pop()
        self.found(account, {x: [a, b], y: []}, resource=thing)
        self.found(account, {}, resource="log/1")

    def test_buckets(self):
        """What hangs on a bucket adds rights and takes them away, for identities, roles and anyone"""
        rng = lab.rng("buckets")
        x, y, role, bucket = "x" + word(rng), "y" + word(rng), word(rng), word(rng)
        thing = f"bucket/{bucket}/{word(rng)}"
        account = an_account(rng, [x, y], [(x, role)])
        account["roles"][role]["statements"].append(may(["storage:Get"], [f"bucket/{bucket}/*"]))
        account["buckets"] = {bucket: {"statements": []}, bucket + "2": {"statements": []}}
        hang = account["buckets"][bucket]["statements"]
        self.found(account, {x: [role]}, resource=thing)
        hang.append(may(["storage:*"], [thing], principals=[y]))
        self.found(account, {x: [role], y: []}, resource=thing)
        hang.append(may(["storage:*"], [thing], "deny", principals=[f"role/{role}"]))
        self.found(account, {y: []}, resource=thing)
        hang[-1] = may(["storage:*"], [thing], "deny", principals=[x])
        self.found(account, {x: [role], y: []}, resource=thing)
        hang.append(may(["storage:Get"], [thing], principals=[x, "*"], **{"if": {"network": "office"}}))
        self.found(account, {x: [role], y: []}, resource=thing)
        self.found(account, {"anyone": [], x: [role], y: []}, resource=thing, context={"network": "office"})
        hang.append(may(["storage:*"], ["*"], "deny", principals=["*"]))
        self.found(account, {}, resource=thing, context={"network": "office"})
        hang.clear()
        hang.append(may(["storage:Get"], [f"bucket/{bucket}2/*"], principals=["*"]))
        self.found(account, {}, resource=f"bucket/{bucket}2/1")
        hang.append(may(["storage:Get"], ["*"], principals=[f"role/{role}"]))
        self.found(account, {x: [role]}, resource=f"bucket/{bucket}/1/2")
        self.found(account, {}, resource=f"log/{bucket}/1")

    def test_lint(self):
        """What should not be there"""
        rng = lab.rng("lint")
        x, y, r, s = "x" + word(rng), "y" + word(rng), "r" + word(rng), "s" + word(rng)
        b, c, d = (first + word(rng) for first in "bcd")
        account = {
            "identities": {
                x: {"kind": "person", "statements": [may(["*"], ["*"], **{"if": {"mfa": True}})]},
                y: {"kind": "service", "statements": [may(["policy:P*"], ["identity/*"]), may(["*"], [b]),
                                                      may(["log:*"], ["*"]),
                                                      may(["*"], ["*"], "deny", **{"if": {"mfa": False}})]},
            },
            "roles": {
                r: {"trust": [x, "*"],
                    "statements": [may(["log:*", "policy:Put"], ["log/*", f"role/{r}"]),
                                   {"effect": "deny", "not_actions": ["policy:*"], "resources": [s]}]},
                s: {"trust": ["role/" + r],
                    "statements": [{"effect": "allow", "not_actions": ["policy:*"], "resources": ["log/*"]},
                                                 {"effect": "deny", "not_actions": ["log:*"], "resources": ["*"]},
                                                 may(["policy:Put"], [f"role/{r}", s])]},
            },
            "buckets": {
                b: {"statements": [may(["storage:Get"], ["*"], principals=[x, "*"])]},
                c: {"statements": [may(["storage:Get"], ["*"], principals=["*"], **{"if": {"network": "office"}}),
                                   may(["storage:Get"], ["*"], principals=[x])]},
                d: {"statements": [may(["*"], ["*"], "deny", principals=["*"])]},
            },
        }  # fmt: skip
        expected = [(f"bucket/{b}", "public"), (x, "everything"), (y, "rewrites itself")]
        expected += [(f"role/{r}", "trusts all"), (f"role/{r}", "rewrites itself"), (f"role/{s}", "all but")]
        got = [tuple(each) for each in self.lab.lint(account)]
        self.expect(got, sorted(expected), f"lint({account})")
        account["identities"][y]["statements"].append(may(["policy:*"], [f"identity/{y}"], "deny"))
        account["roles"][s]["statements"].pop(1)
        account["roles"][s]["statements"].append(may(["policy:*"], ["role/*"]))
        expected.remove((y, "rewrites itself"))
        expected.append((f"role/{s}", "rewrites itself"))
        got = [tuple(each) for each in self.lab.lint(account)]
        self.expect(got, sorted(expected), f"lint({account})")

    def test_entropy(self):
        """Entropy in bits per character"""
        rng = lab.rng("entropy")
        n = rng.randint(2, 5)
        for text in ("a" * n, "ab" * n, "".join(rng.sample(LETTERS, 2**n)), "aab" * n, "aabc" * n):
            shares = [text.count(c) / len(text) for c in set(text)]
            expected = sum(-share * math.log2(share) for share in shares)
            got = self.lab.entropy(text)
            self.expect_true(abs(got - expected) < 1e-9, f"{expected:.4f} was expected", f"entropy({text!r})", str(got))

    def test_secrets(self):
        """Secrets by name, by look, in addresses and behind base64; references and checksums are none"""
        rng = lab.rng("secrets")
        quiet = "-".join([word(rng, 4), word(rng, 4)])
        hidden = base64.b64encode(quiet.encode()).decode()
        while True:
            key = "".join(rng.choice(LETTERS) for _ in range(40))
            if self.high(key):
                break
        spread = "Z" + "".join(rng.sample(LETTERS.replace("Z", ""), 23))
        low = "".join(rng.choice("0123456789abcdef") for _ in range(64))
        nested = base64.b64encode(f"password={quiet}".encode()).decode()
        lines = [
            (f"db_password: {hidden}", "encoded"),
            (f"Export-Token = '{quiet}'", "named"),
            (f'"clientSECRET": "{quiet}x.!"', "named"),
            (f"note: {nested}", "encoded"),
            (f"note: {base64.b64encode(quiet.encode()).decode()}", None),
            (f"url: postgres://app:{quiet}@db/{word(rng)}", "address"),
            (f"url: postgres://app:${{PW}}@db/{word(rng)} {word(rng)}", None),
            (f"url: https://db:5432/{word(rng)}?at=a@b", None),
            (f"sign: {key}", "random"),
            (f"sign: {spread}", "random"),
            (f"sign: {spread[:23]}", None),
            (f"sign: {key[:20]}.{key[20:]}", None),
            (f"sha256: {low}", None),
            (f"token: <{quiet}>", None),
            ("password: $PASSWORD_FROM_STORE", None),
            ("token: {{vault.export_token}}", None),
            (f"token: {word(rng, 7)}", None),
            (f"token: {word(rng, 3)}-{word(rng, 4)}", "named"),
            (f"A=${word(rng)} password={quiet}", "named"),
            (f"{word(rng)} about a password", None),
            ("-----BEGIN RSA PRIVATE KEY-----", "private key"),
            ("-----BEGIN PRIVATE KEY-----", "private key"),
            ("-----BEGIN PUBLIC KEY-----", None),
            ("", None),
        ]
        for line, kind in lines:
            expected = [(1, kind)] if kind else []
            self.expect([tuple(e) for e in self.lab.secrets(line)], expected, f"secrets({line!r})")
        rng.shuffle(lines)
        text = "\n".join(line for line, _ in lines) + "\n"
        expected = [(n, kind) for n, (_, kind) in enumerate(lines, 1) if kind]
        self.expect([tuple(each) for each in self.lab.secrets(text)], expected, f"secrets of\n{text}")

    def high(self, text):
        """Clearly above the limit, also without its last characters, and not base64 of a readable text."""
        shares = [text.count(c) / len(text) for c in set(text)]
        return sum(-share * math.log2(share) for share in shares) > 4.4 and not text.isalpha()

    def test_large(self):
        """A chain of sixty roles with many links between them takes no noticeable time"""
        rng = lab.rng("large")
        roles = [f"r{n:02}" for n in range(60)]
        links = [("me", roles[0])] + [(f"role/{a}", b) for a, b in itertools.pairwise(roles)]
        links += [(f"role/{b}", a) for a, b in itertools.combinations(roles[::6], 2)]
        rng.shuffle(links)
        self.chained(an_account(rng, ["me"], links), "me", {role: roles[: n + 1] for n, role in enumerate(roles)})


if __name__ == "__main__":
    unittest.main()
