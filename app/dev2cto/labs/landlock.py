"""Lets a process write only below some folders, where the kernel can see to that: Linux 5.13 and later, by Landlock.

It keeps a slip in a lab (a wrong path, an rmtree too far up) from the learner's other files. Elsewhere nothing happens.
Loaded by its path, as supervisor.py is.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys

PR_SET_NO_NEW_PRIVS = 38
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""System calls, of the same number on every architecture that Python knows but Alpha."""
VERSION, BENEATH = 1, 1
WRITES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
"""Writing to, removing and making files and folders of every sort."""
SINCE = {2: 1 << 13, 3: 1 << 14}
"""Rights that a later version of the interface knows besides: moving between folders, cutting files."""


def restrict_writes(folders: list[str]) -> bool:
    """Let this process and its children write below these folders only; whether that could be done."""
    if sys.platform != "linux":
        return False
    try:
        libc = ctypes.CDLL(None)
    except OSError:
        return False
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)
    if version < 1:
        return False
    rights = WRITES | sum(right for since, right in SINCE.items() if version >= since)
    ruleset = libc.syscall(CREATE_RULESET, struct.pack("=Q", rights), ctypes.c_size_t(8), 0)
    if ruleset < 0:
        return False
    try:
        for folder in folders:
            parent = os.open(folder, os.O_PATH | os.O_DIRECTORY)
            try:
                if libc.syscall(ADD_RULE, ruleset, BENEATH, struct.pack("=Qi", rights, parent), 0):
                    return False
            finally:
                os.close(parent)
        return not libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) and not libc.syscall(RESTRICT_SELF, ruleset, 0)
    except OSError:
        return False
    finally:
        os.close(ruleset)
