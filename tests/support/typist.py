"""A learner who types prepared lines into plain mode, and what they get to read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from unicodedata import category

import pytest
from rich.cells import cell_len

from dev2cto.markdown.layout import WIDTH
from dev2cto.plain.main import run_plain
from dev2cto.plain.session_end import SessionEnded
from dev2cto.study.study import Study

Lines = str | Iterable[str]
"""A typed line, or several; of an iterator each is made when its turn comes, so that it can see what went before."""


class Typist:
    """Prepared lines; after the last the input is over."""

    terminal = False

    def __init__(self, lines: Sequence[Lines]) -> None:
        self.resumed: Callable[[], None] = lambda: None
        self._lines = (line for part in lines for line in ([part] if isinstance(part, str) else part))

    def line(self) -> str:
        """The next line."""
        for line in self._lines:
            return line
        raise SessionEnded(0)

    def wait(self, seconds: float) -> bool:
        """There is always something to read: a line, or the end."""
        return True


SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
"""Arabic, Syriac, Kaithi and Egyptian signs that Unicode calls format characters, but that are there to be read."""


def harmless(line: str) -> bool:
    """Whether nothing in it moves a cursor, ends a line, turns the direction of reading or hides."""
    return all(category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or ord(char) in SEEN for char in line)


def typed(study: Study, *lines: Lines, resume: bool = False) -> str:
    """Everything that is written while these lines are typed; the session must end well, with every line used."""
    out, typist = io.StringIO(), Typist(lines)
    code = run_plain(study, resume=resume, source=typist, out=out)
    text = out.getvalue()
    assert code == 0, text[-2000:]
    with pytest.raises(SessionEnded):
        typist.line()
    for line in text.split("\n"):
        assert cell_len(line) <= WIDTH, line
        assert harmless(line), ascii(line)
    return text
