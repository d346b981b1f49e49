"""Where are these words in a source? Verbatim, folded, ambiguous, or nowhere; and nothing else is ever accepted.

Selector names follow the W3C Web Annotation Data Model (exact, prefix, suffix, start, end). Unlike it, several matches are
no match, and similarity never decides: "76 deaths" is nearer to "67 deaths" than a line break is to a space.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import islice, product

from tui.briefing.document import Span
from tui.briefing.fold import HYPHENS, INVISIBLE, Folded, fold
from tui.briefing.quotation import EVERY
from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Status: TypeAlias = 'Literal["verbatim", "folded", "ambiguous", "orphan", "unread", "found"]'
"""The last: when the library's index last looked; it keeps no places."""

SMALL = 32_768
"""Texts of at most this many characters are searched without an index."""
_UNSPACED = (
    ("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3040", "\u30ff"), ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"),
)  # fmt: skip
"""First and last of the scripts written without spaces: Thai, Lao, Khmer, Myanmar, kana, Han."""
NO_SPACES = "".join(f"{first}-{last}" for first, last in _UNSPACED)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
WORD = rf"[^\W_{NO_SPACES}{_RAISED}]+"
"""A regular expression, as text: compiled when first used, since such large sets take 2 to 4 ms each. A run of letters and
digits of scripts with spaces. It ends where a script without spaces begins, as `Text.boundary` has it, and at raised
figures: a word of a needle is then always a whole word of the text in which the needle is found."""
_TOKEN = rf"{WORD}|[{NO_SPACES}]"
"""A word, or one character of a script without spaces."""
_UNSPACED_ONE = f"[{NO_SPACES}]"
SCANS = 16
"""A look-up that an index would answer scans the text, or the places of one word, this many times before the index is built."""
FEW = 64
"""At most this many places of a word are tried one by one."""
KEY = 48
"""Places of a common word are sorted by this many characters of the text."""
STEPS = 100
"""Segments are moved at most this often, on average, until a quote is given up as ambiguous."""
_IN_NUMBERS = "-.,:/⁄٫٬·"
"""Between two digits these are part of a number: a range, a decimal, a time, a fraction."""
_LONG_DASHES = "—―﹘"
"""These separate what they are between; any other, before a digit, may be its minus."""
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_TO_THREE = re.compile(r"(?:^|\D)\d{1,3}\Z")
_THREE = re.compile(r"\d{3}(?!\d)")
_MARKS = " " + EVERY
_UNDECIDED = re.compile("[^\\W\\d_]+\u00ad[^\\W\\d_]+")
_HYPHENED = re.compile(r"[^\W\d_]+-(?=([^\W\d_]+))")
WAYS = 64
"""A quote is tried in at most this many spellings if its hyphens are undecided."""
VOTES = 20_000
"""About so many places of a lost passage's words are looked at for where it may have stood."""
MARKS_BETWEEN = 16
"""So many blanks and quotation marks may be between the words and what is before or after them."""
LONGEST = 600
"""Of longer words, the beginning is enough to show where they went wrong; a character diff takes the square of this."""


@lru_cache(8192)
def unspaced(character: str) -> bool:
    """Test whether a character is of a script written without spaces: any grapheme may begin or end there."""
    return character >= "\u0e00" and any(first <= character <= last for first, last in _UNSPACED)


def any_unspaced(text: str) -> bool:
    return not text.isascii() and any(map(unspaced, text))


class Anchor(NamedTuple):
    """The answer: `spans` has one Span a segment when the status is verbatim or folded, and is empty otherwise."""

    source: str
    status: Status
    spans: tuple[Span, ...] = ()
    places: int = 0
    """How many places the words have if they are ambiguous; 0 if nobody counted, as with several segments."""

    @property
    def several(self) -> str:
        """Say "2 places", or "several places" if they were not counted."""
        return f"{self.places:,} places" if self.places else "several places"

    @property
    def found(self) -> bool:
        return self.status in ("verbatim", "folded", "found")


class Near(NamedTuple):
    """The closest passage to words that are nowhere: shown, never used."""

    span: Span
    diff: tuple[tuple[str, str], ...]
    """(what the briefing has, what the source has) in turn; equal strings where they agree."""


