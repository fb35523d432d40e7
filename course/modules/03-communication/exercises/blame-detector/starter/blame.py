"""Who could have known? Sort the claims of an incident review by what was seen, and by what others did.

A first attempt, written on the Friday after, with the whole log in view. It runs, but it suffers from hindsight itself.
"""

ENOUGH = 3
"""With fewer comparable choices than this, nothing is called usual."""


def seen(log, who, until):
    """Fact to the time at which that person first saw or was told it, up to and including `until`."""
    return {entry["fact"]: entry["at"] for entry in log if "fact" in entry}


def unseen(claim, log):
    """(fact, time, person) for each needed fact that the person had not seen; None, None if nobody ever did."""
    known = seen(log, claim["who"], claim["at"])
    return [(fact, None, None) for fact in claim["needs"] if fact not in known]


def foreseeable(history, signs, day):
    """(days, outages): earlier days on which all these signs were there, and how many of them ended in an outage."""
    bad = [past for past in history if past["outage"] and set(signs) <= set(past["signs"])]
    return len(bad), len(bad)


def substitution(choices, claim, known):
    """(same, comparable): what others chose in the same task before the outcome was known."""
    alike = [c for c in choices if c["task"] == claim["task"]]
    return sum(c["choice"] == claim["choice"] for c in alike), len(alike)


def sort_claim(claim, log, choices, known):
    """hindsight, usual, or ask."""
    return "hindsight" if unseen(claim, log) else "ask"


def outcome_bias(cases):
    """Pairs of ids: the same task, choice and knowledge, but a different outcome and a different judgement."""
    return []


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
