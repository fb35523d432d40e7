"""The transcript: what was done when, to read here and to export."""

from __future__ import annotations

from dev2cto.plain.asking import BACK_OR_ON
from dev2cto.plain.face import Face
from dev2cto.plain.prompt import Command
from dev2cto.plain.target import Target
from dev2cto.study.transcript import transcript
from dev2cto.study.transcript_files import EXPORT, text

TRANSCRIPT = Command("t", "transcript", "what you did when, and how it came out")


def transcript_text(face: Face) -> Target | None:
    """All of it, as it is exported."""
    for line in text(transcript(face.study)).split("\n"):
        if line:
            face.say(line)
        else:
            face.console.gap()
    face.say(EXPORT)
    face.ask(BACK_OR_ON)
    return None