class Text:
    """A normalised source text, made ready for many look-ups: folded, its words indexed, its paragraphs known.

    `start` is where the body begins: front matter before it is never matched. Paragraphs are runs of lines between blank
    lines; where there is no blank one, lines, joined if they are broken at a width. They are numbered from 1 by `paragraph_of`.
    """

    def __init__(self, text: str, start: int = 0) -> None:
        self.text = text
        self.body = start
        self.paragraphs = _paragraphs(text, start)
        self._starts = array("q", [span.start for span in self.paragraphs])
        self._index: dict[str, array[int]] = {}
        self._scans = 0
        self._tried: Counter[str] = Counter()
        self._ordered: dict[str, array[int]] = {}
        self._starts_of: dict[str, array[int]] = {}
        self._places_of: dict[str, array[int]] = {}

    def paragraph_of(self, position: int) -> int:
        """Return the number, from 1, of the paragraph that holds this position (or is the last one before it)."""
        return max(1, bisect_right(self._starts, position))

    @cached_property
    def folded(self) -> Folded:
        return Folded(self.text, self.body)

    @property
    def index(self) -> dict[str, array[int]]:
        """Map every word of the folded text to where it begins there."""
        if not self._index:
            self._index = _indexed(WORD, self.folded.text)
        return self._index

    @cached_property
    def _characters(self) -> dict[str, array[int]]:
        """Map every character of the folded text that belongs to a script without spaces to its positions."""
        return _indexed(_UNSPACED_ONE, self.folded.text)

    @cached_property
    def undecided(self) -> frozenset[str]:
        """The words, folded, in which the text has a soft hyphen, written with a hyphen: at a line's end the page that it
        was taken from does not tell whether the hyphen belongs to the word."""
        if "\u00ad" not in self.text:
            return frozenset()
        return frozenset(fold(found[0].replace("\u00ad", "-")) for found in _UNDECIDED.finditer(self.text, self.body))

    def has_soft_hyphen(self, at: int) -> bool:
        """Test whether the text has a soft hyphen right before the character at this folded position."""
        return "\u00ad" in self.text[self.folded.end(at) : self.folded.start(at)]

    def positions(self, token: str) -> Sequence[int]:
        """Return where in the folded text a word, or a character of a script without spaces, begins."""
        return (self._characters if unspaced(token[0]) else self.index).get(token, ())

    def occurrences(self, exact: str) -> list[tuple[int, int]]:
        """Return the folded (start, end) of each place where the folded `exact` is between word boundaries."""
        needle = fold(exact)
        return [(at, at + len(needle)) for at in self.starts(needle)]

    def starts(self, needle: str) -> Sequence[int]:
        """Return the folded positions, in order, at which a folded text is between word boundaries. They are
        cached."""
        found = self._starts_of.get(needle)
        if found is None:
            size = len(needle)
            whole = (at for at in self.places(needle) if self.boundary(at) and self.boundary(at + size))
            found = self._starts_of[needle] = array("q", whole)
        return found

    def places(self, needle: str) -> Sequence[int]:
        """Return the folded positions, in order, at which a folded text is. Some that begin or end inside a word may
        be missing. They are cached."""
        found = self._places_of.get(needle)
        if found is None:
            found = self._places_of[needle] = array("q", self._found(needle) if needle else ())
        return found

    def _found(self, needle: str) -> Iterable[int]:
        tokens = [*re.finditer(_TOKEN, needle)] if len(self.folded.text) > SMALL else []
        words = [token for token in tokens if not unspaced(token.group()[0])]
        if words:
            return self._by_token(needle, words)
        if tokens and self._scans >= SCANS:
            return self._by_token(needle, tokens)
        self._scans += bool(tokens)
        return _all_of(needle, self.folded.text)

    def _by_token(self, needle: str, tokens: list[re.Match[str]]) -> Iterable[int]:
        text = self.folded.text
        rarest = min(tokens, key=lambda token: len(self.positions(token.group())))
        word, offset = rarest.group(), rarest.start()
        positions = self.positions(word)
        if len(positions) > FEW:
            self._tried[word] += 1
            if self._tried[word] > SCANS:
                word, offset = tokens[0].group(), tokens[0].start()
                positions = self._sorted(word, needle[offset : offset + KEY])
        return [at - offset for at in positions if at >= offset and text.startswith(needle, at - offset)]

    def _sorted(self, word: str, beginning: str) -> list[int]:
        """Return where the word begins and goes on like this, in order."""
        text = self.folded.text
        ordered = self._ordered.get(word)
        if ordered is None:
            ordered = self._ordered[word] = array("q", sorted(self.positions(word), key=lambda at: text[at : at + KEY]))
        size = len(beginning)
        first = bisect_left(ordered, beginning, key=lambda at: text[at : at + size])
        return sorted(ordered[first : bisect_right(ordered, beginning, first, key=lambda at: text[at : at + size])])

    def boundary(self, at: int) -> bool:
        """Test that no word and no number goes on across this folded position (after UAX #29, WB5-WB13, and more is
        one word: "lethal" is not in "non-lethal", "5" not in "−5", "20" not in "10–20", "000" not in "4 000" typed as
        one number)."""
        text = self.folded.text
        if at <= 0 or at >= len(text):
            return True
        before, after = text[at - 1], text[at]
        if (before in ' "' and after.isalpha()) or (after in ' ",' and (before.isalpha() or before in ",.?!")):
            return True  # as nearly everywhere
        if _combining(after):
            return False
        if (before in _RAISED) != (after in _RAISED):
            return before in _RAISED or not self._powers(at)
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

    def _powers(self, at: int) -> bool:
        """Test whether the raised figures at this folded position belong to what is before them, as in 10⁹ and m²;
        else they are the number of a note."""
        text = self.folded.text
        word = _LAST_WORD.search(text, max(0, at - 24), at)
        if not word or word[0] == "10":
            return True
        squared = text[at] in "²³" and text[at + 1 : at + 2] not in tuple(_RAISED)
        return squared and len(word[0]) <= 2 and word[0].isalpha() and word[0].islower()

    def _joins(self, before: str, at: int, after: str) -> bool:
        """Test whether the character at this folded position joins the two next to it into one word."""
        mark = self.folded.text[at]
        if before.isdigit() and after.isdigit() and mark in _IN_NUMBERS:
            return True
        if mark == "-":
            return self.text[self.folded.start(at)] in HYPHENS
        return mark in "'_" or (mark == "." and before.isalpha() and after.isalpha())

    def _grouped(self, blank: int) -> bool:
        """Test whether the blank at this folded position separates the thousands of one number, as in "4 000": one
        that breaks no line, after at most three digits and before exactly three."""
        at = self.folded.start(blank)
        if self.text[at] not in "\u00a0\u2009\u202f":
            return False
        return bool(_TO_THREE.search(self.text[max(0, at - 4) : at]) and _THREE.match(self.text[at + 1 : at + 5]))

    def span(self, start: int, end: int) -> Span:
        return Span(self.folded.start(start), self.folded.end(end))


