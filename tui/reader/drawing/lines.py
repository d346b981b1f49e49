"""Text on its way to the screen: made safe, broken into lines, measured in cells. No Textual; offsets are never lost.

`safe` changes characters one for one, so a position in a source is the same position in what is shown of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import chain

from tui.briefing.problem import DIRECTIONS, HIDING, LINE_BREAKS, NO_TEXT, PILE, SPELLING, UNSEEN
from tui.briefing.record import NamedTuple
from tui.reader.drawing import widths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import overload

BIDI = "⇄"
HIDDEN = "·"
UNKNOWN = "�"
JOINERS = "\u200c\u200d"

SOFT_HYPHEN = "\u00ad"
_WITHOUT_CELLS = JOINERS + SOFT_HYPHEN
_SOFT_IN_WORD = f"(?<=[^\\W\\d_]){SOFT_HYPHEN}(?=[^\\W\\d_])"
_SOFT_AT_LINE_END = f"(?<=[^\\W\\d_]){SOFT_HYPHEN}(?=[ \\t]*\\n)"
"""Where a soft hyphen is seen."""
_NOT_SPELLING = f"(?!{SPELLING})[{JOINERS}]"
# Everything outside these is measured with care; inside them one character is one cell.
_CAREFUL = re.compile(
    "[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0"
    "\u2190-\u21ff\u2400-\u2426\u2500-\u25fc\ufffd]"
)

class Piece(NamedTuple):
    """A run of one line in one style; `style` is a name that the stylesheet knows."""

    text: str
    style: str = "text"
    at: int = -1
    """Where it is in the words of its row, which can be searched; -1 for what is only drawn."""


Line = tuple[Piece, ...]


@lru_cache(1)
def _marks_for() -> dict[int, str]:
    """Map each code point to what is shown in its place. Made when first needed: most briefings do not need it for
    the first words."""
    return {
        **{code: chr(0x2400 + code) for code in range(32)},  # the control pictures ␀ … ␟
        **{
            ord(blank): " "
            for blank in "\t\n\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
        },
        0x7F: "␡",
        **dict.fromkeys(range(0x80, 0xA0), UNKNOWN),
        **dict.fromkeys(chain(*DIRECTIONS), BIDI),
        **dict.fromkeys(chain(*UNSEEN), HIDDEN),
        **dict.fromkeys(chain(*LINE_BREAKS), "␤"),
        **dict.fromkeys((*chain(*NO_TEXT), 0xFFFC), UNKNOWN),
    }


def safe(text: str, emoji: bool = False) -> str:
    """Replace each character that a terminal could obey, or that hides what is there, by a visible mark. `emoji`:
    keep the joiners that make one emoji of two; screens do not, because terminals disagree about its width."""
    if text.isprintable():
        return text
    if SOFT_HYPHEN in text:
        text = re.sub(_SOFT_AT_LINE_END, "-", text)
    shown = re.sub(HIDING if emoji else _NOT_SPELLING, HIDDEN, text.translate(_marks_for()))
    if SOFT_HYPHEN in text:
        shown = _with_soft_hyphens(shown, text)
    if shown.isprintable():
        return shown
    return "".join(each if each.isprintable() or each in _WITHOUT_CELLS else UNKNOWN for each in shown)


_FEED_BESIDE_BLANK = r"\f(?=\s)|(?<=\s)\f"


def safe_pages(text: str) -> str:
    """Make the text of a source safe. A form feed next to a blank takes no cell: the end of a page is one blank, not two."""
    shown = safe(text)
    for feed in re.finditer(_FEED_BESIDE_BLANK, text) if "\f" in text else ():
        shown = f"{shown[: feed.start()]}{SOFT_HYPHEN}{shown[feed.end() :]}"
    return shown


def _with_soft_hyphens(shown: str, text: str) -> str:
    """Put the soft hyphens of `text` that are between two letters back into `shown`: words are read and found without
    them."""
    kept = {found.start() for found in re.finditer(_SOFT_IN_WORD, text)}
    return "".join(SOFT_HYPHEN if at in kept else each for at, each in enumerate(shown))


def one_line(text: str, emoji: bool = False) -> str:
    """Make text safe, and every run of blanks one space."""
    return " ".join(safe(text, emoji).split())


def bounded(text: str) -> str:
    """Return `text` as it is written to a terminal: without soft hyphens, which some terminals draw, and with at most
    four combining marks on a letter, which take no cell but any number of bytes."""
    return re.sub(PILE, r"\1", text.replace(SOFT_HYPHEN, "")) if _CAREFUL.search(text) else text


def one_cell_each(text: str) -> bool:
    """Test whether each character is known to take one cell. `widths` measures other texts; its tables are loaded
    when first needed."""
    return _CAREFUL.search(text) is None


def width(text: str) -> int:
    """Measure a text in cells."""
    return len(text) if one_cell_each(text) else widths.width(text)


LONG_WORD = 20
"""A message's words of more cells may be shortened."""


