"""Sends events through your functions and looks for people: python look.py path/to/events.jsonl"""

import json
import sys
from collections import Counter
from pathlib import Path

import redact


def main(path):
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    people = json.loads(Path(path).with_name("people.json").read_text(encoding="utf-8"))
    records = [json.loads(line) for line in lines]
    texts = [json.dumps({"message": redact.clean(record.get("message", ""))}) for record in records]
    events = [json.dumps(redact.event(record, b"november")) for record in records]
    for title, written in (("as they are", lines), ("messages after clean alone", texts), ("after event", events)):
        found = redact.leaks(written, people)
        once = Counter(field for _, field in {(number, field) for number, _, field in found})
        fields = ", ".join(f"{field} {count}" for field, count in sorted(once.items()))
        print(f"{title}: {len({number for number, _, _ in found})} of {len(lines)} lines tell something ({fields})")


if __name__ == "__main__":
    main(sys.argv[1])
