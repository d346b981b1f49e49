"""When: each event as a point or as the span that it may be in, in time order; undated events are apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from textual.geometry import Region

from tui.briefing import dates
from tui.briefing.dates import Date
from tui.briefing.document import Actor, Briefing, Event, Quote
from tui.briefing.record import NamedTuple
from tui.reader.drawing.axis import Axis, axis_of
from tui.reader.drawing.lines import Line, Piece, cut, fit, one_line, width, wrapped
from tui.reader.keys.action import Action
from tui.reader.widgets.messages import Say
from tui.reader.widgets.pane import Pane

UNDATED = "undated"
INDENT = 2
"""Cells that a date is indented below its words."""
BESIDE = 72
"""With so many cells next to the dates, axis and words share them; with fewer, the words are above the axis."""


class Listed(NamedTuple):
    entries: Sequence[str]
    items: Sequence[Quote | Event | Actor | None]
    """What the entries are; None for the heading of what is undated."""
    lanes: Mapping[str, Sequence[Date]] = {}
    undated: int = 0
    """How many items have no lane, because they have no date."""


class Timeline(Pane):
    TITLE = "Timeline"
    HINTS = (
        ("follow", "its words"),
        ("related.next", "related"),
        ("timeline.in timeline.out timeline.all", "zoom"),
        ("timeline.lanes", "lanes"),
        ("timeline.quotes", "quotes"),
        ("keys", "keys"),
    )

    BINDINGS = [
        Action("plus,equals_sign", "zoom_axis(0.5)", "zoom in at the cursor", id="timeline.in", kiosk=True),
        Action("minus", "zoom_axis(2.0)", "zoom out", id="timeline.out", kiosk=True),
        Action("0", "whole_axis", "whole time axis", id="timeline.all", kiosk=True),
        Action("quotation_mark", "quotes", "show or hide quotes", id="timeline.quotes", kiosk=True),
        Action("v", "lanes", "show or hide lanes, one an actor", id="timeline.lanes", kiosk=True),
    ]

    _items: Sequence[Quote | Event | Actor | None]
    _lanes: Mapping[str, Sequence[Date]]
    _without_lane = 0
    _listed: tuple[Briefing | None, dict[object, Listed]] = (None, {})
    """Of a briefing, what there is to show for a way to see it: one goes to and fro between them."""
    _sorted: tuple[Briefing | None, Sequence[Quote | Event]] = (None, ())

    @property
    def _asked(self) -> tuple[date | None, date | None, bool, bool]:
        """Return the ends of the axis if it is zoomed, whether quotes are shown, and whether in lanes."""
        first, last, quotes, lanes = self.view or (None, None, False, False)
        return first if isinstance(first, date) else None, last if isinstance(last, date) else None, bool(quotes), bool(lanes)

    def list_entries(self) -> Sequence[str]:
        """List events in time order; with actors pinned, their quotes among them; in lanes, the actors."""
        assert self.shown
        briefing = self.shown.reading.briefing
        (_, _, quotes, lanes), pins = self._asked, frozenset(self.pins)
        if self._listed[0] is not briefing or len(self._listed[1]) > 8:
            self._listed = (briefing, {})
        way = (quotes, lanes, pins)
        listed = self._listed[1].get(way) or self._list(briefing, *way)
        self._listed[1][way] = listed
        self._items, self._lanes, self._without_lane = listed.items, listed.lanes, listed.undated
        return [*listed.entries]  # never the same list again, by which it is known that none was made meanwhile

    def _list(self, briefing: Briefing, quotes: bool, lanes: bool, pins: Collection[str]) -> Listed:
        items = [
            item
            for item in self._in_time_order(briefing)
            if isinstance(item, Event) or quotes or item.speaker in pins
        ]
        if lanes:
            dated_of: dict[str, list[Date]] = {}
            for item in items:
                when = dates.read(item.date)
                for actor in (item.speaker,) if isinstance(item, Quote) else item.actors:
                    if when and actor in briefing.actor:
                        dated_of.setdefault(actor, []).append(when)
            ids = sorted(dated_of, key=lambda id: -len(dated_of[id]))
            undated = sum(not dates.read(item.date) for item in items)
            return Listed(ids, [briefing.actor[id] for id in ids], dated_of, undated)
        dated = [item for item in items if dates.read(item.date)]
        rest = [item for item in items if not dates.read(item.date)]
        shown = [*dated, *([None] if dated and rest else ()), *rest]
        return Listed([item.id if item else "" for item in shown], shown)

    def _in_time_order(self, briefing: Briefing) -> Sequence[Quote | Event]:
        """Sort all items by time, once for each briefing."""
        if self._sorted[0] is not briefing:
            items: list[Quote | Event] = [*briefing.events, *briefing.quotes]
            self._sorted = (briefing, sorted(items, key=lambda item: dates.order(item.date)))
        return self._sorted[1]

    def warm(self) -> None:
        super().warm()
        if self.shown:
            self._in_time_order(self.shown.reading.briefing)

    def hiding(self) -> Callable[[int], bool]:
        items, pins = self._items, frozenset(self.pins)

        def hidden(entry: int) -> bool:
            item = items[entry]
            if item is None:
                return False
            return item.id not in pins if isinstance(item, Actor) else pins.isdisjoint(_who(item))

        return hidden

    def watch_pins(self) -> None:
        self.sift(anew=True)

    def pick(self) -> None:
        super().pick()
        shown = [self._items[entry] for entry in self.rows]
        self._events = sum(isinstance(item, Event) for item in shown)
        quotes = [item for item in shown if isinstance(item, Quote)]
        self._said = len(quotes)
        self._undated = sum(not dates.read(quote.date) for quote in quotes)
        if self._asked[3]:
            self._dated = [when for item in shown if isinstance(item, Actor) for when in self._lanes[item.id]]
            self._wide_label = max((width(one_line(item.name)) for item in shown[:500] if isinstance(item, Actor)), default=0)
        else:
            items = [item for item in shown if isinstance(item, (Quote, Event))]
            self._dated = [when for item in items if (when := dates.read(item.date))]
            self._wide_label = max((width(self._when(item)) for item in items[:500] if dates.read(item.date)), default=0)
        years = {day.year for when in self._dated for day in (when.earliest, when.latest) if day}
        self._wide_years = 4 if len(years) < 2 else 9
        self._widest = 30 if any(when.zone for when in self._dated) else 20
        self._drawn: tuple[tuple[int, int], Axis | None, Sequence[Line]] = ((-1, -1), None, ())

    def heading(self) -> str:
        if not self.shown:
            return ""
        every = len(self.shown.reading.briefing.events)
        first, last, _, lanes = self._asked
        said = (
            [f"{self.count()} lane{'' if self.count() == '1' else 's'}"]
            if lanes
            else [f"{self._events:,} of {every:,}" if self._events != every else f"{every:,}"]
        )
        if lanes and self._without_lane:
            said.append(f"{self._without_lane:,} undated not shown")
        if (self.pins or self._said) and not lanes:
            said.append(f"{self._said:,} said" + (f", {self._undated:,} undated" if self._undated else ""))
        said += ["pinned"] * bool(self.pins)
        if first and last:
            said.append(f"{dates.words(dates.parse(f'{first}/{last}'))}")
        return " · ".join(said) if every or self._said else ""

    def _when(self, item: Quote | Event) -> str:
        assert self.shown
        when = dates.read(item.date)
        if not when:
            return one_line(f"“{item.date_as_written}”") if item.date_as_written else ""
        years = self.shown.relations.several_years
        return dates.words(when, year=years, weekday=when.precision == "day" and not years)

    def _columns(self, cells: int) -> tuple[int, int, bool]:
        """Divide the cells between the date (with what is before it) and the axis; say whether an event's words are
        next to its date or above it."""
        label = min(max(self._wide_label, self._wide_years), self._widest)
        room = cells - label - 2
        if self._asked[3] and room >= 20:
            return label, room, True
        if self._asked[3]:
            return 0, max(0, cells - 2), False
        if room >= BESIDE:
            return label, room * 2 // 5, True
        return label + INDENT, room - INDENT if room - INDENT >= 12 else 0, False

    def _axis(self, cells: int) -> Axis | None:
        return self._laid_axis(cells)[0]

    def _laid_axis(self, cells: int) -> tuple[Axis | None, Sequence[Line]]:
        """Lay out the axis, and the lines it is drawn on, for this room."""
        room = (cells, self.size.height)
        if self._drawn[0] != room:
            axis = axis_of(self._dated, self._columns(cells)[1])
            first, last = self._asked[:2]
            axis = axis._replace(first=first, last=last) if axis and first and last else axis
            self._drawn = (room, axis, tuple(self._axis_lines(axis, cells)) if axis and room[1] >= 6 else ())
        return self._drawn[1:]

    def _axis_lines(self, axis: Axis, cells: int) -> Sequence[Line]:
        label = self._columns(cells)[0]
        names, line = axis.ticks()
        years = sorted({axis.first.year, axis.last.year})
        lead = fit(" " * (not self._columns(cells)[2]) * INDENT + "–".join(map(str, years)), label)
        inside = [when for when in self._dated if not axis.beyond(when)]
        strip = ((Piece(" " * (label + 2)), Piece(axis.density(inside), "mark")),) if self.size.height >= 10 else ()
        return ((Piece(f"{lead}  ", "quiet"), Piece(names, "quiet")), *strip, (Piece(" " * (label + 2)), Piece(line, "rule")))

    def top_lines(self, cells: int) -> Sequence[Line]:
        """Draw the axis; its lowest line shows where the cursor's event is."""
        axis, lines = self._laid_axis(cells)
        item = self._items[self.rows[self.spot.row]] if self.rows and self.spot.row < len(self.rows) else None
        when = dates.read(item.date) if isinstance(item, (Quote, Event)) else None
        if not lines or not axis or not when or not self.rows:
            return lines if self.rows else ()
        span = axis.span(when)
        lead, line = lines[-1]
        start = len(span) - len(span.lstrip())
        return (
            *lines[:-1],
            (lead, Piece(line.text[:start], "rule"), Piece(span[start:], "cursor"), Piece(line.text[len(span) :], "rule")),
        )

    def put(self, row: int, part: int = 0, context: int = 0) -> None:
        super().put(row, part, context)
        if self._drawn[2]:
            self.refresh(Region(0, self.head - 1, self.size.width, 1))

    def words(self, entry: int) -> Sequence[str]:
        item = self._items[entry]
        if isinstance(item, Actor):
            return (one_line(item.name),)
        if not item:
            return (UNDATED,)
        page = self._page(item)
        return (self._words(item), self._when(item), page) if page else (self._words(item), self._when(item))

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        item = self._items[entry]
        if item is None:
            return ((), (Piece(UNDATED, "heading", 0),))
        if isinstance(item, Actor):
            return self._lane(item, cells)
        words, written, *page = self.words(entry)
        style = "reported" if isinstance(item, Quote) else "text"
        when = dates.read(item.date)
        label, _, beside = self._columns(cells)
        behind = len(words) + 1
        where = Piece(page[0], "quiet", behind + len(written) + 1) if page else None
        if not when:
            lines = _ending(wrapped(words, cells, style, at=0), where, cells)
            return [*lines, *wrapped(written, cells - 2, "quiet", lead="  ", at=behind)] if written else lines
        axis = self._axis(cells)
        indent = 0 if beside else INDENT
        short = cut(written, label - indent)
        date = (Piece(" " * indent), Piece(short, "quiet", behind), Piece(" " * (label - indent - width(short) + 2)))
        drawn = Piece(fit(axis.span(when), axis.cells), "good" if when.certain else "quiet") if axis else Piece("")
        if not beside:
            return [*_ending(wrapped(words, cells, style, at=0), where, cells), (*date, drawn)]
        left = label + 2 + (axis.cells + 2 if axis else 0)
        lines = _ending(wrapped(words, cells - left, style, at=0), where, cells - left)
        return [(*date, drawn, Piece("  "), *lines[0]), *((Piece(" " * left), *line) for line in lines[1:])]

    def _lane(self, actor: Actor, cells: int) -> Sequence[Line]:
        label, _, beside = self._columns(cells)
        axis = self._axis(cells)
        drawn = Piece(axis.lane(self._lanes[actor.id]), "quiet") if axis else Piece("")
        name = cut(one_line(actor.name), label if beside else cells)
        if beside:
            return ((Piece(name, "text", 0), Piece(" " * (label - width(name) + 2)), drawn),)
        return ((Piece(name, "text", 0),), (Piece(" " * (label + 2)), drawn))

    # -- ways to see it -----------------------------------------------------------------------------------------------

    def action_zoom_axis(self, factor: float) -> None:
        axis = self._axis(self.cell_width())
        if not axis:
            self.answer(Say("there is no axis to zoom"))
            return
        whole = axis_of(self._dated, axis.cells)
        item = self._items[self.rows[self.spot.row]] if self.rows else None
        here = self._lanes[item.id] if isinstance(item, Actor) else [dates.read(item.date)] if item else []
        ends = [day for when in here if when for day in (when.earliest, when.latest) if day]
        middle = min(ends) + (max(ends) - min(ends)) / 2 if ends else axis.first + (axis.last - axis.first) / 2
        zoomed = axis.about(middle, factor)
        _, _, quotes, lanes = self._asked
        if not zoomed or (whole and zoomed[1] - zoomed[0] >= whole.last - whole.first):
            self.see((None, None, quotes, lanes))
            self.answer(Say("all of the time"))
        elif (zoomed[1] - zoomed[0]) == (axis.last - axis.first):
            self.answer(Say("a week is the closest"))
        else:
            self.see((*zoomed, quotes, lanes))

    def action_whole_axis(self) -> None:
        if self._asked[:2] == (None, None):
            self.answer(Say("all of the time is shown"))
            return
        self.see((None, None, *self._asked[2:]))

    def action_quotes(self) -> None:
        first, last, quotes, lanes = self._asked
        every = self.shown.reading.briefing.quotes if self.shown else ()
        if not quotes and not self.pins and not any(dates.read(quote.date) for quote in every):
            self.answer(Say("no quote here has a date"))
            return
        self.see((first, last, not quotes, lanes))

    def action_lanes(self) -> None:
        """Go to the lane of the row's actor; or from a lane to the first of its events."""
        first, last, quotes, lanes = self._asked
        item = self._items[self.rows[self.spot.row]] if self.rows else None
        self.see((first, last, quotes, not lanes))
        if isinstance(item, Actor):
            rows = [row for row, entry in enumerate(self.rows) if _is_about(self._items[entry], item.id)]
        else:
            rows = [row for row in map(self.row_of, _who(item) if item else ()) if row is not None]
        if rows:
            self.put(rows[0])

    def keys_here(self) -> Sequence[tuple[str, str]]:
        if not self._asked[3]:
            return self.HINTS
        zoom = ("timeline.in timeline.out timeline.all", "zoom")
        return (
            ("follow", "only this actor"),
            zoom,
            ("timeline.lanes", "events"),
            ("timeline.quotes", "quotes"),
            ("keys", "keys"),
        )

    def _words(self, item: Quote | Event) -> str:
        assert self.shown
        doubt = "" if self.shown.reading.anchors is None or self.shown.reading.anchor(item).found else "  UNPROVEN"
        if item.date in self.shown.reading.briefing.unsure_dates:
            doubt += f"  {dates.ORDER_UNCERTAIN}"
        if isinstance(item, Quote):
            said = f"“{item.words}”" if item.direct else item.words
            return one_line(f"{self.shown.reading.briefing.name(item.speaker)}: {said}") + doubt
        return one_line(item.title) + doubt

    def _page(self, item: Quote | Event) -> str:
        """Name the page that the words of an item are on; "" if its source has none."""
        assert self.shown
        anchor = self.shown.reading.anchor(item)
        return one_line(self.shown.reading.page(anchor.source, anchor.spans))

    def empty(self) -> Sequence[str]:
        if self.pins and self.shown:
            names = ", ".join(map(self.shown.reading.briefing.name, self.pins))
            return (f"Nothing that {names} did or said is here.", f"{self.called('undo') or 'A key'} takes the pin away.")
        return ("No events.", "An [[event]] table ties what happened to a day and to the words of a source.")


def _ending(lines: Sequence[Line], piece: Piece | None, cells: int) -> Sequence[Line]:
    """Add a piece to the end of the last line, or below it if it does not fit there."""
    if not piece:
        return lines
    *before, last = lines
    if sum(width(each.text) for each in last) + 2 + width(piece.text) <= cells:
        return [*before, (*last, Piece("  "), piece)]
    return [*lines, (piece._replace(text=cut(piece.text, cells)),)]


def _who(item: Quote | Event) -> Sequence[str]:
    """List the actors that an item is pinned by."""
    return (item.speaker,) if isinstance(item, Quote) else item.actors


def _is_about(item: Quote | Event | Actor | None, actor: str) -> bool:
    return isinstance(item, (Quote, Event)) and actor in _who(item)
