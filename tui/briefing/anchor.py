"""Where do these words stand in a source? Verbatim, folded, ambiguous, or nowhere; and nothing else is ever accepted.

Selector names follow the W3C Web Annotation Data Model (exact, prefix, suffix, start, end). Unlike it, several matches are
no match, and similarity never decides: "76 deaths" is nearer to "67 deaths" than a line break is to a space.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from tui.briefing.document import Span
from tui.briefing.fold import DOUBLE, HYPHENS, SINGLE, Folded, fold
from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Status: TypeAlias = 'Literal["verbatim", "folded", "ambiguous", "orphan", "unread", "found"]'
"""The last: when the library's index last looked; it keeps no places."""

WORD = re.compile(r"[^\W_]+")
SMALL = 32_768
"""Up to so many characters, looking through the text is cheaper than an index of its words."""
_UNSPACED = (
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
"""First and last of the scripts written without spaces: Thai, Lao, Khmer, Myanmar, kana, Han."""
_IN_NUMBERS = "-.,:/⁄٫٬·"
"""Between two digits these are part of a number: a range, a decimal, a time, a fraction."""
_LONG_DASHES = "—―﹘"
"""These part what they stand between; any other, before a digit, may be its minus."""
_TO_THREE = re.compile(r"(?:^|\D)\d{1,3}\Z")
_THREE = re.compile(r"\d{3}(?!\d)")
_MARKS = " " + DOUBLE + SINGLE + "«»‹›「『"
VOTES = 20_000
"""About so many places of a lost passage's words are looked at for where it may have stood."""
MARKS_BETWEEN = 16
"""So many blanks and quotation marks may stand between the words and what is before or behind them."""
LONGEST = 600
"""Of longer words, the beginning is enough to show where they went wrong; a character diff takes the square of this."""


def unspaced(character: str) -> bool:
    """Of a script written without spaces: any grapheme may begin or end there."""
    return character >= "\u0e00" and any(first <= character <= last for first, last in _UNSPACED)


def any_unspaced(text: str) -> bool:
    return not text.isascii() and any(map(unspaced, text))


class Anchor(NamedTuple):
    """The answer: `spans` has one Span a segment when the status is verbatim or folded, and is empty otherwise."""

    source: str
    status: Status
    spans: tuple[Span, ...] = ()
    places: int = 0
    """In how many places the words stand, where they are ambiguous."""

    @property
    def found(self) -> bool:
        return self.status in ("verbatim", "folded", "found")


class Near(NamedTuple):
    """The closest passage to words that stand nowhere: shown, never used."""

    span: Span
    diff: tuple[tuple[str, str], ...]
    """(what the briefing has, what the source has) in turn; equal strings where they agree."""


class Text:
    """A normalised source text, made ready for many look-ups: folded, its words indexed, its paragraphs known.

    `start` is where the body begins: front matter before it is never matched. Paragraphs are runs of lines between blank
    lines, or lines where there is no blank one; they are numbered from 1 by `paragraph_of`.
    """

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        self.body = start
        self.paragraphs = _paragraphs(text, start)
        self._starts = array("q", [span.start for span in self.paragraphs])
        self._index: dict[str, array[int]] = {}

    def paragraph_of(self, position: int) -> int:
        """The number, from 1, of the paragraph that holds this position (or is the last one before it)."""
        return max(1, bisect_right(self._starts, position))

    @cached_property
    def folded(self) -> Folded:
        return Folded(self.text, self.body)

    @property
    def index(self) -> dict[str, array[int]]:
        """Every word of the folded text, and where it begins there."""
        if not self._index:
            index = self._index
            for found in WORD.finditer(self.folded.text):
                word = found.group()
                places = index.get(word)
                if places is None:
                    places = index[word] = array("q")
                places.append(found.start())
        return self._index

    def occurrences(self, exact: str) -> list[tuple[int, int]]:
        """Folded (start, end) of each place where the folded `exact` stands between word boundaries."""
        needle = fold(exact)
        size = len(needle)
        return [(at, at + size) for at in self._places(needle) if self.boundary(at) and self.boundary(at + size)]

    def _places(self, needle: str) -> list[int]:
        """Where the needle stands: in a large text found by its rarest whole word, where it has one."""
        text = self.folded.text
        words = list(WORD.finditer(needle)) if len(text) > SMALL else []
        if words and not any_unspaced(needle):
            found = min(words, key=lambda found: len(self.index.get(found.group(), ())))
            offset, startswith = found.start(), text.startswith
            return [at - offset for at in self.index.get(found.group(), ()) if startswith(needle, at - offset) and at >= offset]
        places, at = [], text.find(needle) if needle else -1
        while at >= 0:
            places.append(at)
            at = text.find(needle, at + 1)
        return places

    def boundary(self, at: int) -> bool:
        """No word and no number goes on across this folded position (after UAX #29, WB5-WB13, and more is one: "lethal"
        does not stand in "non-lethal", "5" not in "−5", "20" not in "10–20", "000" not in "4 000" typed as one number)."""
        text = self.folded.text
        if at <= 0 or at >= len(text):
            return True
        before, after = text[at - 1], text[at]
        if (before in ' "' and after.isalpha()) or (after in ' ",' and (before.isalpha() or before in ",.?!")):
            return True  # as nearly everywhere
        if _combining(after):
            return False
        if _wordy(before) and _wordy(after):
            return unspaced(before) or unspaced(after)
        beyond_before = text[at - 2] if at >= 2 else " "
        beyond_after = text[at + 1] if at + 1 < len(text) else " "
        if (after == " " and before.isdigit() and self._grouped(at)) or (
            before == " " and after.isdigit() and self._grouped(at - 1)
        ):
            return False
        if after.isdigit() and before in ".-" and beyond_before != before and not _wordy(beyond_before):
            return before == "-" and self.text[self.folded.start(at - 1)] in _LONG_DASHES
        if _wordy(before) and _wordy(beyond_after) and self._joins(before, at, beyond_after):
            return False
        return not (_wordy(beyond_before) and _wordy(after) and self._joins(beyond_before, at - 1, after))

    def _joins(self, before: str, at: int, after: str) -> bool:
        """The character at this folded position holds the two beside it together as one word."""
        mark = self.folded.text[at]
        if before.isdigit() and after.isdigit() and mark in _IN_NUMBERS:
            return True
        if mark == "-":
            return self.text[self.folded.start(at)] in HYPHENS
        return mark in "'_" or (mark == "." and before.isalpha() and after.isalpha())

    def _grouped(self, blank: int) -> bool:
        """The blank at this folded position parts the thousands of one number, as in "4 000": one that breaks no line, behind
        at most three digits and before exactly three."""
        at = self.folded.start(blank)
        if self.text[at] not in "\u00a0\u2009\u202f":
            return False
        return bool(_TO_THREE.search(self.text[max(0, at - 4) : at]) and _THREE.match(self.text[at + 1 : at + 5]))

    def span(self, start: int, end: int) -> Span:
        return Span(self.folded.start(start), self.folded.end(end))


def _paragraphs(text: str, start: int) -> tuple[Span, ...]:
    blank = re.search(r"\n[^\S\n]*\n", text[start:].strip())
    rule = r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*" if blank else r"\S[^\n]*"
    return tuple(Span(found.start(), _trimmed(text, *found.span())) for found in re.compile(rule).finditer(text, start))


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip()) if text[end - 1].isspace() else end


