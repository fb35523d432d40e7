"""A hostile reader for notes: what is quoted wrongly, what is missing or buried, and a note without these faults."""

from itertools import combinations, product

import story

ROUNDING = 0.05


def hinges(facts, decide):
    """Ids of the facts on which the decision depends, in the order of the facts."""
    known = {fact["id"]: (fact["low"], fact["high"]) for fact in facts if fact["low"] is not None}
    found = []
    for id, ends in known.items():
        others = {other: sorted(set(pair)) for other, pair in known.items() if other != id}
        for values in product(*others.values()):
            world = dict(zip(others, values))
            if decide({**world, id: ends[0]}) != decide({**world, id: ends[1]}):
                found.append(id)
                break
    return found


def misquotes(note, facts):
    """(id, code) for each line that does not say what is known: wrong, too narrow, too sure."""
    known = {fact["id"]: fact for fact in facts}
    found = []
    for line in note:
        fact = known[line["fact"]]
        if fact["low"] is not None:
            least, most = fact["low"] * (1 + ROUNDING), fact["high"] * (1 - ROUNDING)
            if not overlap(line, fact):
                found.append((fact["id"], "wrong"))
            elif line["low"] > least or line["high"] < most:
                found.append((fact["id"], "too narrow"))
        if fact["guess"] and not line["guess"]:
            found.append((fact["id"], "too sure"))
    return found


def overlap(one, other):
    """Whether two ranges meet, rounding forgiven."""
    return one["low"] <= other["high"] * (1 + ROUNDING) and other["low"] <= one["high"] * (1 + ROUNDING)


def with_qualifiers(id, facts):
    """The fact and what it must not be quoted without, and so on, in reading order."""
    ids = [id]
    for fact in facts:
        if fact["qualifies"] == id:
            ids += with_qualifiers(fact["id"], facts)
    return ids


def missing(note, reader, facts):
    """Ids that this reader would feel misled without, in the order of the facts."""
    there = {line["fact"] for line in note}
    needed = {reader["first"], *hinges(facts, reader["decide"])}
    needed = {id for top in needed | there for id in with_qualifiers(top, facts)}
    return [fact["id"] for fact in facts if fact["id"] in needed - there]


def buried(note, reader, facts):
    """Ids of leading facts that come after a line that is not leading, in the order of the note."""
    leading = {reader["first"], *hinges(facts, reader["decide"])}
    leading = {id for top in leading for id in with_qualifiers(top, facts)}
    ids = [line["fact"] for line in note]
    start = next((n for n, id in enumerate(ids) if id not in leading), len(ids))
    return [id for id in ids[start:] if id in leading]


def contradictions(notes, facts):
    """(id, reader, reader) wherever two notes cannot both be right about a fact."""
    found = []
    for fact in facts:
        quoted = [(name, line) for name, note in notes.items() for line in note if line["fact"] == fact["id"]]
        for (name, one), (rival, other) in combinations(quoted, 2):
            apart = fact["low"] is not None and not overlap(one, other)
            if apart or one["guess"] != other["guess"]:
                found.append((fact["id"], name, rival))
    return found


def repair(note, reader, facts):
    """The note that this reader should have."""
    known = {fact["id"]: fact for fact in facts}
    leading = [reader["first"], *hinges(facts, reader["decide"])]
    chosen, words = [], 0
    for top in [*leading, *(line["fact"] for line in note)]:
        unit = [id for id in with_qualifiers(top, facts) if id not in chosen]
        size = sum(known[id]["words"] for id in unit)
        if top in leading or words + size <= reader["words"]:
            chosen += unit
            words += size
    return [
        {"fact": id, "low": known[id]["low"], "high": known[id]["high"], "guess": known[id]["guess"]} for id in chosen
    ]


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
