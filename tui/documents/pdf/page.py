"""From the characters of a page to its lines. PDFium is asked for the page's text in one call, and for the places of the
first and last character of each word, not of every character: five times as fast."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import sub
from typing import TYPE_CHECKING, Any

from tui.briefing.record import NamedTuple
from tui.documents.pdf.line import FILLED, HYPHEN, RAISED, RTL, SUPERSCRIPT, Line

if TYPE_CHECKING:
    import pypdfium2

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_ACCENTS = {
    "¨": "\u0308", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327", "ˇ": "\u030c", "˘": "\u0306", "˚": "\u030a",
    "˝": "\u030b", "¯": "\u0304", "˙": "\u0307",
}  # fmt: skip
_WORD = re.compile(rf"[^\s\0\2{HYPHEN}]+[\2{HYPHEN}]?|[\2{HYPHEN}]")
_LINE = re.compile(r"[^\r\n]+")
_DIGITS = re.compile(r"[0-9*†‡]")
_NOTE_MARK = re.compile(rf"^([{RAISED}]+)(?=\S)")
_SPECIAL = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff\2" + "".join(_LIGATURES) + "]")
_ODD = re.compile(f"[0-9*†‡\0\2\n{FILLED}{HYPHEN}\u0590-\u08ff\ud800-\udfff\ufb00-\ufdff\ufe70-\ufefe]")
"""What asks for a closer look at the words of a line."""
_VOWEL_SIGN = re.compile(" +(?=[\u064b-\u065f\u0670])")
_WIDEST_GAP = 1.3
"""In heights of a character: a wider gap separates two pieces."""
_NEAR = 8
"""An accent set on its own is at most this many characters before or after its letter in the content of the page."""
_SAMPLES = 16
"""Words whose direction tells how a page is turned."""

Box = tuple[float, float, float, float]
"""Left, right, bottom, top."""


class _Word(NamedTuple):
    """`at`: the place of its first character in the page's text."""

    at: int
    text: str
    first: Box
    last: Box
    after: str
    """What separates it from the next word: " ", FILLED, a line's end without a blank, or ""."""


class Places:
    """Where the characters of a page are. One buffer serves all pages of a document."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        address = ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
        pointer = ctypes.c_void_p
        self._box: Any = ctypes.PYFUNCTYPE(ctypes.c_int, pointer, ctypes.c_int, pointer)(address)
        """The same function as in `raw`, without the checks of its arguments, which take longer than it does."""
        self._room, self._floats = 0, (ctypes.c_float * 0)()
        self._textpage: Any = None
        self.turned = 0
        """How far the text of this page is turned counterclockwise, in quarters."""

    def read(self, textpage: pypdfium2.PdfTextPage) -> str:
        """Go to a page and return its text, one UTF-16 unit a character."""
        self._textpage, self.turned = textpage.raw, 0
        count = textpage.count_chars()
        units = (ctypes.c_ushort * (count + 1))()
        if self._raw.FPDFText_GetText(self._textpage, 0, count, units) == count + 1:
            text = bytes(units)[:-2].decode("utf-16-le", "surrogatepass")
            return text if len(text) == count else "".join(map(chr, units[:count]))
        return "".join(chr(self._raw.FPDFText_GetUnicode(self._textpage, at) & 0xFFFF) for at in range(count))

    def boxes(self, at: Sequence[int]) -> list[Box]:
        """Return the box of each of these characters; one without height for a character that has none."""
        return self.boxed(self.edges(at))

    def boxed(self, edges: list[float]) -> list[Box]:
        values = iter(edges)
        found = [(left, right, bottom, top) for left, top, right, bottom in zip(values, values, values, values)]
        return [_turn(box, self.turned) for box in found] if self.turned else found

    def edges(self, at: Sequence[int]) -> list[float]:
        """Return left, top, right and bottom of each of these characters, as PDFium has them, one after the other."""
        if len(at) > self._room:
            self._room = 2 * len(at)
            self._floats = (ctypes.c_float * (4 * self._room))()
        ctypes.memset(self._floats, 0, 16 * len(at))
        base = ctypes.addressof(self._floats)
        handle = ctypes.cast(self._textpage, ctypes.c_void_p).value
        deque(map(self._box, repeat(handle), at, range(base, base + 16 * len(at), 16)), 0)
        return list(self._floats[: 4 * len(at)])

    def angle(self, at: int) -> int:
        """Return how far a character is turned counterclockwise, in quarters: 0 to 3; -1 if it is slanted."""
        quarters = -self._raw.FPDFText_GetCharAngle(self._textpage, at) / 1.5707963  # PDFium counts clockwise
        near = round(quarters)
        return near % 4 if abs(quarters - near) < 0.1 else -1


def lines(textpage: pypdfium2.PdfTextPage, places: Places) -> list[Line]:
    """Return the page's lines, in the order of its content, as pieces that wide gaps separate."""
    text = places.read(textpage)
    if not text.isascii() and any(accent in text for accent in _ACCENTS):
        text = _with_accents(text, places)
    words = [match.span() for match in _WORD.finditer(text)]
    places.turned = _turned([start for start, _ in words], places)
    pieces = [*_read(text, words, places)]
    aside = sum(len(line.text) for line, out in pieces if out)
    whole = not 0 < aside < 0.5 * sum(len(line.text) for line, _ in pieces)
    return [line for line, out in pieces if (whole or not out) and line.words]