def _indexed(tokens: str, text: str) -> dict[str, array[int]]:
    index: dict[str, array[int]] = {}
    for found in re.finditer(tokens, text):
        token = found.group()
        places = index.get(token)
        if places is None:
            places = index[token] = array("q")
        places.append(found.start())
    return index


def _all_of(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _paragraphs(text: str, start: int) -> tuple[Span, ...]:
    found: Sequence[Span]
    if re.search(r"\n[^\S\n]*\n", text[start:].strip()):
        found = [Span(*each.span()) for each in _BLOCK.finditer(text, start)]
    else:
        found = _joined(text, [Span(*each.span()) for each in _LINE.finditer(text, start)])
    return tuple(Span(first, _trimmed(text, first, last)) for first, last in found)


_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_LINE = re.compile(r"\S[^\n]*")
_WIDTHS = range(40, 101)
"""The widths at which text is broken by hand or by a mail program, in code points."""


def _joined(text: str, lines: Sequence[Span]) -> Sequence[Span]:
    """Join the lines of a text without blank ones to paragraphs, if they are broken at a width; else each is one.

    A paragraph ends before an indented line, and where the first word of the next line would have had room and that line
    begins with a capital, or this one ends with a stop."""
    width = _width(text, lines)
    if not width:
        return lines
    found = [lines[0]]
    for before, line in zip(lines, lines[1:]):
        this, following = text[before.start : before.end].rstrip(), text[line.start : line.end]
        fits = len(this) + 1 + len(following.split(None, 1)[0]) <= width
        ended = this[-1] in _STOPS or not following[0].islower()
        indented = line.start > before.end + 1 and text[before.start - 1 : before.start] in ("\n", "")
        if indented or (fits and ended):
            found.append(line)
        else:
            found[-1] = Span(found[-1].start, line.end)
    return found


_STOPS = frozenset(".!?:;”\"’)…")


def _width(text: str, lines: Sequence[Span]) -> int:
    """Return the width at which lines are broken, 0 if they are not: then half of them are nearly as long as the longest, and a
    fifth goes on in the next line with a small letter."""
    if len(lines) < 4:
        return 0
    lengths = sorted(len(text[start:end].rstrip()) for start, end in lines)
    width = lengths[-1]
    full = sum(length > 0.75 * width for length in lengths)
    going_on = sum(text[line.start].islower() and text[before.end - 1] not in _STOPS for before, line in zip(lines, lines[1:]))
    return width if width in _WIDTHS and 2 * full >= len(lines) and 5 * going_on >= len(lines) else 0


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip()) if text[end - 1].isspace() else end


