"""How long a talk will take, by its rehearsals, and what to leave out."""

from itertools import combinations

NEAR = 1e-9


def spread(rows, slips):
    """[(seconds, probability)]: every row is equally likely, and each slip happens or not, whatever else does."""
    found = {}
    for row in rows:
        found[row] = found.get(row, 0) + 1 / len(rows)
    for slip in slips:
        after = {}
        for seconds, p in found.items():
            for extra, share in ((0, 1 - slip["p"]), (slip["seconds"], slip["p"])):
                after[seconds + extra] = after.get(seconds + extra, 0) + p * share
        found = after
    return sorted(found.items())


def late(spread_out, slot):
    """The probability of more than the slot."""
    return sum(p for seconds, p in spread_out if seconds > slot + NEAR)


def timed(sections):
    """The outcomes of those sections, given whole rehearsals."""
    rows = [sum(seconds) for seconds in zip(*(section["seconds"] for section in sections))]
    return spread(rows or [0], [section["slip"] for section in sections if "slip" in section])


def kept(talk, cut):
    return [section for section in talk["sections"] if section["id"] not in cut]


def outcomes(talk, cut=()):
    """[(seconds, probability)] of the whole talk without the sections in cut, sorted by seconds."""
    return timed(kept(talk, cut))


def overrun(talk, cut=()):
    """The probability that the talk takes longer than its slot."""
    return late(outcomes(talk, cut), talk["slot"])


def independent(talk, cut=()):
    """The same probability if each section drew its own rehearsal, whatever the others drew."""
    found = {0: 1.0}
    for section in kept(talk, cut):
        after = {}
        for extra, share in timed([section]):
            for seconds, p in found.items():
                after[seconds + extra] = after.get(seconds + extra, 0) + p * share
        found = after
    return late(found.items(), talk["slot"])


def marks(talk, share=0.9, cut=()):
    """[(id, seconds)]: by when each section has begun in at least that share of the outcomes."""
    found, sections = [], kept(talk, cut)
    for n, section in enumerate(sections):
        together = 0.0
        for seconds, p in timed(sections[:n]):
            together += p
            if together >= share - NEAR:
                found.append((section["id"], seconds))
                break
    return found


def cuts(sections):
    """Every set of sections that may be left out together, each with what it costs, the cheapest first."""
    free = [section["id"] for section in sections if not section.get("must")]
    here = {section["id"] for section in sections}
    found = []
    for size in range(len(free) + 1):
        for cut in map(set, combinations(free, size)):
            left = [section for section in sections if section["id"] not in cut]
            if not any(cut & set(section["needs"]) & here for section in left):
                cost = sum(section["value"] for section in sections if section["id"] in cut)
                found.append((cost, size, sorted(cut)))
    return [cut for _, _, cut in sorted(found)]


def best_cut(talk, risk=0.1):
    """The sections to leave out, sorted, so that the risk is kept and the most value stays; None if none will do."""
    for cut in cuts(talk["sections"]):
        if overrun(talk, cut) <= risk + NEAR:
            return cut
    return None


def live(talk, after, elapsed, risk=0.1):
    """The same on stage: the section `after` has just ended, elapsed seconds after the beginning."""
    sections = talk["sections"]
    here = 1 + next(n for n, section in enumerate(sections) if section["id"] == after)
    before = [sum(seconds) for seconds in zip(*(section["seconds"] for section in sections[:here]))]
    for cut in cuts(sections[here:]):
        left = [section for section in sections[here:] if section["id"] not in cut]
        rest = [sum(section["seconds"][n] for section in left) for n in range(len(before))]
        rows = [elapsed + more * elapsed / gone for more, gone in zip(rest, before)]
        slips = [section["slip"] for section in left if "slip" in section]
        if late(spread(rows, slips), talk["slot"]) <= risk + NEAR:
            return cut
    return None
