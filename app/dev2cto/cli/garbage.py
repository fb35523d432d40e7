"""When garbage is collected: never while modules are loaded or at the end of the process, since both take long."""

from __future__ import annotations

import gc


def resume() -> None:
    """Collect again if collecting was off, but never look through what was loaded meanwhile: it stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
