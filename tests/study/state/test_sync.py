"""Merging and restoring bring sums and cards up to date themselves, and another session does where they could not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.record.backup.backup import backup
from dev2cto.study.state.sync import refresh
from dev2cto.study.study import Study
from tests.support.fake_learner import take
from tests.support.studies import FakeClock, open_study


def home(study: Study) -> list[tuple[str, str]]:
    return [(line.state, line.quiz) for line in study.home().steps]


@pytest.fixture
def elsewhere(tmp_path: Path, clock: FakeClock) -> Study:
    """Another machine, on which a quiz was passed."""
    study = open_study(tmp_path / "server", clock, device="server")
    take(study, study.quiz("t2"))
    study.record.save_live()
    return study


def test_what_was_merged_counts_at_once(tmp_path: Path, clock: FakeClock, elsewhere: Study) -> None:
    with (study := open_study(tmp_path / "laptop", clock)).record:
        merged = study.merge([elsewhere.record.directory])
        assert merged.entries
        assert home(study) == home(elsewhere)
        assert study.progress.cards() == elsewhere.progress.cards()
        assert not refresh(study)
    elsewhere.record.close()


def test_what_was_restored_counts_at_once(tmp_path: Path, clock: FakeClock, elsewhere: Study) -> None:
    saved = backup(elsewhere.record.directory, tmp_path / "saved.tar.gz").path
    with (study := open_study(tmp_path / "laptop", clock)).record:
        before = dict(study.record.table("sums").stream())
        study.restore(saved, dry_run=True)
        assert dict(study.record.table("sums").stream()) == before
        assert study.restore(saved).documents
        assert home(study) == home(elsewhere)
        assert not refresh(study)
    elsewhere.record.close()


def test_a_restoring_that_was_cut_short_is_made_up_for(
    tmp_path: Path, clock: FakeClock, elsewhere: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = backup(elsewhere.record.directory, tmp_path / "saved.tar.gz").path
    with (study := open_study(tmp_path / "laptop", clock)).record, monkeypatch.context() as patched:
        patched.setattr("dev2cto.study.state.sync.rebuild_all", lambda study: None)
        study.restore(saved)
        assert home(study) != home(elsewhere)
    with (study := open_study(tmp_path / "laptop", clock)).record:
        assert refresh(study)
        assert home(study) == home(elsewhere)
    elsewhere.record.close()
