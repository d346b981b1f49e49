"""How the screen of a briefing begins: its head line, a pane's title line, the rows of the summary, and the room that each has.
No Textual: the same is shown before Textual is loaded, and by the panes themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from tui.briefing.document import UNREVIEWED, Event, Quote
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.briefing.summary import Block, Link, blocks, links
from tui.reader.drawing.glyphs import CURSOR
from tui.reader.drawing.lines import Line, Piece, Styled, cut, one_line, safe, told, width, wrap, wrapped

DEFAULT_THEME = "night"
MEASURE = 80
"""No line of prose is longer."""
GUTTER = 3
"""Cells before the rows of a pane: cursor, mark, note."""
WIDE, BESIDE, HIGH, LOW = 100, 160, 30, 18
"""From so many columns on, panes are side by side; Source is next to Summary; from so many rows on, at all. Below so many
rows, the line that names all panes is the only title."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Layout: TypeAlias = 'Literal["one", "two", "three"]'
"""How many panes are side by side."""


def layout(cells: int, rows: int) -> Layout:
    if cells < WIDE or rows < HIGH:
        return "one"
    return "three" if cells >= BESIDE else "two"


def measure(cells: int) -> int:
    """Return how wide rows are drawn in a pane so many cells wide."""
    return max(8, cells - GUTTER - 1)


class Room(NamedTuple):
    """Where a pane is on the screen, in cells and rows from its corner, and whether it does without a title."""

    x: int
    y: int
    cells: int
    rows: int
    bare: bool = False


