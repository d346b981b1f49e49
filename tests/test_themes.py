"""Themes: readable by the numbers, checked before Textual sees them, and not needed to tell things apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color

from tests.conftest import ARTICLE, ROOT
from tui.reader import themes
from tui.reader.app import ReaderApp

LOADED, FAILED = themes.load((ROOT / "themes",))
CSS = re.sub(r"/\*.*?\*/", "", (ROOT / "tui/reader/reader.tcss").read_text(), flags=re.S)


def pairs() -> set[tuple[str, str]]:
    """Every (text, ground) that the stylesheet's components can put on the screen, by the names of the theme's colours."""
    found = {("foreground", "background")}
    for _selector, body in re.findall(r"([^{}]*\.pane--[^{}]*)\{([^}]*)\}", CSS):
        colour = re.search(r"(?<!-)\bcolor:\s*\$(\w+)", body)
        ground = re.search(r"\bbackground:\s*\$(\w+)", body)
        text, behind = colour[1] if colour else "foreground", ground[1] if ground else "background"
        if text != "primary":  # rules: lines, no text
            found.add((behind, text) if "reverse" in body else (text, behind))
    return found


def luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_bundled_themes_load_in_their_order() -> None:
    assert [theme.name for theme in LOADED] == ["night", "paper", "contrast", "terminal"] and not FAILED


@pytest.mark.parametrize("known", [theme for theme in LOADED if not theme.theme.ansi], ids=lambda known: known.name)
def test_every_text_has_contrast_to_what_is_behind_it(known: themes.Known) -> None:
    assert len(pairs()) >= 7
    for text, ground in pairs():
        ratio = contrast(getattr(known.theme, text), getattr(known.theme, ground))
        assert ratio >= (7 if known.name == "contrast" else 4.5), (text, ground, ratio)


def test_the_16_colour_theme_leaves_the_terminals_own_ground_and_puts_no_colour_on_another() -> None:
    theme = next(known.theme for known in LOADED if known.theme.ansi)
    assert theme.background == theme.foreground == theme.surface == "ansi_default"
    on_either = {"ansi_default", "ansi_magenta", "ansi_red"}  # at least 3:1 on black and on white alike, as xterm draws them
    assert {getattr(theme, name) for name in themes.COLOURS} <= on_either
    xterm = {"ansi_magenta": "#cd00cd", "ansi_red": "#cd0000"}
    for colour in xterm.values():
        assert contrast(colour, "#000000") >= 3 and contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('foreground = "#zzz"', 1, "no colour"),
        ('words = "x"\naccent = "}"', 2, "no colour"),
        ("accent = 3", 1, "no colour"),
        ('accent = "auto 50%"', 1, "no colour"),
        ('dark = "yes"', 1, "true or false"),
        ('colour = "#fff"', 1, "a theme has no 'colour'"),
        ("accent = ", 1, "nvalid"),
        ('accent = "#ffffff"', 1, "has no foreground"),
    ],
)
def test_a_broken_theme_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    known, problems = themes.read(path)
    assert known is None
    assert any(words in problem.message and problem.place.line == line for problem in problems), problems


async def test_a_broken_theme_of_ones_own_is_said_and_the_default_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "readout" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('accent = "}"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    app = ReaderApp([ARTICLE], theme="mine")
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        assert app.theme == "night"
        assert "mine.toml:1:10" in app.reader.said and "2 more" in app.reader.said


async def test_ones_own_theme_is_used_and_t_goes_round_all_of_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "readout" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text((ROOT / "themes" / "night.toml").read_text())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    app = ReaderApp([ARTICLE], theme="mine")
    async with app.run_test() as pilot:
        seen = [app.theme]
        for _ in range(5):
            await pilot.press("T")
            seen.append(app.theme)
    assert seen == ["mine", "night", "paper", "contrast", "terminal", "mine"]


@pytest.mark.parametrize("no_color", [False, True])
async def test_without_colour_everything_is_told_apart_by_glyph_weight_or_word(
    no_color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    app = ReaderApp([ARTICLE], theme="night" if no_color else "terminal")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3", "j", "enter")
        await pilot.pause()
        styles = {
            name: app.screen.get_component_rich_style(f"pane--{name}")
            for name in ("text", "link", "quoted", "evidence", "lit", "chosen", "strong")
        }
        assert styles["link"].underline and styles["evidence"].underline
        assert styles["lit"].reverse and styles["chosen"].reverse and styles["strong"].bold
        assert styles["quoted"].bold or not no_color
        text = "\n".join("".join(s.text for s in strip) for strip in app.screen._compositor.render_strips())
        assert "▌" in text and "▸" in text and "●" in text


def test_a_theme_that_does_not_exist_is_named_without_a_line() -> None:
    app = ReaderApp([ARTICLE], theme="nope")
    (problem,) = app._problems
    assert str(problem) == "error theme: there is no theme 'nope'; readout themes lists them"
