"""Rules about unintended text: template placeholders, HTML entities, accidental emphasis, letters of other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from dev2cto.course.check.rules import About, Finding, second_standard
from dev2cto.course.check.text_fields import DOCUMENTS, texts
from dev2cto.yaml.decode import SourceObject

CAPITALS = re.compile(r"\b[A-Z]+(?: [A-Z]+){2,}\b")
"""Three or more words in capitals: the placeholders of templates look like this."""
_SHORT = """
A KEY POINT, A LITTLE, A STRONG ANSWER, A THIRD, AN ENDING, ANOTHER, ANOTHER ENDING, ANOTHER MISTAKE, ANOTHER WAY,
CONCISION, CONSEQUENCES, CONTEXT, DECISION, FIRST, GROUP, HEADING, HOLDS, HOLDS TOO, MOST, NONE, ONE, ONE WAY, OTHER,
SECOND, THE SITUATION, THE WORD, THIRD, THREE, TWO, WHAT HAPPENS, WHY, YOUR NAME"""
SHORT = frozenset(_SHORT.replace("\n", " ").strip().split(", "))
"""Shorter placeholders, matched as whole texts."""


def placeholders(thing: SourceObject) -> Iterator[Finding]:
    """Report placeholders left over from a template."""
    for text in texts(thing):
        plain = text.prose
        if plain.strip().rstrip(".") in SHORT:
            yield Finding(thing, text.steps, f"{plain.strip()!r} is a placeholder of the template", "replace it")
        elif text.name not in ("code", "stdout", "art") and (found := CAPITALS.search(plain)):
            message = f"{found[0]!r} looks like a placeholder of the template"
            yield Finding(thing, text.steps, message, "replace it", found.start())


ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
UNDERSCORES = re.compile(r"(?<!\w)__(?=[^\s_])[^\n]{0,200}?(?<=[^\s_])__(?!\w)")
STARS = re.compile(
    r"(?<=\w)(?<!\*)\*(?=[^\s*])[^*\n]*(?<=[^\s*])\*(?!\*)|(?<![\w*])\*(?=[^\s*])[^*\n]*(?<=[^\s*])\*(?=\w)"
)

EMPHASIS = (
    ("underscores", "__", UNDERSCORES, "** for bold, backticks for code"),
    ("stars", "*", STARS, "backticks, or spaces around the stars"),
)


def changed_by_display(thing: SourceObject) -> Iterator[Finding]:
    """Report text that Markdown changes: entities, `__` pairs, stars within words."""
    for text in texts(thing):
        if not text.markdown or text.name in DOCUMENTS:
            continue
        plain = text.prose
        for found in ENTITY.finditer(plain):
            if found[1][0] == "#" or f"{found[1]};" in html5:
                yield Finding(
                    thing, text.steps, f"{found[0]} is shown as another character", "type the character", found.start()
                )
        for mark, sign, pattern, hint in EMPHASIS:
            for found in pattern.finditer(plain) if sign in plain else ():
                message = f"{found[0]!r} is shown in another style, without its {mark}"
                yield Finding(thing, text.steps, message, hint, found.start())


LOOK_LATIN = frozenset(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b9\u03bd\u03bf\u03c1\u03c5\u03c7"
)
"""Greek letters that look like Latin ones; others are used with Latin letters in units and formulas."""


def mixed_scripts(thing: SourceObject) -> Iterator[Finding]:
    """Report words that mix letters of several scripts: they look right, but search does not find them."""
    for text in texts(thing):
        if text.text.isascii():
            continue
        for word in re.finditer(r"[^\W\d_]+", text.text):
            scripts = {at: _script(char) for at, char in enumerate(word[0])}
            named = {script for script in scripts.values() if script}
            if "Latin" in named and len(named) > 1:
                at = next(at for at, script in scripts.items() if script not in ("", "Latin"))
                char = word[0][at]
                message = f"U+{ord(char):04X} in {word[0]!r} is a {scripts[at]} letter among Latin ones"
                yield Finding(thing, text.steps, message, "type the word again", word.start() + at)


def _script(char: str) -> str:
    if char.isascii():
        return "Latin"
    script = unicodedata.name(char, "").partition(" ")[0].capitalize()
    if script == "Greek":
        return script if char in LOOK_LATIN else ""
    return script if script in ("Latin", "Cyrillic", "Armenian", "Cherokee") else ""


ABOUT: tuple[About, ...] = ("item", "reading", "exercise", "page")

RULES = (
    *(
        second_standard("Q335", "text that is shown differently from how it is written", a, changed_by_display)
        for a in ABOUT
    ),
    *(second_standard("Q336", "letters of several scripts in one word", about, mixed_scripts) for about in ABOUT),
    *(second_standard("Q337", "a placeholder of a template is left", about, placeholders) for about in ABOUT),
)