def summary_room(cells: int, rows: int) -> Room:
    """Return the summary's room, as the stylesheet divides the screen if nothing is zoomed; its rows are those of a
    first screen."""
    if (across := layout(cells, rows)) == "one":
        return Room(0, 2, cells, rows - 3, bare=rows < LOW)
    return Room(0, 1, (cells - 2) // 2 if across == "two" else (cells - 4) * 4 // 14, (rows - 2) // 2)


def proof(reading: Reading, errors: int, more: str = "") -> tuple[str, bool]:
    """Say what is proven, claiming no more than was done, and whether all of it holds. `errors`: how many errors the
    checker names, and `more` the key that shows them."""
    words, fine = reading.proof()
    if not reading.parsed.readable:
        return "cannot be read", False
    if reading.waiting:
        return "reading the document", True
    if not reading.drafted:
        return "not drafted: a raw article", True
    if errors:
        words, fine = f"{words} · {errors} {'error' if errors == 1 else 'errors'}{f': {more}' if more else ''}", False
    if UNREVIEWED in reading.briefing.extra:
        return f"A DRAFT, reviewed by nobody · {words}", False
    return words, fine


ABBREVIATED = (
    (": words found", ""), (r"(?<=\d) quotes?", "q"), (r"(?<=\d) events?", "e"), (", ", " "),
    ("A DRAFT,? reviewed by nobody", "DRAFT"), (" could not be read", " unread"), ("not drafted: a raw article", "raw article"),
    (r"[0-9]+/[0-9]+q?(?: [0-9]+/[0-9]+e)?e? · (?=[0-9,]+ UNPROVEN)", ""),
)  # fmt: skip
"""How the proof is shortened, one step (a pattern and its replacement) after another, until the title has room."""
SHORTEST = ((r"(?<=UNPROVEN) · [0-9,]+ errors?(: .*)?$", ""), (r" · [0-9,]+(?:[qe]| \w+) unread$", ""))
"""The last steps, for a screen on which not even the beginning of the title has room."""


LEAST_TITLE = 16
"""So many cells of a title are always left."""


def marked(marking: str, cells: int) -> str:
    """Return a marking as the end of a header: whole, if that leaves room for a title and the word UNPROVEN."""
    marking = one_line(marking)
    return f" {cut(marking, max(cells // 2, cells - 28))} " if marking else ""


def head(reading: Reading, errors: int, news: str, at: int, of: int, cells: int, more: str = "", folder: str = "") -> Line:
    """Draw title, date, proof and marking. If they do not fit, the proof is abbreviated first, then the date is left
    out, then the title is cut; the marking is the last to give way. `errors`, `more`: as in `proof`, which `news`
    replaces. `folder`: where the file is, if another looks the same."""
    right = marked(reading.briefing.marking, cells)
    words, fine = (news, False) if news else proof(reading, errors, more)
    room = cells - width(right) - 1
    day = one_line(reading.briefing.date)
    title = one_line(reading.briefing.title or reading.path.name) + (f" ({one_line(folder)})" if folder else "")
    many = f"{at + 1}/{of} " if of > 1 else ""
    needed = width(f" {many}{title}")
    for long, short in () if news else ABBREVIATED:
        if width(words) + 2 + needed <= room:
            break
        words = re.sub(long, short, words)
    for long, short in () if news else SHORTEST:
        if width(words) + 2 + min(needed, LEAST_TITLE) <= room:
            break
        words = re.sub(long, short, words)
    words = told(words, room - min(needed, LEAST_TITLE if news else 0) - 2)
    room -= width(words) + 2
    day = f"  {day}" if day and room >= needed + width(day) + 3 else ""
    left = cut(f" {many}{title}", room - width(day))
    gap = " " * max(1, room - width(left) - width(day) + 1)
    return (
        Piece(left, "strong"),
        Piece(day, "quiet"),
        Piece(gap),
        Piece(words, "quiet" if fine else "error"),
        Piece(" "),
        Piece(right, "marking"),
    )


def title(name: str, heading: str, beyond: str, turned_to: bool, cells: int) -> Line:
    """Draw a pane's title: its name, its heading, and at the end how many related rows are out of view."""
    room = cells - width(cut(name, cells - 2)) - width(beyond) - 4
    heading = cut(heading, room - 1)
    rule = "─" * max(0, room - width(heading) - bool(heading) * 2 + bool(not beyond))
    return (
        Piece(CURSOR if turned_to else " ", "cursor"),
        Piece(cut(name, cells - 2), "focus" if turned_to else "title"),
        Piece(f"  {heading} " if heading else " ", "quiet"),
        Piece(rule, "rule"),
        Piece(f" {beyond}" if beyond else "", "mark"),
    )


class Row(NamedTuple):
    """One line on the screen. `links` are (start, end, number) in its text: cells of the line, and which link it is."""

    line: Line
    links: tuple[tuple[int, int, int], ...] = ()
    begins: tuple[int, ...] = ()
    """The links that begin on this line."""
    block: int = -1
    start: int = 0
    """Where in the text of its block it begins."""


def summary_rows(reading: Reading, cells: int) -> list[Row]:
    """Lay out the summary, block by block, so many cells wide."""
    rows: list[Row] = []
    mine: dict[int, list[tuple[int, Link]]] = {}
    for at, link in enumerate(links(reading.briefing.summary)):
        mine.setdefault(link.block, []).append((at, link))

    def doubtful(target: str) -> bool:
        """Test whether the words that a link leads to were searched for and not found."""
        item = reading.briefing.by_id.get(target)
        return isinstance(item, (Quote, Event)) and reading.anchors is not None and not reading.anchor(item).found

    for number, block in enumerate(blocks(reading.briefing.summary)):
        if number:
            rows.append(Row((), block=number))
        rows += _block_rows(number, block, mine.get(number, []), cells, doubtful)
    while rows and not rows[-1].line:
        rows.pop()
    return rows


def _block_rows(
    number: int, block: Block, mine: list[tuple[int, Link]], cells: int, doubtful: Callable[[str], bool]
) -> list[Row]:
    """Lay out a block, and below it which of its links are not proven."""
    if block.kind == "rule":
        return [Row((Piece(block.lead, "quiet"), Piece("─" * min(12, cells), "rule")), block=number)]
    text = safe(block.text)
    spans: list[tuple[int, int, str]] = []
    at = 0
    for piece in block.pieces:
        style = "heading" if block.kind == "heading" else "strong" if piece.strong else "reported" if piece.emphasis else ""
        if style:
            spans.append((at, at + len(piece.text), style))
        at += len(piece.text)
    spans += [(link.start, link.end, "error" if doubtful(link.target) else "link") for _, link in mine]
    if block.kind == "code":
        styled, found, at = Styled(text, spans, "quiet"), [], 0
        for part in block.text.split("\n"):
            shown = styled.line(at, at + min(len(part), max(0, cells - width(block.indent))), at=0)
            found.append(Row((Piece(block.indent if at else block.lead), *shown), block=number, start=at))
            at += len(part) + 1
        return found
    styled = Styled(text, spans)
    starts, ends = [link.start for _, link in mine], [link.end for _, link in mine]
    found = []
    for first, (start, end) in enumerate(_wrapped(block, text, cells)):
        lead = block.indent if first else block.lead
        offset = width(lead)
        here = mine[bisect_right(ends, start) : bisect_left(starts, end)]
        inside = tuple(
            (offset + width(text[start : max(start, link.start)]), offset + width(text[start : min(end, link.end)]), which)
            for which, link in here
        )
        begins = tuple(which for which, link in here if start <= link.start < end)
        line = styled.line(start, end, at=0)
        found.append(Row((Piece(lead, "quiet"), *line) if lead else line, inside, begins, number, start))
    lost = dict.fromkeys(link.target for _, link in mine if doubtful(link.target))
    if lost:
        said = wrapped(f"UNPROVEN: {', '.join(lost)}", cells - width(block.indent), "error")
        found += [Row((Piece(block.indent), *line), block=number, start=len(text)) for line in said]
    return found


def _wrapped(block: Block, text: str, cells: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) in `text`, the block made safe, of every line of a screen so many cells wide."""
    at, room = 0, cells - width(block.indent)
    for line in block.text.split("\n"):
        part = text[at : at + len(line)]
        yield from ((at + start, at + end) for start, end in wrap(part, room, room if at else cells - width(block.lead)))
        at += len(line) + 1