def _wordy(character: str) -> bool:
    return character.isalnum() or character == "_" or _combining(character)


def _combining(character: str) -> bool:
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"


def find(segments: Sequence[str], text: Text, prefix: str = "", suffix: str = "", source: str = "") -> Anchor:
    """The one placement of the segments in the text: in order, each in the same or the next paragraph as the one before.

    Raises nothing: no placement is an orphan, several are ambiguous, also where only one of them is typed as the briefing
    has it: a line break is no evidence for who is meant. `prefix` stands before the first segment, `suffix` after the
    last, with at most blanks and quotation marks between.
    """
    where = [text.occurrences(segment) for segment in segments]
    if not where or not all(where):
        return Anchor(source, "orphan")
    if prefix:
        before = fold(prefix).rstrip(_MARKS)
        where[0] = [place for place in where[0] if _stands_before(text, before, place[0])]
    if suffix:
        behind = fold(suffix).lstrip(_MARKS)
        where[-1] = [place for place in where[-1] if _stands_after(text, behind, place[1])]
    count, placement = _placements(text, where)
    if count > 1:
        return Anchor(source, "ambiguous", places=count)
    if not count:
        return Anchor(source, "orphan")
    same = all(_same(text, segment, place) for segment, place in zip(segments, placement))
    return Anchor(source, "verbatim" if same else "folded", tuple(text.span(*place) for place in placement))