def on_page(found: Sequence[Line], page: pypdfium2.PdfPage, places: Places) -> list[Line]:
    """Return the lines that the page shows, at least in part: it may have others outside its edges, as the other half
    of a spread."""
    left, bottom, right, top = page.get_bbox()
    if places.turned:
        left, right, bottom, top = _turn((left, right, bottom, top), places.turned)
    return [line for line in found if line.x1 > left and line.x0 < right and line.y1 > bottom and line.y0 < top]


def _read(text: str, words: list[tuple[int, int]], places: Places) -> Iterator[tuple[Line, bool]]:
    """Yield each piece of a line, and whether it runs aside. Lines in one size without gaps, as most are, are read as they
    are; the words of the others one by one."""
    edges = places.edges([at for start, end in words for at in (start, end - 1)])
    even = _Even(text, edges)
    rows = [*_rows(text, words)]
    begins = [first for _, _, first, _ in rows]
    going_on = [0 < at < len(words) and _goes_on(*places.boxed(edges[8 * at - 4 : 8 * at + 4])) for at in (*begins, 0)]
    waiting = 0
    """The first word that is not yet part of a piece."""
    for at, (start, end, first, last) in enumerate(rows):
        if first == last or places.turned or going_on[at] or going_on[at + 1]:
            continue
        if made := even.line(start, end, first, last):
            yield from _one_by_one(text, words[waiting:first], edges[8 * waiting : 8 * first], places)
            yield made, len(made.text) < 4 and places.angle(words[first][0]) != 0
            waiting = last
    yield from _one_by_one(text, words[waiting:], edges[8 * waiting :], places)


