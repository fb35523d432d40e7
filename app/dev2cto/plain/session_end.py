"""The exception that ends a session: on quitting, at the end of the input, on a hang-up."""

from __future__ import annotations


class SessionEnded(BaseException):
    """Ends the session with this exit code. A BaseException, so that it reaches the code that saves uncaught."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code
