"""Carry out on the screen what `moves.py` decides: from a row, link or mark to what it leads to, and from pane to pane along
what is related. Filters that hide a row that is gone to are cleared first, and the status line says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.briefing.document import Actor, Event, Quote
from tui.reader.drawing.lines import one_line
from tui.reader.panes.source import Source
from tui.reader.panes.summary import Summary
from tui.reader.path import moves
from tui.reader.path.filters import Narrowing, pins, unpinned, without
from tui.reader.path.moves import Elsewhere, How, Move, Said, Where
from tui.reader.path.place import words_for
from tui.reader.path.plan import SOURCE, SUMMARY, PaneName
from tui.reader.reading import way
from tui.reader.widgets.pane import Pane

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk


class Following:
    def __init__(self, screen: Desk) -> None:
        self.screen = screen

    @property
    def where(self) -> Where:
        screen = self.screen
        return Where(screen.reading, screen.shown.relations, screen.room.here, screen.subject, screen.source)

    def follow(self, target: str, how: How) -> None:
        """Go to an item's own row ("show"), or to where Enter leads from one ("go")."""
        self.make(moves.follow(self.where, target, how))

    def show(self, item: Actor | Quote | Event) -> None:
        """Go to the item's own row; no step back is kept."""
        self.make(moves.show(item)._replace(leaves=False))

    def show_item(self, id: str) -> None:
        """Go to an item by its id, to a passage ("s1:3"), or to the block at a line of the summary ("summary:2")."""
        screen = self.screen
        briefing = screen.reading.briefing
        item = briefing.by_id.get(id)
        if isinstance(item, (Actor, Quote, Event)):
            self.show(item)
        elif id.startswith("summary:"):
            pane, line = screen.go(SUMMARY), id.partition(":")[2]
            assert isinstance(pane, Summary)
            pane.put(pane.nearest_row(pane.row_of_line(int(line) if line.isdecimal() else 0), 1))
        elif item or (id.partition(":")[0] in briefing.source and ":" in id):
            self.follow(id, "show")
        else:
            screen.say(f"{screen.reading.path.name} has no item {one_line(id)}; this is its beginning")

    def to_pane(self, pane: PaneName) -> None:
        """Turn to the pane, on its first row related to the subject; the subject stays."""
        self.make(moves.to_pane(self.where, pane))

    def next_source(self, step: int) -> None:
        self.make(moves.next_source(self.where, step))

    # -- carrying out -------------------------------------------------------------------------------------------------

    def make(self, move: Move | Elsewhere | Said) -> None:
        if isinstance(move, Said):
            self.say(move)
        elif isinstance(move, Elsewhere):
            self._go_elsewhere(move)
        else:
            self._go(move)

    def say(self, said: Said) -> None:
        key = (self.screen.called(said.key) or f"the key of {said.key}") if said.key else ""
        self.screen.say(f"{said.words}; {key} {said.does}" if key else said.words)

    def _go_elsewhere(self, move: Elsewhere) -> None:
        screen = self.screen
        way.leave(screen)
        if move.path:
            screen.app.open_origin(move.path, move.item)
        elif not screen.app.open_linked(screen.reading.path, move.file, move.item):
            screen.trail.behind.pop()

    def _go(self, move: Move) -> None:
        screen = self.screen
        if move.leaves:
            way.leave(screen)
        if move.pin:
            screen.narrow((*without(screen.narrowed, "pins"), Narrowing("pins", (move.pin,))))
        pane = screen.room.pane(move.pane)
        if move.ref and move.pane != SOURCE:
            self._reveal(pane, move.ref)
        if move.subject is not None:
            screen.subject = move.subject
        if move.source:
            screen.source = move.source
        screen.go(move.pane)
        if move.ref and move.pane == SOURCE:
            self._reveal(pane, move.ref)
        self._stand(pane, move)
        if move.says:
            self.say(move.says)

    def _stand(self, pane: Pane, move: Move) -> None:
        """Put the cursor on the row that a move leads to."""
        if move.span and isinstance(pane, Source):
            pane.show_span(move.span)
            if not pane.size.height:
                pane.call_after_refresh(pane.show_span, move.span)
        elif move.ref:
            row = pane.row_of(move.ref)
            if row is not None:
                pane.put(row, context=3) if move.pane == SOURCE else pane.put(row)
        elif move.pin:
            pane.put(pane.nearest_row(0, 1))
        elif move.related:
            rows = pane.related_rows()
            own = pane.row_of(self.screen.subject)
            if own is not None or rows:
                pane.put(own if own is not None else rows[0])
            elif pane.rows and not self.screen.subject:
                pane.choose(pane.spot.row, pane.spot.part)

    def _reveal(self, pane: Pane, ref: str) -> None:
        """Clear what hides a row that is gone to: the filter of that pane's rows, then the pins."""
        screen = self.screen
        before = screen.narrowed
        if pane.row_of(ref) is None:
            screen.narrow(without(screen.narrowed, "rows", pane.TITLE))
        if pane.row_of(ref) is None and pane is not screen.room.pane(SOURCE):
            screen.narrow(without(screen.narrowed, "pins"))
        if screen.narrowed != before:
            gone = " and ".join(
                dict.fromkeys({"pins": "pin", "rows": "filter"}[each.what] for each in before if each not in screen.narrowed)
            )
            screen.say(f"cleared the {gone} that was hiding this row")

    # -- the rest -----------------------------------------------------------------------------------------------------

    def pin(self, target: str) -> None:
        """Pin the actors of a row too; remove their pins if all of them are pinned."""
        screen = self.screen
        actors = moves.actors_of(self.where, target)
        more = tuple(actor for actor in actors if actor and actor not in pins(screen.narrowed))
        if more:
            screen.narrow((*screen.narrowed, Narrowing("pins", more)))
        elif any(actors):
            screen.narrow(unpinned(screen.narrowed, actors))
        else:
            screen.say("nobody to pin in this row")

    def step(self, step: int) -> None:
        """Go to the next related row of the pane, the strongest relation first."""
        screen = self.screen
        pane = screen.room.pane(screen.room.here)
        subject = (words_for(screen.reading, screen.subject) or "a subject") if screen.subject else ""
        found = moves.related(pane.related_by_strength(), pane.spot.row, step, subject)
        if isinstance(found, Said):
            self.say(found)
            return
        row, words = found
        pane.put(row)
        screen.say(words)
