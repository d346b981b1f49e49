"""The filters on the screen: set one, clear the last (Esc) or a chosen one (`U`), and say what is set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.reader.path.filters import ZOOM, Narrowing, pins, without
from tui.reader.path.place import words_for
from tui.reader.widgets.pane import Pane
from tui.reader.widgets.sheet import Entry

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk

NAMES = {"pins": "pinned", "rows": "rows of", "find": "looked for", "zoom": "this pane alone"}


def keep_rows(desk: Desk, pane: Pane, typed: str) -> None:
    """Show only the rows of a pane that have these words; "" shows all."""
    if pane is desk.room.sheet:
        pane.like = typed
        return
    rows = (Narrowing("rows", (pane.TITLE, typed)),) if typed else ()
    desk.narrow((*without(desk.narrowed, "rows", pane.TITLE), *rows))


def zoom(desk: Desk) -> None:
    """Show this pane alone, or the others beside it again."""
    if desk.room.one_at_a_time:
        desk.say("this screen already shows one pane at a time")
        return
    desk.narrow(without(desk.narrowed, "zoom") if ZOOM in desk.narrowed else (*desk.narrowed, ZOOM))
    desk.turn_over()


def clear(desk: Desk) -> None:
    """Clear the filter that was set last."""
    if desk.narrowed:
        desk.narrow(desk.narrowed[:-1])
    else:
        desk.say(f"no filter is set; {desk.called('trail.back') or 'another key'} goes back")


def choose(desk: Desk) -> None:
    """Have one of the filters chosen, and clear it."""
    if not desk.narrowed:
        clear(desk)
        return

    def taken(number: str) -> None:
        desk.narrow(tuple(each for at, each in enumerate(desk.narrowed) if str(at) != number))

    desk.present("Filters", lambda: _entries(desk), chosen=taken, does="clears it")


def _entries(desk: Desk) -> Sequence[Entry]:
    found = []
    for at, each in enumerate(desk.narrowed):
        named = " · ".join(words_for(desk.reading, pin) for pin in each.value) if each.what == "pins" else ": ".join(each.value)
        found.append(Entry(named, NAMES[each.what], str(at)))
    return found


def words(desk: Desk, found: str) -> list[str]:
    """Say which filters are set. `found`: what came of the search, in words."""
    pinned = " · ".join(words_for(desk.reading, pin) for pin in pins(desk.narrowed))
    said = [f"pinned: {pinned}"] if pinned else []
    for each in desk.narrowed:
        if each.what == "rows":
            wrong = next((pane.unlike for pane in desk.room.panes if each.value[0] == pane.TITLE), "")
            said.append(f"rows of {each.value[0]}: {each.value[1]}{f' ({wrong})' if wrong else ''}")
        elif each.what == "find":
            said.append(f"/{each.value[0]} {found}")
    return said
