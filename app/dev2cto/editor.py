"""Which editor the learner's texts open in."""

from __future__ import annotations

import os
import shlex
import shutil

FALLBACKS = ("nano", "vi", "vim", "emacs", "micro")


def editor_command(chosen: str = "", *, terminal: bool = True) -> list[str] | None:
    """The editor as a command with its arguments: the setting, $EDITOR, $VISUAL, then what is installed.

    None where there is none; a command that is not installed is passed over. Without a terminal only what somebody
    chose is of use.
    """
    fallbacks = FALLBACKS if terminal else ()
    for text in (chosen, os.environ.get("EDITOR", ""), os.environ.get("VISUAL", ""), *fallbacks):
        try:
            words = shlex.split(text)
        except ValueError:
            continue
        if words and shutil.which(os.path.expanduser(words[0])):
            return [os.path.expanduser(words[0]), *words[1:]]
    return None
