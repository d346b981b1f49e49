"""Where a reader is: all that is needed to return there exactly, and what it is called."""

from __future__ import annotations

from pathlib import Path

from tui.briefing.document import Actor
from tui.briefing.proof import Reading
from tui.briefing.record import record
from tui.reader.drawing.lines import one_line
from tui.reader.path.filters import Narrowed
from tui.reader.path.plan import PaneName


@record(frozen=True)
class Spot:
    """Where a pane is: its cursor's row, and the row and line at its top."""

    row: int = 0
    part: int = 0
    """Which link of the row, or which highlighted passage, if rows have several."""
    top: tuple[int, int] = (0, 0)


@record(frozen=True)
class Place:
    path: Path
    turned_to: tuple[PaneName, ...]
    """The panes that were turned to, the last first."""
    subject: str
    narrowed: Narrowed
    source: str
    spots: tuple[Spot, ...]
    views: tuple[tuple[object, ...], ...]
    words: str
    """What the status line calls it."""


def words_for(reading: Reading, ref: str) -> str:
    """Return what the status line calls an item, a passage, or a person who is not an actor here; "" for a plain line."""
    item = reading.briefing.by_id.get(ref)
    if isinstance(item, Actor):
        return one_line(item.name)
    if item:
        return item.id
    return f"¶{ref.partition(':')[2]}" if ":" in ref else "" if ref == "line" else one_line(ref)
