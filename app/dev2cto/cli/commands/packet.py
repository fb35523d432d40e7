"""dev2cto packet: send a text you wrote to a reader, and take in what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.cli.output import emit, write
from dev2cto.errors import UsageError
from dev2cto.paths import expanded

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "write a text of yours as a file for a reader, and take in the answer"
ARGUMENTS: Arguments = {
    "id": {"nargs": "?", "default": "", "metavar": "ID", "help": "the exercise whose latest version is written"},
    "file": {
        "nargs": "?",
        "default": "",
        "metavar": "FILE",
        "help": "a new file, or - for standard output (default: a file in the workspace)",
    },
    "--back": {"metavar": "FILE", "help": "take in the file that a reader sent back"},
}


def run(options: Namespace) -> int:
    """Write a packet and say where, or take one back and show it beside the learner's own ratings."""
    if bool(options.back) == bool(options.id):
        raise UsageError("Write which text, or take in which file?", "dev2cto packet ID, or dev2cto packet --back FILE")
    if options.back:
        return taken_back(options)
    from dev2cto.bootstrap import open_study
    from dev2cto.export.packet_files import artefact_session, packet_of, write_packet
    from dev2cto.presenters.peer_review_text import BACK

    study = open_study(options, readonly=True)
    session = artefact_session(study, options.id)
    if options.file == "-":
        write(packet_of(session))
        return 0
    path = write_packet(session, expanded(options.file) if options.file else None)
    emit([f"Written: {path}", BACK])
    return 0


def taken_back(options: Namespace) -> int:
    """Take in a file, and print what the reader wrote."""
    from dev2cto.bootstrap import open_study
    from dev2cto.export.packet_files import take_back
    from dev2cto.markdown.layout import layout
    from dev2cto.presenters.peer_review_text import review_blocks, taken_in

    study = open_study(options)
    with study.record:
        session, review, new = take_back(study, Path(expanded(options.back)))
        blocks = list(review_blocks(session, review, study.now()))
        emit([taken_in(session, review, new=new), "", *(line.text.rstrip() for line in layout(blocks))])
    return 0
