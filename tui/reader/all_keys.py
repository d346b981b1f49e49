"""Every key of every screen: for `readout keys`, the help, the README and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from tui.reader.keys.action import SHELF, Action, Bound, Key, bound_by
from tui.reader.keys.keymap import named
from tui.reader.reading.screen import ReadingScreen
from tui.reader.shelf.screen import ShelfScreen


def _places() -> list[tuple[str, type]]:
    places = ReadingScreen.key_places()
    return [*places[:-2], (SHELF, ShelfScreen), *places[-2:]]


def bound() -> Iterator[Bound]:
    """Yield every action that has a key, by where it works, in the order of the classes, with its default keys."""
    seen: set[str] = set()
    for where, owner in _places():
        rows = bound_by(owner, where)
        yield from (row for row in rows if where != SHELF or row.id not in seen)
        seen.update(row.id for row in rows)


def table(keymap: Mapping[str, str] | None = None) -> Iterator[Key]:
    """Yield every key that works; with `keymap`, as that sets them."""
    yield from named(bound(), keymap)


@lru_cache(1)
def in_kiosk() -> frozenset[str]:
    """Return the names of the actions that a shared reading account has."""
    actions = (each for _, owner in _places() for each in owner.__dict__.get("BINDINGS", ()))
    return frozenset(
        each.action.partition("(")[0].rpartition(".")[2] for each in actions if isinstance(each, Action) and each.kiosk
    )
