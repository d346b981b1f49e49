"""The way that led here (Backspace, `]`): places as they were left, and how to be in one again exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.reader.path.place import Place, words_for

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk

SHOWN = 6
"""So many steps back are named in the status line."""


def place(desk: Desk) -> Place:
    """Return where the reader is."""
    room = desk.room
    return Place(
        desk.reading.path, room.turned_to, desk.subject, desk.narrowed, desk.source,
        tuple(pane.spot for pane in room.panes), tuple(pane.view for pane in room.panes), words_here(desk),
    )  # fmt: skip


def leave(desk: Desk) -> None:
    """Remember where the reader is. Call it just before going elsewhere."""
    desk.trail.leave(place(desk))


def restore(desk: Desk, place: Place) -> None:
    """Go to a place of this briefing."""
    room = desk.room
    desk.subject, desk.source = place.subject, place.source
    room.turned_to = place.turned_to
    for pane, view in zip(room.panes, place.views):
        pane.see(view)
    desk.narrow(place.narrowed)
    for pane, spot in zip(room.panes, place.spots):
        pane.stand(spot)
    desk.turn_over()


def back(desk: Desk) -> None:
    """Go to where the last step began; from where the first began, to the shelf if the briefing was opened from it."""
    there = desk.trail.back(place(desk))
    if there or not desk.app.back_to_shelf():
        _go(desk, there, "already at the start")


def forward(desk: Desk) -> None:
    _go(desk, desk.trail.forward(place(desk)), "already at the newest position")


def _go(desk: Desk, there: Place | None, words: str) -> None:
    if there is None:
        desk.say(words)
    elif there.path != desk.reading.path:
        desk.app.open_path(there.path, there)
    else:
        desk.say("")
        restore(desk, there)


def words_here(desk: Desk) -> str:
    """Return what the status line calls the row of the cursor."""
    room = desk.room
    return words_for(desk.reading, room.pane(room.here).ref) or room.here


def words(desk: Desk) -> list[str]:
    """Name where the reader is, and the steps that led there, the last first."""
    return [words_here(desk), *(place.words for place in reversed(desk.trail.behind[-SHOWN:]))]
