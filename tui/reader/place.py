"""Where a reader is: all that is needed to return there exactly."""

from __future__ import annotations

from pathlib import Path

from tui.briefing.record import record
from tui.reader.narrowing import Narrowed
from tui.reader.pane import Spot
from tui.reader.plan import PaneName


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
