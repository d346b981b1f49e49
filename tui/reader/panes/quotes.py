"""What was said: the words, who said them, when and where, where they stand in the source, and whether that is proven."""

from __future__ import annotations

from collections.abc import Sequence

from tui.briefing import dates
from tui.briefing.document import Quote
from tui.briefing.proof import Reading
from tui.reader.lines import Line, Piece, one_line, width, wrapped
from tui.reader.pane import Pane

ROOMY = 14
"""From so many lines on, a blank one stands between quotes."""


class Quotes(Pane):
    TITLE = "Quotes"
    HINTS = ("Enter its words", ". related", "i detail", "Space pin speaker", "? keys")

    def rows(self) -> Sequence[str]:
        assert self.shown
        every = self.shown.reading.briefing.quotes
        self._quotes = [quote for quote in every if not self.pins or quote.speaker in self.pins]
        return [quote.id for quote in self._quotes]

    def heading(self) -> str:
        if not self.shown:
            return ""
        every = len(self.shown.reading.briefing.quotes)
        if self.pins:
            return f"{len(self.refs):,} of {every:,} · pinned"
        mine = len(self.shown.relations.said.get(self.subject, ()))
        by = f" · {mine:,} by {one_line(self.shown.reading.briefing.name(self.subject))}" if mine else ""
        return f"{every:,}{by}" if every else ""

    def draw(self, row: int, cells: int) -> Sequence[Line]:
        assert self.shown
        quote, reading = self._quotes[row], self.shown.reading
        cells = min(cells, 80)
        if quote.direct:
            lines = wrapped(f"“{quote.words}”", cells)
        else:
            lines = wrapped(quote.words, cells, "reported")
        if quote.translation:
            lines += wrapped(f"= {quote.translation}", cells - 2, "quiet", lead="  ")
        lines += flow(credit(reading, quote, self.shown.relations.several_years), cells, 2)
        return [*lines, ()] if self.page >= ROOMY and row + 1 < len(self.refs) else lines

    def empty(self) -> Sequence[str]:
        if self.pins and self.shown:
            names = ", ".join(map(self.shown.reading.briefing.name, self.pins))
            return (f"Nothing is quoted from {names}.", "Esc takes the pin away.")
        return ("No quotes: 0 in this briefing.", "A [[quote]] table ties words to their speaker and to the source.")


def credit(reading: Reading, quote: Quote, years: bool) -> list[Piece]:
    """Speaker, setting, day, paragraph and proof, in that order; the year where there are several."""
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
        found.append(Piece(dates.words(when, year=years, weekday=not years and when.precision == "day"), "quiet"))
    elif quote.date or quote.date_as_written:
        found.append(Piece(one_line(quote.date or f"“{quote.date_as_written}”"), "quiet"))
    if len(briefing.sources) > 1:
        found.append(Piece(one_line(briefing.source_of(quote)), "quiet"))
    return found + standing(reading, quote)


def standing(reading: Reading, item: Quote) -> list[Piece]:
    anchor = reading.anchor(item)
    if reading.anchors is None:
        return [Piece("checking", "quiet")]
    if anchor.found:
        paragraphs = reading.paragraphs(item)
        return [Piece(f"¶{','.join(map(str, paragraphs))} {anchor.status}", "quiet")]
    why = {"orphan": "not in the source", "ambiguous": f"in {anchor.places} places", "unread": "source not read"}[anchor.status]
    return [Piece(f"UNPROVEN: {why}", "error")]


def flow(pieces: Sequence[Piece], cells: int, indent: int) -> list[Line]:
    """Pieces behind one another with a middle dot between, broken between pieces where they do not fit."""
    lines: list[Line] = []
    line: list[Piece] = [Piece(" " * indent)]
    used = indent
    for piece in pieces:
        for part in wrapped(piece.text, max(8, cells - indent), piece.style):
            size = width(part[0].text)
            if used > indent and used + 3 + size > cells:
                lines.append(tuple(line))
                line, used = [Piece(" " * indent)], indent
            if used > indent:
                line.append(Piece(" · ", "rule"))
                used += 3
            line.append(part[0])
            used += size
    lines.append(tuple(line))
    return lines
