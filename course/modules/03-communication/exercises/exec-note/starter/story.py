"""Thursday 18 April, 15:00: what is known about the outage, who reads about it, and six notes. Nothing to do here.

A fact has an id, a text, and its number of words. `low` and `high` are the ends of what is known (equal where it is
exact, None where the fact has no figure); `guess` is True where nobody has measured it. `qualifies` names the fact
that would mislead without this one.
"""


def fact(id, text, low=None, high=None, guess=False, qualifies=None):
    words = len(text.split())
    return {"id": id, "text": text, "words": words, "low": low, "high": high, "guess": guess, "qualifies": qualifies}


FACTS = [
    fact("ask", "Please decide by four: ten days of repair before calendar sync, or after it."),
    fact("line", "For information, no decision needed: the outage of 15 April, owner Jonas, next report 3 May."),
    fact("you", "On Monday just after eight about three in ten of your bookings failed, and we are sorry."),
    fact("say", "Say that nothing in their calendars is lost, and that we are sorry about the waiting room."),
    fact("price", "The repair takes ten engineer-days, ${}.", 3960, 3960, qualifies="ask"),
    fact("delay", "Calendar sync then comes one week later, on 6 June.", qualifies="ask"),
    fact("share", "{} % of booking attempts failed for 47 minutes, at all 420 clinics.", 31, 31),
    fact("credits", "We owe ${} in credits, unasked.", 6930, 6930),
    fact("leaving", "Three to eight clinics may leave: ${} a year. This week's calls decide which.", 5940, 15840, True),
    fact("risk", "A repeat at a Monday peak has a chance of {} % a week, given 3 slow Mondays in 26.", 1.5, 10.9, True),
    fact("cause", "Three layers tried each reminder again, up to {} times, on the bookings' connections.", 27, 27),
    fact("cap", "Since Tuesday the repeats are limited."),
    fact("possible", "A repeat is unlikely but possible until the repair is in.", qualifies="cap"),
    fact("lost", "No data was lost."),
    fact("gaveup", "How many patients gave up is not known. Aisha compares the weeks by Tuesday.", qualifies="lost"),
]


def mara(value):
    """Repair first, or the feature? The repair cuts the weekly risk to a third and delays a contract."""
    repeat = value["credits"] + value["leaving"]
    saved = repeat * value["risk"] / 100 * (12 - 2 - 10 / 3)
    lost = 914 + 0.05 * 24 * 165 * 12
    return "repair" if saved > lost else "feature"


def board(value):
    """Does the board watch it as one of its main risks?"""
    return "watch" if value["risk"] > 3 or value["leaving"] > 25_000 else "note"


def investor(value):
    """Would a clinic's departure change the plan for the year?"""
    return "call" if value["credits"] + value["leaving"] > 20_000 else "read"


def clinic(value):
    """Does a reception keep a pad of paper at hand? It costs nothing, so yes."""
    return "pad"


READERS = {
    "Mara": {"first": "ask", "words": 100, "decide": mara},
    "board": {"first": "line", "words": 90, "decide": board},
    "investor": {"first": "share", "words": 80, "decide": investor},
    "support": {"first": "say", "words": 60, "decide": clinic},
    "clinic": {"first": "you", "words": 55, "decide": clinic},
}


def said(id, low=None, high=None, guess=False):
    """A line of a note: the fact, and how it was quoted."""
    return {"fact": id, "low": low, "high": high, "guess": guess}


NOTES = {
    "Mara": [
        said("cause", 27, 27),
        said("share", 31, 31),
        said("cap"),
        said("lost"),
        said("credits", 6930, 6930),
        said("ask"),
        said("price", 4000, 4000),
        said("delay"),
    ],
    "board": [said("line"), said("credits", 6930, 6930), said("leaving", 5940, 5940), said("risk", 3, 3, True)],
    "investor": [
        said("share", 30, 30),
        said("leaving", 16000, 16000, True),
        said("credits", 7000, 7000),
        said("cap"),
        said("possible"),
    ],
    "support": [said("say"), said("cap"), said("credits", 6930, 6930)],
    "clinic": [said("you"), said("lost"), said("gaveup"), said("cap"), said("possible")],
    "Mara on Wednesday": [
        said("ask"),
        said("price", 4000, 4000),
        said("delay"),
        said("possible"),
        said("share", 30, 30),
        said("lost"),
        said("credits", 6930, 6930),
        said("leaving", 6000, 16000, True),
        said("cause", 27, 27),
        said("cap"),
        said("gaveup"),
    ],
}
"""Thursday's drafts, and the note that Mara had on Wednesday (her entry in READERS fits it too)."""


def show(lines, facts):
    """A note as text."""
    texts = {known["id"]: known["text"] for known in facts}
    return "\n".join(
        texts[line["fact"]].format(_range(line)) + (" (Our guess.)" if line["guess"] else "") for line in lines
    )


def _range(line):
    low, high = line["low"], line["high"]
    if low is None:
        return ""
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
