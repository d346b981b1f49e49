"""Find words in a pane. What is typed becomes a `Pattern`; each pane offers its words as one `Looked` text or several;
`Matches` are the places, in the text's own characters.

Words are compared as `readout search` compares them (`briefing.loose`), and without regard to case unless a capital is typed.
A letter that is typed with an accent asks for the accent. No Textual.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from time import monotonic

from tui.briefing.fold import Folded, fold
from tui.briefing.loose import Loose, has_second, letters, loosely, lowered
from tui.reader.drawing.costly import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

PATIENCE = 0.3
"""Seconds that a regular expression may take over everything looked through."""


MANY = 50_000
"""Above this many matches, search again instead of filtering."""
GAP = "\0"
"""Between the fields of a row and between rows: no pattern of words crosses it, since it cannot be typed."""


class BadPattern(ValueError):
    """What is wrong with a pattern, in one line."""


_ESCAPE = re.compile(r"\\(?:[pP]\{[^}]*\}|.)", re.S)
"""In an expression: its capital, as in `\\S`, makes no capital matter."""


def _folded(expression: str) -> str:
    """Type the words with the marks and letters that the folded text has."""
    return "".join(each if each.isascii() else re.escape(fold(each)) or each for each in expression)


class AsItIs:
    """A text that is its own fold: for matches that are known by the text's own offsets."""

    def __init__(self, size: int) -> None:
        self.text = range(size)

    def start(self, position: int) -> int:
        return position

    position = end = start


Way: TypeAlias = "Folded | Loose | AsItIs"
"""The way from folded positions to the text's own offsets, and back."""


class Looked:
    """A text that can be searched. `starts`: where in it each group (an entry, a paragraph, a block) begins. The text before
    `start` is not searched; offsets count from the beginning all the same."""

    def __init__(self, text: str, starts: Sequence[int], start: int = 0, folded: Folded | None = None) -> None:
        self.text, self.starts, self._start, self._folded = text, starts, start, folded
        self._last: tuple[str, bool, list[int]] = ("", False, [])
        self._positions: dict[Way, list[int]] = {}

    @cached_property
    def folded(self) -> Folded:
        """Fold the text as for the proof of words: for regular expressions."""
        return self._folded or Folded(self.text, self._start)

    @cached_property
    def as_it_is(self) -> AsItIs:
        return AsItIs(len(self.text))

    @cached_property
    def second(self) -> Loose | None:
        """Return the text without the hyphens that break words at line ends; None if there are none."""
        return Loose(self.text, self._start, second=True) if has_second(self.text) else None

    @cached_property
    def loose(self) -> Folded | Loose:
        return self.folded if self.text.isascii() and self.second is None else Loose(self.text, self._start)

    def ends_of(self, words: str, exact: bool) -> list[int]:
        """List where in the loosely folded text each match of these words ends, in order. `exact`: capitals
        matter."""
        text, size = self.loose.text if exact else self.small, len(words)
        before, as_exact, ends = self._last
        # Of words that can overlap themselves, not every place is a match, nor must their matches be among those of fewer.
        alone = not any(words.startswith(words[at:]) for at in range(1, size))
        if alone and before and exact == as_exact and words.startswith(before):  # what is typed mostly goes on from what was
            more, rest = size - len(before), words[len(before) :]
            ends = [end + more for end in ends if text.startswith(rest, end)]
        else:
            ends = _ends(text, words)
        self._last = (words, exact, ends) if alone and len(ends) < MANY else ("", exact, [])
        return ends

    @cached_property
    def small(self) -> str:
        """Return the loosely folded text in lowercase, each letter in the place of its capital."""
        return lowered(self.loose.text)

    @cached_property
    def lines(self) -> str:
        """Return the folded text, a line for each field of a group, for expressions: `.` must not run through a whole
        source."""
        text = self.folded.text.replace(GAP, "\n")
        cuts = [at for at in self.positions(self.folded)[:-1] if at and text[at - 1] == " "]
        return "\n".join(text[a : b - 1] for a, b in zip([0, *cuts], [*cuts, len(text) + 1]))

    def positions(self, way: Way) -> list[int]:
        """List where each group begins, in positions of this way; last, where the text ends."""
        found = self._positions.get(way)
        if found is None:
            found = self._positions[way] = [*map(way.position, self.starts), len(way.text) + 1]
        return found

    def group_at(self, offset: int) -> int:
        """Return the group that an offset of the text is in."""
        return bisect_right(self.starts, offset) - 1


def _ends(text: str, words: str) -> list[int]:
    """List where each match ends, by adding up the lengths between them: ten times as fast as one find after
    another."""
    return list(accumulate(map(len(words).__add__, map(len, text.split(words)))))[:-1]


