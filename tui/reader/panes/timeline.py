"""When: each event as a point or as the span in which it may lie, in time order; what is undated stands apart."""

from __future__ import annotations

from collections.abc import Sequence

from tui.briefing import dates
from tui.briefing.document import Event, Quote
from tui.reader.axis import Axis, axis_of
from tui.reader.lines import Line, Piece, fit, one_line, width, wrapped
from tui.reader.pane import Pane

UNDATED = "undated"
BESIDE = 72
"""With so many cells beside the dates, axis and words share them; with fewer, the words stand above the axis."""


class Timeline(Pane):
    TITLE = "Timeline"
    HINTS = ("Enter its words", ". related", "i detail", "Space pin actors", "? keys")

    def rows(self) -> Sequence[str]:
        """Events in time order; with actors pinned, only what they did, and what they said among it."""
        assert self.shown
        briefing = self.shown.reading.briefing
        items: list[Quote | Event] = [e for e in briefing.events if not self.pins or not set(self.pins).isdisjoint(e.actors)]
        self._events = len(items)
        if self.pins:
            items += [quote for quote in briefing.quotes if quote.speaker in self.pins]
        items.sort(key=lambda item: dates.order(item.date))
        self._items: list[Quote | Event | None] = [item for item in items if dates.read(item.date)]
        self._dated = [when for item in self._items if item and (when := dates.read(item.date))]
        undated = [item for item in items if not dates.read(item.date)]
        self._wide_label = max((width(self._when(item)) for item in self._items[:500] if item), default=0)
        if undated and self._items:
            self._items.append(None)
        self._items += undated
        self._fixed: tuple[int, tuple[Line, ...]] = (-1, ())
        self._drawn: tuple[int, Axis | None] = (-1, None)
        return [item.id if item else "" for item in self._items]

    def heading(self) -> str:
        if not self.shown:
            return ""
        every = len(self.shown.reading.briefing.events)
        if self.pins:
            said = len(self.refs) - self._events - (None in self._items)
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
        """Cells of the date and of the axis, and whether an event's words stand beside its date, or above it."""
        label = min(self._wide_label, 20)
        room = cells - label - 2
        if room >= BESIDE:
            return label, room * 2 // 5, True
        return label, room if room >= 12 else 0, False

    def _axis(self, cells: int) -> Axis | None:
        if self._drawn[0] != cells:
            self._drawn = (cells, axis_of(self._dated, self._columns(cells)[1]))
        return self._drawn[1]

    def top_lines(self, cells: int) -> Sequence[Line]:
        if not self.refs:
            return ()
        if self._fixed[0] != cells:
            self._fixed = (cells, tuple(self._draw_axis(cells)))
        return self._fixed[1]

    def _draw_axis(self, cells: int) -> Sequence[Line]:
        label = self._columns(cells)[0]
        axis = self._axis(cells)
        if not axis or self.size.height < 10:
            return ()
        names, line = axis.ticks()
        years = sorted({axis.first.year, axis.last.year})
        lead = fit("–".join(map(str, years)), label)
        return (
            (Piece(f"{lead}  ", "quiet"), Piece(names, "quiet")),
            (Piece(" " * (label + 2)), Piece(axis.density(self._dated), "mark")),
            (Piece(" " * (label + 2)), Piece(line, "rule")),
        )

    def draw(self, row: int, cells: int) -> Sequence[Line]:
        item = self._items[row]
        if item is None:
            return ((), (Piece(UNDATED, "heading"),))
        words = self._words(item)
        style = "reported" if isinstance(item, Quote) else "text"
        when = dates.read(item.date)
        label, _, beside = self._columns(cells)
        if not when:
            written = self._when(item)
            lines = wrapped(words, cells, style)
            return [*lines, *wrapped(written, cells - 2, "quiet", lead="  ")] if written else lines
        axis = self._axis(cells)
        date = Piece(fit(self._when(item), label) + "  ", "quiet")
        drawn = Piece(fit(axis.span(when), axis.cells), "good" if when.certain else "mark") if axis else Piece("")
        if not beside:
            return [*wrapped(words, cells, style), (date, drawn)]
        left = label + 2 + (axis.cells + 2 if axis else 0)
        lines = wrapped(words, cells - left, style)
        return [(date, drawn, Piece("  "), *lines[0]), *((Piece(" " * left), *line) for line in lines[1:])]

    def _words(self, item: Quote | Event) -> str:
        assert self.shown
        doubt = "" if self.shown.reading.anchors is None or self.shown.reading.anchor(item).found else "  UNPROVEN"
        if isinstance(item, Quote):
            return (f"{self.shown.reading.briefing.name(item.speaker)}: “{item.words}”" if item.direct else item.words) + doubt
        return item.title + doubt

    def empty(self) -> Sequence[str]:
        if self.pins and self.shown:
            names = ", ".join(map(self.shown.reading.briefing.name, self.pins))
            return (f"Nothing that {names} did or said is here.", "Esc takes the pin away.")
        return ("No events.", "An [[event]] table ties what happened to a day and to the words of a source.")
