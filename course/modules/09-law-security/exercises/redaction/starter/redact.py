"""Log events without the people in them, and a search for people who got through."""

import re


def luhn(digits):
    """Whether the digits pass the check of card numbers."""
    return True


def eleven(digits):
    """Whether nine digits pass the check of Dutch citizen service numbers."""
    return len(digits) == 9


def kind(number):
    """phone, card, bsn or None for a number as it is written."""
    return "phone"


def clean(text, people=(), ids=()):
    """The text without tokens, addresses, numbers and words of people; ids stay."""
    return re.sub(r"\S+@\S+", "[email]", text)


def address(url):
    """The path with its fixed words, and the names of the parameters."""
    return url


def pseudonym(value, key):
    """A code that is the same for the same value, and cannot be tried out without the key."""
    return value


def event(record, key):
    """The event as it may be written."""
    return {name: clean(value) if isinstance(value, str) else value for name, value in record.items()}


def leaks(lines, people):
    """(number of the line, person, field) for what can still be read about someone, sorted."""
    return []
