"""Room: the panes of a briefing, which is turned to and which are in sight; over them, a sheet or the note editor."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size
from textual.widget import Widget

from tui.briefing.record import NamedTuple
from tui.reader.drawing import opening
from tui.reader.path import plan
from tui.reader.path.place import Spot
from tui.reader.path.plan import PaneName
from tui.reader.widgets.note_editor import Editor
from tui.reader.widgets.pane import Pane
from tui.reader.widgets.sheet import Sheet

PANES: tuple[type[Pane], ...] = tuple(plan.class_of(each.screen) for each in plan.PANES)
"""Their order is their number key."""


class Held(NamedTuple):
    """Where a pane is: what its row is, the spot, and how many lines are above that row."""

    ref: str
    spot: Spot
    above: int


class Room(Widget):
    def __init__(self, sheet: Sheet, editor: Editor) -> None:
        super().__init__(id="panes")
        self.panes: tuple[Pane, ...] = tuple(pane() for pane in PANES)
        self.named = dict(zip(plan.NAMES, self.panes))
        for number, (name, pane) in enumerate(self.named.items(), 1):
            pane.number, pane.name_of_pane, pane.answer, pane.called = number, name, sheet.answer, sheet.called
        self.sheet, self.editor = sheet, editor
        self.turned_to: tuple[PaneName, ...] = (plan.SUMMARY,)
        """The panes that were turned to, the last first."""
        self.alone = self.one_at_a_time = False
        """Whether one pane has all the room, and whether the screen has none for more."""
        self._laid_out: tuple[object, ...] = ()

    @property
    def here(self) -> PaneName:
        """Return the pane that was turned to last."""
        return self.turned_to[0]

    @property
    def at(self) -> Pane:
        """Return the pane that keys go to."""
        return self.sheet if self.sheet.open else self.pane(self.here)

    @property
    def every_pane(self) -> Sequence[Pane]:
        return (*self.panes, self.sheet)

    @property
    def covered(self) -> bool:
        """Return whether a sheet or the editor is open."""
        return self.sheet.open or self.editor.open

    def pane(self, name: PaneName) -> Pane:
        return self.named[name]

    def turn_to(self, name: PaneName) -> None:
        """Turn to a pane; it is shown in place of another if they share a place."""
        self.turned_to = (name, *(each for each in self.turned_to if each != name))

    def give_keys(self, target: Widget) -> None:
        """Show on every pane whether keys go to it."""
        for pane in self.every_pane:
            if pane.turned_to != (pane is target):
                pane.turn(pane is target)

    def warm(self) -> None:
        """Make every pane ready to be searched; may be called from a thread."""
        for pane in self.panes:
            pane.warm()

    def held(self) -> list[Held]:
        """Return where each pane is, to be given to `hold` after another reading is shown."""
        return [Held(pane.ref, pane.spot, pane.lines_above()) for pane in self.panes]

    def hold(self, held: Sequence[Held]) -> None:
        """Put each cursor on the item that it was on, as high in its pane, or near it if the item is gone."""
        for pane, (ref, spot, above) in zip(self.panes, held):
            row = None if pane is self.pane(plan.SUMMARY) else pane.row_of(ref)
            row = pane.nearest_row(spot.row, 1) if row is None else row
            pane.stand(Spot(row, spot.part, pane.window.back((row, 0), above) if pane.rows else (0, 0)))

    def lay_out(self, size: Size, zoomed: bool, drafted: bool) -> bool:
        """Give each pane its place, or none; return whether anything changed. `size`: of the screen, in cells; `drafted`: False
        for a raw article, which has nothing but its text."""
        layout = opening.layout(*size)
        self.one_at_a_time = layout == "one"
        self.alone = self.one_at_a_time or zoomed or self.covered or not drafted
        shown = plan.visible("one" if self.alone else layout, self.turned_to)
        low = layout == "one" and size.height < opening.LOW
        laid_out = (layout, self.alone, low, shown, self.sheet.open, self.editor.open, drafted)
        if self._laid_out == laid_out:
            return False
        self._laid_out = laid_out
        for name, pane in self.named.items():
            pane.bare = low
            pane.display = not self.covered and name in shown
        for columns in ("two", "three"):
            self.set_class(layout == columns and not self.alone, columns, update=self.is_attached)
        return True

    def next_pane(self, step: int) -> PaneName:
        """Return the pane `step` further on, round the end, of those that are in sight; of all, where only one is."""
        order = [name for name, pane in self.named.items() if pane.display or self.alone]
        return order[(order.index(self.here) + step) % len(order)]

    def choose_here(self) -> None:
        """Make the item under the cursor the subject."""
        pane = self.at
        if pane.rows:
            pane.choose(pane.spot.row, pane.spot.part)

    def ref_here(self) -> str:
        """Return what the cursor's row is: an item or a passage, "" for none."""
        pane = self.at
        targets = pane.targets(pane.spot.row) if pane.rows else ()
        target = targets[min(pane.spot.part, len(targets) - 1)] if targets else ""
        return target.partition(">")[0] or (self.sheet.about if pane is self.sheet else "")
