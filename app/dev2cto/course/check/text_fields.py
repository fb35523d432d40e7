"""Extract the texts of an object with the paths to them, and the words of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, Literal, get_args, get_origin

from dev2cto.yaml.decode import FieldShape, Pattern, SourceObject, fields_of
from dev2cto.yaml.tree import PathStep

_PLAIN = """kind lang code stdout art answer value unit accept where file files column stat when author authors version
amount p effects values over check none_of names topics"""
NO_MARKDOWN = frozenset(_PLAIN.split())
"""Fields whose texts are not Markdown."""
DOCUMENTS = frozenset({"template", "sample"})
"""Fields with whole Markdown documents, which may contain headings."""


@dataclass(frozen=True)
class Text:
    """One text of an object; `name` is the field that contains it."""

    steps: tuple[PathStep, ...]
    text: str
    name: str

    @property
    def markdown(self) -> bool:
        """Whether it is shown as Markdown."""
        return self.name not in NO_MARKDOWN

    @cached_property
    def prose(self) -> str:
        """The text without its code, if it is Markdown; all offsets are kept."""
        return without_code(self.text) if self.markdown else self.text


def texts(thing: SourceObject) -> Sequence[Text]:
    """Return every free text of the object; ids and values from a fixed set are left out.

    Those of the object asked about last are kept: the rules about texts look at one object after another.
    """
    global _last
    last = _last
    if last[0] is not thing:
        last = _last = (thing, tuple(_fields(thing, ())))
    return last[1]


_last: tuple[SourceObject | None, tuple[Text, ...]] = (None, ())


def _fields(thing: SourceObject, steps: tuple[PathStep, ...]) -> Iterator[Text]:
    shape: type = type(thing)
    for field in _written(shape):
        yield from _inside(getattr(thing, field.name), (*steps, field.key), field.key)


@cache
def _written(shape: type) -> tuple[FieldShape, ...]:
    """Return the fields of a dataclass that hold free text."""
    return tuple(field for field in fields_of(shape) if not _chosen(field))


def _chosen(field: FieldShape) -> bool:
    """Whether the field holds an id or a value from a fixed set."""
    wanted = field.type
    if get_origin(wanted) is tuple:
        wanted = get_args(wanted)[0]
    markers = get_args(wanted)[1:] if get_origin(wanted) is Annotated else ()
    return get_origin(wanted) is Literal or any(isinstance(marker, Pattern) for marker in markers)


def _inside(value: Any, steps: tuple[PathStep, ...], name: str) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(steps, value, name)
    elif isinstance(value, SourceObject):
        yield from _fields(value, steps)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _inside(part, (*steps, key), name)
    elif isinstance(value, tuple):
        for n, part in enumerate(value):
            yield from _inside(part, (*steps, n), name)


FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
TICKS = re.compile(r"`+")


def without_code(text: str) -> str:
    """Replace code spans and fenced blocks by spaces, so that offsets stay valid."""
    if "`" not in text and "~~~" not in text:
        return text
    prose, shown, fence = list[str](), list[str](), ""
    for line in text.split("\n"):
        found = FENCE.match(line)
        if fence:
            shown.append(" " * len(line))
            if found and found[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif found and "`" not in line[found.end() :]:
            shown += _without_spans(prose)
            prose, fence = [], found[1]
            shown.append(" " * len(line))
        else:
            prose.append(line)
    return "\n".join([*shown, *_without_spans(prose)])


def _without_spans(lines: list[str]) -> list[str]:
    """Replace code spans by spaces: a run of backticks ends at the next run of the same length."""
    text = "\n".join(lines)
    runs = [found.span() for found in TICKS.finditer(text)]
    closing: list[int | None] = [None] * len(runs)
    later: dict[int, int] = {}
    for number in range(len(runs) - 1, -1, -1):
        begin, end = runs[number]
        closing[number] = later.get(end - begin)
        later[end - begin] = number
    parts, at, number = list[str](), 0, 0
    while number < len(runs):
        last = closing[number]
        if last is not None:
            begin, end = runs[number][0], runs[last][1]
            parts += [text[at:begin], "\n".join(" " * len(line) for line in text[begin:end].split("\n"))]
            at, number = end, last
        number += 1
    return "".join([*parts, text[at:]]).split("\n") if lines else []


def bare(text: str) -> str:
    """Remove the marks of code and emphasis from a line."""
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
"""Scripts that do not separate words by spaces."""


def words(text: str) -> list[str]:
    """Return the case-folded words of a text in any script; inner hyphens and apostrophes are kept."""
    composed = unicodedata.normalize("NFC", bare(text).replace("\u2019", "'"))
    return WORD.findall(composed.casefold())


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """Return the stems of the content words: longer than three letters and not function words.

    In scripts without spaces, each pair of adjacent letters counts as a word.
    """
    found: set[str] = set()
    for word in words(text):
        if not word.isascii() and UNSPACED.search(word):
            found |= {word[at : at + 2] for at in range(max(1, len(word) - 1))}
        elif len(word) > 3 and word not in STOP:
            found.add(stem(word))
    return frozenset(found)


REASON = re.compile(
    r"\b(?:because|since(?! (?:\d|then\b|months?\b|weeks?\b|years?\b))|if|unless|although|though|whereas|while"
    r"|therefore|thus|hence|otherwise|so that|due to|owing to|in order to|given that|which means|which is why)\b"
    r"|(?:^|[,;:] )(?:as(?! (?:well|soon|long|far|much|many)\b)|so(?! (?:far|much|many|called)\b))\b",
    re.IGNORECASE,
)
"""Words that introduce a reason, purpose, condition or contrast; not "twice as fast" or "three or so"."""


def reason_in(text: str) -> re.Match[str] | None:
    """Find the first word outside code that introduces a reason, purpose, condition or contrast."""
    return REASON.search(without_code(text))


def stem(word: str) -> str:
    """Remove the most common endings: "retries", "retried" and "retry" have the same stem."""
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    return word.removesuffix("e") if len(word) > 4 else word
