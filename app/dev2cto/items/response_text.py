"""Forms and responses as readable text, for exports and one-line summaries."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase

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
    assignment,
    texts,
)
from dev2cto.markdown.parser import flowing, plain


def options_text(form: Form) -> tuple[str, ...]:
    """Return what there was to choose from, arrange or fill, in the order shown; empty for written answers."""
    match form:
        case PickOne() | PickMany():
            return _texts(form.options)
        case Arrange():
            return _texts(form.entries)
        case Pair() | Group():
            entries, targets = assignment(form)
            return (*_texts(entries), "with" if isinstance(form, Pair) else "into", *_texts(targets))
        case MarkLines():
            return tuple(f"{number}  {line}" for number, line in enumerate(form.lines, 1))
        case Blanks():
            return ("____".join(form.pieces),)
        case Write() | Predict():
            return ()


def response_text(form: Form, response: Response) -> tuple[str, ...]:
    """Return the response with option texts instead of ids; empty if it is blank.

    `response` must fit `form` (see `normalize_response`).
    """
    match form:
        case PickOne() | PickMany():
            chosen = {response} if isinstance(response, str) else set(response)
            return tuple(option.text for option in form.options if option.id in chosen)
        case Arrange():
            text = {entry.id: entry.text for entry in form.entries}
            return tuple(f"{place}. {text[id]}" for place, id in enumerate(response, 1))
        case Pair() | Group():
            assert isinstance(response, Mapping)
            entries, targets = assignment(form)
            text = {target.id: target.text for target in targets}
            return tuple(f"{entry.text}: {text[response[entry.id]]}" for entry in entries if entry.id in response)
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


def typed_text(form: Form, response: Response) -> str:
    """Return the answer so far in one line, with the numbers and letters of the options; empty if there is none."""
    match form:
        case PickOne(options=options):
            return next(
                (f"{n}, {one_line(option)}" for n, option in enumerate(options, 1) if option.id == response), ""
            )
        case PickMany(options=options):
            chosen = texts(response)
            return ", ".join(str(n) for n, option in enumerate(options, 1) if option.id in chosen)
        case Arrange(entries=entries):
            number = {entry.id: str(n) for n, entry in enumerate(entries, 1)}
            kept = [number[id] for id in texts(response) if id in number]
            out = [n for n in number.values() if n not in kept] if form.leave_out and kept else []
            return " ".join(kept) + (f"; left out: {' '.join(out)}" if out else "")
        case Pair() | Group():
            entries, targets = assignment(form)
            given = response if isinstance(response, Mapping) else {}
            letter = {target.id: ascii_lowercase[n] for n, target in enumerate(targets)}
            pairs = ((n, given.get(entry.id, "")) for n, entry in enumerate(entries, 1))
            return " ".join(f"{n}{letter[target]}" for n, target in pairs if target in letter)
        case MarkLines():
            return ", ".join(f"line {n}" for n in texts(response))
        case Blanks():
            return ", ".join(f"blank {n}: {text}" for n, text in enumerate(texts(response), 1) if text.strip())
        case Predict():
            low, high, typed = (*texts(response), "", "", "")[:3]
            between = f"interval {low} to {high or '...'}" if low else ""
            return "; ".join(part for part in (between, typed) if part)
        case Write():
            return str(response)


def one_line(option: Option) -> str:
    """Return an option's text in one line, without Markdown styles."""
    return " ".join(plain(flowing(option.text)).split())


def _texts(options: tuple[Option, ...]) -> tuple[str, ...]:
    return tuple(option.text for option in options)