def _wordy(character: str) -> bool:
    return character.isalnum() or character == "_" or _combining(character)


def _combining(character: str) -> bool:
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"


def find(segments: Sequence[str], text: Text, prefix: str = "", suffix: str = "", source: str = "") -> Anchor:
    """Find the one placement of the segments in the text: in order, each in the same or the next paragraph as the one
    before. Raises nothing: no placement is an orphan, several are ambiguous, also if only one of them is typed as the
    briefing has it: a line break is no evidence for which is meant. `prefix` is before the first segment, `suffix`
    after the last, with at most blanks and quotation marks between."""
    needles = [fold(segment) for segment in segments]
    found = _placed([Needle(needle) for needle in needles], segments, text, prefix, suffix, source)
    if text.undecided and any("-" in needle for needle in needles):
        ways = product(*(_spellings(needle, text) for needle in needles))
        others = (_placed(way, segments, text, prefix, suffix, source) for way in islice(ways, 1, WAYS))
        for other in others:
            if other.status == "ambiguous" or (other.found and found.found):
                return Anchor(source, "ambiguous", places=found.places + other.places)
            found = found if other.status == "orphan" else other
    return found


class Needle(NamedTuple):
    """Folded words to search for. `soft`: the positions in them at which the text must have a soft hyphen."""

    words: str
    soft: tuple[int, ...] = ()

    def starts(self, text: Text) -> Sequence[int]:
        found = text.starts(self.words)
        if not self.soft:
            return found
        return [at for at in found if all(text.has_soft_hyphen(at + place) for place in self.soft)]


def _spellings(needle: str, text: Text) -> list[Needle]:
    """Return the needle, and its spellings in which hyphens are those that the text leaves undecided at the ends of lines
    of its original."""
    found = [Needle(needle)]
    for match in _HYPHENED.finditer(needle):
        if match[0] + match[1] in text.undecided and len(found) < WAYS:
            at = match.end() - 1
            for words, soft in found[:]:  # from the left: each hyphen left out moves those after it
                place = at - len(soft)
                found.append(Needle(words[:place] + words[place + 1 :], (*soft, place)))
    return found


def _placed(
    needles: Sequence[Needle], segments: Sequence[str], text: Text, prefix: str, suffix: str, source: str
) -> Anchor:
    where = [needle.starts(text) for needle in needles]
    if not where or not all(where):
        return Anchor(source, "orphan")
    if prefix:
        where[0] = _behind(text, where[0], fold(prefix).rstrip(_MARKS))
    if suffix:
        where[-1] = _before(text, where[-1], len(needles[-1].words), fold(suffix).lstrip(_MARKS))
    if len(where) == 1 and len(where[0]) > 1:
        return Anchor(source, "ambiguous", places=len(where[0]))
    parts = [*zip(where, (len(needle.words) for needle in needles))]
    if not all(where):
        return Anchor(source, "orphan")
    placing = _Placing(text, parts)
    try:
        first = placing.first()
        if first is None:
            return Anchor(source, "orphan")
        if first != placing.last():
            return Anchor(source, "ambiguous")
    except _TooManyWays:
        return Anchor(source, "ambiguous")
    spans = [text.span(starts[at], starts[at] + size) for (starts, size), at in zip(parts, first)]
    spans = [_with_its_end(text, span, segment.strip()) for span, segment in zip(spans, segments)]
    same = all(text.text[start:end] == segment.strip() for segment, (start, end) in zip(segments, spans))
    return Anchor(source, "verbatim" if same else "folded", tuple(spans))


def _with_its_end(text: Text, span: Span, words: str) -> Span:
    """Extend the span by the invisible characters after it if the words end with them: a joiner may be part of a
    letter."""
    end = span.start + len(words)
    if end <= span.end or not text.text.startswith(words, span.start) or text.text[span.end : end].strip(INVISIBLE):
        return span
    return Span(span.start, end)


def _behind(text: Text, starts: Sequence[int], prefix: str) -> list[int]:
    """Return those of the places that have the folded prefix before them."""
    known = text.places(prefix)
    if len(known) < len(starts):
        every = (end for at in known for end in _over_marks(text, at + len(prefix), 1))
        starts = sorted({at for at in every if _holds(starts, at)})
    return [at for at in starts if _stands_before(text, prefix, at)]


