"""What a course teaches in which order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dev2cto.course.check.check import check_course
from dev2cto.yaml.tree import Problem
from tests.course.check.test_check import BANK, CLEAN, HEAD, MODULE, READING, TODAY, position, spoil

LATER = f"{MODULE}/readings/2-later.yaml"
WORDS = ["ack", "batch", "cursor", "delta", "epoch", "fence", "gossip", "hash", "index"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course with a second reading, and still clean."""
    root = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    text = (root / READING).read_text(encoding="utf-8").replace("id: t-retry", "id: t-later")
    (root / LATER).write_text(text.replace("terms: [idempotency key]", "terms: []"), encoding="utf-8")
    spoil(root, HEAD, "[t-retry]", "[t-retry, t-later]")
    assert check_course(root, TODAY) == ()
    return root


def teach(course: Path, path: str, *terms: str) -> str:
    """Define these terms in that reading alone; its text."""
    glossary = course / "glossary.yaml"
    known = glossary.read_text(encoding="utf-8")
    new = "".join(
        f"  - {{term: {term}, definition: Something to know.}}\n" for term in terms if f"term: {term}," not in known
    )
    glossary.write_text(known.rstrip("\n") + "\n" + new, encoding="utf-8")
    text = (course / path).read_text(encoding="utf-8")
    first, rest = text.split("terms: [", 1)
    old, rest = rest.split("]", 1)
    text = f"{first}terms: [{', '.join([*filter(None, [old]), *terms])}]{rest}"
    (course / path).write_text(text, encoding="utf-8")
    return text


def found(course: Path) -> tuple[Problem, ...]:
    return check_course(course, TODAY)


def test_nine_new_terms_are_too_many(course: Path) -> None:
    teach(course, LATER, *WORDS[:8])
    assert found(course) == ()
    text = teach(course, LATER, WORDS[8])
    (problem,) = found(course)
    assert (problem.code, problem.path, problem.severity) == ("C431", LATER, "warning")
    assert (problem.mark.line, problem.mark.column) == position(text, "[ack")
    assert problem.message == "9 terms are new in this reading: at most 8 can be learnt at once"


def test_a_term_of_an_earlier_reading_is_not_new(course: Path) -> None:
    teach(course, READING, WORDS[8])
    teach(course, LATER, *WORDS)
    assert found(course) == ()


def test_readings_come_in_the_order_of_their_module_not_of_their_files(course: Path) -> None:
    teach(course, READING, WORDS[8])
    teach(course, LATER, *WORDS)
    spoil(course, HEAD, "[t-retry, t-later]", "[t-later, t-retry]")
    assert sorted((problem.code, problem.path) for problem in found(course)) == [("C431", LATER), ("C432", LATER)]


def test_a_term_is_found_where_it_is_used_before_it_is_defined(course: Path) -> None:
    text = spoil(course, READING, "client knows nothing", "client knows nothing of Hash rings")
    teach(course, LATER, "hash ring")
    (problem,) = found(course)
    assert (problem.code, problem.path, problem.severity) == ("C432", READING, "warning")
    assert (problem.mark.line, problem.mark.column) == position(text, "Hash rings")
    assert problem.message == "'Hash rings' is used here and defined later, in t-later"


@pytest.mark.parametrize("used", ["a hash", "rings", "`hash ring`", "hash ringer", "rehash ring"])
def test_a_part_of_a_term_and_code_are_no_use_of_it(course: Path, used: str) -> None:
    spoil(course, READING, "client knows nothing", f"client knows nothing of {used}")
    teach(course, LATER, "hash ring")
    assert found(course) == ()


def test_what_a_reading_is_about_is_not_a_use(course: Path) -> None:
    """`topics` are never shown."""
    spoil(course, READING, "topics: [retries]", "topics: [retries, hash rings]")
    spoil(course, BANK, "    read: t-retry.token\n", "    read: t-retry.token\n    topics: [retries, hash rings]\n")
    teach(course, LATER, "hash ring")
    assert found(course) == ()


@pytest.mark.parametrize(("place", "messages"), [
    (READING, []), (LATER, ["'just Culture' is used here and defined later, in t-later"]),
])  # fmt: skip
def test_a_term_within_a_longer_one_is_not_a_use_of_it(course: Path, place: str, messages: list[str]) -> None:
    """Wherever the longer one is defined: one that comes later is found itself."""
    spoil(course, READING, "client knows nothing", "client knows nothing of a just Culture")
    teach(course, place, "just culture")
    teach(course, LATER, "culture")
    assert [problem.message for problem in found(course)] == messages


def test_a_term_beside_a_longer_one_is_found(course: Path) -> None:
    spoil(course, READING, "client knows nothing", "client of a just culture knows nothing of Culture")
    teach(course, READING, "just culture")
    teach(course, LATER, "culture")
    assert [problem.message for problem in found(course)] == ["'Culture' is used here and defined later, in t-later"]


def test_where_the_reading_itself_defines_it_a_term_may_be_used(course: Path) -> None:
    spoil(course, LATER, "client knows nothing", "client knows nothing of hash rings")
    teach(course, LATER, "hash ring")
    assert found(course) == ()


def test_a_topic_that_no_item_asks_is_found_where_items_name_topics(course: Path) -> None:
    for path in (READING, LATER):
        text = spoil(course, path, "topics: [retries]", "topics: [retries, Idempotency]")
    assert found(course) == ()
    spoil(course, BANK, "    read: t-retry.token\n", "    read: t-retry.token\n    topics: [Retries]\n")
    (problem,) = found(course)
    assert (problem.code, problem.path, problem.severity) == ("C433", READING, "warning")
    assert (problem.mark.line, problem.mark.column) == position(text, "Idempotency]")
    assert problem.message == "no item of the module covers the topic 'Idempotency'"
    spoil(course, BANK, "    topics: [Retries]\n", "    topics: [Retries, idempotency]\n")
    assert found(course) == ()
