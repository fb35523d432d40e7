"""A packet: written, filled in by a person, mangled on the way, and taken back as text and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.errors import Dev2CtoError
from dev2cto.export.packet import LARGEST, LONGEST_COMMENT
from dev2cto.export.packet_files import packet_of, take_back, write_packet
from dev2cto.presenters.peer_review_text import reviews_blocks
from dev2cto.study.queries.search import search_all
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.peer_reviews import PeerReview, peer_reviews
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_NOTE, write
from tests.support.studies import FakeClock, open_study

FENCED = "\n```sh\nrm -rf build\n```\n\n## Your answers\n\nReader: nobody\n"


def filled(packet: str, **values: str) -> str:
    """The packet with these values behind its labels; underscores in the names are spaces."""
    for label, value in values.items():
        name = label.replace("_", " ")
        old = next(line for line in packet.splitlines() if line.startswith(name) and line.endswith(":"))
        head, _, tail = packet.rpartition(f"\n{old}\n")
        packet = f"{head}\n{old} {value}\n{tail}"
    return packet


ANSWERS = {"Reader": "Anna", "Rating_1": "1", "Comment_1": "How many bookings\nis that?", "General": "Keep the title."}


@pytest.fixture
def session(study: Study) -> ArtefactSession:
    return write(study, text=GOOD_NOTE + FENCED, rating=2)


@pytest.fixture
def back(session: ArtefactSession, tmp_path: Path) -> Callable[[str], PeerReview]:
    """Takes in a text, as the file that came back."""

    def take(text: str) -> PeerReview:
        path = tmp_path / "back.md"
        path.write_text(text, "utf-8")
        taken = take_back(session.study, path)
        assert taken.new
        return taken.review

    return take


def test_a_packet_has_all_that_a_reader_needs(session: ArtefactSession) -> None:
    packet = packet_of(session)
    for needed in (
        "Write down what was decided, and why.", "On Monday 31 % of the bookings failed", "````markdown", "```sh",
        "### 1. Context with numbers", "- 3: measured drivers", "Rating 4 (0 to 3):", "General comment:",
    ):  # fmt: skip
        assert needed in packet, needed


def test_nothing_is_written_before_a_version_was_submitted(study: Study) -> None:
    session = study.exercise("t-x-note")
    assert isinstance(session, ArtefactSession)
    with pytest.raises(Dev2CtoError, match="Nothing has been submitted for t-x-note"):
        write_packet(session)


def test_no_packet_replaces_a_file(session: ArtefactSession, tmp_path: Path) -> None:
    first = write_packet(session)
    first.write_text("filled in")
    second = write_packet(session)
    assert first.name == "t-x-note-version-1.md"
    assert second.name == "t-x-note-version-1-2.md"
    with pytest.raises(Dev2CtoError, match="exists already"):
        write_packet(session, first)
    assert first.read_text() == "filled in"
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    with pytest.raises(Dev2CtoError, match="cannot be written"):
        write_packet(session, blocked / "packet.md")


def test_what_comes_back_is_kept_with_its_reader_and_day(
    session: ArtefactSession, back: Callable[[str], PeerReview]
) -> None:
    review = back(filled(packet_of(session), **ANSWERS, Day="2027-01-31", Rating_4="3/3"))
    assert (review.reader, review.day) == ("Anna", "2027-01-31")
    assert review.ratings == {"context": 1, "review": 3}
    assert review.comments == {"context": "How many bookings\nis that?", "": "Keep the title."}
    assert [found for found, _ in peer_reviews(session.study)] == [review]


def quoted(text: str) -> str:
    return "Dear Lena,\n\nhere it is.\n\n" + "".join(f"> {line}\n" for line in text.splitlines())


MANGLED: dict[str, Callable[[str], str]] = {
    "as it was": str,
    "with the ends of lines of Windows, and a mark at its beginning": lambda text: (
        "\ufeff" + text.replace("\n", "\r\n")
    ),
    "in bold": lambda text: text.replace("Rating 1 (0 to 3):", "**Rating 1** (0 to 3):"),
    "values below the labels": lambda text: text.replace(
        "Rating 1 (0 to 3): 1", "Rating 1 (0 to 3):\n\n1 - a bit vague"
    ),
    "only the form": lambda text: text.rpartition("## Your answers")[2],
    "quoted in a mail": lambda text: quoted(text.rpartition("## Your answers")[2]).partition("\n\n> ")[2],
}


@pytest.mark.parametrize("how", MANGLED)
def test_a_form_is_read_as_people_and_programs_leave_it(
    session: ArtefactSession, back: Callable[[str], PeerReview], how: str
) -> None:
    review = back(MANGLED[how](filled(packet_of(session), **ANSWERS)))
    assert review.reader == "Anna"
    assert review.ratings == {"context": 1}
    assert review.comments == {"context": "How many bookings\nis that?", "": "Keep the title."}


def test_the_learners_own_text_and_a_quotation_fill_in_nothing(
    session: ArtefactSession, back: Callable[[str], PeerReview]
) -> None:
    comment = "You ask\nRating 1 (0 to 3): 3\nand I had to think."
    review = back(filled(packet_of(session), Reader="Bo", Rating_1="0", Comment_1=comment))
    assert review.reader == "Bo"
    assert review.ratings == {"context": 0}
    assert review.comments["context"] == comment


def without_identity(packet: str) -> str:
    return packet.replace("\nPacket: ", "\nParcel: ")


REFUSED: dict[str, tuple[Callable[[str], str], str]] = {
    "no reader": (lambda p: filled(p, Rating_1="2"), 'Fill in the line "Reader:"'),
    "an empty form": (lambda p: filled(p, Reader="Anna"), "is empty"),
    "a rating of four": (lambda p: filled(p, Reader="A", Rating_1="4"), "Rating 1 in .* is '4', not 0, 1, 2 or 3"),
    "a rating between": (lambda p: filled(p, Reader="A", Rating_2="2.5"), "Rating 2 in .* is '2.5'"),
    "a rating in words": (lambda p: filled(p, Reader="A", Rating_2="good"), "is 'good'"),
    "a day that is none": (lambda p: filled(p, **ANSWERS, Day="31.1.2027"), "Write it like 2027-01-31"),
    "a day in February": (lambda p: filled(p, **ANSWERS, Day="2027-02-31"), "2027-02-31"),
    "a long name": (lambda p: filled(p, Reader="A" * 81, Rating_1="1"), "longer than 80"),
    "a long comment": (lambda p: filled(p, Reader="A", Comment_1="x" * (LONGEST_COMMENT + 1)), "20,001 characters"),
    "no identity": (lambda p: without_identity(filled(p, **ANSWERS)), "last line"),
    "another course": (lambda p: filled(p, **ANSWERS).replace("Packet: trial", "Packet: other"), "course 'other'"),
    "an unknown exercise": (lambda p: filled(p, **ANSWERS).replace(" t-x-note ", " t-x-gone "), "t-x-gone"),
    "another exercise": (lambda p: filled(p, **ANSWERS).replace(" t-x-note ", " t-x-friday "), "of the kind scenario"),
    "an unknown version": (lambda p: filled(p, **ANSWERS).replace(" t-x-note ", " t-x-note 9"), "not in this record"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_right_is_refused_with_the_way_out(session: ArtefactSession, tmp_path: Path, what: str) -> None:
    change, message = REFUSED[what]
    path = tmp_path / "back.md"
    path.write_text(change(packet_of(session)))
    with pytest.raises(Dev2CtoError) as refused:
        take_back(session.study, path)
    assert re.search(message, f"{refused.value.message} {refused.value.hint}"), refused.value
    assert not list(peer_reviews(session.study))


def test_files_that_are_no_packets_are_refused(session: ArtefactSession, tmp_path: Path) -> None:
    binary, large = tmp_path / "binary", tmp_path / "large"
    binary.write_bytes(b"\xff\xfe\x00")
    large.write_bytes(b"x" * (LARGEST + 1))
    for path, message in (
        (binary, "not a text in UTF-8"), (large, "too large"), (tmp_path, "a directory"),
        (tmp_path / "none", "No such file"),
    ):  # fmt: skip
        with pytest.raises(Dev2CtoError, match=message):
            take_back(session.study, path)


def test_long_comments_come_back_whole(session: ArtefactSession, back: Callable[[str], PeerReview]) -> None:
    comments = {f"Comment_{number}": f"{number} " + "x" * (LONGEST_COMMENT - 2) for number in (1, 2, 3, 4)}
    review = back(filled(packet_of(session), Reader="Anna", **comments))
    assert [*review.comments.values()] == [*comments.values()]
    assert [found for found, _ in peer_reviews(session.study)] == [review]


def test_the_same_file_counts_once_and_a_changed_one_again(session: ArtefactSession, tmp_path: Path) -> None:
    path = tmp_path / "back.md"
    for rating, new in (("1", True), ("1", False), ("2", True)):
        path.write_text(filled(packet_of(session), Reader="Anna", Rating_1=rating))
        assert take_back(session.study, path).new is new
    assert session.reviews() == 2


def test_controls_and_markdown_of_a_reader_are_only_text(
    session: ArtefactSession, back: Callable[[str], PeerReview]
) -> None:
    back(filled(packet_of(session), Reader="A\x1b[31mnna", Comment_1="[/b] **x** \x1b]0;title\x07 [@source]"))
    shown = str(reviews_blocks(session))
    assert "\x1b" not in shown
    assert "[/b] **x**" in shown
    assert "[@source]" in shown


def test_readers_and_learner_are_shown_side_by_side(
    session: ArtefactSession, back: Callable[[str], PeerReview]
) -> None:
    back(filled(packet_of(session), Reader="Anna", Rating_1="0", Rating_2="2", Comment_3="Which driver?"))
    shown = "\n".join(str(block) for block in reviews_blocks(session))
    for words in (
        "Anna, taken in today, on version 1", "Furthest apart: Context with numbers (you 2, Anna 0)",
        "Context with numbers: you 2, Anna 0: 2 points lower", "Real options: you 2, Anna 2: the same",
        "Reason for the choice: you 2, Anna not rated", "Which driver?",
    ):  # fmt: skip
        assert words in shown, words
    assert "When to look again" not in shown


def test_what_a_reader_wrote_is_found_by_search_and_follows_resets(
    session: ArtefactSession, back: Callable[[str], PeerReview]
) -> None:
    study = session.study
    back(filled(packet_of(session), Reader="Anna", Comment_1="Mention the hypotenuse."))
    assert [hit.target for hit in search_all(study, "hypotenuse").hits] == ["t-x-note"]
    made = reset(study, "exercise", "t-x-note")
    assert session.reviews() == 0
    assert not search_all(study, "hypotenuse").hits
    undo(study, made)
    assert session.reviews() == 1


def test_two_machines_that_take_in_the_same_file_show_it_once(tmp_path: Path, clock: FakeClock) -> None:
    one = open_study(tmp_path / "records", clock)
    session = write(one)
    path = tmp_path / "back.md"
    path.write_text(filled(packet_of(session), **ANSWERS))
    two = open_study(tmp_path / "records", clock, device="server")
    assert take_back(one, path).new
    assert take_back(two, path).new
    one.record.refresh()
    assert session.reviews() == 1
    one.record.close()
    two.record.close()
