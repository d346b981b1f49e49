"""Themes: `themes/*.toml`, bundled ones and a person's own, checked before Textual sees them.

Textual dies on a bad colour at the moment of switching; so every value is parsed here first, and a file with a mistake is
named with its line and left out.
"""

from __future__ import annotations

from pathlib import Path

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from tui.briefing.files import Unreadable, read_text
from tui.briefing.problem import Problem
from tui.briefing.record import NamedTuple
from tui.settings import bundled, config_folder, place_of, read_toml

ORDER = ("night", "paper", "contrast", "terminal")
COLOURS = ("foreground", "background", "surface", "secondary", "primary", "accent", "success", "warning", "error")
SWITCHES = ("dark", "ansi")


class Known(NamedTuple):
    name: str
    words: str
    theme: Theme


def folders() -> tuple[Path, ...]:
    """List where themes are: the bundled ones, and the person's own."""
    return (bundled() / "themes", config_folder() / "themes")


def load(folders_: tuple[Path, ...] | None = None) -> tuple[list[Known], list[Problem]]:
    """Load themes as (loaded, failed): the bundled ones in their order, then the person's own by name, which may
    replace a bundled one."""
    loaded: dict[str, Known] = {}
    failed: list[Problem] = []
    for folder in folders_ or folders():
        try:
            paths = sorted(
                folder.glob("*.toml"),
                key=lambda path: (path.stem not in ORDER, *map(path.stem.__eq__, reversed(ORDER)), path.stem),
            )
        except OSError:
            continue
        for path in paths:
            known, problems = read(path)
            failed += problems
            if known:
                loaded[known.name] = known
    return list(loaded.values()), failed


def read(path: Path) -> tuple[Known | None, list[Problem]]:
    """Read the theme of a file, or say what is wrong with it."""
    try:
        text = read_text(path)
    except Unreadable as refusal:
        return None, [Problem("theme", "error", refusal.message, refusal.hint, str(path))]
    values, problems = read_toml(text, str(path), "theme")
    if problems:
        return None, problems

    def wrong(key: str, message: str, hint: str) -> None:
        problems.append(Problem("theme", "error", message, hint, str(path), place_of(text, key)))

    for key, value in values.items():
        if key in COLOURS:
            try:
                Color.parse(value if isinstance(value, str) and not value.startswith("auto") else "")
            except ColorParseError:
                wrong(key, f"{key} is no colour: {value!r}", 'write "#82bde0" or a name such as "ansi_red"')
        elif key in SWITCHES:
            if not isinstance(value, bool):
                wrong(key, f"{key} is not true or false", "write true or false")
        elif key != "words":
            wrong(key, f"a theme has no {key!r}", "the keys are " + ", ".join((*COLOURS, *SWITCHES, "words")))
    missing = [key for key in COLOURS if key not in values]
    if missing:
        wrong("", f"the theme has no {', '.join(missing)}", "write them")
    if problems:
        return None, problems
    colours = {key: values[key] for key in COLOURS}
    switches = {key: values.get(key, key == "dark") for key in SWITCHES}
    ours = dict(BUILTIN_THEMES["ansi-dark"].variables) if switches["ansi"] else {}  # without these Textual cannot start
    # As variables too: Textual would take each colour through another colour space and back, and round it on the way.
    theme = Theme(name=path.stem, **colours, **switches, variables={**ours, **colours})
    return Known(path.stem, str(values.get("words", "")), theme), []
