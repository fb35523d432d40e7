"""Prints who can read the exports, and what else your functions find: python look.py path/to/account.json"""

import json
import sys
from pathlib import Path

import policy

EXPORT = "bucket/exports/2026-11-27/job-88121.csv"


def main(path):
    account = json.loads(Path(path).read_text(encoding="utf-8"))
    for context in ({}, {"mfa": True}):
        found = policy.who(account, "storage:Get", EXPORT, context)
        print(f"with {context or 'no second factor'}, {len(found)} can read {EXPORT}:")
        for name, way in sorted(found.items(), key=lambda each: (len(each[1]), each)):
            print(f"  {name}" + "".join(f" -> {role}" for role in way))
    for where, code in policy.lint(account):
        print(f"{where}: {code}")
    text = Path(path).with_name("deploy.yaml").read_text(encoding="utf-8")
    for number, kind in policy.secrets(text):
        print(f"deploy.yaml, line {number}: {kind}")


if __name__ == "__main__":
    main(sys.argv[1])
