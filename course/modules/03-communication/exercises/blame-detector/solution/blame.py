"""Who could have known? Sort the claims of an incident review by what was seen, and by what others did."""

from itertools import combinations

ENOUGH = 3
"""With fewer comparable choices than this, nothing is called usual."""


def seen(log, who, until):
    """Fact to the time at which that person first saw or was told it, up to and including `until`."""
    on_screen, found = {}, {}
    for entry in log:
        if entry["at"] > until:
            break
        if entry["kind"] == "told" and who in entry["to"]:
            found.setdefault(entry["fact"], entry["at"])
        elif entry["kind"] == "shown":
            on_screen.setdefault(entry["screen"], set()).add(entry["fact"])
        elif entry["kind"] == "gone":
            on_screen.setdefault(entry["screen"], set()).discard(entry["fact"])
        elif entry["kind"] == "opened" and entry["by"] == who:
            for fact in on_screen.get(entry["screen"], ()):
                found.setdefault(fact, entry["at"])
    return found


def unseen(claim, log):
    """(fact, time, person) for each needed fact that the person had not seen; None, None if nobody ever did."""
    known = seen(log, claim["who"], claim["at"])
    return [(fact, *first_seen(fact, log)) for fact in claim["needs"] if fact not in known]


def first_seen(fact, log):
    """When and by whom a fact was first seen in the whole log; (None, None) if by nobody."""
    people = {person for entry in log for person in [*entry.get("to", ()), entry.get("by")] if person}
    last = log[-1]["at"] if log else ""
    times = [(found[fact], person) for person in people if fact in (found := seen(log, person, last))]
    return min(times, default=(None, None))


def foreseeable(history, signs, day):
    """(days, outages): earlier days on which all these signs were there, and how many of them ended in an outage."""
    before = [past for past in history if past["day"] < day and set(signs) <= set(past["signs"])]
    return len(before), sum(past["outage"] for past in before)


def substitution(choices, claim, known):
    """(same, comparable): what others chose in the same task before the outcome was known."""
    others = [c for c in choices if c["task"] == claim["task"] and c["who"] != claim["who"] and c["at"] < known]
    return sum(c["choice"] == claim["choice"] for c in others), len(others)


def sort_claim(claim, log, choices, known):
    """hindsight, usual, or ask."""
    if unseen(claim, log):
        return "hindsight"
    same, comparable = substitution(choices, claim, known)
    return "usual" if comparable >= ENOUGH and 2 * same >= comparable else "ask"


def outcome_bias(cases):
    """Pairs of ids: the same task, choice and knowledge, but a different outcome and a different judgement."""
    return [
        (one["id"], other["id"])
        for one, other in combinations(cases, 2)
        if all(one[key] == other[key] for key in ("task", "choice"))
        and set(one["knew"]) == set(other["knew"])
        and one["outcome"] != other["outcome"]
        and one["judged"] != other["judged"]
    ]


if __name__ == "__main__":
    import story

    for claim in story.CLAIMS:
        print(
            f"{sort_claim(claim, story.LOG, story.CHOICES, story.KNOWN):9}  {claim['text']}  {unseen(claim, story.LOG)}"
        )
    for signs in (["high connections"], ["slow gateway"], ["high connections", "slow gateway"]):
        print(
            f"{' and '.join(signs)} before 15 April:",
            "%s days, %s outages" % foreseeable(story.HISTORY, signs, "2024-04-15"),
        )
    print("judged by the outcome:", outcome_bias(story.CASES))