def cut(text: str, cells: int, ellipsis: str = "…") -> str:
    """Return at most `cells` cells of `text`, with the ellipsis if it was longer. With an ellipsis, the cut is at the
    end of a word if that keeps two thirds of the cells: half a word is easily read as another one."""
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return text
    kept = _clip(text, cells - len(ellipsis))
    if ellipsis and not text[len(kept)].isspace():
        word = kept.rfind(" ")
        if word > 0 and width(kept[:word]) * 3 >= cells * 2:
            kept = kept[:word]
    return kept.rstrip() + ellipsis


def told(message: str, cells: int) -> str:
    """Fit a message into so many cells. Long words, which are the names of files, are shortened in their middle before the end
    of the message is cut."""
    words = message.split(" ")
    while width(message) > cells:
        longest = max(range(len(words)), key=lambda at: width(words[at]))
        size = width(words[longest])
        if size <= LONG_WORD:
            break
        keep = max(LONG_WORD, size - (width(message) - cells))
        begin = _clip(words[longest], keep // 3)
        words[longest] = f"{begin}…{_last(words[longest], keep - width(begin) - 1)}"
        message = " ".join(words)
    return cut(message, cells)


def _last(text: str, cells: int) -> str:
    """Return the end of a text, at most so many cells."""
    while text and width(text) > cells:
        text = text[max(1, (width(text) - cells) // 2) :]
    return text


def _clip(text: str, cells: int) -> str:
    if one_cell_each(text):
        return text[: max(0, cells)]
    used = 0
    for start, _, size in widths.clusters(text):
        if used + size > cells:
            return text[:start]
        used += size
    return text


def fit(text: str, cells: int) -> str:
    """Return exactly so many cells: cut, or filled with spaces."""
    text = cut(text, cells)
    return text + " " * (cells - width(text))


def guarded(text: str) -> str:
    """Make text safe without changing its width: the last guard before a terminal, whoever drew the text."""
    shown = safe(text)
    return shown if shown == text else fit(shown, width(text))


@lru_cache(512)
def wrap(text: str, cells: int, first: int | None = None) -> tuple[tuple[int, int], ...]:
    """Break a safe text into lines, as (start, end) offsets in it. Lines end at spaces, which hang at their end; a
    word longer than a line is broken anywhere. `first`: cells of the first line, if it has less room."""
    cells = max(1, cells)
    room = cells if first is None else max(1, first)
    found: list[tuple[int, int]] = []
    at, size = 0, len(text)
    while True:
        while found and at < size and text[at] == " ":
            at += 1
        end = min(size, at + room)
        if _CAREFUL.search(text, at, end + 1):
            end = at + _fitting(text[at : at + cells * 8], room)
        if end >= size:
            found.append((at, size))
            return tuple(found)
        if text[end] != " ":
            space = text.rfind(" ", at, end)
            if space > at:
                end = space
            elif not found and room < cells:
                end = at  # the first word goes to the next line
        found.append((at, at + len(text[at:end].rstrip(" "))))
        at = end
        room = cells


def _fitting(text: str, cells: int) -> int:
    """Count how many characters of `text` fit; at least one grapheme."""
    used = last = 0
    for _, end, size in widths.clusters(text):
        if used + size > cells and last:
            return last
        used += size
        last = end
    return last


def wrapped(text: str, cells: int, style: str = "text", lead: str = "", lead_style: str = "quiet", at: int = -1) -> list[Line]:
    """Make text safe and break it into lines of one style, the first after `lead`, the others indented as far. `at`:
    where its one line is in the words of the row."""
    text = one_line(text)
    indent = width(lead)
    lines = wrap(text, cells - indent)
    return [
        (Piece(lead if number == 0 else " " * indent, lead_style), *shown) if lead else shown
        for number, (start, end) in enumerate(lines)
        if (shown := (Piece(text[start:end], style, at + start if at >= 0 else -1),))
    ]


class Styled:
    """A text with spans (start, end, style) laid over it, later ones on top: any stretch of it as pieces, at a cost that
    does not grow with the whole."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int, str]], style: str = "text") -> None:
        self.text = text
        cuts = sorted({0, *(min(max(at, 0), len(text)) for span in spans for at in span[:2])})
        begin: dict[int, list[int]] = {}
        for number, (start, end, _) in enumerate(spans):
            if start < end:
                begin.setdefault(max(start, 0), []).append(number)
        self._cuts: list[int] = []
        self._styles: list[str] = []
        open_: list[int] = []  # the spans that have begun, the topmost first; ended ones are dropped when they surface
        for cut_ in cuts:
            for number in begin.get(cut_, ()):
                heappush(open_, -number)
            while open_ and spans[-open_[0]][1] <= cut_:
                heappop(open_)
            top = spans[-open_[0]][2] if open_ else style
            if not self._styles or self._styles[-1] != top:
                self._cuts.append(cut_)
                self._styles.append(top)

    def line(self, start: int, end: int, at: int = -1) -> Line:
        """Return `text[start:end]` as a line; `at` is where the text itself begins in the words of the row."""
        pieces = []
        number = bisect_right(self._cuts, start) - 1
        while start < end:
            stop = min(end, self._cuts[number + 1]) if number + 1 < len(self._cuts) else end
            pieces.append(Piece(self.text[start:stop], self._styles[number], at + start if at >= 0 else -1))
            start, number = stop, number + 1
        return tuple(pieces)


def lit(line: Line, spans: Sequence[tuple[int, int, str]]) -> Line:
    """Draw these stretches of the row's words (start, end, style) in another style."""
    found: list[Piece] = []
    for piece in line:
        begin, end = piece.at, piece.at + len(piece.text)
        if begin < 0:
            found.append(piece)
            continue
        for first, last, style in spans:
            if last > begin and first < end:
                if first > begin:
                    found.append(Piece(piece.text[begin - piece.at : first - piece.at], piece.style, begin))
                stop = min(last, end)
                found.append(Piece(piece.text[max(first, begin) - piece.at : stop - piece.at], style, max(first, begin)))
                begin = stop
        if begin < end:
            found.append(Piece(piece.text[begin - piece.at :], piece.style, begin))
    return tuple(found)


def covered(line: Line, x: int, over: Piece) -> Line:
    """Lay a piece over the line at a cell."""
    before: list[Piece] = []
    behind: list[Piece] = []
    at, end = 0, x + width(over.text)
    for piece in line:
        size = width(piece.text)
        if at < x:
            before.append(piece if at + size <= x else Piece(fit(_clip(piece.text, x - at), x - at), piece.style))
        if at + size > end:
            left = piece.text[len(_clip(piece.text, max(0, end - at))) :]
            behind.append(Piece(fit(left, at + size - max(end, at)), piece.style))
        at += size
    return (*before, Piece(" " * max(0, x - at)), over, *behind)


class Lines(Sequence[Line]):
    """So many lines, each made when it is asked for: of a paragraph of megabytes only those in sight ever are."""

    def __init__(self, count: int, line: Callable[[int], Line]) -> None:
        self._count, self._line = count, line

    def __len__(self) -> int:
        return self._count

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, number: int) -> Line: ...
        @overload
        def __getitem__(self, number: slice) -> Sequence[Line]: ...

    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self._line(each) for each in range(*number.indices(self._count))]
        if not 0 <= number < self._count:
            raise IndexError(number)
        return self._line(number)