def _same(text: Text, segment: str, place: tuple[int, int]) -> bool:
    start, end = text.span(*place)
    return text.text[start:end] == segment.strip()


def _placements(text: Text, where: list[list[tuple[int, int]]]) -> tuple[int, list[tuple[int, int]]]:
    """How many ways there are to place the segments, and one of them: each behind the one before, and no further than the
    end of the next paragraph. Counted from the last segment backwards with running sums, so that words that stand
    everywhere cost their number of places, neither the product nor the square of them."""
    starts = [[start for start, _ in places] for places in where]
    ends = [[text.folded.end(end) for _, end in places] for places in where]

    def following(segment: int, at: int) -> tuple[int, int]:
        """Which places (first, behind the last) of the next segment may follow this one."""
        paragraph = min(text.paragraph_of(ends[segment][at] - 1) + 1, len(text.paragraphs))
        limit = text.paragraphs[paragraph - 1].end
        return bisect_left(starts[segment + 1], where[segment][at][1]), bisect_right(ends[segment + 1], limit)

    counts = [1] * len(where[-1])
    ways = [counts]
    for segment in range(len(where) - 2, -1, -1):
        sums = [0, *accumulate(counts)]
        ranges = (following(segment, at) for at in range(len(where[segment])))
        counts = [sums[max(first, behind)] - sums[first] for first, behind in ranges]
        ways.insert(0, counts)
    total = sum(counts)
    placement: list[tuple[int, int]] = []
    at = 0
    for segment, places in enumerate(where if total else ()):
        first, behind = following(segment - 1, at) if segment else (0, len(places))
        at = next(i for i in range(first, behind) if ways[segment][i])
        placement.append(places[at])
    return total, placement


def _stands_before(text: Text, needle: str, at: int) -> bool:
    """The prefix's words, folded, end here, or before marks and blanks alone, and begin at a word boundary."""
    end = at
    while end > max(0, at - MARKS_BETWEEN) and text.folded.text[end - 1] in _MARKS:
        end -= 1
    start = end - len(needle)
    return bool(needle) and start >= 0 and text.folded.text.startswith(needle, start) and text.boundary(start)


def _stands_after(text: Text, needle: str, at: int) -> bool:
    start, size = at, len(text.folded.text)
    while start < min(size, at + MARKS_BETWEEN) and text.folded.text[start] in _MARKS:
        start += 1
    return bool(needle) and text.folded.text.startswith(needle, start) and text.boundary(start + len(needle))


def nearest(segment: str, text: Text) -> Near | None:
    """The stretch of the source that shares most rare words with the segment, and how the two differ, character by
    character. A suggestion for a person to read; None when not even a word is shared."""
    from difflib import SequenceMatcher  # only for what is not found

    needle = fold(segment)[:LONGEST]
    index = text.index
    words = sorted(
        (found for found in WORD.finditer(needle) if found.group() in index), key=lambda found: len(index[found.group()])
    )
    votes: dict[int, float] = {}
    for found in words:
        places = index[found.group()]
        for place in places[: max(20, VOTES // len(words))]:
            votes[(place - found.start()) // 16] = votes.get((place - found.start()) // 16, 0) + 1 / len(places)
    if not votes:
        return None
    best = max(votes, key=lambda cell: (votes[cell] + votes.get(cell + 1, 0) + votes.get(cell - 1, 0), -cell)) * 16
    folded = text.folded.text
    window_start = max(0, best - 32)
    window = folded[window_start : best + len(needle) + 64]
    matcher = SequenceMatcher(None, needle, window, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 2] or matcher.get_matching_blocks()[:1]
    first, last = blocks[0], blocks[-1]
    start = _word_start(window, max(0, first.b - first.a))
    end = _word_end(window, min(len(window), last.b + len(needle) - last.a))
    passage = window[start:end].strip()
    start += len(window[start:end]) - len(window[start:end].lstrip())
    diff = tuple(
        (needle[a:b], passage[c:d]) for _, a, b, c, d in SequenceMatcher(None, needle, passage, autojunk=False).get_opcodes()
    )
    return Near(text.span(window_start + start, window_start + start + len(passage)), diff)


def _word_start(text: str, at: int) -> int:
    while at > 0 and _wordy(text[at - 1]):
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and _wordy(text[at]):
        at += 1
    return at