def _rows(text: str, words: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the lines as PDFium breaks them: (start, end, first word, word after the last)."""
    first = 0
    for line in _LINE.finditer(text):
        last = bisect_left(words, (line.end(),), first)
        yield line.start(), line.end(), first, last
        first = last


def _goes_on(one: Box, two: Box) -> bool:
    """Tell whether the second character is on the line of the first, without a wide gap between them."""
    size = max(1, one[3] - one[2])
    near = -2 * size < two[0] - one[1] < _WIDEST_GAP * size or -2 * size < one[0] - two[1] < _WIDEST_GAP * size
    return near and _level(one, two)


def _one_by_one(text: str, spans: list[tuple[int, int]], edges: list[float], places: Places) -> Iterator[tuple[Line, bool]]:
    for piece in _pieces(_words(text, spans, places.boxed(edges))) if spans else ():
        yield _line(piece, places), _aside(piece, places)


class _Even:
    """Lines whose words are all of one height, on one level, without wide gaps, digits or ligatures."""

    def __init__(self, text: str, edges: list[float]) -> None:
        """`edges`: of the first and the last character of each word."""
        self._text = text
        self._lefts, self._rights = edges[::8], edges[6::8]
        self._tops, self._bottoms = edges[1::4], edges[3::4]

    def line(self, start: int, end: int, first: int, last: int) -> Line | None:
        """Return the line from `start` to `end` in the text, with these words, or None if it is not even."""
        top, bottom = self._tops[2 * first], self._bottoms[2 * first]
        size, count = top - bottom, 2 * (last - first)
        if size <= 1 or self._tops[2 * first : 2 * last].count(top) < count:
            return None
        if self._bottoms[2 * first : 2 * last].count(bottom) < count:
            return None
        if _ODD.search(self._text, start, end):
            return None
        lefts, rights = self._lefts[first:last], self._rights[first:last]
        gaps = [*map(sub, lefts[1:], rights)]
        if gaps and not (-2 * size < min(gaps) and max(gaps) < _WIDEST_GAP * size):
            return None
        words = self._text[start:end]
        ending = FILLED if words[-1:] == " " and end < len(self._text) else ""
        words = " ".join(words.split()) if "  " in words or "\t" in words else words.strip()
        return Line(lefts[0], rights[-1], bottom, size, words + ending)


def _aside(piece: list[_Word], places: Places) -> bool:
    """Tell whether words run in another direction than the page's text: a stamp, a watermark, a label of an axis."""
    short = sum(len(word.text) for word in piece) < 4
    return (short or not _level(piece[0].first, piece[-1].last)) and places.angle(piece[0].at) != places.turned


def _words(text: str, found: list[tuple[int, int]], boxes: list[Box]) -> list[_Word]:
    words, behind = [], _next_word(text, found[-1][1])
    for (start, end), first, last in zip(reversed(found), boxes[-2::-2], boxes[::-2]):
        after = text[end:behind]
        behind = start
        if first[3] <= first[2]:
            first = last
        elif last[3] <= last[2]:
            last = first
        if first[3] > first[2]:
            words.append(_Word(start, text[start:end], first, last, after if after == " " else _between(after)))
    return words[::-1]


def _next_word(text: str, at: int) -> int:
    """Return where the next word begins after this position, or the text ends."""
    found = _WORD.search(text, at)
    return found.start() if found else len(text)


def _between(blanks: str) -> str:
    """Return what separates two words. PDFium writes a line's end as CR LF, and before it the blank that the file has."""
    blanks = blanks.replace("\0", "")
    if "\n" in blanks or "\r" in blanks:
        return "\n" if blanks[0] in "\r\n" else FILLED
    return " " if blanks else ""


def _turned(at: Sequence[int], places: Places) -> int:
    """Return how far most of a page's text is turned, in quarters."""
    step = max(1, len(at) // _SAMPLES)
    angles = [places.angle(each) for each in at[::step]]
    most = max(set(angles), key=angles.count) if angles else 0
    return most if most > 0 and angles.count(most) * 2 > len(angles) else 0


def _turn(box: Box, quarters: int) -> Box:
    left, right, bottom, top = box
    if quarters == 1:
        return (bottom, top, -right, -left)
    return (-right, -left, -top, -bottom) if quarters == 2 else (-top, -bottom, left, right)


def _level(one: Box, two: Box) -> bool:
    """Tell whether two characters are on one line: they share two fifths of the lower one's height."""
    tall, other = one[3] - one[2], two[3] - two[2]
    return min(one[3], two[3]) - max(one[2], two[2]) > 0.4 * max(1, min(tall, other))


def _pieces(words: Iterable[_Word]) -> Iterator[list[_Word]]:
    """Group words that follow each other on one line without a wide gap."""
    piece: list[_Word] = []
    for word in words:
        if piece and not _goes_on(piece[-1].last, word.first):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _line(piece: list[_Word], places: Places) -> Line:
    size, low = _usual(piece)
    text = "".join([word.text + word.after for word in piece])
    if _ODD.search(text.rstrip(f"\n{FILLED}")):
        text = _carefully(piece, size, low, places)
    left = min([word.first[0] for word in piece])
    right = max([word.last[1] for word in piece])
    if not text.isascii() and RTL.search(text):
        text = _VOWEL_SIGN.sub("", text)
        left = min(left, *(word.last[0] for word in piece))
        right = max(right, *(word.first[1] for word in piece))
    return Line(left, right, low, size, text.rstrip("\n"))


def _carefully(piece: list[_Word], size: float, low: float, places: Places) -> str:
    """Return the text of words with digits, ligatures, ends of lines or letters that are read from right to left."""
    text, behind, right = "", "", 0.0
    for word in piece:
        if behind == "\n" and word.first[0] - right < 0.12 * size:
            behind = ""
        text += (" " if behind else "") + _spelled(word, size, low, places)
        behind, right = word.after, word.last[1]
    return _NOTE_MARK.sub(r"\1 ", text + behind)


def _spelled(word: _Word, size: float, low: float, places: Places) -> str:
    """Return the word with its raised digits as superscripts: none is ever read as a digit of the number before it."""
    text = word.text
    if _DIGITS.search(text):
        if len(text) == 1:
            text = text.translate(SUPERSCRIPT) if _raised(word.first, size, low) else text
        else:
            at = [found.start() for found in _DIGITS.finditer(text)]
            boxes = places.boxes([word.at + each for each in at])
            up = {each for each, box in zip(at, boxes) if _raised(box, size, low)}
            text = "".join(each.translate(SUPERSCRIPT) if at in up else each for at, each in enumerate(text)) if up else text
    if text.isascii():
        return text.replace("\2", HYPHEN)
    if RTL.search(text):
        text = _logical(text, places.boxes(range(word.at, word.at + len(text))))
    return _SPECIAL.sub(_meant, text)


def _raised(box: Box, size: float, low: float) -> bool:
    return box[3] - box[2] < 0.8 * size and box[2] > low + 0.12 * size


def _meant(found: re.Match[str]) -> str:
    text = found[0]
    return (
        HYPHEN if text == "\2" else _LIGATURES.get(text) or text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def _logical(text: str, boxes: Sequence[Box]) -> str:
    """Return Arabic letters of one box in the order in which they are read. PDFium gives a ligature's letters, such as
    lam and alef, in the order of the eye."""
    letters: list[tuple[str, Box]] = []
    for letter, box in zip(text, boxes):
        place = len(letters)
        while place and letters[place - 1][1][:2] == box[:2] and _arabic(letter) and RTL.match(letters[place - 1][0]):
            place -= 1
        letters.insert(place, (letter, box))
    return "".join(letter for letter, _ in letters)


def _arabic(letter: str) -> bool:
    return bool(RTL.match(letter)) and unicodedata.category(letter) == "Lo"


def _with_accents(text: str, places: Places) -> str:
    """Join accents that a page sets on their own, as old TeX fonts do, to the letter that they are over. The text stays
    as long as it was: NUL is where an accent was, and where PDFium took its room for a blank."""
    letters = list(text)
    for at, char in enumerate(text):
        if char not in _ACCENTS:
            continue
        around = sorted(range(max(0, at - _NEAR), min(len(text), at + _NEAR)), key=lambda place: abs(place - at))
        near = [place for place in around if text[place].isalpha()]
        accent, *boxes = places.boxes([at, *near])
        middle = (accent[0] + accent[1]) / 2
        for place, box in zip(near, boxes):
            whole = unicodedata.normalize("NFC", ("i" if text[place] == "ı" else text[place]) + _ACCENTS[char])
            if len(whole) == 1 and box[0] <= middle <= box[1] and box[2] < accent[3] and accent[2] < box[3]:
                letters[place], letters[at] = whole, "\0"
                _close(letters, min(at, place), places)
                _close(letters, max(at, place) + 1, places)
                break
    return "".join(letters)


def _close(letters: list[str], at: int, places: Places) -> None:
    """Remove the blank before this character if no gap is there on the page."""
    if at < 2 or at >= len(letters) or letters[at - 1] != " ":
        return
    behind = next((place for place in (at, at + 1) if letters[place : place + 1] not in (["\0"], [])), at)
    one, two = places.boxes([at - 2, behind])
    if two[0] - one[1] < 0.12 * (one[3] - one[2]):
        letters[at - 1] = "\0"


def _usual(piece: list[_Word]) -> tuple[float, float]:
    """Return (height, bottom) of the character in the middle, in order of size."""
    if len({word.first[2:] for word in piece}) == 1:
        low, high = piece[0].first[2:]
        return high - low, low
    heights = sorted((word.first[3] - word.first[2], len(word.text)) for word in piece)
    lows = sorted((word.first[2], len(word.text)) for word in piece)
    return _middle(heights), _middle(lows)


def _middle(weighted: list[tuple[float, int]]) -> float:
    half = sum(weight for _, weight in weighted) / 2
    for value, weight in weighted:
        half -= weight
        if half <= 0:
            return value
    return weighted[-1][0]
