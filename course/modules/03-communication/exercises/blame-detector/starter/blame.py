"""Sort the sentences of an incident review into blaming, evasive and blameless, and measure how well that works.

A first attempt with single words. It runs, and it blames health checks and quotations.
"""

LABELS = ("blaming", "evasive", "blameless")
ACCUSING = ("failed to", "forgot to", "neglected to", "did not bother to", "should have", "could have", "ignored")
VERDICTS = ("human error", "careless", "carelessness", "negligence", "incompetent", "incompetence")
VAGUE = ("issue", "issues", "problem", "problems", "mistakes", "difficulties", "circumstances", "things", "something")


def classify(sentence, people, parts):
    """The label of a sentence; people are names and roles, parts are components of the system."""
    text = sentence.lower()
    if any(phrase in text for phrase in ACCUSING):
        return "blaming"
    if any(word in text for word in VAGUE):
        return "evasive"
    return "blameless"


def measure(pairs):
    """Precision and recall of each label, to two decimals, from pairs of (true label, label given); 0.0 where undefined."""
    right = sum(true == given for true, given in pairs)
    share = round(right / max(1, len(pairs)), 2)
    return {label: (share, share) for label in LABELS}


def misses(rows, people, parts):
    """The (label, sentence) rows whose label classify() does not find, in their order."""
    return []
