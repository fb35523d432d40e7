"""A hostile reader for notes: what is quoted wrongly, what is missing or buried, and a note without these faults.

A first attempt. It runs, but each function is wrong somewhere. The facts, the readers and six notes are in story.py.
"""

import story

ROUNDING = 0.05


def hinges(facts, decide):
    """Ids of the facts on which the decision depends, in the order of the facts."""
    middle = {fact["id"]: (fact["low"] + fact["high"]) / 2 for fact in facts if fact["low"] is not None}
    return [
        fact["id"]
        for fact in facts
        if fact["low"] is not None
        and decide({**middle, fact["id"]: fact["low"]}) != decide({**middle, fact["id"]: fact["high"]})
    ]


def misquotes(note, facts):
    """(id, code) for each line that does not say what is known: wrong, too narrow, too sure."""
    known = {fact["id"]: fact for fact in facts}
    return [(line["fact"], "wrong") for line in note if line["low"] != known[line["fact"]]["low"]]


def missing(note, reader, facts):
    """Ids that this reader would feel misled without, in the order of the facts."""
    there = {line["fact"] for line in note}
    return [] if reader["first"] in there else [reader["first"]]


def buried(note, reader, facts):
    """Ids of leading facts that come after a line that is not leading, in the order of the note."""
    return [line["fact"] for line in note[1:] if line["fact"] == reader["first"]]


def contradictions(notes, facts):
    """(id, reader, reader) wherever two notes cannot both be right about a fact."""
    return []


def repair(note, reader, facts):
    """The note that this reader should have."""
    return sorted(note, key=lambda line: line["fact"] != reader["first"])


if __name__ == "__main__":
    for name, note in story.NOTES.items():
        reader = story.READERS[name.split()[0]]
        print(
            f"{name}: misquoted {misquotes(note, story.FACTS)}, missing {missing(note, reader, story.FACTS)}, "
            f"buried {buried(note, reader, story.FACTS)}"
        )
    for contradiction in contradictions({name: story.NOTES[name] for name in story.READERS}, story.FACTS):
        print("contradiction:", *contradiction)
    print(
        "\nMara, repaired:\n" + story.show(repair(story.NOTES["Mara"], story.READERS["Mara"], story.FACTS), story.FACTS)
    )
