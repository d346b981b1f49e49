"""The keys, read off the classes that have them: for the help screen, the README's table and the tests; and what a person's
settings make of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from textual.binding import Binding
from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, Keys, key_to_character

from tui.briefing.problem import Place, Problem
from tui.briefing.record import NamedTuple
from tui.settings import Settings

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
UNBOUND = "<none>"
"""For Textual, a key that nobody can press: it takes an empty list of keys for the defaults."""

EVERYWHERE, EVERY_PANE, SHEET, NOTE, SHELF = "everywhere", "in every pane", "on a sheet", "in a note", "on the shelf"
"""A note being written is no pane, and has none of their keys; the shelf is another screen, and what it has in common with
reading stands there."""


class Key(NamedTuple):
    where: str
    keys: str
    words: str
    id: str


class Bound(NamedTuple):
    """An action and its keys, by Textual's names."""

    where: str
    id: str
    words: str
    keys: tuple[str, ...]


def name(key: str) -> str:
    """The key as it is printed: ^d, PgDn, }, Shift-Tab."""
    *modifiers, base = key.split("+")
    character = key_to_character(REPLACED_KEYS.get(base, base))
    base = NAMES.get(base) or character or (base.upper() if re.fullmatch(r"f\d\d?", base) else base)
    if modifiers == ["ctrl"] and len(base) == 1 and base.isascii():
        return "^" + base
    return "-".join([*(each.capitalize() for each in modifiers), base])


def key(written: str) -> str:
    """Textual's name of a key that is written as `name` prints it, as Textual does, or as its character. Raises ValueError with
    what is wrong."""
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


def bound() -> Iterator[Bound]:
    """Every action that has a key, by where it works, in the order of the classes, with its default keys."""
    seen: set[str] = set()
    for where, owner in _places():
        rows = bound_by(owner, where)
        yield from (row for row in rows if where != SHELF or row.id not in seen)
        seen.update(row.id for row in rows)


def _places() -> list[tuple[str, type]]:
    from tui.reader.shelf import ShelfScreen

    places = _while_reading()
    places.insert(-2, (SHELF, ShelfScreen))
    return places


def _while_reading() -> list[tuple[str, type]]:
    from tui.reader.editor import Editor
    from tui.reader.pane import Pane
    from tui.reader.reading import PANES, ReadingScreen
    from tui.reader.sheet import Sheet

    panes: list[tuple[str, type]] = [(f"in {pane.TITLE}", pane) for pane in PANES]
    return [(EVERYWHERE, ReadingScreen), (EVERY_PANE, Pane), *panes, (SHEET, Sheet), (NOTE, Editor)]


def bound_by(owner: type, where: str) -> list[Bound]:
    """The actions of one class."""
    rows: dict[str, Bound] = {}
    for binding in owner.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        row = rows.get(binding.id or binding.action) or Bound(where, binding.id or binding.action, binding.description, ())
        rows[row.id] = row._replace(keys=(*row.keys, *(each.strip() for each in binding.key.split(","))))
    return list(rows.values())


@lru_cache(1)
def in_kiosk() -> frozenset[str]:
    """The names of the actions that a shared reading account has."""
    from tui.reader.action import Action

    actions = (each for _, owner in _places() for each in owner.__dict__.get("BINDINGS", ()))
    return frozenset(
        each.action.partition("(")[0].rpartition(".")[2] for each in actions if isinstance(each, Action) and each.kiosk
    )


def first(table: Iterable[Key]) -> dict[str, str]:
    """Id → the first of its keys, as it is printed; "" where it has none."""
    return {key.id: key.keys.partition(" ")[0] for key in table}


def table(keymap: Mapping[str, str] | None = None) -> Iterator[Key]:
    """Every key that works; with `keymap`, as that sets them."""
    yield from named(bound(), keymap)


