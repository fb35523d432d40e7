"""What is typed is saved in time, also while more keys wait than can be worked off."""

from __future__ import annotations

import pytest

from dev2cto.study.study import Study
from tests.support.fake_learner import reopened
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock


async def test_a_long_paste_does_not_put_saving_off(
    study: Study, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All keys that wait come before a timer's turn, so here it never comes."""
    async with opened(study) as driver:
        await driver.press("enter", "e")
        assert driver.name == "NotePage", driver.text
        monkeypatch.setattr(driver.app, "set_timer", lambda *_, **__: None)
        typed = "abcdefghijklmn"
        for letter in typed:
            clock.pass_(seconds=0.9)
            await driver.type(letter)
        (draft,) = reopened(study).table("drafts").all()
        assert typed.startswith(draft["text"])
        assert len(draft["text"]) >= len(typed) - 4
