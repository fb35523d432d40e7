"""Choose the editor for the learner's texts."""

from __future__ import annotations

import os
import shlex
import shutil

FALLBACKS = ("nano", "vi", "vim", "emacs", "micro")


def editor_command(chosen: str = "", *, terminal: bool = True) -> list[str] | None:
    """Return the editor's command and arguments: the setting, $EDITOR, $VISUAL, or an installed fallback.

    Commands that are not installed are skipped; None if none is left. The fallbacks need a terminal and are only
    tried with `terminal`.
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
