"""Records as an attacker, or an older version, would write them."""

from __future__ import annotations

from pathlib import Path

from dev2cto.labs.trust import copy_code
from dev2cto.record.layout import this_device
from tests.support.studies import COURSE, FakeClock, open_study_in

EVIL = "sh -c 'touch owned'"


def record_with_acting_settings(folder: Path, *, device: str) -> Path:
    """A record with a goal, and with an editor, a workspace and a trust among its settings, as older versions had."""
    study = open_study_in(folder, FakeClock(), device=device)
    with copy_code(COURSE) as copy, study.record as record, record.batch():
        settings = record.table("settings")
        study.set("goal_minutes", "30")
        for prefix in ("", f"{this_device()}/", f"{device}/"):
            settings.put(f"{prefix}editor", {"value": EVIL, "at": study.now()})
            settings.put(f"{prefix}workspace", {"value": str(folder.parent / "evil"), "at": study.now()})
        settings.put(f"trust/{study.course.id}", {"value": copy.hash, "at": study.now()})
    return folder