def _before(text: Text, starts: Sequence[int], size: int, suffix: str) -> list[int]:
    """Return those of the places, each so many characters long, that have the folded suffix after them."""
    known = text.places(suffix)
    if len(known) < len(starts):
        every = (end - size for at in known for end in _over_marks(text, at, -1))
        starts = sorted({at for at in every if _holds(starts, at)})
    return [at for at in starts if _stands_after(text, suffix, at + size)]


def _over_marks(text: Text, at: int, step: int) -> Iterator[int]:
    """Yield this position and those that only blanks and quotation marks separate from it, forwards (1) or backwards
    (-1)."""
    folded = text.folded.text
    yield at
    for _ in range(MARKS_BETWEEN):
        passed = at if step > 0 else at - 1
        if not (0 <= passed < len(folded) and folded[passed] in _MARKS):
            return
        at += step
        yield at


def _holds(ordered: Sequence[int], wanted: int) -> bool:
    at = bisect_left(ordered, wanted)
    return at < len(ordered) and ordered[at] == wanted


Parts: TypeAlias = "Sequence[tuple[Sequence[int], int]]"
"""For each segment, the places of its words and how many characters they are long."""


class _TooManyWays(Exception):
    """The segments were moved more often than the answer is worth."""


class _Placing:
    """The segments of a quote on their way to a placement: each begins after the one before it ends, and ends at most at the
    end of the next paragraph.

    Of two placements, the earlier place of each segment makes a placement too, and so does the later one. So one placement is
    the first and one the last, there is only one if these are the same, and on the way to either no segment turns back.
    """

    def __init__(self, text: Text, parts: Parts) -> None:
        self.text, self.parts = text, parts
        self.steps = STEPS * len(parts) + 1000

    def first(self) -> list[int] | None:
        """Return the number of each segment's place in the first placement; None if there is none."""
        at = [0] * len(self.parts)
        number = 1
        while number < len(self.parts):
            self._count_step()
            (before, size), (starts, _) = self.parts[number - 1], self.parts[number]
            at[number] = max(at[number], bisect_left(starts, before[at[number - 1]] + size))
            if at[number] == len(starts):
                return None
            end = self._end(number, starts[at[number]])
            if end <= self._room(number, before[at[number - 1]]):
                number += 1
                continue
            at[number - 1] = bisect_left(before, end, key=partial(self._room, number))
            if at[number - 1] == len(before):
                return None
            number = max(1, number - 1)
        return at

    def last(self) -> list[int] | None:
        """Return the number of each segment's place in the last placement; None if there is none."""
        at = [len(starts) - 1 for starts, _ in self.parts]
        number = len(self.parts) - 1
        while number > 0:
            self._count_step()
            (before, size), (starts, _) = self.parts[number - 1], self.parts[number]
            at[number - 1] = min(at[number - 1], bisect_right(before, starts[at[number]] - size) - 1)
            if at[number - 1] < 0:
                return None
            room = self._room(number, before[at[number - 1]])
            if self._end(number, starts[at[number]]) <= room:
                number -= 1
                continue
            at[number] = bisect_right(starts, room, key=partial(self._end, number)) - 1
            if at[number] < 0:
                return None
            number = min(len(self.parts) - 1, number + 1)
        return at

    def _count_step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise _TooManyWays

    def _end(self, number: int, start: int) -> int:
        """Return where in the text a segment ends that begins at this folded position."""
        return self.text.folded.end(start + self.parts[number][1])

    def _room(self, number: int, before: int) -> int:
        """Return how far in the text a segment may reach if the one before it begins at this folded position."""
        paragraph = self.text.paragraph_of(self._end(number - 1, before) - 1) + 1
        return self.text.paragraphs[min(paragraph, len(self.text.paragraphs)) - 1].end


def _stands_before(text: Text, needle: str, at: int) -> bool:
    """Test whether the prefix's folded words end here, or before marks and blanks alone, and begin at a word
    boundary."""
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
    """Find the stretch of the source that shares most rare words with the segment, and how the two differ, character
    by character. It is a suggestion for a person to read; None if not even a word is shared."""
    from difflib import SequenceMatcher  # only for what is not found

    needle = fold(segment)[:LONGEST]
    every = ((found, text.positions(found.group())) for found in re.finditer(_TOKEN, needle))
    words = sorted((each for each in every if each[1]), key=lambda each: len(each[1]))
    votes: dict[int, float] = {}
    for found, places in words:
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
