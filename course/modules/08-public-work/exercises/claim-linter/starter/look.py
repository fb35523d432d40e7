"""Prints what your linter says about a draft: python look.py path/to/data"""

import json
import sys
from pathlib import Path

import claims


def main(folder):
    markdown = (folder / "draft.md").read_text(encoding="utf-8")
    ledger, sources = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("ledger.json", "sources.json"))
    lines = markdown.split("\n")
    for line, code in claims.lint(markdown, ledger, sources, 2026):
        print(f"{line:3} {code:12} {lines[line - 1]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
