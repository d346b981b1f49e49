"""The roster: who is in it, what they are, how much they say and do, and when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tui.briefing import dates
from tui.briefing.document import Actor, Event, Quote
from tui.reader.axis import Axis, axis_of
from tui.reader.lines import Line, Piece, cut, one_line, width
from tui.reader.pane import Pane

BUCKETS, FEW = 8, 5
"""Cells of an actor's activity over time, and where there is less room."""


class Actors(Pane):
    TITLE = "Actors"
    HINTS = ("Enter only this actor", "3 quotes", "4 events", ". related", "? keys")

    def list_entries(self) -> Sequence[str]:
        assert self.shown
        relations = self.shown.relations
        self._actors = sorted(
            self.shown.reading.briefing.actors,
            key=lambda actor: -len(relations.said.get(actor.id, ())) - len(relations.takes_part.get(actor.id, ())),
        )
        self.__dict__.pop("_axis", None)
        self.__dict__.pop("_columns", None)
        return [actor.id for actor in self._actors]

    def words(self, entry: int) -> Sequence[str]:
        actor = self._actors[entry]
        return (one_line(actor.name), one_line(actor.role or actor.kind))

    def heading(self) -> str:
        return f"{len(self.entries):,}" if self.entries else ""

    def laid_out_anew(self) -> None:
        super().laid_out_anew()
        self.__dict__.pop("_columns", None)

    @cached_property
    def _axis(self) -> Axis | None:
        """The time that the dated items of the whole briefing take up."""
        assert self.shown
        return axis_of(filter(None, (dates.read(item.date) for item in self.shown.reading.briefing.anchored)), BUCKETS)

    @cached_property
    def _columns(self) -> tuple[int, int, tuple[int, int, int], int]:
        """Cells of name, role, the three counts and activity."""
        cells = self.cell_width()
        counts = [self._counts(actor) for actor in self._actors]
        digits = [max((len(str(each[at])) for each in counts if each[at]), default=-2) + 2 for at in range(3)]
        activity = 0 if cells < 46 or not self._axis else BUCKETS + 1 if cells >= 70 else FEW + 1
        room = cells - sum(digits) - activity
        longest = max((width(one_line(actor.name)) for actor in self._actors[:200]), default=0)
        name = min(longest, max(12, room * 11 // 20) if room >= 30 else room)
        role = room - name - 2
        if role < 8:
            name, role = min(longest, room), 0
        return name, role, (digits[0], digits[1], digits[2]), activity

    def _counts(self, actor: Actor) -> tuple[int, int, int]:
        """Direct quotes, indirect ones, events."""
        assert self.shown
        said = self.shown.relations.said.get(actor.id, ())
        direct = sum(quote.direct for quote in said)
        return direct, len(said) - direct, len(self.shown.relations.takes_part.get(actor.id, ()))

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        assert self.shown
        actor = self._actors[entry]
        called, what = self.words(entry)
        name, role, digits, activity = self._columns
        room = cells - sum(digits) - activity
        numbers = self._counts(actor)
        pinned = actor.id in self.pins
        pieces = [Piece(cut(called, name - 2 * pinned), "strong" if numbers[0] or pinned else "text", 0)]
        pieces.append(Piece(" " * (name - width(pieces[0].text) - 2 * pinned) + (" ◉" if pinned else ""), pieces[0].style))
        if role:
            short = cut(what, role)
            pieces += [Piece("  "), Piece(short, "quiet", len(called) + 1), Piece(" " * (role - width(short)))]
        pad = room - name - (role + 2 if role else 0)
        counts = "".join(
            (f"{number}{unit}" if number else "").rjust(cells_) for number, unit, cells_ in zip(numbers, "qie", digits)
        )
        pieces.append(Piece(" " * pad + counts, "quiet"))
        if activity:
            pieces.append(Piece(" " + self._activity(actor, activity - 1), "quiet"))
        return (tuple(pieces),)

    def _activity(self, actor: Actor, cells: int) -> str:
        """When the actor speaks or takes part."""
        assert self.shown and self._axis
        relations = self.shown.relations
        items: tuple[Quote | Event, ...] = (
            *relations.said.get(actor.id, ())[:400],
            *relations.takes_part.get(actor.id, ())[:400],
        )
        return self._axis._replace(cells=cells).density(filter(None, (dates.read(item.date) for item in items)))

    def empty(self) -> Sequence[str]:
        return ("No actors.", "An [[actor]] table gives a person, body or state an id, so that quotes and events can name it.")
