"""When: each event as a point or as the span in which it may lie, in time order; what is undated stands apart."""

from __future__ import annotations

from collections.abc import Sequence

from tui.briefing import dates
from tui.briefing.document import Event, Quote
from tui.reader.axis import Axis, axis_of
from tui.reader.lines import Line, Piece, cut, fit, one_line, width, wrapped
from tui.reader.pane import Pane

UNDATED = "undated"
INDENT = 2
"""Cells that a date stands in from the words above it."""
BESIDE = 72
"""With so many cells beside the dates, axis and words share them; with fewer, the words stand above the axis."""


class Timeline(Pane):
    TITLE = "Timeline"
    HINTS = ("Enter its words", ". related", "i detail", "Space pin actors", "? keys")

    def list_entries(self) -> Sequence[str]:
        """Events in time order; with actors pinned, what they said among them."""
        assert self.shown
        briefing = self.shown.reading.briefing
        items: list[Quote | Event] = list(briefing.events)
        items += [quote for quote in briefing.quotes if quote.speaker in self.pins]
        items.sort(key=lambda item: dates.order(item.date))
        dated: list[Quote | Event | None] = [item for item in items if dates.read(item.date)]
        undated = [item for item in items if not dates.read(item.date)]
        self._items = [*dated, *([None] if dated and undated else ()), *undated]
        return [item.id if item else "" for item in self._items]

    def hidden(self, entry: int) -> bool:
        item = self._items[entry]
        return isinstance(item, Event) and bool(self.pins) and set(self.pins).isdisjoint(item.actors)

    def watch_pins(self) -> None:
        self.sift(anew=True)

    def pick(self) -> None:
        super().pick()
        shown = [item for entry in self.rows if (item := self._items[entry])]
        self._events = sum(isinstance(item, Event) for item in shown)
        self._dated = [when for item in shown if (when := dates.read(item.date))]
        self._wide_label = max((width(self._when(item)) for item in shown[:500] if dates.read(item.date)), default=0)
        self._drawn: tuple[tuple[int, int], Axis | None, Sequence[Line]] = ((-1, -1), None, ())

    def heading(self) -> str:
        if not self.shown:
            return ""
        every = len(self.shown.reading.briefing.events)
        if self.pins:
            said = sum(isinstance(self._items[entry], Quote) for entry in self.rows)
            return f"{self._events:,} of {every:,} · {said:,} said · pinned"
        return f"{every:,}" if every else ""

    def _when(self, item: Quote | Event) -> str:
        assert self.shown
        when = dates.read(item.date)
        if not when:
            return one_line(f"“{item.date_as_written}”") if item.date_as_written else ""
        years = self.shown.relations.several_years
        return dates.words(when, year=years, weekday=when.precision == "day" and not years)

    def _columns(self, cells: int) -> tuple[int, int, bool]:
        """Cells of the date (and what stands before it) and of the axis, and whether an event's words stand beside its
        date, or above it."""
        label = min(self._wide_label, 20)
        room = cells - label - 2
        if room >= BESIDE:
            return label, room * 2 // 5, True
        return label + INDENT, room - INDENT if room - INDENT >= 12 else 0, False

    def _axis(self, cells: int) -> Axis | None:
        return self._laid_axis(cells)[0]

    def top_lines(self, cells: int) -> Sequence[Line]:
        return self._laid_axis(cells)[1] if self.rows else ()

    def _laid_axis(self, cells: int) -> tuple[Axis | None, Sequence[Line]]:
        """The axis and the lines that it is drawn on, for this room."""
        room = (cells, self.size.height)
        if self._drawn[0] != room:
            axis = axis_of(self._dated, self._columns(cells)[1])
            self._drawn = (room, axis, tuple(self._axis_lines(axis, cells)) if axis and room[1] >= 10 else ())
        return self._drawn[1:]

    def _axis_lines(self, axis: Axis, cells: int) -> Sequence[Line]:
        label = self._columns(cells)[0]
        names, line = axis.ticks()
        years = sorted({axis.first.year, axis.last.year})
        lead = fit(" " * (not self._columns(cells)[2]) * INDENT + "–".join(map(str, years)), label)
        return (
            (Piece(f"{lead}  ", "quiet"), Piece(names, "quiet")),
            (Piece(" " * (label + 2)), Piece(axis.density(self._dated), "mark")),
            (Piece(" " * (label + 2)), Piece(line, "rule")),
        )

    def words(self, entry: int) -> Sequence[str]:
        item = self._items[entry]
        return (self._words(item), self._when(item)) if item else (UNDATED,)

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        item = self._items[entry]
        if item is None:
            return ((), (Piece(UNDATED, "heading", 0),))
        words, written = self.words(entry)
        style = "reported" if isinstance(item, Quote) else "text"
        when = dates.read(item.date)
        label, _, beside = self._columns(cells)
        behind = len(words) + 1
        if not when:
            lines = wrapped(words, cells, style, at=0)
            return [*lines, *wrapped(written, cells - 2, "quiet", lead="  ", at=behind)] if written else lines
        axis = self._axis(cells)
        indent = 0 if beside else INDENT
        short = cut(written, label - indent)
        date = (Piece(" " * indent), Piece(short, "quiet", behind), Piece(" " * (label - indent - width(short) + 2)))
        drawn = Piece(fit(axis.span(when), axis.cells), "good" if when.certain else "quiet") if axis else Piece("")
        if not beside:
            return [*wrapped(words, cells, style, at=0), (*date, drawn)]
        left = label + 2 + (axis.cells + 2 if axis else 0)
        lines = wrapped(words, cells - left, style, at=0)
        return [(*date, drawn, Piece("  "), *lines[0]), *((Piece(" " * left), *line) for line in lines[1:])]

    def _words(self, item: Quote | Event) -> str:
        assert self.shown
        doubt = "" if self.shown.reading.anchors is None or self.shown.reading.anchor(item).found else "  UNPROVEN"
        if isinstance(item, Quote):
            said = f"“{item.words}”" if item.direct else item.words
            return one_line(f"{self.shown.reading.briefing.name(item.speaker)}: {said}") + doubt
        return one_line(item.title) + doubt

    def empty(self) -> Sequence[str]:
        if self.pins and self.shown:
            names = ", ".join(map(self.shown.reading.briefing.name, self.pins))
            return (f"Nothing that {names} did or said is here.", "Esc takes the pin away.")
        return ("No events.", "An [[event]] table ties what happened to a day and to the words of a source.")
