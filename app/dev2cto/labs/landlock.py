"""Confines a process with Landlock (Linux 5.13 and later; elsewhere nothing happens).

It protects the learner's other files from mistakes in a lab, such as a wrong path or an rmtree too far up. Newer
kernels also keep the lab from TCP connections (6.7), and from signals to processes outside it (6.12).
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator

PR_SET_NO_NEW_PRIVS = 38
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""System call numbers, the same on every architecture that Python supports except Alpha."""
VERSION, BENEATH = 1, 1
WRITE_FILE, TRUNCATE = 1 << 1, 1 << 14
WRITES = WRITE_FILE | sum(1 << bit for bit in range(4, 13))
"""Access rights: write to, remove and create files and folders of all kinds."""
SINCE = {2: 1 << 13, 3: TRUNCATE}
"""Rights added in later versions of the interface: moving between folders, truncating files."""
TCP_SINCE, TCP = 4, 0b11
"""Binding and connecting."""
SCOPES_SINCE, SCOPES = 6, 0b11
"""Abstract Unix sockets and signals."""
DEVICES = ("/dev/null", "/dev/zero", "/dev/full")
"""What may be written outside the folders: it keeps nothing."""


def version() -> int:
    """Return the version of the kernel's interface; 0 or less without one."""
    if sys.platform != "linux":
        return 0
    try:
        return int(ctypes.CDLL(None).syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION))
    except (OSError, AttributeError):
        return 0


def confine(folders: list[str]) -> bool:
    """Restrict this process and its children to writing below these folders, and cut them off from TCP.

    Folders that do not exist are ignored. Return whether that succeeded; the kernel decides how much of it is done.
    """
    known = version()
    if known < 1:
        return False
    libc = ctypes.CDLL(None)
    rights = WRITES | sum(right for since, right in SINCE.items() if known >= since)
    handled = [rights]
    if known >= TCP_SINCE:
        handled.append(TCP)
    if known >= SCOPES_SINCE:
        handled.append(SCOPES)
    attributes = struct.pack(f"={len(handled)}Q", *handled)
    ruleset = libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return False
    try:
        for place, allowed in _allowed(folders, rights):
            if libc.syscall(ADD_RULE, ruleset, BENEATH, struct.pack("=Qi", allowed, place), 0):
                return False
        return not libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) and not libc.syscall(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allowed(folders: list[str], rights: int) -> Iterator[tuple[int, int]]:
    """Yield the descriptor of each place that may be written, open until the next, and the rights to it."""
    for path in (*folders, *DEVICES):
        try:
            place = os.open(path, os.O_PATH | (0 if path in DEVICES else os.O_DIRECTORY))
        except OSError:
            continue
        try:
            yield place, rights & (WRITE_FILE | TRUNCATE) if path in DEVICES else rights
        finally:
            os.close(place)
