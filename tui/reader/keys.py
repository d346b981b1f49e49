"""The keys, read off the classes that have them: for the help screen, the README's table and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import Binding

NAMES = {
    "right_curly_bracket": "}", "left_curly_bracket": "{", "left_square_bracket": "[", "right_square_bracket": "]",
    "full_stop": ".", "comma": ",", "exclamation_mark": "!", "question_mark": "?", "plus": "+", "minus": "-",
    "equals_sign": "=", "quotation_mark": '"', "slash": "/", "semicolon": ";", "ampersand": "&", "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "enter": "Enter",
    "space": "Space", "escape": "Esc", "backspace": "Backspace", "tab": "Tab", "shift+tab": "Shift-Tab", "down": "↓",
    "up": "↑", "left": "←", "right": "→",
}  # fmt: skip


class Key(NamedTuple):
    where: str
    keys: str
    words: str
    id: str


def name(key: str) -> str:
    """The key as it is printed: ^d, PgDn, }."""
    if key.startswith("ctrl+"):
        return "^" + key[5:]
    return NAMES.get(key, key)


def table() -> Iterator[Key]:
    """Every key that works, by where it does, in the order of the classes."""
    from tui.reader.pane import Pane
    from tui.reader.reading import PANES, ReadingScreen
    from tui.reader.sheet import Sheet

    places: list[tuple[str, type]] = [("everywhere", ReadingScreen), ("in every pane", Pane)]
    places += [(f"in {pane.TITLE}", pane) for pane in PANES]
    places += [("on a sheet", Sheet)]
    for where, owner in places:
        rows: dict[str, tuple[list[str], str]] = {}
        for binding in owner.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            keys, _ = rows.setdefault(binding.id or binding.action, ([], binding.description))
            keys += [name(key.strip()) for key in binding.key.split(",")]
        for id, (keys, words) in rows.items():
            yield Key(where, " ".join(keys), words, id)
