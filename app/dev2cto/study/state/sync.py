"""Taking in what other sessions and machines have written since."""

from __future__ import annotations

from dev2cto.study.context import StudyContext
from dev2cto.study.state.sums import SeenSum

RULES = 2
"""By which rules sums and cards are made; raised when these change, so that older ones are made anew once."""


def refresh(study: StudyContext) -> bool:
    """Read what is new and bring sums and cards into agreement with it; whether anything was done.

    Costs nothing while this session is the only writer and the rules stay the same. Raises NotSaved.
    """
    record = study.record
    record.refresh()
    if record.readonly_reason:
        return False
    if study.progress.is_up_to_date(_seen(study)):
        return False
    rebuild_all(study)
    return True


def rebuild_all(study: StudyContext) -> None:
    """Bring sums and cards into agreement with all that was read so far. Raises NotSaved."""
    from dev2cto.study.state.rebuild import rebuild

    seen = _seen(study)
    with study.record.batch():
        rebuild(study)
        if not study.progress.is_up_to_date(seen):
            study.progress.keep_seen(seen)


def _seen(study: StudyContext) -> SeenSum:
    return SeenSum(foreign(study), RULES)


def foreign(study: StudyContext) -> dict[str, int]:
    """How far each file that another writer appends to was read, bytes by name."""
    own = f"{study.record.writer}."
    files = study.record.reader.files
    return {name: p.end for name, p in sorted(files.items()) if not name.startswith((own, "live."))}
