"""An archive is whole or an error: what is damaged or missing is counted and said, and nothing is taken in silence."""

from __future__ import annotations

import gzip
import io
import os
import random
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.errors import DamagedSource, NotSaved, RecordError
from dev2cto.record.backup import tar_reading
from dev2cto.record.backup.backup import backup
from dev2cto.record.backup.restoring import plan_restore, restore
from dev2cto.record.journal import codec
from dev2cto.record.merge import merge
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


@pytest.fixture
def whole(tmp_path: Path, opened: Opener, clock: HandClock) -> Path:
    """A backup with answers, a large text and a half-typed one."""
    with opened(tmp_path / "there", device="there") as record:
        for i in range(60):
            record.table("answers").insert({"i": i, "noise": random.Random(i).randbytes(600).hex()})
        record.table("submissions").insert({"text": "a long memo " * 10_000})
        record.put_draft("memo", "typed", 3)
    return backup(tmp_path / "there", tmp_path / "whole.tar.gz", clock=clock).path


@pytest.fixture
def here(opened: Opener) -> Record:
    return opened(device="here")


def answers(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


def damaged_copies(whole: Path, count: int) -> Iterator[Path]:
    """Copies of an archive with one flipped bit each, and as many cut off somewhere."""
    data, chance, copy = whole.read_bytes(), random.Random(1), whole.with_name("damaged.tar.gz")
    for _ in range(count):
        at = chance.randrange(len(data))
        copy.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        yield copy
        copy.write_bytes(data[: chance.randrange(len(data))])
        yield copy


@pytest.mark.parametrize("plain", [False, True], ids=["gzip", "tar"])
def test_no_bit_can_flip_and_no_byte_be_cut_in_silence(whole: Path, here: Record, plain: bool) -> None:
    if plain:
        whole = whole.with_name("whole.tar")
        whole.write_bytes(gzip.decompress(whole.with_name("whole.tar.gz").read_bytes()))
    plan = plan_restore(here, whole)
    assert (plan.documents, plan.texts, plan.damage, plan.notes) == (62, 1, (), ())
    refused = 0
    for copy in damaged_copies(whole, 60):
        try:
            found = plan_restore(here, copy)
        except RecordError:
            refused += 1
            with pytest.raises(RecordError, match=r"is damaged: |No record found"):
                merge(here, [copy])
        else:
            assert (found.documents, found.texts) == (62, 1)  # a bit that means nothing: a time, padding
    assert refused > 100 or (plain and refused > 70)
    assert answers(here) == []


def test_a_cut_archive_says_what_is_missing_and_gives_the_rest_when_asked(whole: Path, here: Record) -> None:
    with gzip.open(whole) as packed:
        data = packed.read()
    cut = whole.with_name("cut.tar")
    cut.write_bytes(data[: data.index(b'"i":40,')])
    with pytest.raises(
        DamagedSource, match=r"cut\.tar is damaged: it ends in the middle; .*lacks [23]\d of 6\d ent"
    ) as told:
        merge(here, [cut])
    assert "1 large text missing" in told.value.message
    assert "--partial" in told.value.hint
    merged = merge(here, [cut], partial=True)
    assert merged.damage
    taken = answers(here)
    assert taken == list(range(len(taken)))
    assert len(taken) > 25
    plan = plan_restore(here, cut, partial=True)
    assert plan.damage
    restore(here, plan)
    assert answers(here) == taken


@pytest.mark.parametrize("partial", [False, True])
def test_an_archive_of_which_nothing_can_be_read_is_called_damaged(whole: Path, here: Record, partial: bool) -> None:
    cut = whole.with_name("cut.tar.gz")
    cut.write_bytes(whole.read_bytes()[:400])
    for take in (
        lambda source: merge(here, [source], partial=partial),
        lambda source: plan_restore(here, source, partial=partial),
    ):
        with pytest.raises(DamagedSource, match=r"cut\.tar\.gz is damaged: it ends in the middle") as told:
            take(cut)
        assert told.value.exit_code == 1
        assert "use another backup" in told.value.hint
    assert answers(here) == []


def repack(whole: Path, change: dict[str, bytes | None], *, mode: str = "w:gz") -> Path:
    """A copy of an archive by hand: with other or further files, without those that are None."""
    copy = whole.with_name("repacked.tar.gz")
    with tarfile.open(whole) as old, tarfile.open(copy, mode) as new:  # type: ignore[call-overload]  # mode is a str
        files = {member.name: file.read() for member in old if (file := old.extractfile(member))}
        for name, data in {**files, **change}.items():
            if data is not None:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return copy


MANIFEST = "dev2cto-manifest.json"


def test_an_archive_of_an_earlier_version_is_taken_and_said_to_have_no_manifest(whole: Path, here: Record) -> None:
    old = repack(whole, {MANIFEST: None})
    plan = plan_restore(here, old)
    assert plan.damage == ()
    assert "no list of its files" in plan.notes[0]
    merged = merge(here, [old])
    assert merged.damage == ()
    assert "no list of its files" in merged.notes[0]
    assert answers(here) == list(range(60))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({MANIFEST: b"{}"}, "its list of files cannot be read"),
        ({MANIFEST: b"[" * 100_000}, "its list of files cannot be read"),
        ({"there.1.jsonl": b""}, r"there\.1\.jsonl does not belong to it"),
        ({"live.there.0.jsonl": None}, r"live\.there\.0\.jsonl lacks"),
    ],
)
def test_what_does_not_agree_with_the_manifest_is_refused(
    whole: Path, here: Record, change: dict[str, bytes | None], said: str
) -> None:
    with pytest.raises(DamagedSource, match=said):
        plan_restore(here, repack(whole, change))


