"""Prints what your program says about the library: python look.py path/to/data"""

import json
import sys
from pathlib import Path

import licences


def main(folder):
    graph, policy = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("graph.json", "policy.json"))
    root = next(iter(graph))
    print("may be released under:", ", ".join(licences.outgoing(graph, root, policy)) or "nothing")
    for licence in policy["accepts"]:
        print(f"  {licence} is ruled out by: {', '.join(licences.blockers(graph, root, policy, licence)) or 'nothing'}")
    for code, package, path in licences.service(graph, root, policy):
        print(f"as a service: {code}, {package}: {' > '.join(path)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
