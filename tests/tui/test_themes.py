"""Colours: legible in every theme, and never the only thing that says something."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.widget import Widget

from dev2cto.study.study import Study
from dev2cto.tui.themes import PALETTES, Palette, theme_name
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.line_widget import COLOURS, STYLES, palette_pens, sixteen_pens
from tests.support.pilot_driver import opened

NOT_TEXT = ("faint", "track")
"""Rules and empty bars."""
LEAST = {"contrast": 7.0}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""

    def luminance(hex: str) -> float:
        parts = [part / 255 for part in Color.parse(hex).rgb]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_every_word_is_legible_on_the_background_and_on_the_tint(name: str) -> None:
    colours = PALETTES[name]._asdict()
    used = {style: colours[COLOURS.get(style, "text")] for style in STYLES if style not in NOT_TEXT}
    poor = {
        (style, ground): round(contrast(colour, colours[ground]), 2)
        for style, colour in used.items()
        for ground in ("background", "tint")
        if contrast(colour, colours[ground]) < LEAST.get(name, 4.5)
    }
    assert poor == {}


@pytest.mark.parametrize("name", PALETTES)
def test_the_tint_is_a_shade_off_the_background(name: str) -> None:
    palette: Palette = PALETTES[name]
    assert 1.05 < contrast(palette.background, palette.tint) < 1.35


def test_words_have_no_colour_of_the_sixteen() -> None:
    """Each of them is illegible on some terminal; marks beside words may have them."""
    coloured = {style for style, pen in sixteen_pens().styles.items() if pen.color is not None}
    assert coloured == {"fill", "fill-good", "fill-bad", "fill-warm"}


@pytest.mark.parametrize("name", PALETTES)
def test_without_colours_words_differ_by_weight(name: str) -> None:
    pens = palette_pens(PALETTES[name], no_color=True)
    weights = {style: (pens.styles[style].bold, pens.styles[style].dim) for style in ("", "bold", "muted")}
    assert len(set(weights.values())) == 3
    assert not pens.coloured


async def placeholder(study: Study) -> tuple[str, str]:
    async with opened(study) as driver:
        await driver.press("slash")
        field = driver.page.query_one(LineInput)
        style = field.get_component_rich_style("input--placeholder")
        assert style.color is not None
        assert style.bgcolor is not None
        return style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex


@pytest.mark.parametrize("name", PALETTES)
async def test_placeholders_are_legible(study: Study, name: str) -> None:
    study.set("theme", name)
    assert contrast(*(await placeholder(study))) >= LEAST.get(name, 4.5)


async def test_what_is_disabled_is_as_legible_as_before(study: Study) -> None:
    """Options while the learner is asked how sure they are."""
    study.set("theme", "dark")
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("enter", "3", "enter")
        disabled = [widget for widget in driver.page.walk_children(Widget) if widget.disabled]
        assert disabled
        assert {widget.opacity for widget in disabled} == {1.0}


@pytest.mark.parametrize(("depth", "theme"), [("truecolor", "dark"), ("24bit", "dark"), ("", "terminal")])
def test_the_theme_follows_the_terminal(depth: str, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", depth)
    assert theme_name("auto") == theme
    assert theme_name("light") == "light"
