"""Support tickets as evidence: a code book, how far two people agree on it, and whom each theme reaches."""

import re
from collections import Counter

RULES = [
    ("wording", ["message", "thought", "understand", "understands", "scam", "tone", "read", "believing", "confuse",
                 "confused", "confusing", "means", "mean", "advert", "sounds", "wording", "unclear", "answer"]),
    ("delivery", ["arrive", "arrived", "arrives", "never", "sent", "reached", "delivered", "texts", "undelivered"]),
    ("export", ["export", "report", "spreadsheet", "csv", "rows", "columns", "exported", "exports"]),
    ("payments", ["card", "terminal", "charged", "refund", "unpaid", "payment", "desk", "paid"]),
    ("calendar", ["calendar", "sync", "synced", "events"]),
    ("access", ["log", "login", "password", "passwords", "locked", "account", "invitation", "sign", "code"]),
    ("form", ["form", "online", "slots", "button", "postcode", "insurance", "field"]),
    ("hours", ["open", "opening", "close", "closed", "saturday", "holiday", "sunday", "hours"]),
    ("invoice", ["invoice", "subscription", "billed", "accountant", "invoices", "plan"]),
]  # fmt: skip


def classify(text, rules):
    """The theme with most of its words in the text; "unsure" for a tie, "other" for none."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    hits = sorted(((len(words.intersection(listed)), theme) for theme, listed in rules), reverse=True)
    if not hits or hits[0][0] == 0:
        return "other"
    if len(hits) > 1 and hits[1][0] == hits[0][0]:
        return "unsure"
    return hits[0][1]


def kappa(pairs):
    """Cohen's kappa of two people who labelled the same things."""
    if not pairs:
        raise ValueError("no pairs")
    n = len(pairs)
    seen = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / n**2
    if chance == 1:
        return 1.0
    return (seen - chance) / (1 - chance)


def quarrels(pairs):
    """The pairs of labels that were confused, whichever way round, most frequent first."""
    found = Counter(tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1])
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def reach(tickets):
    """(theme, clinics, tickets) by the number of clinics that reported it, then tickets, then name."""
    clinics, counts = {}, Counter()
    for ticket in tickets:
        clinics.setdefault(ticket["first"], set()).add(ticket["clinic"])
        counts[ticket["first"]] += 1
    rows = [(theme, len(who), counts[theme]) for theme, who in clinics.items()]
    return sorted(rows, key=lambda row: (-row[1], -row[2], row[0]))
