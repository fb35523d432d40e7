"""The end of a session: quitting, the end of the input, a hang-up."""

from __future__ import annotations


class SessionEnded(BaseException):
    """The session ends with this exit code; no screen catches it, so that it always reaches the place that saves."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code
