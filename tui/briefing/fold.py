"""The lossless fold: the differences in typing that are no differences in words, and the way back to the source.

Curly and straight marks within their class, hyphens and dashes, any space or line break, soft hyphens, zero-width
characters and canonical composition (NFC). Letters, digits, case and all other punctuation never: "76" is not "67".
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

DOUBLE = '"“”„‟'
SINGLE = "'‘’‚‛"
HYPHENS = "-‐‑"
DASHES = HYPHENS + "‒–—―−﹘﹣－"
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)

_TABLE = {
    **dict.fromkeys(DOUBLE, '"'),
    **dict.fromkeys(SINGLE, "'"),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(INVISIBLE, ""),
}
# What the fold touches: a class mark that is not the plain one, and a run of blanks and invisible characters that is
# anything but one space. A single plain space, by far the commonest, is stepped over.
# What may begin one comes first, so that anything else is stepped over at once.
_MARKS = DOUBLE[1:] + SINGLE[1:] + DASHES[1:]
# The blanks are written out, as a class of characters alone is looked up in one step.
_SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_CHANGES = f"[{_SPACES}{INVISIBLE}{_MARKS}](?:(?<=[{_MARKS}])|(?<= )[\\s{INVISIBLE}]+|(?<![ {_MARKS}])[\\s{INVISIBLE}]*)"
_NO_SPACES = f"[{_SPACES.replace(' ', '')}{INVISIBLE}{_MARKS}](?:(?<=[{_MARKS}])|[\\s{INVISIBLE}]*)"
"""The same where no two plain spaces meet, but for the space that a run may begin with: to step over every space, too, is
three times as quick."""
_FOLDS = re.compile(f"[{_MARKS}{INVISIBLE}]")
_BLANKS = re.compile(r"\s+")

# Starters that compose with the character before them all the same (vowel signs, Hangul jamo; Unicode 16), and three Tibetan
# signs that are starters themselves and decompose into marks that are not, which NFC then sorts among the marks before them.
_JOINS = frozenset(
    "\u0f73\u0f75\u0f81\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U000110ba\U00011127\U0001133e\U00011357\U000113b8\U000113bb\U000113c2\U000113c5\U000113c7\U000113c8\U000113c9"
    "\U000114b0\U000114ba\U000114bd\U000115af\U00011930\U0001611e\U0001611f\U00016120\U00016121\U00016122\U00016123"
    "\U00016124\U00016125\U00016126\U00016127\U00016128\U00016129\U00016d67"
    + "".join(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
)
_MAY_COMPOSE = re.compile("[^\x00-\x7f\u2010-\u2027]+")
"""What is neither ASCII nor a dash, a mark or an ellipsis: none of these composes with what follows it."""


def fold(text: str) -> str:
    """Fold a text and strip the blanks at its ends."""
    return evenly(_plain(text))


def evenly(words: str) -> str:
    """Put a single space between words, as most have, and none around them."""
    words = words.strip()
    return words if words.isprintable() and "  " not in words else " ".join(words.split())


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", _plain(text))


def _plain(text: str) -> str:
    """Fold a text, and leave its blanks as they are."""
    if text.isascii():  # nothing but blanks can change
        return text
    return _FOLDS.sub(_typed_plainly, unicodedata.normalize("NFC", text))


def _typed_plainly(found: re.Match[str]) -> str:
    return _TABLE[found[0]]


class Rewritten:
    """A text with some stretches replaced, and the way back from its positions to the text's own code points.

    Costs memory by the change, not by the character: between two changes both texts run in step.
    """

    __slots__ = ("_at", "_from", "_size", "_to", "text")

    def __init__(self, text: str, start: int, changes: Iterable[tuple[int, int, str]]) -> None:
        """Rewrite `text[start:]`; positions given back still count from the start of `text`. `changes`: where each begins and
        ends, and what replaces it, in order."""
        pieces: list[str] = []
        # Change i stands at _at[i] in the new text, is _size[i] long there, and was text[_from[i]:_to[i]].
        self._at, self._size, self._from, self._to = array("q", [0]), array("q", [0]), array("q", [start]), array("q", [start])
        length, done = 0, start
        for begin, end, new in changes:
            length += begin - done
            self._at.append(length)
            self._size.append(len(new))
            self._from.append(begin)
            self._to.append(end)
            pieces.append(text[done:begin])
            pieces.append(new)
            length += len(new)
            done = end
        pieces.append(text[done:])
        self.text = "".join(pieces)

    def start(self, position: int) -> int:
        """Return where in the text the character at this folded position begins."""
        i = bisect_right(self._at, position) - 1
        beyond = position - self._at[i] - self._size[i]
        return self._to[i] + beyond if beyond >= 0 else self._from[i]

    def position(self, offset: int) -> int:
        """Return where in the folded text a character of the text is, or the change that it was folded in begins."""
        i = bisect_right(self._from, offset) - 1
        beyond = offset - self._to[i]
        return self._at[i] + (self._size[i] + beyond if beyond >= 0 else 0)

    def end(self, position: int) -> int:
        """Return where in the text the character before this folded position ends: both ends are exclusive."""
        i = bisect_right(self._at, position - 1) - 1
        beyond = position - self._at[i] - self._size[i]
        return self._to[i] + beyond if beyond > 0 else self._to[i]


class Folded(Rewritten):
    """A text folded, with the way back from its positions to the text's own code points."""

    __slots__ = ()

    def __init__(self, text: str, start: int = 0) -> None:
        """Fold `text[start:]`; positions given back still count from the start of `text`."""
        super().__init__(text, start, _folds(text, start))


def _folds(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    known: dict[str, str] = {}
    for begin, end in _changes(text, start):
        old = text[begin:end]
        new = known.get(old)
        if new is None:
            new = known[old] = _folded(old)
        yield begin, end, new


def _changes(text: str, start: int) -> list[tuple[int, int]]:
    if "  " in text:
        plain = [*_spans(_CHANGES, text, start)]
    else:
        plain = [
            (begin - 1, end) if begin > start and text[begin - 1] == " " and text[begin] not in _MARKS else (begin, end)
            for begin, end in _spans(_NO_SPACES, text, start)
        ]
    decomposed = [] if text.isascii() else [*_decomposed(text, start)]
    if not decomposed:
        return plain
    merged: list[tuple[int, int]] = []
    for begin, end in sorted((*plain, *decomposed)):
        meets = merged and begin == merged[-1][1] and text[begin].isspace() and text[begin - 1].isspace()
        if merged and (begin < merged[-1][1] or meets):  # overlapping, or blanks that meet: one change
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _spans(form: str, text: str, start: int) -> Iterator[tuple[int, int]]:
    return map(re.Match.span, re.compile(form).finditer(text, start))


def _decomposed(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the smallest stretches that NFC changes: a character with what composes with it."""
    composed: set[str] = set()
    behind = start - 1
    for line in text[start:].split("\n"):
        begin, behind = behind + 1, behind + 1 + len(line)
        if unicodedata.is_normalized("NFC", line):
            continue
        for found in _MAY_COMPOSE.finditer(text, begin, behind):
            first, last = max(start, found.start() - 1), found.end()
            piece = text[first:last]
            if piece in composed:
                continue
            if unicodedata.is_normalized("NFC", piece):
                composed.add(piece)
                continue
            cuts = [i for i in range(first, last) if not unicodedata.combining(text[i]) and text[i] not in _JOINS]
            for one, other in zip([first, *cuts], [*cuts, last]):
                if one < other and not unicodedata.is_normalized("NFC", text[one:other]):
                    yield one, other