class Pattern:
    """What was typed: words, or after `r:` a regular expression. A capital in it makes capitals matter."""

    def __init__(self, typed: str) -> None:
        """Compile what was typed. Raises BadPattern, also for an expression that would take too long to compile."""
        self.typed = typed
        if wrong := refusal(typed):
            raise BadPattern(wrong)
        plain = _ESCAPE.sub("", typed[2:]) if typed.startswith("r:") else typed
        self._exact = any(each.isupper() for each in plain)
        self._regex = None
        self._until = monotonic() + PATIENCE
        if typed.startswith("r:"):
            import regex  # unlike re it can be stopped; loaded by the first expression that is typed

            try:
                flags = regex.MULTILINE | (0 if self._exact else regex.IGNORECASE)
                self._regex = regex.compile(_folded(typed[2:]), flags)
            except (regex.error, RecursionError, OverflowError, MemoryError) as error:
                raise BadPattern(f"not a regular expression: {error}") from None
        else:
            self._words = loosely(typed) if self._exact else lowered(loosely(typed))
            self._accents = _accented(typed)

    @property
    def empty(self) -> bool:
        return self.typed in ("", "r:") or (self._regex is None and not self._words)

    def find(self, looked: Looked) -> Matches:
        """Find every match, in order. Raises BadPattern when it takes too long."""
        if self.empty:
            return Matches(looked, looked.folded, [], [])
        if self._regex is not None:
            left = self._until - monotonic()
            try:
                if left <= 0:
                    raise TimeoutError
                found = [each.span() for each in self._regex.finditer(looked.lines, timeout=left) if each.end() > each.start()]
            except TimeoutError:
                raise BadPattern(f"stopped after {PATIENCE} s: this expression takes too long") from None
            return Matches(looked, looked.folded, [start for start, _ in found], [end for _, end in found])
        size = len(self._words)
        first = Matches(looked, looked.loose, None, looked.ends_of(self._words, self._exact), size)
        second = looked.second
        if second is None and not self._accents:
            return first
        spans = {first.span(number) for number in range(len(first))}
        if second:
            text = second.text if self._exact else lowered(second.text)
            more = Matches(looked, second, None, _ends(text, self._words), size)
            spans |= {more.span(number) for number in range(len(more))}
        if self._accents:
            spans = {(start, end) for start, end in spans if _asked_for(self.typed, looked.text[start:end])}
        apart: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if not apart or start >= apart[-1][1]:
                apart.append((start, end))
        return Matches(looked, looked.as_it_is, [start for start, _ in apart], [end for _, end in apart])


def _letters_of(text: str) -> list[str]:
    """List each letter in lowercase with its accents, decomposed."""
    return _LETTER.findall(unicodedata.normalize("NFKD", fold(text)).lower())


_LETTER = re.compile("(?s:.)[\u0300-\u036f]*")


def _accented(typed: str) -> bool:
    """Test whether a letter was typed with an accent or a stroke, which the text must have too."""
    return not typed.isascii() and any(len(each) > 1 or _stroked(each) for each in _letters_of(typed))


def _stroked(letter: str) -> bool:
    return ("\u0100" <= letter < "\u0300" and letters(letter) != letter) or letter in "øæðþ"


def _asked_for(typed: str, found: str) -> bool:
    """Test whether each accent that was typed is there. If letters do not match one by one, as in æ and ae, it cannot
    be told, and the words count as found."""
    asked, there = _letters_of(typed.strip()), _letters_of(found)
    if len(asked) != len(there):
        return True
    return all(one == other or not (len(one) > 1 or _stroked(one)) for one, other in zip(asked, there))


def absence(here: Sequence[str], elsewhere: Mapping[str, int], hidden: int, key: str) -> str:
    """Say that nothing was found. `here`: the panes that were searched; `elsewhere`: other panes and their matches;
    `hidden`: matches that filters hide; `key`: goes on elsewhere. Used by the screen and by plain mode."""
    if hidden:
        return f"not found · {hidden:,} hidden by filters"
    if elsewhere:
        places = ", ".join(f"{name} {count:,}" for name, count in elsewhere.items())
        return f"not in {', '.join(here)}; {places}" + (f"   {key} goes there" if key else "")
    return "not found"


class Matches:
    """The matches of a pattern in one text, in order, and each as the span of the text's own characters."""

    def __init__(
        self, looked: Looked, way: Way, starts: Sequence[int] | None, ends: Sequence[int], size: int = 0
    ) -> None:  # fmt: skip
        """Keep matches as `starts` and `ends`, positions of this way; without `starts`, each match is `size` long."""
        self.looked, self._way, self._starts, self._ends, self._size = looked, way, starts, ends, size

    def __len__(self) -> int:
        return len(self._ends)

    def _start(self, number: int) -> int:
        return self._ends[number] - self._size if self._starts is None else self._starts[number]

    def span(self, number: int) -> tuple[int, int]:
        return self._way.start(self._start(number)), self._way.end(self._ends[number])

    def _first(self, position: int) -> int:
        """Return the number of the first match that begins at this folded position or after it."""
        return bisect_left(self._ends, position + self._size) if self._starts is None else bisect_left(self._starts, position)

    def behind(self, offset: int) -> int:
        """Return the number of the first match that begins at this offset of the text or later."""
        number = max(0, self._first(self._way.position(offset)) - 1)
        while number < len(self) and self._way.start(self._start(number)) < offset:
            number += 1
        return number

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (number, start, end) of the matches that touch this stretch of the text."""
        number = max(0, self.behind(start) - 1)
        while number < len(self):
            first, last = self.span(number)
            if first >= end:
                return
            if last > start:
                yield number, first, last
            number += 1

    def _of(self, group: int) -> range:
        """Return the numbers of the matches that begin in a group."""
        first, behind = self.looked.positions(self._way)[group : group + 2]
        return range(self._first(first), self._first(behind))

    def groups(self) -> set[int]:
        """Return the groups that have a match."""
        return {group for group in range(len(self.looked.starts)) if self._of(group)}

    def of(self, groups: Iterable[int]) -> Matches:
        """Return the matches that begin in these groups."""
        numbers = [number for group in sorted(groups) if group >= 0 for number in self._of(group)]
        starts = None if self._starts is None else [self._starts[number] for number in numbers]
        return Matches(self.looked, self._way, starts, [self._ends[number] for number in numbers], self._size)
