"""Keys that the learner chose: used everywhere, named in help, key line, palette and texts; clashes are refused."""

from __future__ import annotations

import pytest

from dev2cto.errors import UsageError
from dev2cto.keymap import ACTIONS, by_binding, format_keymap, key_of, parse_keymap, with_key
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from tests.support.pilot_driver import Driver, opened
from tests.support.tour import question


async def choose(driver: Driver, name: str, key: str) -> None:
    """In the settings: the action, then the key."""
    driver.app.go(Location("settings"))
    await driver.settle()
    await driver.choose("keys")
    await driver.choose(name)
    await driver.press(key)


async def test_a_key_is_chosen_by_pressing_it_and_works_at_once(study: Study) -> None:
    async with opened(study) as driver:
        await choose(driver, "hint", "J")
        assert "J is the key for: hint" in driver.notice
        assert "default h" in driver.text
        await driver.press("q", "q")
        await question(driver, "s-burn")
        await driver.press("tab")
        assert "J hint" in driver.keys
        await driver.press("h")
        assert "Hint 1 of" not in driver.text
        await driver.press("J")
        assert "Hint 1 of" in driver.text
        await driver.press("question_mark")
        assert "J                      hint" in driver.text
        await driver.press("q", "colon")
        await driver.type("hint")
        assert "Hint   J" in driver.text


async def test_it_is_there_at_the_next_start(study: Study) -> None:
    study.set("keys", "back=J hint=s skip=h")
    async with opened(study) as driver:
        assert driver.keys.endswith("? help   J quit")
        await driver.press("1", "J")
        assert driver.name == "HomePage"
        await question(driver, "s-burn")
        await driver.press("tab", "s")
        assert "Hint 1 of" in driver.text


async def test_texts_name_the_keys_that_were_chosen(study: Study) -> None:
    async with opened(study) as driver:
        driver.app.go(Location("reading", ("s-contracts",)))
        await driver.settle()
        await choose(driver, "glossary", "J")
        await driver.press("q", "q")
        await driver.press("end")
        assert "J terms" in driver.text.replace("\u00a0", " ")
        await driver.press("J")
        assert driver.name == "GlossaryPage"


async def test_a_letter_that_was_chosen_is_text_in_a_field(study: Study) -> None:
    study.set("keys", "find=Z help=J")
    async with opened(study) as driver:
        await question(driver, "s-idempotent")
        await driver.type("ZJ")
        assert driver.name == "QuizPage"
        assert "ZJ" in driver.text
        assert "? " not in driver.keys


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("q", "q is the key for: back"),
        ("question_mark", "is the key for: the keys of this screen"),
        ("j", "j is reserved for moving (down)"),
        ("5", "cannot be used"),
        ("space", "cannot be used"),
    ],
)
async def test_a_clash_is_refused_and_says_with_what(study: Study, key: str, reason: str) -> None:
    async with opened(study) as driver:
        await choose(driver, "hint", key)
        assert reason in driver.notice
        assert "Press the new key for: hint" in driver.text
        assert driver.app.own_keys == {}
        await driver.press("J")
        assert driver.app.own_keys == {"hint": "J"}


async def test_the_usual_key_comes_back(study: Study) -> None:
    study.set("keys", "hint=J note=Z")
    async with opened(study) as driver:
        await choose(driver, "hint", "enter")
        assert driver.app.own_keys == {"note": "Z"}
        await driver.choose("all")
        assert driver.app.own_keys == {}
        assert study.settings.keys == ""


@pytest.mark.parametrize("leave", ["tab", "escape"])
async def test_nothing_changes_when_the_learner_thinks_better_of_it(study: Study, leave: str) -> None:
    async with opened(study) as driver:
        await choose(driver, "hint", leave)
        assert driver.app.own_keys == {}
        await driver.press("q")
        assert driver.name == "SettingsPage"


async def test_an_entry_that_cannot_be_used_is_reported_and_the_others_work(study: Study) -> None:
    study.record.table("settings").put(
        "keys", {"value": "hint=J note= skip=p nonsense \x1b=x back=Z", "at": study.now()}
    )
    async with opened(study) as driver:
        assert driver.app.own_keys == {"hint": "J", "back": "Z"}
        for fault in ("'note='", "'skip=p'", "'nonsense'"):
            assert fault in driver.flat
        await driver.press("1", "Z")
        assert driver.name == "HomePage"


async def test_every_key_can_be_moved_and_still_works(study: Study) -> None:
    """All actions on other keys at once: none is lost."""
    free = iter("ABCDEFGHIJKLMOPQRSTUVWXYZ@$%&()={}|~;'<>")
    own = {action.name: next(free) for action in ACTIONS}
    study.set("keys", format_keymap(own))
    async with opened(study) as driver:
        assert driver.app.own_keys == own
        for name, screen in (("notebook", "NotebookPage"), ("progress", "ProgressPage"), ("glossary", "GlossaryPage")):
            await driver.press(own[name])
            assert driver.name == screen
            await driver.press(own["back"])
            assert driver.name == "HomePage"
        await driver.press(own["help"])
        assert driver.name == "HelpPage"
        assert f"{own['progress']}                      progress" in driver.text


def test_keys_are_kept_as_a_text_that_reads_back() -> None:
    own = {"hint": "s", "skip": "h", "note": "="}
    assert parse_keymap(format_keymap(own)) == (own, ())
    assert by_binding({"hint": "z"}) == {
        "question.hint": "z",
        "lab.hint": "z",
        "artefact.hint": "z",
        "diff.hint": "z",
        "hints.next": "z",
    }


def test_an_action_can_have_its_usual_key_back_beside_the_one_that_shares_it() -> None:
    moved = with_key({}, "notebook", "Z")
    assert key_of(moved, "match") == "n"
    assert with_key(moved, "notebook", "n") == {}


def test_a_setting_that_clashes_is_refused() -> None:
    with pytest.raises(UsageError, match="is the key for"):
        with_key({}, "hint", "s")
    with pytest.raises(UsageError, match="no action"):
        with_key({}, "fly", "Z")


def test_a_key_chosen_before_an_action_came_stays_and_the_action_takes_the_capital() -> None:
    own, faults = parse_keymap("hint=u note=y")
    assert (own, faults) == ({"hint": "u", "note": "y", "undo": "U", "copy": "Y"}, ())
    assert parse_keymap("hint=z")[0] == {"hint": "z", "promise": "Z"}


def test_where_the_capital_is_taken_too_the_action_takes_a_free_sign() -> None:
    assert parse_keymap("hint=z note=Z") == ({"hint": "z", "note": "Z", "promise": ";"}, ())
    assert parse_keymap("hint=z note=Z skip=;") == ({"hint": "z", "note": "Z", "skip": ";", "promise": ","}, ())
