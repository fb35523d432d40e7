"""Sync with other sessions and machines."""

from __future__ import annotations

from datetime import timedelta

from dev2cto.record.schema import CACHES
from dev2cto.study.context import StudyContext
from dev2cto.study.state.sums import SeenSum

RULES = 4
"""The version of the rules that derive sums and cards; raise it when they change, so that all are rebuilt once."""

_RULES_UP_TO = 100
"""Versions of the rules are below this."""


def refresh(study: StudyContext) -> bool:
    """Read new events and update sums and cards; return whether anything was rebuilt.

    Costs nothing while this session is the only writer and the rules are unchanged. Raises NotSaved.
    """
    record = study.record
    record.refresh()
    if record.readonly_reason:
        return False
    if study.progress.is_up_to_date(_seen(study)) and not _lost_a_cache(study) and not _is_ahead(study):
        return False
    rebuild_all(study)
    return True


def _is_ahead(study: StudyContext) -> bool:
    """Whether a card was reviewed on a day that has not come, so that it would not be due for long."""
    last = (study.today() + timedelta(days=1)).isoformat()
    return any(str(card["last"])[:10] > last for card in study.progress.cards().values())


def _lost_a_cache(study: StudyContext) -> bool:
    """Whether sums or cards were set aside since the learner last looked, so that they may be missing."""
    return any(aside.table in CACHES for aside in study.record.unreported)


def rebuild_all(study: StudyContext) -> None:
    """Rebuild sums and cards from everything read so far. Raises NotSaved."""
    from dev2cto.study.state.rebuild import rebuild

    files = foreign(study)
    with study.record.batch():
        ahead = rebuild(study)
        seen = SeenSum(files, _rules(ahead.toordinal() if ahead else 0))
        if not study.progress.is_up_to_date(seen):
            study.progress.keep_seen(seen)


def _seen(study: StudyContext) -> SeenSum:
    """What sums and cards must have been derived from to be up to date."""
    until = study.progress.seen_rules() // _RULES_UP_TO
    waits = until > study.today().toordinal() + 1
    return SeenSum(foreign(study), _rules(until if waits else 0))


def _rules(until: int) -> int:
    """The version of the rules, with the day (ordinal) from which reviews that were left out are to count."""
    return until * _RULES_UP_TO + RULES


def foreign(study: StudyContext) -> dict[str, int]:
    """How many bytes were read of each file that another writer appends to, by file name."""
    own = f"{study.record.writer}."
    files = study.record.reader.files
    return {name: p.end for name, p in sorted(files.items()) if not name.startswith((own, "live."))}
