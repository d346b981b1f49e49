"""Where a reader is: all that is needed to return there exactly."""

from __future__ import annotations

from pathlib import Path

from tui.briefing.record import record
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
