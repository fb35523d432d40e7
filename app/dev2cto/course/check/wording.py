"""Rules about the wording of questions, hints and explanations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dev2cto.course.check.answer_options import choices
from dev2cto.course.check.rules import Finding, Rule
from dev2cto.course.check.text_fields import Text, bare, content, texts, without_code
from dev2cto.items.base import Draw, Item
from dev2cto.items.cloze import Cloze
from dev2cto.items.multi import Multi
from dev2cto.items.numeric import Numeric
from dev2cto.items.short import Short
from dev2cto.items.single import Single

OWN_WORDS = 3
"""Minimum number of content words that an explanation adds to the question and the key."""

POSITION = re.compile(
    r"\b(?:options?|choices?|alternatives?) (?:[A-E]|[1-5])\b"
    r"|\bthe (?:first|second|third|fourth|fifth|last) (?:option|choice|alternative)\b"
    r"|\b(?:all|none|both|neither|any|either) of the (?:above|below|options|choices)\b",
    re.IGNORECASE,
)
REST = re.compile(
    r"(?:all|none|both|neither|any) of (?:the above|these|them|those|the others?)|all|none|both", re.IGNORECASE
)
NEGATIVE = re.compile(
    r"\b(?:which|what|who)\b[^?.!]{0,300}?\b(?:(?:is|are|does|do|will|would|can|should|did|was|were)\s+(not)\b|(except)\b)",
    re.IGNORECASE,
)


def repeats_key(item: Item) -> Iterator[Finding]:
    """Report explanations that add nothing to the question and the key."""
    known = {word for key in keys(item) for word in content(key)}
    if choices(item):
        known |= content(item.prompt)
    if len(content(item.explain) - known) < OWN_WORDS:
        yield Finding(item, ("explain",), "the explanation only repeats the question and the key", "explain why")


def keys(item: Item) -> Iterator[str]:
    """Yield the key of an item as texts that a hint must not contain."""
    match item:
        case Single() | Multi():
            yield from (bare(part.text) for part in choices(item) if part.right)
        case Short():
            yield from (*item.accept, *item.words)
        case Cloze():
            yield from (text for accepted in item.blanks for text in accepted)
        case Numeric():
            yield from item.solution(Draw()) if not item.given else ()
        case _:
            pass


def hint_tells(item: Item) -> Iterator[Finding]:
    """Report hints that contain a key of more than three characters as a word."""
    for n, hint in enumerate(item.hints):
        for key in keys(item):
            if len(key) > 3 and (found := re.search(rf"(?<!\w){re.escape(key)}(?!\w)", hint, re.IGNORECASE)):
                yield Finding(item, ("hints", n), f"the hint gives the key away: {key!r}", "", found.start())
                break


def points_at_position(item: Item) -> Iterator[Finding]:
    """Report references to an option by its position, which shuffling breaks."""
    reported = set()
    for part in choices(item):
        if found := REST.fullmatch(bare(part.text).rstrip(".")):
            reported.add(part.steps)
            yield Finding(item, part.steps, f"{found[0]!r} means nothing once options are shuffled")
    for text in texts(item):
        if text.steps not in reported and (found := POSITION.search(without_code(text.text))):
            hint = "options are shuffled: quote the option instead"
            yield Finding(item, text.steps, f"{found[0]!r} refers to a position", hint, found.start())


def negative_stem(item: Item) -> Iterator[Finding]:
    """Report questions negated by a lower-case "not" or "except", which is easily overlooked."""
    if not choices(item):
        return
    for found in NEGATIVE.finditer(without_code(item.prompt)):
        group = 1 if found[1] else 2
        if not found[group].isupper():
            message = f"{found[group]!r} negates the question and is easily overlooked"
            yield Finding(
                item,
                ("prompt",),
                message,
                f"write {found[group].upper()}, or rephrase the question",
                found.start(group),
            )


def mark_all(item: Item) -> Iterator[Finding]:
    """Report multi items that do not say that several options may be marked."""
    if isinstance(item, Multi) and not re.search(
        r"\b(?:mark|all that|every|which .{0,300} are)\b", item.prompt, re.IGNORECASE
    ):
        yield Finding(item, ("prompt",), "the question does not say how many to mark", "add: Mark all that apply.")


def parameters_shown(item: Item) -> Iterator[Finding]:
    """Report drawn values that the prompt never shows, and names in braces that are not drawn."""
    if not isinstance(item, Numeric):
        return
    for name in item.given:
        if f"{{{name}}}" not in item.prompt:
            yield Finding(item, ("given", name), f"{name!r} is drawn, but the prompt never shows {{{name}}}")
    for text in texts(item):
        if item.given and text.markdown:
            yield from _unknown_names(item, text)


def _unknown_names(item: Numeric, text: Text) -> Iterator[Finding]:
    for found in re.finditer(r"\{([a-z_][a-z0-9_]*)\}", without_code(text.text)):
        if found[1] not in item.given:
            yield Finding(
                item, text.steps, f"{found[0]} is shown literally: no value of that name is drawn", "", found.start()
            )


RULES = (
    Rule("Q311", "the explanation only repeats the key", "item", repeats_key),
    Rule("Q312", "a hint contains the key", "item", hint_tells),
    Rule("Q313", "a reference to an option's position", "item", points_at_position),
    Rule("Q314", "a negation that is easily overlooked", "item", negative_stem),
    Rule("Q315", "the question does not say that several may be marked", "item", mark_all, "warning"),
    Rule("Q316", "parameters and prompt do not match", "item", parameters_shown),
)
