"""The summary: what happened, every sentence linked to what supports it. The cursor goes by line, `w b` by link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.binding import Binding
from textual.geometry import Region

from tui.briefing.summary import Block, Link, blocks, links
from tui.reader.lines import Line, Piece, safe, styled, width, wrap
from tui.reader.pane import Pane, Spot

MEASURE = 80
"""No line of prose is longer."""


class Row(NamedTuple):
    """One line on the screen. `links` are (start, end, number) in its text: cells of the line, and which link it is."""

    line: Line
    links: tuple[tuple[int, int, int], ...] = ()
    begins: tuple[int, ...] = ()
    """The links that begin on this line."""


class Summary(Pane):
    TITLE = "Summary"
    HINTS = ("w b links", "Enter goes there", "1-5 panes", "? keys")

    BINDINGS = [
        Binding("w", "link(1)", "next link", id="summary.next-link"),
        Binding("b", "link(-1)", "previous link", id="summary.previous-link"),
        Binding("space", "page(1)", "page down", id="summary.page"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self.links: tuple[Link, ...] = ()

    def cell_width(self) -> int:
        return min(super().cell_width(), MEASURE)

    def laid_out_anew(self) -> None:
        link = self._link()
        super().laid_out_anew()
        self.refs = self.rows() if self.shown else ()
        self._row_of = None
        row = next((at for at, row in enumerate(self._rows) if link in row.begins), None)
        last = max(0, len(self._rows) - 1)
        self.spot = Spot(
            min(self.spot.row, last) if row is None else row,
            self._rows[row].begins.index(link) if row is not None else 0,
            self.spot.top,
        )

    def rows(self) -> Sequence[str]:
        assert self.shown
        summary = self.shown.reading.briefing.summary
        self.links = links(summary)
        self._rows = []
        for number, block in enumerate(blocks(summary)):
            if number:
                self._rows.append(Row(()))
            mine = [(at, link) for at, link in enumerate(self.links) if link.block == number]
            self._rows += _block_rows(block, mine, self.cell_width())
        while self._rows and not self._rows[-1].line:
            self._rows.pop()
        return ["line" if row.line else "" for row in self._rows]

    def targets(self, row: int) -> Sequence[str]:
        return [self.links[number].target for number in self._rows[row].begins]

    def draw(self, row: int, cells: int) -> Sequence[Line]:
        """The link under the cursor is shown as chosen."""
        found = self._rows[row]
        link = self._link()
        if row == self.spot.row or any(number == link for _, _, number in found.links):
            spans = [(start, end, number) for start, end, number in found.links if number == link]
            return [_over(found.line, spans)]
        return [found.line]

    def _link(self) -> int:
        """The number of the link under the cursor, or -1."""
        if self.spot.row >= len(self._rows):
            return -1
        begins = self._rows[self.spot.row].begins
        return begins[min(self.spot.part, len(begins) - 1)] if begins else -1

    def put(self, row: int, part: int = 0, context: int = 0) -> None:
        old = self._link()
        super().put(row, part, context)
        new = self._link()
        if old != new:
            self._layout.cache_clear()
            for y, (at, _) in enumerate(self._view, self.head):
                if any(number in (old, new) for _, _, number in self._rows[at].links):
                    self.refresh(Region(0, y, self.size.width, 1))

    def action_link(self, step: int) -> None:
        if not self.links:
            return
        at = self._link()
        if at < 0:
            known = [number for row in self._rows[: self.spot.row + 1] for number in row.begins]
            at = known[-1] if known else -1
            at = at + 1 if step > 0 else at
        else:
            at += step
        if 0 <= at < len(self.links):
            row = next(number for number, row in enumerate(self._rows) if at in row.begins)
            self.choose(row, self._rows[row].begins.index(at))

    def action_paragraph(self, step: int) -> None:
        starts = [row for row, ref in enumerate(self.refs) if ref and (not row or not self.refs[row - 1])]
        beyond = [row for row in starts if (row - self.spot.row) * step > 0]
        if beyond:
            self.choose(min(beyond) if step > 0 else max(beyond))

    def part_at(self, row: int, line: int, x: int) -> int:
        number = next((number for start, end, number in self._rows[row].links if start <= x < end), None)
        begins = self._rows[row].begins
        return begins.index(number) if number in begins else 0

    def related_rows(self) -> list[int]:
        related = self.related(self.subject)
        wanted = {number for number, link in enumerate(self.links) if link.target == self.subject or link.target in related}
        return [at for at, row in enumerate(self._rows) if any(number in wanted for number in row.begins)]

    def empty(self) -> Sequence[str]:
        if self.shown and not self.shown.reading.drafted:
            return (
                "This is a raw article: nobody has drafted a briefing from it yet.",
                "Its text is in pane 5. Outside the reader, readout new begins a briefing on it.",
            )
        return (
            "This briefing has no summary yet.",
            "Write it below the closing +++ of the file, with links such as [words](#id).",
        )


def _block_rows(block: Block, mine: list[tuple[int, Link]], cells: int) -> list[Row]:
    if block.kind == "rule":
        return [Row((Piece("─" * min(12, cells), "rule"),))]
    text = safe(block.text)
    spans: list[tuple[int, int, str]] = []
    at = 0
    for piece in block.pieces:
        style = "heading" if block.kind == "heading" else "strong" if piece.strong else "reported" if piece.emphasis else "text"
        if style != "text":
            spans.append((at, at + len(piece.text), style))
        at += len(piece.text)
    spans += [(link.start, link.end, "link") for _, link in mine]
    if block.kind == "code":
        return (
            [Row((Piece(block.indent), *styled(text, 0, min(len(text), cells - 2), spans, "quiet")))]
            if text
            else [Row((Piece(" "),))]
        )
    indent = width(block.indent)
    found = []
    for number, (start, end) in enumerate(wrap(text, cells - indent, cells - width(block.lead))):
        lead = block.lead if number == 0 else block.indent
        offset = width(lead)
        inside = tuple(
            (offset + width(text[start : max(start, link.start)]), offset + width(text[start : min(end, link.end)]), which)
            for which, link in mine
            if link.start < end and start < link.end
        )
        begins = tuple(which for which, link in mine if start <= link.start < end)
        line = styled(text, start, end, spans)
        found.append(Row((Piece(lead, "quiet"), *line) if lead else line, inside, begins))
    return found


def _over(line: Line, spans: list[tuple[int, int, int]]) -> Line:
    """The line with these stretches of cells shown as chosen."""
    text = "".join(piece.text for piece in line)
    laid: list[tuple[int, int, str]] = []
    at = 0
    for piece in line:
        laid.append((at, at + len(piece.text), piece.style))
        at += len(piece.text)
    for start, end, _ in spans:
        first = next((index for index in range(len(text) + 1) if width(text[:index]) >= start), 0)
        last = next((index for index in range(len(text) + 1) if width(text[:index]) >= end), len(text))
        laid.append((first, last, "chosen"))
    return styled(text, 0, len(text), laid)