def test_a_text_that_is_not_what_its_name_says_is_refused(whole: Path, here: Record) -> None:
    with tarfile.open(whole) as tar:
        (name,) = (name for name in tar.getnames() if name.startswith("blobs/"))
    for data in (b"other", None):
        with pytest.raises(DamagedSource, match="1 large text missing or damaged"):
            merge(here, [repack(whole, {name: data})])


def test_two_journals_of_one_name_are_not_mixed(whole: Path, here: Record) -> None:
    """As when the folder of a learner is packed with its other courses in it: the uppermost record is taken."""
    other = codec.encode_line({"n": 0, "t": 2, "p": {"answers": {"y": {"i": 777}}}})
    packed = repack(whole, {MANIFEST: None, "courses/other-12/there.0.jsonl": other})
    merge(here, [packed])
    assert answers(here) == list(range(60))


def big(path: Path, name: str, size: int, piece: bytes) -> Path:
    """An archive with one file that repeats a piece up to that size."""
    member = tarfile.TarInfo(name)
    member.size = size

    class Repeated(io.RawIOBase):
        left = size

        def read(self, length: int = -1) -> bytes:
            length = min(length, self.left)
            self.left -= length
            return (piece * (length // len(piece) + 1))[:length]

    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        tar.addfile(member, Repeated())
    return path


def test_what_would_unpack_to_far_more_than_a_record_is_refused(tmp_path: Path, here: Record) -> None:
    for name in ("a.0.jsonl", "README"):
        bomb = big(tmp_path / "bomb.tar.gz", name, 40_000_000, b"\0" * 65536)
        for partial in (False, True):
            with pytest.raises(DamagedSource, match="too large when unpacked"):
                merge(here, [bomb], partial=partial)
    assert not list((tmp_path / "record").glob(".*.tmp"))


def test_too_many_files_are_refused(tmp_path: Path, here: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar_reading, "MEMBERS", 50)
    with tarfile.open(tmp_path / "many.tar", "w") as tar:
        for number in range(51):
            tar.addfile(tarfile.TarInfo(f"a.{number}.jsonl"))
    with pytest.raises(DamagedSource, match="more than 50 files"):
        merge(here, [tmp_path / "many.tar"])


DEEP = b'"n":0,"t":1,"p":{"notes":{"x":{"y":' + b"[" * 100_000 + b"]" * 100_000 + b"}}}}\n"
LESS_DEEP = b'"n":0,"t":1,"p":{"notes":{"x":{"y":' + b"[" * 200 + b"]" * 200 + b"}}}}\n"


@pytest.mark.parametrize("rest", [DEEP, LESS_DEEP], ids=["crash", "parsed"])
def test_lines_that_are_too_deep_or_too_long_are_damage(
    tmp_path: Path, here: Record, rest: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import zlib

    from dev2cto.record.journal import line_stream

    monkeypatch.setattr(line_stream, "LONGEST_LINE", 1_000_000)
    deep = b'{"c":"%08x",%s' % (zlib.crc32(rest[:-1]), rest)
    long = codec.encode_line({"n": 1, "t": 1, "p": {"notes": {"z": {"head": "x" * 1_000_001}}}})
    good = codec.encode_line({"n": 2, "t": 2, "p": {"answers": {"y": {"i": 7}}}})
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.0.jsonl").write_bytes(deep + long + good)
    with pytest.raises(DamagedSource, match="2 entries are missing"):
        merge(here, [source])
    merge(here, [source], partial=True)
    assert answers(here) == [7]
    assert here.table("notes").all() == []


def test_headers_of_tar_that_make_no_sense_are_damage(tmp_path: Path, here: Record) -> None:
    line = codec.encode_line({"n": 0, "t": 2, "p": {"answers": {"y": {"i": 7}}}})
    for kind, size in ((tarfile.XHDTYPE, 1 << 33), (tarfile.GNUTYPE_LONGNAME, 1 << 33), (tarfile.GNUTYPE_SPARSE, 512)):
        with tarfile.open(tmp_path / "odd.tar", "w", format=tarfile.GNU_FORMAT) as tar:
            member = tarfile.TarInfo("a.0.jsonl")
            member.size = len(line)
            tar.addfile(member, io.BytesIO(line))
            member = tarfile.TarInfo("b.0.jsonl")
            member.type, member.size = kind, size
            tar.addfile(member)
        with pytest.raises(DamagedSource, match=r"odd\.tar is damaged"):
            merge(here, [tmp_path / "odd.tar"])


def test_a_pipe_is_not_waited_for(tmp_path: Path, here: Record) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RecordError, match="neither a folder nor a file"):
        merge(here, [tmp_path / "pipe"])


def test_a_disk_that_is_full_while_unpacking_changes_nothing(
    whole: Path, here: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", no_room)
    with pytest.raises(NotSaved, match="cannot be unpacked: No space left"):
        merge(here, [whole])
    assert answers(here) == []


def test_the_backup_of_a_damaged_record_says_so(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    with opened(device="desk") as record:
        for i in range(5):
            record.table("answers").insert({"i": i})
        record.table("submissions").insert({"text": "a long memo " * 10_000})
    folder = record.directory
    assert backup(folder, tmp_path, clock=clock).flaws == ()
    (text,) = (folder / "blobs").iterdir()
    text.write_bytes(b"damaged")
    made = backup(folder, tmp_path, clock=clock)
    assert made.flaws == ()  # the second copy is packed
    journal = folder / "desk.0.jsonl"
    lines = journal.read_bytes().split(b"\n")
    lines[2] = b"x" * 9 + lines[2][9:]
    journal.write_bytes(b"\n".join(lines))
    made = backup(folder, tmp_path, clock=clock)
    assert made.flaws == ("desk.0.jsonl has 1 damaged line",)  # and what it held is in the second copy
    assert plan_restore(opened(tmp_path / "new"), made.path).documents == 6
    for path in (folder / "backups").rglob("*"):
        if path.is_file():
            path.unlink()
    made = backup(folder, tmp_path, clock=clock)
    assert made.flaws == ("1 entry is missing", "desk.0.jsonl has 1 damaged line", "1 large text missing or damaged")
    plan = plan_restore(opened(tmp_path / "new"), made.path)
    assert (plan.damage, plan.documents) == ((), 5)
    assert plan.notes[0] == "1 entry is missing, as when it was written"
