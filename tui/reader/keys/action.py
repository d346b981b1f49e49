"""An action with its keys, where it works, and whether a shared reading account has it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from tui.briefing.record import NamedTuple

EVERYWHERE, EVERY_PANE, SHEET, NOTE, SHELF = "everywhere", "in every pane", "on a sheet", "in a note", "on the shelf"
"""A note being written is not a pane, and has none of their keys. The shelf is another screen; its entries include what it
has in common with reading."""


@dataclass(frozen=True)
class Action(Binding):
    kiosk: bool = False
    """Whether `readout --kiosk` does it. Said of every action that neither writes, starts nor opens anything but what may be
    read there; unsaid means no."""


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


def bound_by(owner: type, where: str) -> list[Bound]:
    """List the actions of one class."""
    rows: dict[str, Bound] = {}
    for binding in owner.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        row = rows.get(binding.id or binding.action) or Bound(where, binding.id or binding.action, binding.description, ())
        rows[row.id] = row._replace(keys=(*row.keys, *(each.strip() for each in binding.key.split(","))))
    return list(rows.values())
