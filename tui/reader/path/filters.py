"""The filters: pins, rows with some words, what is searched for, a zoomed pane. Plain values; Esc clears the last."""

from __future__ import annotations

from collections.abc import Collection

from tui.briefing.record import NamedTuple


class Narrowing(NamedTuple):
    """One filter, which Esc clears: "pins" with its actors, "rows" with the title of a pane and what its
    rows must hold, "find" with what is looked for and the titles of the panes, or "zoom"."""

    what: str
    value: tuple[str, ...] = ()


Narrowed = tuple[Narrowing, ...]
ZOOM = Narrowing("zoom")


def without(narrowed: Narrowed, what: str, title: str = "") -> Narrowed:
    """Return the filters without this one; of "rows", only without that of the pane with this title, if one is
    given."""
    return tuple(each for each in narrowed if each.what != what or (title and each.value[0] != title))


def unpinned(narrowed: Narrowed, actors: Collection[str]) -> Narrowed:
    """Return the filters without the pins of these actors."""
    pins = (Narrowing("pins", tuple(pin for pin in each.value if pin not in actors)) for each in narrowed)
    both = zip(narrowed, pins)
    return tuple(pin if each.what == "pins" else each for each, pin in both if each.what != "pins" or pin.value)


def pins(narrowed: Narrowed) -> tuple[str, ...]:
    """List the pinned actors, in the order in which they were pinned."""
    return tuple(dict.fromkeys(pin for each in narrowed if each.what == "pins" for pin in each.value))
