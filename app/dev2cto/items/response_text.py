"""Forms and responses in words, for somebody who reads them without the program."""

from __future__ import annotations

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


def offered(form: Form) -> tuple[str, ...]:
    """What the learner could choose from, arrange or fill, in the order it was shown; nothing where one writes."""
    match form:
        case PickOne() | PickMany():
            return _texts(form.options)
        case Arrange():
            return _texts(form.entries)
        case Pair():
            return (*_texts(form.lefts), "with", *_texts(form.rights))
        case Group():
            return (*_texts(form.entries), "into", *_texts(form.groups))
        case MarkLines():
            return tuple(f"{number}  {line}" for number, line in enumerate(form.lines, 1))
        case Blanks():
            return ("____".join(form.pieces),)
        case Write() | Predict():
            return ()


def spelled(form: Form, response: Response) -> tuple[str, ...]:
    """The response with the texts of its options instead of their ids; nothing for a blank one.

    `response` fits `form`, as `tidy` makes sure.
    """
    match form:
        case PickOne() | PickMany():
            chosen = {response} if isinstance(response, str) else set(response)
            return tuple(option.text for option in form.options if option.id in chosen)
        case Arrange():
            text = {entry.id: entry.text for entry in form.entries}
            return tuple(f"{place}. {text[id]}" for place, id in enumerate(response, 1))
        case Pair():
            return _placed(form.lefts, form.rights, response)
        case Group():
            return _placed(form.entries, form.groups, response)
        case MarkLines():
            return tuple(f"line {number}: {form.lines[int(number) - 1]}" for number in response)
        case Blanks():
            return tuple(f"blank {number}: {text or '(empty)'}" for number, text in enumerate(response, 1))
        case Write():
            return (str(response),) if response else ()
        case Predict():
            assert isinstance(response, tuple)
            low, high, typed = response
            between = (f"90 % interval: {low or '?'} to {high or '?'}",) if low or high else ()
            return (*between, *([typed] if typed else []))


def _texts(options: tuple[Option, ...]) -> tuple[str, ...]:
    return tuple(option.text for option in options)


def _placed(lefts: tuple[Option, ...], rights: tuple[Option, ...], response: Response) -> tuple[str, ...]:
    assert not isinstance(response, str | tuple)
    text = {right.id: right.text for right in rights}
    return tuple(f"{left.text}: {text[response[left.id]]}" for left in lefts if left.id in response)
