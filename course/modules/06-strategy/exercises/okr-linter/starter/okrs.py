"""Reads OKRs for what could go wrong with them, and grades them when the quarter is over."""


def lint(okr):
    """Codes of what is wrong: texts for the whole, (index, text) for a key result."""
    return set()


def grade(key_result, actual):
    """The share of the way from baseline to target, 0 to 1."""
    return actual / key_result["target"]


def met(key_result, actual):
    """Whether that is enough for a goal of its kind."""
    return grade(key_result, actual) >= 0.7


def broken(okr, actuals):
    """Metrics of guardrails that are beyond their worst value, or that nobody measured."""
    return []


def verdict(okr, actuals):
    """harm, met, missed or partly."""
    return "met" if all(met(r, actuals[r["metric"]]) for r in okr["key_results"]) else "missed"


def easy(history, key_result):
    """Whether repeating the mean change of the past once would reach the target."""
    return False


if __name__ == "__main__":
    jonas = {
        "objective": "Migrate 100 % to Kubernetes",
        "key_results": [
            {"metric": "services migrated", "unit": "done", "baseline": 0, "target": 12, "kind": "committed"},
        ],
    }
    print(lint(jonas) or "nothing found")
