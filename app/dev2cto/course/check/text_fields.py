"""The texts of an object with the steps that lead to them, and the words of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from dev2cto.yaml.decode import FieldShape, Pattern, SourceObject, fields_of
from dev2cto.yaml.tree import PathStep

_PLAIN = """kind lang code stdout art answer value unit accept where file files column stat when author authors version
amount p effects values over check none_of names topics"""
NO_MARKDOWN = frozenset(_PLAIN.split())
"""Fields whose texts are shown or used as they are."""
DOCUMENTS = frozenset({"template", "sample"})
"""Fields that hold whole Markdown documents, headings included."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an object; `name` is the field it stands in."""

    steps: tuple[PathStep, ...]
    text: str
    name: str

    @property
    def markdown(self) -> bool:
        """Whether the faces show it as Markdown."""
        return self.name not in NO_MARKDOWN


def texts(thing: SourceObject, *steps: PathStep) -> Iterator[Text]:
    """Every text that a person wrote into the object, ids and chosen words aside."""
    shape: type = type(thing)
    for field in _written(shape):
        yield from _inside(getattr(thing, field.name), (*steps, field.key), field.key)


@cache
def _written(shape: type) -> tuple[FieldShape, ...]:
    """The fields of a shape that hold what a person wrote."""
    return tuple(field for field in fields_of(shape) if not _chosen(field))


def _chosen(field: FieldShape) -> bool:
    """Whether the field holds an id or one of a few words."""
    wanted = field.type
    if get_origin(wanted) is tuple:
        wanted = get_args(wanted)[0]
    markers = get_args(wanted)[1:] if get_origin(wanted) is Annotated else ()
    return get_origin(wanted) is Literal or any(isinstance(marker, Pattern) for marker in markers)


def _inside(value: Any, steps: tuple[PathStep, ...], name: str) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(steps, value, name)
    elif isinstance(value, SourceObject):
        yield from texts(value, *steps)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _inside(part, (*steps, key), name)
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from _inside(part, (*steps, n), name)


CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[ ]*$|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)


def without_code(text: str) -> str:
    """The text with code spans and fenced blocks as spaces, so that offsets stay."""
    return CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def bare(text: str) -> str:
    """A line as it is read aloud: without marks of code and emphasis."""
    return re.sub(r"[`*]", "", text).strip()


_FUNCTION_WORDS = """about above after again against also and any are because been before being below between both
but cannot could did does doing down during each every few for from further had has have having here how into its
itself more most much must nor not now off once one only other our out over own same she should some such than that
the their them then there these they this those three through too two under until very was were what when where which
while who whom why will with within without would you your yours
first last like next still well"""
STOP = frozenset(_FUNCTION_WORDS.split())


WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts whose words are not set apart by spaces."""


def words(text: str) -> list[str]:
    """The words in lower case, of any script, inner hyphens and apostrophes kept."""
    composed = unicodedata.normalize("NFC", bare(text).replace("\u2019", "'"))
    return WORD.findall(composed.casefold())


def content(text: str) -> set[str]:
    """The stems of the words that carry meaning: longer than three letters, no function words.

    Where words are not set apart, each pair of neighbouring letters is one.
    """
    found: set[str] = set()
    for word in words(text):
        if not word.isascii() and UNSPACED.search(word):
            found |= {word[at : at + 2] for at in range(max(1, len(word) - 1))}
        elif len(word) > 3 and word not in STOP:
            found.add(stem(word))
    return found


REASON = re.compile(
    r"\b(?:because|since(?! (?:\d|then\b|months?\b|weeks?\b|years?\b))|if|unless|although|though|whereas|while"
    r"|therefore|thus|hence|otherwise|so that|due to|owing to|in order to|given that|which means|which is why)\b"
    r"|(?:^|[,;:] )(?:as(?! (?:well|soon|long|far|much|many)\b)|so(?! (?:far|much|many|called)\b))\b",
    re.IGNORECASE,
)
"""Words that join a reason, purpose, condition or contrast; "twice as fast" and "three or so" give none."""


def reason_in(text: str) -> re.Match[str] | None:
    """Where a text gives a reason, purpose, condition or contrast."""
    return REASON.search(without_code(text))


def stem(word: str) -> str:
    """The word without its commonest endings: "retries", "retried" and "retry" are one."""
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    return word.removesuffix("e") if len(word) > 4 else word
