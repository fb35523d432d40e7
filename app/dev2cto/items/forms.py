"""Answer forms: what a front end needs to show an item and read a response. They never contain the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dev2cto.items.quantity_parser import factor, quantity

Response = str | tuple[str, ...] | Mapping[str, str]
"""A learner's response as stored: a text or an option's id; several ids or texts in order; ids to ids."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, arrange or pair; `id` is stored, `text` is shown."""

    id: str
    text: str

    @property
    def block(self) -> bool:
        """Whether the text has several lines and needs space before the next option."""
        return "\n" in self.text.strip()


@dataclass(frozen=True, slots=True)
class PickOne:
    """Choose one option. Response: its id."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PickMany:
    """Mark any number of options. Response: their ids, in the options' order."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Write a text. Response: the text. `unit` is the unit of a number; `lines` allows several lines.

    `words` is the number of words wanted, in any order; 0 for a single answer. `seconds` is the time one would have in
    reality; it is not enforced.
    """

    number: bool = False
    unit: str = ""
    lines: bool = False
    words: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Predict:
    """Give an interval that contains the number with 90 % confidence, then the number.

    Response: the low end, the high end and the number, as typed. `units` are other accepted units.
    """

    unit: str = ""
    units: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arrange:
    """Put entries in order; with `leave_out`, some do not belong. Response: the ids kept, in order."""

    entries: tuple[Option, ...]
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Match each left side with one right side; rights may be left over. Response: left id to right id."""

    lefts: tuple[Option, ...]
    rights: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Put every entry into one of the groups. Response: entry id to group id."""

    entries: tuple[Option, ...]
    groups: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class MarkLines:
    """Mark lines of a listing. Response: line numbers as strings, ascending, from "1"."""

    lang: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """Fill the blanks between the pieces of a text (one piece more than blanks). Response: the texts in order."""

    pieces: tuple[str, ...]


MAX_TEXT = 20_000
"""The longest typed response, in characters: no answer needs more, and comparing long texts is slow."""

Form = PickOne | PickMany | Write | Predict | Arrange | Pair | Group | MarkLines | Blanks


def empty_response(form: Form) -> Response:
    """Return the response of a learner who has not answered yet."""
    match form:
        case PickOne() | Write():
            return ""
        case PickMany() | MarkLines() | Arrange():
            return ()
        case Blanks():
            return ("",) * (len(form.pieces) - 1)
        case Predict():
            return ("", "", "")
        case Pair() | Group():
            return {}


def incomplete_reason(form: Form, response: Response) -> str:
    """Return a message to the learner saying what is missing for grading; empty if nothing is."""
    match form:
        case PickOne():
            return "" if response else "Choose one first."
        case PickMany() | MarkLines():
            return "" if response else "Mark at least one first."
        case Write():
            return "" if str(response).strip() else "Write an answer first."
        case Predict():
            ends = interval(form, response)
            if isinstance(ends, str):
                return ends
            return "" if "".join(texts(response)[2:]).strip() else "Now write the number."
        case Arrange():
            return "" if response else "Put them in order first."
        case Blanks():
            missing = sum(not text.strip() for text in response)
            return "" if not missing else f"{missing} of {len(form.pieces) - 1} blanks {_is(missing)} still empty."
        case Pair():
            missing = len(form.lefts) - len(response)
            return "" if not missing else f"{missing} of {len(form.lefts)} {_is(missing)} still without a partner."
        case Group():
            missing = len(form.entries) - len(response)
            return "" if not missing else f"{missing} of {len(form.entries)} {_is(missing)} still without a group."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def normalize_response(form: Form, response: object) -> Response | None:
    """Return the response with lists as tuples; None if it does not fit the form (wrong shape, unknown ids)."""
    match form:
        case PickOne():
            known = isinstance(response, str) and response in _ids(form.options)
            return str(response) if known else None
        case Write():
            return response if isinstance(response, str) and len(response) <= MAX_TEXT else None
        case PickMany():
            return _several(response, _ids(form.options))
        case MarkLines():
            return _several(response, {str(n) for n in range(1, len(form.lines) + 1)})
        case Arrange():
            return _several(response, _ids(form.entries))
        case Blanks():
            texts = _texts(response)
            fits = texts is not None and len(texts) == len(form.pieces) - 1
            return texts if fits and all(len(text) <= MAX_TEXT for text in texts or ()) else None
        case Predict():
            texts = ("", "", response) if isinstance(response, str) else _texts(response)
            fits = texts is not None and len(texts) == 3
            return texts if fits and all(len(text) <= MAX_TEXT for text in texts or ()) else None
        case Pair():
            return _placed(response, _ids(form.lefts), _ids(form.rights))
        case Group():
            return _placed(response, _ids(form.entries), _ids(form.groups))


def interval(form: Predict, response: Response) -> tuple[float, float] | str:
    """Return the ends of the interval in the form's unit, or a message to the learner if it is not valid."""
    low, high = (_end(form, text) for text in (*texts(response), "", "")[:2])
    unit = f" in {form.unit}" if form.unit else ""
    if low is None or high is None:
        return f"First give an interval{unit} that holds the answer with 90 % certainty: its two ends, as numbers."
    return (low, high) if low <= high else "The low end of the interval is above the high end."


def _end(form: Predict, text: str) -> float | None:
    typed = quantity(text)
    times = factor(typed.unit, form.unit, form.units) if typed is not None else None
    return typed.value * times if typed is not None and times is not None else None


def texts(response: Response) -> tuple[str, ...]:
    """Return the response as a tuple of texts; empty if it is not a tuple."""
    return tuple(response) if isinstance(response, tuple) else ()


def assignment(form: Pair | Group) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Return the options to assign and the options they are assigned to."""
    return (form.lefts, form.rights) if isinstance(form, Pair) else (form.entries, form.groups)


def assigned(form: Pair | Group, given: Mapping[str, str], entry: str, target: str) -> dict[str, str]:
    """Return the assignments with one added; a right side moves from the left side it was paired with."""
    kept = {e: t for e, t in given.items() if t != target or not isinstance(form, Pair)}
    return {**kept, entry: target}


def loser(form: Pair | Group, given: Mapping[str, str], entry: str, target: str) -> Option | None:
    """Return the left side from which `assigned` takes the target; None if nobody has it."""
    others = (e for e, t in given.items() if t == target and e != entry and isinstance(form, Pair))
    losing = next(others, None)
    return next((option for option in assignment(form)[0] if option.id == losing), None)


def _ids(options: tuple[Option, ...]) -> set[str]:
    return {option.id for option in options}


def _texts(response: object) -> tuple[str, ...] | None:
    if isinstance(response, (list, tuple)) and all(isinstance(text, str) for text in response):
        return tuple(response)
    return None


def _several(response: object, known: set[str]) -> tuple[str, ...] | None:
    ids = _texts(response)
    return ids if ids is not None and len(set(ids)) == len(ids) and known.issuperset(ids) else None


def _placed(response: object, sources: set[str], targets: set[str]) -> dict[str, str] | None:
    if not isinstance(response, Mapping):
        return None
    pairs = dict(response)
    fits = all(isinstance(key, str) and isinstance(value, str) for key, value in pairs.items())
    return pairs if fits and sources.issuperset(pairs) and targets.issuperset(pairs.values()) else None
