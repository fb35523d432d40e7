"""Who can do what to which object, by which way, and which texts hold secrets."""

import base64
import math
import re
from collections import Counter

ASSIGNED = re.compile(r"""([\w.-]+)["']?\s*[:=]\s*["']?([^\s"',;]+)""")
SECRET = re.compile("password|secret|token", re.IGNORECASE)
KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
ALPHABET = re.compile(r"[A-Za-z0-9+/=_-]+")
ADDRESS = re.compile(r"://[^/\s:@]+:([^/\s@]+)@")


def matches(pattern, text):
    """Whether the whole text fits a pattern in which * is any run and ? any one character."""
    wild = {"*": ".*", "?": "."}
    return re.fullmatch("".join(wild.get(c) or re.escape(c) for c in pattern), text) is not None


def applies(statement, action, resource, context):
    """Whether the statement speaks about that request."""
    if any(context.get(name) != value for name, value in statement.get("if", {}).items()):
        return False
    if not any(matches(pattern, resource) for pattern in statement["resources"]):
        return False
    patterns = statement.get("actions") or statement["not_actions"]
    listed = any(matches(pattern.lower(), action.lower()) for pattern in patterns)
    return listed == ("actions" in statement)


def allowed(statements, action, resource, context):
    """Whether a statement allows it and none denies it."""
    effects = {each["effect"] for each in statements if applies(each, action, resource, context)}
    return "allow" in effects and "deny" not in effects


def statements_of(account, name):
    """The statements of an identity, or of a role written as role/NAME."""
    kind, _, role = name.rpartition("/")
    return (account["roles"][role] if kind else account["identities"][name])["statements"]


def chains(account, name, context):
    """For each role that the identity can become, the shortest way there, as the list of roles taken."""
    found, last = {}, {name: []}
    while last:
        step = {}
        for holder, way in last.items():  # in the order of their ways, as they were found
            own = statements_of(account, holder)
            for role in sorted(account["roles"]):
                trusted = {holder, "*"} & set(account["roles"][role]["trust"])
                if role not in found and trusted and allowed(own, "role:Assume", f"role/{role}", context):
                    found[role] = [*way, role]
                    step[f"role/{role}"] = found[role]
        last = step
    return found


def attached(account, resource, names):
    """The statements of the resource's bucket that concern one of these names."""
    kind, _, rest = resource.partition("/")
    bucket = account["buckets"].get(rest.partition("/")[0], {}) if kind == "bucket" else {}
    return [each for each in bucket.get("statements", ()) if set(each["principals"]) & set(names)]


def who(account, action, resource, context):
    """The identities that can do it, and "anyone", each with the shortest way there."""
    found = {}
    if allowed(attached(account, resource, ["*"]), action, resource, context):
        found["anyone"] = []
    for name in account["identities"]:
        ways = [(name, [])] + [(f"role/{role}", way) for role, way in chains(account, name, context).items()]
        for holder, way in ways:
            both = statements_of(account, holder) + attached(account, resource, [holder, "*"])
            if allowed(both, action, resource, context):
                found[name] = way
                break
    return found


def lint(account):
    """(where, code) for what should not be there, sorted."""
    found = set()
    for name, bucket in account["buckets"].items():
        for each in bucket["statements"]:
            if each["effect"] == "allow" and "*" in each["principals"] and not each.get("if"):
                found.add((f"bucket/{name}", "public"))
    holders = [*account["identities"], *(f"role/{role}" for role in account["roles"])]
    for holder in holders:
        own = statements_of(account, holder)
        for each in own:
            if each["effect"] == "allow" and "not_actions" in each:
                found.add((holder, "all but"))
            elif each["effect"] == "allow" and "*" in each["actions"] and "*" in each["resources"]:
                found.add((holder, "everything"))
        itself = holder if "/" in holder else f"identity/{holder}"
        if allowed(own, "policy:Put", itself, {}):
            found.add((holder, "rewrites itself"))
    for role, each in account["roles"].items():
        if "*" in each["trust"]:
            found.add((f"role/{role}", "trusts all"))
    return sorted(found)


def assignments(line):
    """(name, value) for each NAME: value or NAME=value in the line, without quotation marks."""
    return ASSIGNED.findall(line)


def decoded(value):
    """The readable text whose base64 form the value is, or an empty one."""
    try:
        text = base64.b64decode(value, validate=True).decode()
    except ValueError:
        return ""
    return text if len(value) >= 8 and text.isprintable() else ""


def entropy(text):
    """Bits per character, by the frequencies of the text's own characters."""
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def secret(line):
    """private key, address, named, random, encoded, or None for a line without a secret."""
    if KEY.search(line):
        return "private key"
    inside = ADDRESS.search(line)
    if inside and not reference(inside[1]):
        return "address"
    for name, value in assignments(line):
        if reference(value):
            continue
        hidden = decoded(value)
        if hidden and (SECRET.search(name) or secret(hidden)):
            return "encoded"
        if SECRET.search(name) and len(value) >= 8:
            return "named"
        if len(value) >= 24 and ALPHABET.fullmatch(value) and entropy(value) > 4.2:
            return "random"
    return None


def reference(value):
    """Whether the value only says where the secret comes from."""
    return value.startswith(("$", "<", "{"))


def secrets(text):
    """(number of the line, kind) for each line with a secret."""
    found = [(number, secret(line)) for number, line in enumerate(text.splitlines(), 1)]
    return [each for each in found if each[1]]
