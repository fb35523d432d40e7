"""Packets: a submitted text as one Markdown file with a form for another person, and the form as it comes back.

The form is plain lines, so that it survives mail programs, editors and people. What comes back is text and nothing
else: it is read in bounds, and control characters are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from dev2cto.course.curriculum import Curriculum
from dev2cto.errors import Dev2CtoError
from dev2cto.exercises.artefact import Artefact
from dev2cto.markdown.parser import MARK
from dev2cto.study.state.peer_reviews import PeerReview
from dev2cto.text import one_line, sanitize

LARGEST = 1 << 19
"""Bytes of a file that is taken back."""
LONGEST_NAME, LONGEST_COMMENT = 80, 20_000
"""Characters."""
FORM = "## Your answers"
IDENTITY = "Packet"
WELCOME = (
    "Somebody who is learning to lead asks you for half an hour. Below are the task, the text, and a form with a few"
    " questions. Read the text first, as if it had reached you at work. Then fill in the form: a rating from 0 to 3"
    " where you have an opinion, and above all a sentence on why. Leave empty what you cannot judge. What helps most is"
    " one thing to change and one to keep. Send the whole file back; no program is needed on your side."
)


class Form(NamedTuple):
    """A form as it came back, checked by itself: who it is about is not known yet."""

    course: str
    exercise: str
    submission: str
    reader: str
    day: str
    ratings: Mapping[str, int]
    comments: Mapping[str, str]


def packet_text(
    curriculum: Curriculum, artefact: Artefact, submission: str, text: str, version: int, since: Mapping[str, str]
) -> str:
    """Return the packet of a version of a text (its number from 1) as Markdown.

    `since` maps words about the version, such as "Written", to their values.
    """
    course = curriculum.outline
    about = [f"{name}: {value}" for name, value in since.items()]
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    parts = [
        f"# A second pair of eyes: {artefact.title}",
        WELCOME,
        "\n".join([f"Course: {course.title} {course.version}", f"Version: {version}", *about]),
        "## The task",
        _prose(curriculum, artefact.brief),
        "## The text",
        f"{fence}markdown\n{sanitize(text).rstrip()}\n{fence}",
        FORM,
        "Write behind or below the colons, and leave the other lines as they are.",
        "Reader:\n\nDay:",
    ]
    for number, criterion in enumerate(artefact.rubric, 1):
        anchors = [f"- {rating}: {_prose(curriculum, anchor)}" for rating, anchor in enumerate(criterion.anchors)]
        parts += [
            f"### {number}. {_prose(curriculum, criterion.criterion)}",
            "\n".join(_indented(anchors)),
            f"Rating {number} (0 to 3):\n\nComment {number}:",
        ]
    ids = ",".join(criterion.id for criterion in artefact.rubric)
    parts += [
        "### On the whole",
        "What would you change first? What should stay?",
        "General comment:",
        f"{IDENTITY}: {course.id} {artefact.id} {submission} {ids}",
    ]
    return "\n\n".join(parts) + "\n"


def _prose(curriculum: Curriculum, text: str) -> str:
    """The course's Markdown with sources and facts filled in."""

    def filled(found: re.Match[str]) -> str:
        return f"({curriculum.cite(found[2])})" if found[1] == "@" else curriculum.fact(found[2])

    return sanitize(MARK.sub(filled, text)).strip()


def _indented(anchors: Sequence[str]) -> Iterator[str]:
    """The lines of the items of a list; those after an item's first line are indented."""
    for anchor in anchors:
        yield "\n  ".join(anchor.split("\n"))


# -- the form as it comes back