def why_not(key: str, keymap: Mapping[str, str], help_key: str) -> str:
    """What to say of a key that does nothing in the place where it was pressed. `key`: by Textual's name; `help_key`: the key
    that lists them all, "" for none."""
    pressed = name(key)
    elsewhere = [each for each in table(keymap) if pressed in each.keys.split(" ")]
    if not elsewhere:
        return f"{pressed} does nothing" + (f"; {help_key} lists the keys" if help_key else "")
    places = {EVERYWHERE: "in a briefing", EVERY_PANE: "in a list"}
    where = dict.fromkeys(places.get(each.where, each.where) for each in elsewhere)
    return f"{pressed} does nothing here; it works {', '.join(where)}: {elsewhere[0].words}"


def while_reading(keymap: Mapping[str, str]) -> Iterator[Key]:
    """Every key that works where a briefing is read: the shelf is not loaded for it."""
    yield from named((row for where, owner in _while_reading() for row in bound_by(owner, where)), keymap)


def on_shelf(keymap: Mapping[str, str] | None = None) -> Iterator[Key]:
    """Every key that works on the shelf."""
    from tui.reader.pane import Pane
    from tui.reader.sheet import Sheet
    from tui.reader.shelf import ShelfScreen

    places: list[tuple[str, type]] = [(SHELF, ShelfScreen), (EVERY_PANE, Pane), (SHEET, Sheet)]
    yield from named((row for where, owner in places for row in bound_by(owner, where)), keymap)


def named(rows: Iterable[Bound], keymap: Mapping[str, str] | None) -> Iterator[Key]:
    for row in rows:
        keys = (keymap or {}).get(row.id)
        names = row.keys if keys is None else tuple(each for each in keys.split(",") if each != UNBOUND)
        yield Key(row.where, " ".join(map(name, names)), row.words, row.id)


def keymap(chosen: Settings) -> tuple[dict[str, str], list[Problem]]:
    """For `App.set_keymap`: the keys that a person has set, by id; and what is wrong with them. An id whose keys are unknown,
    or clash with another's, keeps its defaults."""
    rows = list(bound())
    problems: list[Problem] = []

    def wrong(id: str, message: str, hint: str) -> None:
        problems.append(Problem("settings", "error", message, hint, chosen.path, chosen.places.get(id, Place())))

    wanted: dict[str, tuple[str, ...]] = {}
    for id, written in chosen.keys.items():
        if not any(row.id == id for row in rows):
            wrong(id, f"there is no key id {id!r}", "readout keys lists the ids")
            continue
        try:
            wanted[id] = tuple(dict.fromkeys(map(key, written)))
        except ValueError as error:
            wrong(id, f"{id}: {error}", "the default is used; readout keys shows how keys are written")
    meant = {(one.id, other.id) for one, other, _ in _clashes(rows)}
    while True:
        now = [row._replace(keys=wanted.get(row.id, row.keys)) for row in rows]
        clashes = [clash for clash in _clashes(now) if (clash[0].id, clash[1].id) not in meant]
        refused: dict[str, None] = {}
        for one, other, pressed in clashes:
            for row, against in ((one, other), (other, one)):
                if row.id in wanted and row.id not in refused:
                    refused[row.id] = None
                    where = row.where if against.where == EVERYWHERE else against.where
                    message = f"{row.id}: {name(pressed)} is {against.id} ({against.words}) {where} too"
                    wrong(row.id, message, "the default is used; name another key, or give that one another")
        if not refused:
            break
        for id in refused:
            del wanted[id]
    problems.sort(key=lambda problem: problem.place)
    return {id: ",".join(keys) or UNBOUND for id, keys in wanted.items()}, problems


def _clashes(rows: Sequence[Bound]) -> list[tuple[Bound, Bound, str]]:
    """Two actions that one key does in one place."""
    return [
        (one, other, next(pressed for pressed in one.keys if pressed in other.keys))
        for one, other in combinations(rows, 2)
        if not {*one.keys}.isdisjoint(other.keys) and _meet(one.where, other.where)
    ]


def _meet(one: str, other: str) -> bool:
    both = {one, other}
    if SHELF in both and one != other:  # of the panes, it has none that reading has
        return bool(both & {EVERY_PANE, SHEET})
    return one == other or EVERYWHERE in both or (EVERY_PANE in both and NOTE not in both)
