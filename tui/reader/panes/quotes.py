"""What was said: the words, who said them, when and where, where they are in the source, and whether that is proven."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Any

from tui.briefing import dates
from tui.briefing.document import Quote
from tui.briefing.proof import Reading
from tui.reader.drawing.lines import Line, Piece, one_line, width, wrapped
from tui.reader.keys.action import Action
from tui.reader.widgets.pane import Pane

ROOMY = 14
"""From so many lines on, a blank one is between quotes."""
MEASURE = 80
ORDERS = ("the file", "source", "date", "speaker")


class Quotes(Pane):
    TITLE = "Quotes"
    HINTS = (
        ("follow", "its words"),
        ("related.next", "related"),
        ("card", "detail"),
        ("pin", "pin speaker"),
        ("copy", "copy"),
        ("keys", "keys"),
    )

    BINDINGS = [Action("S", "order", "sort: file, source, date, speaker", id="quotes.order", kiosk=True)]

    _quotes: Sequence[Quote] = ()
    """In the order shown, a quote for each entry."""

    def list_entries(self) -> Sequence[str]:
        assert self.shown
        quotes = self.shown.reading.briefing.quotes
        key = self._key(ORDERS[self._order])
        self._quotes = sorted(quotes, key=key) if key else quotes
        return [quote.id for quote in self._quotes]

    @property
    def _order(self) -> int:
        """Return the number of the order."""
        (order,) = self.view or (0,)
        assert isinstance(order, int)
        return order

    def _key(self, order: str) -> Callable[[Quote], Any] | None:
        """Return what to sort by; None for the order of the file."""
        assert self.shown
        briefing, reading = self.shown.reading.briefing, self.shown.reading
        if order == "source":
            sources = {source.id: number for number, source in enumerate(briefing.sources)}

            def place(quote: Quote) -> tuple[int, float]:
                anchor = reading.anchor(quote)
                return sources.get(anchor.source, len(sources)), anchor.spans[0].start if anchor.spans else inf

            return place
        if order == "date":
            return lambda quote: dates.order(quote.date)
        if order == "speaker":
            return lambda quote: (not quote.speaker, one_line(briefing.name(quote.speaker)).casefold())
        return None

    def action_order(self) -> None:
        self.see(((self._order + 1) % len(ORDERS),))

    def hiding(self) -> Callable[[int], bool]:
        quotes, pins = self._quotes, frozenset(self.pins)
        return lambda entry: quotes[entry].speaker not in pins

    def heading(self) -> str:
        if not self.shown or not self.entries:
            return ""
        order = f" · by {ORDERS[self._order]}" if self._order else ""
        if self.pins:
            return f"{self.count()} · pinned{order}"
        mine = len(self.shown.relations.said.get(self.subject, ())) if self.subject else 0
        by = f" · {mine:,} by {one_line(self.shown.reading.briefing.name(self.subject))}" if mine and not self.like else ""
        return f"{self.count()}{by}{order}"

    def words(self, entry: int) -> Sequence[str]:
        return [text for text, _ in self._parts(entry)] + [piece.text for piece in self._credit(entry)]

    def _parts(self, entry: int) -> list[tuple[str, str]]:
        """Return (text, style) of what is said, and of its translation."""
        assert self.shown
        quote = self._quotes[entry]
        said = (f"“{quote.words}”", "text") if quote.direct else (quote.words, "reported")
        both = (said, (f"= {quote.translation}", "quiet")) if quote.translation else (said,)
        return [(one_line(text), style) for text, style in both]

    def _credit(self, entry: int) -> list[Piece]:
        assert self.shown
        return credit(self.shown.reading, self._quotes[entry], self.shown.relations.several_years)

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        cells = min(cells, MEASURE)
        lines: list[Line] = []
        at = 0
        for number, (text, style) in enumerate(self._parts(entry)):
            lines += wrapped(text, cells - 2 * number, style, lead="  " * number, at=at)
            at += len(text) + 1
        lines += flow(self._credit(entry), cells, 2, at)
        return [*lines, ()] if self.page >= ROOMY and entry + 1 < len(self.entries) else lines

    def empty(self) -> Sequence[str]:
        if self.pins and self.shown:
            names = ", ".join(map(self.shown.reading.briefing.name, self.pins))
            return (f"Nothing is quoted from {names}.", f"{self.called('undo') or 'A key'} takes the pin away.")
        return ("No quotes: 0 in this briefing.", "A [[quote]] table ties words to their speaker and to the source.")


def credit(reading: Reading, quote: Quote, years: bool) -> list[Piece]:
    """Draw speaker, setting, day, paragraph and proof, in that order; with the year if there are several."""
    briefing = reading.briefing
    name = one_line(briefing.name(quote.speaker))
    unsure = {"low": " ?? low confidence", "moderate": " ? moderate confidence"}.get(quote.confidence, "")
    found = [Piece(name + unsure, "warning" if unsure or not quote.speaker else "strong")]
    if not quote.direct:
        found.append(Piece("reported", "quiet"))
    if quote.setting:
        found.append(Piece(one_line(quote.setting), "quiet"))
    when = dates.read(quote.date)
    if when:
        unsure = f" ({dates.ORDER_UNCERTAIN})" * (quote.date in briefing.unsure_dates)
        day = dates.words(when, year=years, weekday=not years and when.precision == "day")
        found.append(Piece(f"{day}{unsure}", "quiet"))
    elif quote.date or quote.date_as_written:
        found.append(Piece(one_line(quote.date or f"“{quote.date_as_written}”"), "quiet"))
    if len(briefing.sources) > 1 and not reading.origins:
        found.append(Piece(one_line(briefing.source_of(quote)), "quiet"))
    return found + standing(reading, quote)


def standing(reading: Reading, item: Quote) -> list[Piece]:
    anchor = reading.anchor(item)
    if (origin := reading.origins.get(item.id)) and anchor.found:
        return [Piece(one_line(origin.title), "quiet")]
    if reading.anchors is None:
        return [Piece("checking", "quiet")]
    if anchor.found:
        page = reading.page(anchor.source, anchor.spans)
        where = f"{one_line(page)}, " if page else ""
        return [Piece(f"{where}¶{','.join(map(str, reading.paragraphs(item)))} {anchor.status}", "quiet")]
    why = {"orphan": "not in the source", "ambiguous": f"in {anchor.several}", "unread": "source not read"}[anchor.status]
    return [Piece(f"UNPROVEN: {why}", "error")]


def flow(pieces: Sequence[Piece], cells: int, indent: int, at: int) -> list[Line]:
    """Draw pieces with a middle dot between, broken between pieces if they do not fit. `at`: where the first is in
    the words of the row."""
    lines: list[Line] = []
    line: list[Piece] = [Piece(" " * indent)]
    used = indent
    for piece in pieces:
        for part in wrapped(piece.text, max(8, cells - indent), piece.style, at=at):
            size = width(part[0].text)
            if used > indent and used + 3 + size > cells:
                lines.append(tuple(line))
                line, used = [Piece(" " * indent)], indent
            if used > indent:
                line.append(Piece(" · ", "quiet"))
                used += 3
            line.append(part[0])
            used += size
        at += len(piece.text) + 1
    lines.append(tuple(line))
    return lines