_LABEL = re.compile(
    r"[\s>*_#-]*(?P<label>Reader|Day|Rating\s+\d{1,2}|Comment\s+\d{1,2}|General comment|Packet)"
    r"[\s*_]*(?:\([^)]{0,40}\)[\s*_]*)?:[*_]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(r"[\s>]*### (\d{1,2}\. .*|On the whole\s*)$")
_PROMPTS = frozenset({"What would you change first? What should stay?"})
_RATING = re.compile(r"([0-3])(?:\s*/\s*3)?(?![\d./])\.?(?:[\s,;:(-].*)?", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_packet(data: bytes, name: str) -> Form:
    """Read what a reader sent back; `name` is the file's, for messages. Raises Dev2CtoError.

    A label counts where it comes first, so that a comment may quote the form.
    """
    try:
        text = sanitize(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Dev2CtoError(f"{name} is not a text in UTF-8.", "Save it as plain text, and try again.") from error
    values = _values(text.rpartition(FORM)[2].splitlines())
    course, exercise, submission, ids = _identity(values.get("packet", ""), name)
    reader = one_line(values.get("reader", ""))
    if not reader:
        raise Dev2CtoError(f"{name} does not say who has read.", 'Fill in the line "Reader:", and try again.')
    if len(reader) > LONGEST_NAME:
        raise Dev2CtoError(
            f"The name of the reader in {name} is longer than {LONGEST_NAME} characters.",
            'Shorten what follows "Reader:", and try again.',
        )
    ratings, comments = dict[str, int](), dict[str, str]()
    for number, id in enumerate(ids, 1):
        if rated := values.get(f"rating {number}", ""):
            ratings[id] = _rating(rated, number, name)
        if comment := values.get(f"comment {number}", ""):
            comments[id] = _bounded(comment, f"Comment {number}", name)
    if whole := values.get("general comment", ""):
        comments[""] = _bounded(whole, "General comment", name)
    if not ratings and not comments:
        raise Dev2CtoError(f"The form in {name} is empty.", "There is nothing to take in: no rating and no comment.")
    return Form(course, exercise, submission, reader, _day(values.get("day", ""), name), ratings, comments)


def _values(lines: Sequence[str]) -> dict[str, str]:
    """What follows each label up to the next one, by the label in lower case."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    quoted = all(line.startswith(">") for line in lines if line.strip())
    for line in lines:
        words = line.removeprefix(">").removeprefix(" ") if quoted else line
        label = _LABEL.fullmatch(words)
        key = " ".join(label["label"].lower().split()) if label else ""
        if label and key not in found:
            current = found[key] = [label["rest"]]
            if key == "packet":
                current = None
        elif _HEADING.fullmatch(words):
            current = None
        elif current is not None and words.strip() not in _PROMPTS:
            current.append(words)
    return {key: "\n".join(line.rstrip() for line in lines).strip() for key, lines in found.items()}


def _identity(line: str, name: str) -> tuple[str, str, str, tuple[str, ...]]:
    """The course, the exercise, the submission and the criteria that the packet names. Raises Dev2CtoError."""
    match line.split():
        case [course, exercise, submission, ids]:
            return course, exercise, submission, tuple(ids.split(","))
    raise Dev2CtoError(
        f'{name} is no packet of this program: its last line, "{IDENTITY}: ...", is missing or was changed.',
        "Copy that line from the packet you sent, which is in your workspace, and try again.",
    )


def _rating(value: str, number: int, name: str) -> int:
    found = _RATING.fullmatch(value)
    if found is None:
        raise Dev2CtoError(
            f"Rating {number} in {name} is {one_line(value)[:40]!r}, not 0, 1, 2 or 3.",
            "Correct that line after asking the reader, or leave it empty.",
        )
    return int(found[1])


def _day(value: str, name: str) -> str:
    """The day in ISO 8601; empty if none is given. Raises Dev2CtoError."""
    if not value:
        return ""
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise Dev2CtoError(
        f"The day in {name} is {one_line(value)[:40]!r}.", "Write it like 2027-01-31, or leave it empty."
    )


def _bounded(comment: str, label: str, name: str) -> str:
    if len(comment) > LONGEST_COMMENT:
        raise Dev2CtoError(
            f"{label} in {name} has {len(comment):,} characters; at most {LONGEST_COMMENT:,} are taken in.",
            "Shorten it, and keep the long text in a file of its own.",
        )
    return comment


def review_of(form: Form, submissions: Sequence[Mapping[str, Any]], exercise: str, name: str) -> PeerReview:
    """The form as a review of one of these submissions of the learner's. Raises Dev2CtoError."""
    if all(str(doc["id"]) != form.submission for doc in submissions):
        raise Dev2CtoError(
            f"{name} is about a version that is not in this record.",
            "Take it in on the machine that wrote the packet, or merge that machine's record first.",
        )
    return PeerReview(exercise, form.submission, form.reader, form.day, form.ratings, form.comments)
