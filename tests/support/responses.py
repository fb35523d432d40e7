"""The same response by two hands: keys for the full screen, typed lines for plain mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase
from typing import assert_never

from textual.keys import _character_to_key

from dev2cto.items.forms import (
    Arrange,
    Blanks,
    Form,
    Group,
    MarkLines,
    Option,
    Pair,
    PickMany,
    PickOne,
    Predict,
    Response,
    Write,
)
from dev2cto.study.queries.question_models import Question

SURE = 3


def spelled(text: str) -> list[str]:
    """The keys that type a text."""
    return ["enter" if char == "\n" else _character_to_key(char) for char in text]


def keys(form: Form, response: Response) -> list[str]:
    """The keys that give and submit the response in the full screen."""
    match form:
        case PickOne():
            return [*_digits(form.options, [str(response)]), "enter"]
        case PickMany():
            return [*_digits(form.options, list(response)), "enter"]
        case Arrange():
            return [*_carried(form, list(response)), "enter"]
        case Pair():
            return [*_assigned(form.lefts, form.rights, response), "enter"]
        case Group():
            return [*_assigned(form.entries, form.groups, response), "enter"]
        case MarkLines():
            return [*response, "enter"]
        case Write(lines=True):
            return [*spelled(str(response)), "tab", "enter"]
        case Write():
            return [*spelled(str(response)), "enter"]
        case Blanks() | Predict():
            return [key for text in response for key in (*spelled(text), "enter")]
        case _:
            assert_never(form)


def judged_keys(question: Question) -> list[str]:
    """The keys that lead from an answer to the next question: how sure one is, or which points one finds in a text."""
    return [str(SURE), "enter"] if question.scored else ["end", "2", "enter"]


def judged_lines(question: Question) -> list[str]:
    """The lines that do the same."""
    return [str(SURE), ""] if question.scored else ["2", ""]


def lines(form: Form, response: Response) -> list[str]:
    """The lines that give and submit the response in plain mode."""
    match form:
        case PickOne():
            return _digits(form.options, [str(response)])
        case PickMany():
            return [" ".join(_digits(form.options, list(response)))]
        case Arrange():
            return [" ".join(_digits(form.entries, list(response)))]
        case Pair():
            return _lettered(form.lefts, form.rights, response)
        case Group():
            return _lettered(form.entries, form.groups, response)
        case MarkLines():
            return [", ".join(response)]
        case Write(lines=True):
            return ["w", *str(response).split("\n"), "."]
        case Write():
            return [_literal(str(response))]
        case Predict():
            low, high, number = tuple(response)
            return [f"{low} to {high}", _literal(number)]
        case Blanks():
            return [_literal(text) for text in response]
        case _:
            assert_never(form)


def _literal(text: str) -> str:
    return f"={text}" if len(text) == 1 and not text.isalnum() else text


def _digits(options: Sequence[Option], wanted: Sequence[str]) -> list[str]:
    ids = [option.id for option in options]
    return [str(ids.index(id) + 1) for id in wanted]


def _lettered(entries: Sequence[Option], targets: Sequence[Option], response: Response) -> list[str]:
    assert isinstance(response, Mapping)
    letters = {target.id: letter for target, letter in zip(targets, ascii_lowercase, strict=False)}
    pairs = [f"{n}{letters[response[entry.id]]}" for n, entry in enumerate(entries, 1)]
    return [" ".join(pairs[:2]), *pairs[2:], *([""] if len(pairs) > 2 else [])]


def _assigned(entries: Sequence[Option], targets: Sequence[Option], response: Response) -> list[str]:
    assert isinstance(response, Mapping)
    return [digit for entry in entries for digit in _digits(targets, [response[entry.id]])]


def _carried(form: Arrange, response: Sequence[str]) -> list[str]:
    kept, out, at = [entry.id for entry in form.entries], list[str](), 0
    pressed: list[str] = []

    def go(id: str) -> None:
        nonlocal at
        to = [*kept, *out].index(id)
        pressed.extend(["down" if to > at else "up"] * abs(to - at))
        at = to

    for id in [id for id in kept if id not in response]:
        go(id)
        pressed.append("0")
        kept.remove(id)
        out.append(id)
    for place, id in enumerate(response):
        go(id)
        pressed.append(str(place + 1))
        kept.remove(id)
        kept.insert(place, id)
    return pressed
