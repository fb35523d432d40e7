"""A guardrail for pull requests: size, reviewers and notes from `git diff --numstat`."""

import re

SIZES = [(10, "XS"), (50, "S"), (200, "M"), (500, "L")]
UNREAD = (".lock", "-lock.json", ".min.js", ".svg")
TEST_ENDINGS = ("_test.py", ".test.js", ".test.ts")
CODE_ENDINGS = (".py", ".js", ".ts")


def changes(numstat):
    """The changed files as a list of (path, added, deleted)."""
    found = []
    for line in numstat.splitlines():
        if line.strip():
            added, deleted, path = line.split("\t", 2)
            found.append((new_path(path), count(added), count(deleted)))
    return found


def count(column):
    """Lines in a numstat column; binary files show a dash."""
    return 0 if column == "-" else int(column)


def new_path(path):
    """The path after a rename."""
    if "{" in path and " => " in path:
        return re.sub(r"\{.*? => (.*?)\}", r"\1", path).replace("//", "/")
    return path.rpartition(" => ")[2]


def folders(path):
    return path.split("/")[:-1]


def name(path):
    return path.split("/")[-1]


def is_read(path):
    return not path.endswith(UNREAD) and "generated" not in folders(path)


def is_test(path):
    return "tests" in folders(path) or name(path).startswith("test_") or path.endswith(TEST_ENDINGS)


def is_migration(path):
    return "migrations" in folders(path) and path.endswith((".py", ".sql"))


def is_code(path):
    return path.endswith(CODE_ENDINGS) and is_read(path) and not is_test(path) and not is_migration(path)


def review(numstat):
    """Size label, number of reviewers and notes for a change."""
    files = changes(numstat)
    lines = sum(added + deleted for path, added, deleted in files if is_read(path))
    size = next((label for most, label in SIZES if lines <= most), "XL")
    migration = any(is_migration(path) for path, _, _ in files)
    grown = [path for path, added, _ in files if added > 0]

    notes = []
    if size == "XL":
        notes.append("size: split this change")
    if any(is_code(path) for path in grown) and not any(is_test(path) for path in grown):
        notes.append("tests: none changed")
    if migration and any(is_code(path) for path, _, _ in files):
        notes.append("migration: ship it alone")
    return {"size": size, "reviewers": 2 if migration else 1, "notes": notes}
