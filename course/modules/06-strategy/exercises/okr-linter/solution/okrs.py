"""Reads OKRs for what could go wrong with them, and grades them when the quarter is over."""

OUTPUTS = {"done", "releases", "features"}
ENOUGH = {"committed": 1.0, "aspirational": 0.7}


def lint(okr):
    """Codes of what is wrong: texts for the whole, (index, text) for a key result."""
    results, guardrails = okr["key_results"], okr.get("guardrails", [])
    found = set()
    if any(letter.isdigit() for letter in okr["objective"]):
        found.add("number in objective")
    if len(results) < 2:
        found.add("too few")
    if len(results) > 5:
        found.add("too many")
    if not guardrails:
        found.add("no guardrail")
    if {each["metric"] for each in guardrails} & {each["metric"] for each in results}:
        found.add("guards itself")
    for n, result in enumerate(results):
        if result.get("unit") in OUTPUTS:
            found.add((n, "output"))
        if result.get("baseline") is None:
            found.add((n, "no baseline"))
        elif result["baseline"] == result["target"]:
            found.add((n, "no movement"))
        if not result.get("owner"):
            found.add((n, "no owner"))
    return found


def grade(key_result, actual):
    """The share of the way from baseline to target, 0 to 1."""
    baseline, target = key_result["baseline"], key_result["target"]
    return min(1.0, max(0.0, (actual - baseline) / (target - baseline)))


def met(key_result, actual):
    """Whether that is enough for a goal of its kind."""
    return grade(key_result, actual) >= ENOUGH[key_result["kind"]]


def broken(okr, actuals):
    """Metrics of guardrails that are beyond their worst value, or that nobody measured."""
    found = []
    for guardrail in okr.get("guardrails", []):
        actual = actuals.get(guardrail["metric"])
        worst = guardrail["worst"]
        if actual is None or (actual > worst if guardrail["better"] == "low" else actual < worst):
            found.append(guardrail["metric"])
    return found


def verdict(okr, actuals):
    """harm, met, missed or partly."""
    if broken(okr, actuals):
        return "harm"
    missed = [r for r in okr["key_results"] if r["metric"] not in actuals or not met(r, actuals[r["metric"]])]
    if not missed:
        return "met"
    return "missed" if any(result["kind"] == "committed" for result in missed) else "partly"


def easy(history, key_result):
    """Whether repeating the mean change of the past once would reach the target."""
    if len(history) < 2:
        return False
    expected = key_result["baseline"] + (history[-1] - history[0]) / (len(history) - 1)
    if key_result["target"] >= key_result["baseline"]:
        return expected >= key_result["target"]
    return expected <= key_result["target"]
