"""The panes: their names and order, what draws each, and where each is in every layout. A new pane gets a line here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module

from tui.briefing.record import NamedTuple
from tui.reader.drawing.opening import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

PaneName: TypeAlias = str

SUMMARY, ACTORS, QUOTES, TIMELINE, SOURCE = "Summary", "Actors", "Quotes", "Timeline", "Source"


class Plan(NamedTuple):
    name: PaneName
    screen: str
    """The widget that draws it, as module:class."""
    lines: str
    """Its rows in plain mode, as module:class; without Textual."""
    two: int
    """Its place in the layout of two columns: 0 1 above, 2 3 below. Of the panes of one place, the last turned to is shown."""
    three: int
    """Its place in the layout of three columns: 0 1 2 above, 3 and 4 below; 1 is the whole second column."""


PANES = (
    Plan(SUMMARY, "tui.reader.panes.summary:Summary", "tui.reader.plain.rows:Summary", 0, 0),
    Plan(ACTORS, "tui.reader.panes.actors:Actors", "tui.reader.plain.rows:Actors", 2, 3),
    Plan(QUOTES, "tui.reader.panes.quotes:Quotes", "tui.reader.plain.rows:Quotes", 1, 2),
    Plan(TIMELINE, "tui.reader.panes.timeline:Timeline", "tui.reader.plain.rows:Timeline", 3, 4),
    Plan(SOURCE, "tui.reader.panes.source:Source", "tui.reader.plain.rows:Source", 0, 1),
)  # fmt: skip
"""Their order is their number key."""
NAMES = tuple(each.name for each in PANES)


def visible(layout: Layout, turned_to: Iterable[PaneName]) -> frozenset[PaneName]:
    """Return the panes that a layout shows. `turned_to`: names of panes, the last turned to first; the first pane of a place
    that is not among them is the one of the table."""
    recent = list(turned_to)
    order = sorted(PANES, key=lambda each: recent.index(each.name) if each.name in recent else len(recent))
    if layout == "one":
        return frozenset({order[0].name})
    shown: dict[int, PaneName] = {}
    for each in order:
        shown.setdefault(each.two if layout == "two" else each.three, each.name)
    return frozenset(shown.values())


def in_order_of_place() -> list[PaneName]:
    """Return the panes as the grid of either layout is filled: row by row, from the left."""
    return [each.name for each in sorted(PANES, key=lambda each: each.three)]


def left_at(place: Mapping[str, object]) -> tuple[PaneName, dict[PaneName, str]]:
    """Read from a saved place the pane and what each pane was on: a row of the summary ("12"), an item or a passage. Versions
    before 0.2 saved numbers in place of names. ("", {}) if it cannot be read."""
    pane, refs = place.get("pane"), place.get("refs")
    if isinstance(pane, int) and isinstance(refs, list) and 0 <= pane < len(NAMES):
        pane, refs = NAMES[pane], dict(zip(NAMES, refs))
    if pane in NAMES and isinstance(refs, dict):
        return str(pane), {name: str(ref) for name, ref in refs.items() if name in NAMES}
    return "", {}


def class_of(path: str) -> Any:
    """Import the class that a line of the table names."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
