"""The summary: what happened, every sentence linked to what supports it. The cursor goes by line, `w b` by link."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from textual.geometry import Region

from tui.briefing.summary import Link, blocks, links
from tui.reader.drawing.lines import Line, lit, safe
from tui.reader.drawing.matching import GAP, Looked
from tui.reader.drawing.opening import MEASURE, Row, summary_rows
from tui.reader.keys.action import Action
from tui.reader.path.place import Spot
from tui.reader.path.plan import NAMES
from tui.reader.widgets.messages import Say
from tui.reader.widgets.pane import Hint, Pane


class Summary(Pane):
    TITLE = "Summary"
    HINTS = (
        ("summary.next-link summary.previous-link", "links"),
        ("follow", "goes there"),
        (" ".join(f"pane.{name.lower()}" for name in NAMES), "panes"),
        ("find", "find"),
        ("hints", "hints"),
        ("keys", "keys"),
    )

    BINDINGS = [
        Action("w", "link(1)", "next link", id="summary.next-link", kiosk=True),
        Action("b", "link(-1)", "previous link", id="summary.previous-link", kiosk=True),
        Action("space", "page(1)", "page down", id="summary.page", kiosk=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Row] = []
        self.links: tuple[Link, ...] = ()

    def cell_width(self) -> int:
        return min(super().cell_width(), MEASURE)

    def laid_out_anew(self) -> None:
        link = self._link()
        block, offset = self._at(self.spot.row)
        super().laid_out_anew()
        self.entries = self.list_entries() if self.shown else ()
        self.pick()
        found = next(
            ((row, self._row(row).begins.index(link)) for row in range(len(self.rows)) if link in self._row(row).begins), None
        )
        if found is None:  # no link: the line in which the old one's first word stands now
            behind = bisect_right([self._at(row) for row in range(len(self.rows))], (block, offset))
            found = (self.nearest_row(max(0, behind - 1), -1), 0)
        self.spot = Spot(*found, self.spot.top)

    def watch_pins(self) -> None:
        """Ignore pins: they hide nothing here."""

    def list_entries(self) -> Sequence[str]:
        assert self.shown
        self.links = links(self.shown.reading.briefing.summary)
        self._lines = summary_rows(self.shown.reading, self.cell_width())
        return ["line" if row.line else "" for row in self._lines]

    def look(self) -> Sequence[Looked]:
        assert self.shown
        starts, texts, length = [], [], 0
        for block in blocks(self.shown.reading.briefing.summary):
            starts.append(length)
            texts.append(safe(block.text))
            length += len(block.text) + 1
        return (Looked(GAP.join(texts), starts),)

    def group_of(self, entry: int) -> int:
        return self._lines[entry].block

    def cursor_offset(self) -> int:
        return super().cursor_offset() + (self._row(self.spot.row).start if self.rows else 0)

    def row_of_match(self, offset: int) -> int | None:
        looked = self.looked[0]
        block = looked.group_at(offset)
        places = [(self._lines[entry].block, self._lines[entry].start) for entry in self.rows if self._lines[entry].line]
        rows = [row for row, entry in enumerate(self.rows) if self._lines[entry].line]
        at = bisect_right(places, (block, offset - looked.starts[block])) - 1
        return rows[at] if at >= 0 and places[at][0] == block else None

    def row_of_line(self, line: int) -> int:
        """Return the row of the block that begins at a line of the summary, or is the last before it."""
        assert self.shown
        found = [number for number, block in enumerate(blocks(self.shown.reading.briefing.summary)) if block.line <= line]
        block = found[-1] if found else 0
        return next((row for row in range(len(self.rows)) if self._row(row).block == block and self._row(row).line), 0)

    def _row(self, row: int) -> Row:
        return self._lines[self.rows[row]]

    def _at(self, row: int) -> tuple[int, int]:
        """Return the block and the offset in it at which a row begins; for a blank row, those of the next."""
        for entry in self.rows[row : row + 2]:
            if self._lines[entry].line:
                return self._lines[entry].block, self._lines[entry].start
        return -1, 0

    def targets(self, row: int) -> Sequence[str]:
        return [self.links[number].target for number in self._row(row).begins]

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        """Draw a row; the link under the cursor is shown as chosen."""
        found, link = self._lines[entry], self._link()
        chosen = [(self.links[link].start, self.links[link].end, "chosen")] if link in (n for *_, n in found.links) else ()
        return [lit(found.line, chosen)]

    def _link(self) -> int:
        """Return the number of the link under the cursor, or -1."""
        if self.spot.row >= len(self.rows):
            return -1
        begins = self._row(self.spot.row).begins
        return begins[min(self.spot.part, len(begins) - 1)] if begins else -1

    def put(self, row: int, part: int = 0, context: int = 0) -> None:
        old = self._link()
        super().put(row, part, context)
        new = self._link()
        if old != new:
            self._layout.cache_clear()
            for y, (at, _) in enumerate(self._view, self.head):
                if any(number in (old, new) for _, _, number in self._row(at).links):
                    self.refresh(Region(0, y, self.size.width, 1))

    def action_link(self, step: int) -> None:
        at = self._link()
        if at < 0:
            known = [number for row in range(min(self.spot.row + 1, len(self.rows))) for number in self._row(row).begins]
            at = known[-1] if known else -1
            at = at + 1 if step > 0 else at
        else:
            at += step
        if 0 <= at < len(self.links):
            row = next((row for row in range(len(self.rows)) if at in self._row(row).begins), None)
            if row is not None:
                self.choose(row, self._row(row).begins.index(at))
                return
        why = f"no {'further' if step > 0 else 'earlier'} link" if self.links else "this summary has no link"
        self.answer(Say(why))

    def action_paragraph(self, step: int) -> None:
        starts = [row for row in range(len(self.rows)) if self.selectable(row) and (not row or not self.selectable(row - 1))]
        beyond = [row for row in starts if (row - self.spot.row) * step > 0]
        if beyond:
            self.choose(min(beyond) if step > 0 else max(beyond))

    def part_at(self, row: int, line: int, x: int) -> int:
        number = next((number for start, end, number in self._row(row).links if start <= x < end), None)
        begins = self._row(row).begins
        return begins.index(number) if number in begins else 0

    def hints(self) -> list[Hint]:
        found = self.title_hint()
        for y, (row, _) in enumerate(self._view, self.head):
            here = self._row(row)
            for start, _, number in here.links:
                if number in here.begins:
                    part = here.begins.index(number)
                    found.append(Hint(y, self.GUTTER + start, self.links[number].target, row, part, inline=True))
        return found

    def related_rows(self) -> list[int]:
        related = self.related(self.subject)
        wanted = {number for number, link in enumerate(self.links) if link.target == self.subject or link.target in related}
        return [row for row in range(len(self.rows)) if not wanted.isdisjoint(self._row(row).begins)]

    def empty(self) -> Sequence[str]:
        if self.shown and not self.shown.reading.drafted:
            return (
                "This is a raw article of which no briefing can be drafted.",
                "Its text is in pane 5. Outside the reader, readout new begins a briefing on it.",
            )
        return (
            "This briefing has no summary yet.",
            "Write it below the closing +++ of the file, with links such as [words](#id).",
        )
