"""A guardrail for pull requests: size, reviewers and notes from `git diff --numstat`."""

SIZES = [(10, "XS"), (50, "S"), (200, "M"), (500, "L")]


def changes(numstat):
    """The changed files as a list of (path, added, deleted)."""
    found = []
    for line in numstat.splitlines():
        added, deleted, path = line.split()
        found.append((path, int(added), int(deleted)))
    return found


def review(numstat):
    """Size label, number of reviewers and notes for a change."""
    files = changes(numstat)
    lines = sum(added for _, added, _ in files)
    size = next((label for most, label in SIZES if lines < most), "XL")
    notes = []
    if size == "XL":
        notes.append("size: split this change")
    if not any("test" in path for path, _, _ in files):
        notes.append("tests: none changed")
    migration = any("migration" in path for path, _, _ in files)
    if migration and len(files) > 1:
        notes.append("migration: ship it alone")
    return {"size": size, "reviewers": 2 if migration else 1, "notes": notes}
