"""Put the lines of a page into the order in which it is read: cut at gaps across the page, then between columns, and
set the notes at its foot apart."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

from tui.briefing.record import NamedTuple
from tui.documents.pdf.line import RAISED, RTL, SUPERSCRIPT, Line

NOTE = re.compile(rf"\s*(\d{{1,3}}|[*†‡§{RAISED}]+)[.)]?\s*(?=[^\W\d]|[“\"(‘'§])")
"""How a note begins."""
_NOTE_MARK = re.compile(rf"(?:(?<=[^\W\d_]{{3}})|(?<=[.,;:!?\"”’»)\]]))[{RAISED}]{{1,3}}(?![{RAISED}])")
"""The mark of a note, after a word or a stop: "10⁶" and "5 km²" stay as they are."""
_RAISED_PIECE = re.compile(r"[\d*†‡\s\v]{1,4}")
_DEEPEST = 12
"""Cuts within cuts."""
_LINE_SIDES = 4
"""Lines that a column has at least."""


class Block(NamedTuple):
    lines: list[Line]
    note: bool


def body_size(pages: list[list[Line]]) -> float:
    """Return the size of most text, in points."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    half, seen = sum(sizes.values()) / 2, 0
    for size in sorted(sizes):
        seen += sizes[size]
        if seen >= half:
            return size
    return 10.0


def blocks(pieces: list[Line], body: float) -> list[Block]:
    """Return the page's lines as blocks in reading order. `body` is the size of most text in the document."""
    body = min(body, body_size([pieces]) if pieces else body)
    found: list[Block] = []
    for group in _cut(pieces, 0):
        lines = _joined(group)
        at = _notes_at(lines, body)
        text = [line._replace(text=_NOTE_MARK.sub("", line.text)) if not line.text.isascii() else line for line in lines[:at]]
        found += [Block(text, False)] if text else []
        found += [Block(lines[at:], True)] if lines[at:] else []
    return found


def _notes_at(lines: list[Line], body: float) -> int:
    """Return where the notes of a block begin: smaller than the text, its lowest lines, the first with a mark."""
    at = len(lines)
    while at and lines[at - 1].size < 0.93 * body:
        at -= 1
    first = next((place for place in range(at, len(lines)) if NOTE.match(lines[place].text)), len(lines))
    low = first < len(lines) and all(line.y0 <= lines[first].y0 + 1 for line in lines[first:])
    return first if low else len(lines)


def _cut(pieces: list[Line], depth: int) -> list[list[Line]]:
    """Group the pieces: column by column if a gutter separates them, else what is above columns before what is below."""
    if len(pieces) < 4 or depth > _DEEPEST:
        return [pieces] if pieces else []
    size = max(1, median(piece.size for piece in pieces))
    if sides := _columns(pieces, size):
        if sum(bool(RTL.search(piece.text)) for piece in pieces) * 2 > len(pieces):
            sides = sides[::-1]
        return [group for side in sides for group in _cut(side, depth + 1)]
    y = _columns_below(pieces, size)
    if y is None:
        return [pieces]
    upper, lower = [piece for piece in pieces if piece.y0 >= y], [piece for piece in pieces if piece.y0 < y]
    return _cut(upper, depth + 1) + _cut(lower, depth + 1)


def _columns(pieces: list[Line], size: float) -> tuple[list[Line], list[Line]] | None:
    """Return what is left and right of the widest gutter that has text side by side on both sides."""
    return next(filter(None, (_sides(pieces, x, size) for x in _gaps(pieces, 0.7 * size))), None)


def _gaps(pieces: list[Line], least: float) -> list[float]:
    """Return the middles of the vertical strips that no piece touches, the widest first."""
    spans = sorted(piece[:2] for piece in pieces)
    found, reach = [], spans[0][1]
    for start, end in spans:
        if start - reach > least:
            found.append((start - reach, (start + reach) / 2))
        reach = max(reach, end)
    return [middle for _, middle in sorted(found, reverse=True)]


def _sides(pieces: list[Line], x: float, size: float) -> tuple[list[Line], list[Line]] | None:
    left, right = [piece for piece in pieces if piece.x1 <= x], [piece for piece in pieces if piece.x1 > x]
    rows = {round(piece.y0 / size) for piece in left} & {round(piece.y0 / size) for piece in right}
    few = min(len(left), len(right))
    if few < _LINE_SIDES or len(rows) * 4 <= few:
        return None
    if any(sum(len(piece.text) for piece in side) <= 15 * len(side) for side in (left, right)):
        return None
    return left, right


def _columns_below(pieces: list[Line], size: float) -> float | None:
    """Return the height where what spans the columns (a title, a table, a note) ends and they begin, or where they end."""
    ordered = sorted(pieces, key=lambda piece: -piece.y0)
    for _ in range(2):  # from the top down, then from the bottom up
        free = _gutters(ordered, max(1, int(0.7 * size)))
        last = ordered[0].y0
        for at, piece in enumerate(ordered[: len(ordered) - 7]):
            if free[at] and at and abs(piece.y0 - last) > 0.5 * size and _columns(ordered[at:], size):
                return (piece.y0 + last) / 2
            last = piece.y0
        ordered.reverse()
    return None


def _gutters(ordered: list[Line], width: int) -> list[bool]:
    """Tell for each piece whether it and all after it leave a vertical strip of this width free."""
    filled, free, needed = 0, [False], "0" * width
    for piece in reversed(ordered):  # a bit for each point of the page's width
        added = filled | ((1 << max(1, int(piece.x1 - piece.x0))) - 1) << max(0, int(piece.x0))
        free.append(free[-1] if added == filled else needed in bin(added)[2:].rstrip("0"))
        filled = added
    return free[:0:-1]


def _joined(pieces: list[Line]) -> list[Line]:
    """Join pieces that are side by side into lines, from the top down."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y0, piece.x0)):
        row = next((row for row in reversed(rows[-3:]) if _beside(row[0], piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [row[0] if len(row) == 1 else _one(row) for row in rows]


def _beside(one: Line, two: Line) -> bool:
    """Tell whether two pieces are on one line, or one is raised beside the other."""
    if abs(one.y0 - two.y0) < 0.45 * min(one.size, two.size):
        return True
    big, small = (one, two) if two.size < one.size else (two, one)
    return small.size < 0.8 * big.size and small.y0 >= big.y0 - 1 and small.y1 <= big.y1 + 0.6 * big.size


def _one(row: list[Line]) -> Line:
    words = "".join(piece.text for piece in row)
    rtl = len(RTL.findall(words)) * 2 > sum(map(str.isalpha, words))
    row = sorted(row, key=lambda piece: -piece.x1 if rtl else piece.x0)
    main = max(row, key=lambda piece: len(piece.text))
    text, behind = "", 0.0
    for piece in row:
        if text and _raised(piece, main):
            text = text.rstrip(" \v") + piece.text.strip("\v ").translate(SUPERSCRIPT)
        else:
            close = not rtl and not text.endswith((" ", "\v")) and piece.x0 - behind < 0.15 * main.size
            text += ("" if not text or close else " ") + piece.text
        behind = piece.x1
    return Line(min(piece.x0 for piece in row), max(piece.x1 for piece in row), main.y0, main.size, text)


def _raised(piece: Line, main: Line) -> bool:
    small = piece.size < 0.8 * main.size and piece.y0 > main.y0 + 0.12 * main.size
    return small and bool(_RAISED_PIECE.fullmatch(piece.text))
