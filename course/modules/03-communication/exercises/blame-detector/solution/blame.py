"""Sort the sentences of an incident review into blaming, evasive and blameless, and measure how well that works."""

import re

LABELS = ("blaming", "evasive", "blameless")
ACCUSING = ("failed to", "forgot to", "neglected to", "did not bother to", "should have", "could have", "ignored")
VERDICTS = ("human error", "careless", "carelessness", "negligence", "incompetent", "incompetence")
VAGUE = ("issue", "issues", "problem", "problems", "mistakes", "difficulties", "circumstances", "things", "something")


def any_of(phrases):
    """A pattern for any of the phrases as whole words; one that never matches where there are none."""
    if not phrases:
        return r"(?!)"
    return r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases) + r")\b"


def found(pattern, text):
    return re.search(pattern, text, re.IGNORECASE) is not None


def classify(sentence, people, parts):
    """The label of a sentence; people are names and roles, parts are components of the system."""
    text = re.sub(r'"[^"]*"', " ", sentence).strip()
    somebody = any_of(people)
    accused = found(somebody + r"\s+" + any_of(ACCUSING), text)
    other_day = found(r"^(?:if|had)\b", text) and found(somebody, text) and found(r"\bwould\b", text)
    if accused or other_day or found(any_of(VERDICTS), text):
        return "blaming"
    concrete = found(r"\d", text) or found(somebody, text) or found(any_of(parts), text)
    if found(any_of(VAGUE), text) and not concrete:
        return "evasive"
    return "blameless"


def measure(pairs):
    """Precision and recall of each label, to two decimals, from pairs of (true label, label given); 0.0 where undefined."""
    result = {}
    for label in LABELS:
        right = sum(true == given == label for true, given in pairs)
        claimed = sum(given == label for _, given in pairs)
        real = sum(true == label for true, _ in pairs)
        result[label] = (round(right / claimed, 2) if claimed else 0.0, round(right / real, 2) if real else 0.0)
    return result


def misses(rows, people, parts):
    """The (label, sentence) rows whose label classify() does not find, in their order."""
    return [(label, sentence) for label, sentence in rows if classify(sentence, people, parts) != label]
