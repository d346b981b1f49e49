"""How keys are written: ^d, PgDn, Shift-Tab; and back, from what a person writes in settings.toml to Textual's names."""

from __future__ import annotations

import re

from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, Keys, key_to_character

NAMES = {
    "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "enter": "Enter", "space": "Space", "escape": "Esc",
    "backspace": "Backspace", "tab": "Tab", "down": "↓", "up": "↑", "left": "←", "right": "→", "insert": "Ins", "delete": "Del",
}  # fmt: skip
"""What is printed on keys that give no character."""

_NAMED = {name.lower(): key for key, name in NAMES.items()}
_KNOWN = {each.value for each in Keys if each.value.isalnum()} - {"return"}
_SAME = {
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape", "return": "enter",
    "ctrl+space": "ctrl+@", "ctrl+at": "ctrl+@", "ctrl+slash": "ctrl+underscore",
}  # fmt: skip
"""Keys that no terminal tells from another, and the other."""
TAKEN = {"ctrl+q": "saves what is typed and quits, whatever is set"}


def name(key: str) -> str:
    """Print the name of a key: ^d, PgDn, }, Shift-Tab."""
    *modifiers, base = key.split("+")
    character = key_to_character(REPLACED_KEYS.get(base, base))
    base = NAMES.get(base) or character or (base.upper() if re.fullmatch(r"f\d\d?", base) else base)
    if modifiers == ["ctrl"] and len(base) == 1 and base.isascii():
        return "^" + base
    return "-".join([*(each.capitalize() for each in modifiers), base])


def key(written: str) -> str:
    """Return Textual's name of a key, written as `name` prints it, as Textual does, or as its character. Raises
    ValueError with what is wrong."""
    control = re.fullmatch(r"\^(.+)", written)
    found = re.fullmatch(
        r"((?:(?:ctrl|alt|shift|super|hyper|meta)[-+])*)(.+)", f"ctrl+{control[1]}" if control else written, re.I
    )
    if not found:
        raise ValueError("no key has an empty name")
    modifiers = set(re.findall("[a-z]+", found[1].lower()))
    base = _base(found[2])
    if base is None:
        raise ValueError(f"no key is called {written!r}")
    if len(base) == 1 and base.isalpha():
        if "shift" in modifiers:
            modifiers.discard("shift")
            base = base.upper()
        if "ctrl" in modifiers:
            base = base.lower()
    elif "shift" in modifiers and base not in NAMES and key_to_character(REPLACED_KEYS.get(base, base)):
        raise ValueError(f"{written!r} is a character of its own: write that")
    full = "+".join([*sorted(modifiers), base])
    full = _SAME.get(full, full)
    if full in TAKEN:
        raise ValueError(f"{written!r} {TAKEN[full]}")
    return full


def _base(written: str) -> str | None:
    if len(written) == 1:
        return _NAMED.get(written) or _of_character(written)
    lower = written.lower()
    if lower in _NAMED or lower in _KNOWN or lower == "return":
        return _NAMED.get(lower, lower)
    character = key_to_character(REPLACED_KEYS.get(lower, lower))
    return _of_character(character) if character and len(character) == 1 else None


def _of_character(character: str) -> str | None:
    if character == " ":
        return "space"
    if not character.isprintable():
        return None
    if character.isalnum():
        return character
    import unicodedata

    found = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(found, found) if key_to_character(found) == character else None
