"""Log events without the people in them, and a search for people who got through."""

import hashlib
import hmac
import json
import re
from urllib.parse import parse_qsl, quote, quote_plus, unquote_plus, urlsplit

KEPT = ("time", "action", "outcome", "rows", "ms", "clinic", "record", "job")
IDS = ("clinic", "record", "job")
TEXTS = ("message", "error")
TOKEN = re.compile(r"\bBearer\s+\S+|\btok_\w+")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NUMBER = re.compile(r"(?<![\w.:/#@-])\+?\d(?:[ -]?\d){7,18}(?![\w@]|[-:./#]\w)")


def luhn(digits):
    """Whether the digits pass the check of card numbers."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def eleven(digits):
    """Whether nine digits pass the check of Dutch citizen service numbers."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False))
    return len(digits) == 9 and total % 11 == 0


def kind(number):
    """phone, card, bsn or None for a number as it is written."""
    digits = re.sub(r"\D", "", number)
    if number.startswith("+"):
        return "phone" if 8 <= len(digits) <= 15 else None
    if (digits.startswith("0") and len(digits) == 10) or (digits.startswith("00") and 11 <= len(digits) <= 15):
        return "phone"
    if 13 <= len(digits) <= 19 and digits[0] in "23456" and luhn(digits):
        return "card"
    return "bsn" if eleven(digits) else None


def forms(value):
    """A text about a person, and each word of it that begins with a capital letter."""
    return {value, *(word for word in re.findall(r"\w+", value) if word[0].isupper())} - {""}


def clean(text, people=(), ids=()):
    """The text without tokens, addresses, numbers and words of people; ids stay."""

    def number(match):
        found = None if match[0] in ids else kind(match[0])
        return f"[{found}]" if found else match[0]

    text = TOKEN.sub("[token]", text)
    text = EMAIL.sub("[email]", text)
    text = NUMBER.sub(number, text)
    known = {form for value in people for form in forms(value)}
    known |= {encoded for form in known for encoded in (quote(form), quote_plus(form))}
    for form in sorted(known, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", "[person]", text, flags=re.IGNORECASE)
    return text


def plain(name, value):
    """Whether the value of a parameter says nothing about anyone."""
    return name in ("page", "limit") and value.isdigit()


def address(url):
    """The path with its fixed words, and the names of the parameters."""
    parts = urlsplit(url)
    steps = [step if re.fullmatch(r"[a-z-]*", step) else "*" for step in parts.path.split("/")]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(f"{name}={value if plain(name, value) else '*'}" for name, value in pairs)
    return "/".join(steps) + ("?" + query if query else "")


def pseudonym(value, key):
    """A code that is the same for the same value, and cannot be tried out without the key."""
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:12]


def texts(value):
    """All texts in nested lists and dictionaries."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def event(record, key):
    """The event as it may be written."""
    dropped = {name: record[name] for name in record if name not in (*KEPT, *TEXTS, "user", "url")}
    people = texts(dropped)
    out = {name: record[name] for name in KEPT if name in record}
    if "user" in record:
        people.append(record["user"])
        out["user"] = pseudonym(record["user"], key)
    if "url" in record:
        people += [value for name, value in parse_qsl(urlsplit(record["url"]).query) if not plain(name, value)]
        out["url"] = address(record["url"])
    ids = {str(record[name]) for name in IDS if name in record} - set(people)
    out |= {name: clean(record[name], people, ids) for name in TEXTS if name in record}
    if dropped:
        out["dropped"] = sorted(dropped)
    return out


def leaks(lines, people):
    """(number of the line, person, field) for what can still be read about someone, sorted."""
    found = set()
    for number, line in enumerate(lines, 1):
        for text in texts(json.loads(line)):
            read = unquote_plus(text)
            for person, fields in people.items():
                found |= {(number, person, field) for field, value in fields.items() if readable(value, read)}
    return sorted(found)


def readable(value, text):
    """Whether the value can be read in the text: as a number written in any way, else as words."""
    wanted = trunk(value)
    if wanted.isdigit():
        return wanted in trunk(text)
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE) for form in forms(value))


def trunk(text):
    """The text with digits moved together, and without the country's +31, 0031 or the 0 before a number."""
    return re.sub(r"(?<!\d)(?:\+31|0031|0)(?=[1-9])", "", re.sub(r"(?<=\d)[ -](?=\d)", "", text))
