"""Restricts a process's writes to some folders with Landlock (Linux 5.13 and later; elsewhere nothing happens).

It protects the learner's other files from mistakes in a lab, such as a wrong path or an rmtree too far up.
Loaded by path, like supervisor.py.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys

PR_SET_NO_NEW_PRIVS = 38
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
"""System call numbers, the same on every architecture that Python supports except Alpha."""
VERSION, BENEATH = 1, 1
WRITES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
"""Access rights: write to, remove and create files and folders of all kinds."""
SINCE = {2: 1 << 13, 3: 1 << 14}
"""Rights added in later versions of the interface: moving between folders, truncating files."""


def restrict_writes(folders: list[str]) -> bool:
    """Restrict this process and its children to writing below these folders. Return whether that succeeded."""
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
