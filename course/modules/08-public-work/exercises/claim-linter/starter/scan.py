"""Given: finds what needs an entry in the ledger. Nothing to do here."""

import re

PHRASES = ("studies show", "research shows", "everyone knows", "the most", "the best", "the fastest", "always", "never")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w.]*\d)")
YEAR = re.compile(r"(?:19|20)\d\d$")


def needing(markdown):
    """Numbers of the lines, from 1, with a figure or a large word, outside of code, links and quotations."""
    found, fenced = [], False
    for number, line in enumerate(markdown.split("\n"), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
            continue
        if fenced or line.lstrip().startswith(">"):
            continue
        text = re.sub(r"`[^`]*`|!?\[[^\]]*\]\([^)]*\)|^\s*\d+\.\s|\d{4}-\d\d-\d\d", " ", line)
        figures = [each for each in NUMBER.findall(text) if not YEAR.match(each)]
        if figures or any(phrase in text.lower() for phrase in PHRASES):
            found.append(number)
    return found


def pictures(markdown):
    """(line, alt text) of every picture."""
    return [
        (number, alt.strip())
        for number, line in enumerate(markdown.split("\n"), 1)
        for alt in re.findall(r"!\[([^\]]*)\]\([^)]*\)", line)
    ]
