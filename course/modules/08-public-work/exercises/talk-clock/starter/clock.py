"""How long a talk will take, by its rehearsals, and what to leave out."""


def outcomes(talk, cut=()):
    """[(seconds, probability)] of the whole talk without the sections in cut, sorted by seconds."""
    total = sum(sum(s["seconds"]) / len(s["seconds"]) for s in talk["sections"] if s["id"] not in cut)
    return [(round(total), 1.0)]


def overrun(talk, cut=()):
    """The probability that the talk takes longer than its slot."""
    return sum(p for seconds, p in outcomes(talk, cut) if seconds > talk["slot"])


def independent(talk, cut=()):
    """The same probability if each section drew its own rehearsal, whatever the others drew."""
    return overrun(talk, cut)


def marks(talk, share=0.9, cut=()):
    """[(id, seconds)]: by when each section has begun in at least that share of the outcomes."""
    return []


def best_cut(talk, risk=0.1):
    """The sections to leave out, sorted, so that the risk is kept and the most value stays; None if none will do."""
    return []


def live(talk, after, elapsed, risk=0.1):
    """The same on stage: the section `after` has just ended, elapsed seconds after the beginning."""
    return []
