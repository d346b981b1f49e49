"""Looking for words in a pane. What is typed becomes a `Pattern`; each pane offers its words as one `Looked` text or several;
`Matches` are the places, in the text's own characters.

Words are looked for in the folded text, so that a line break, a no-break space or a curly mark is no obstacle, and in small
letters unless a capital is typed. No Textual.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from time import monotonic

from tui.briefing.fold import Folded, fold

PATIENCE = 0.3
"""Seconds that a regular expression may take over everything looked through."""


MANY = 50_000
"""So many matches are looked for anew rather than gone through."""
GAP = "\0"
"""Between the fields of a row and between rows: no pattern of words crosses it, since it cannot be typed."""


class BadPattern(ValueError):
    """What is wrong with a pattern, in one line."""


_ESCAPE = re.compile(r"\\(?:[pP]\{[^}]*\}|.)", re.S)
"""In an expression: its capital, as in `\\S`, makes no capital matter."""


def _folded(expression: str) -> str:
    """With the marks and letters that the folded text has in place of those typed."""
    return "".join(each if each.isascii() else re.escape(fold(each)) or each for each in expression)


class Looked:
    """A text to be looked through. `starts`: where in it each group (an entry, a paragraph, a block) begins."""

    def __init__(self, folded: Folded, starts: Sequence[int]) -> None:
        self.folded, self.starts = folded, starts
        self._last: tuple[str, bool, list[int]] = ("", False, [])

    def ends_of(self, words: str, exact: bool) -> list[int]:
        """Where in the folded text every match of these words ends, one behind the other; `exact`: capitals matter."""
        text, size = self.folded.text if exact else self.small, len(words)
        before, as_exact, ends = self._last
        # Of words that can overlap themselves, not every place is a match, nor must their matches be among those of fewer.
        alone = not any(words.startswith(words[at:]) for at in range(1, size))
        if alone and before and exact == as_exact and words.startswith(before):  # what is typed mostly goes on from what was
            more, rest = size - len(before), words[len(before) :]
            ends = [end + more for end in ends if text.startswith(rest, end)]
        else:
            # The lengths between the matches add up to where they end: a tenth of the time of looking for one after another.
            ends = list(accumulate(map(size.__add__, map(len, text.split(words)))))[:-1]
        self._last = (words, exact, ends) if alone and len(ends) < MANY else ("", exact, [])
        return ends

    @cached_property
    def small(self) -> str:
        """The folded text in small letters, each at the place of its capital."""
        text = self.folded.text
        small = text.lower()
        if len(small) == len(text):
            return small
        return "".join(low if len(low := each.lower()) == 1 else each for each in text)  # İ has two small letters

    @cached_property
    def lines(self) -> str:
        """The folded text, a line for each field of a group, for expressions: `.` must not run through a whole source."""
        text = self.folded.text.replace(GAP, "\n")
        cuts = [at for at in self.positions[:-1] if at and text[at - 1] == " "]
        return "\n".join(text[a : b - 1] for a, b in zip([0, *cuts], [*cuts, len(text) + 1]))

    @cached_property
    def positions(self) -> list[int]:
        """Where in the folded text each group begins; behind the last, where the text ends."""
        return [*map(self.folded.position, self.starts), len(self.folded.text) + 1]

    def group_at(self, offset: int) -> int:
        """The group in which an offset of the text stands."""
        return bisect_right(self.starts, offset) - 1


class Pattern:
    """What was typed: words, or behind `r:` a regular expression. A capital in it makes capitals matter."""

    def __init__(self, typed: str) -> None:
        """Raises BadPattern."""
        self.typed = typed
        letters = _ESCAPE.sub("", typed[2:]) if typed.startswith("r:") else typed
        self._exact = any(each.isupper() for each in letters)
        self._regex = None
        self._until = monotonic() + PATIENCE
        if typed.startswith("r:"):
            import regex  # unlike re it can be stopped; loaded by the first expression that is typed

            try:
                flags = regex.MULTILINE | (0 if self._exact else regex.IGNORECASE)
                self._regex = regex.compile(_folded(typed[2:]), flags)
            except (regex.error, RecursionError, OverflowError, MemoryError) as error:
                raise BadPattern(f"no regular expression: {error}") from None
        else:
            self._words = fold(typed) if self._exact else fold(typed).lower()

    @property
    def empty(self) -> bool:
        return self.typed in ("", "r:") or (self._regex is None and not self._words)

    def find(self, looked: Looked) -> Matches:
        """Every match, one behind the other. Raises BadPattern when it takes too long."""
        if self.empty:
            return Matches(looked, [], [])
        if self._regex is not None:
            left = self._until - monotonic()
            try:
                if left <= 0:
                    raise TimeoutError
                found = [each.span() for each in self._regex.finditer(looked.lines, timeout=left) if each.end() > each.start()]
            except TimeoutError:
                raise BadPattern(f"stopped after {PATIENCE} s: this expression takes too long") from None
            return Matches(looked, [start for start, _ in found], [end for _, end in found])
        return Matches(looked, None, looked.ends_of(self._words, self._exact), len(self._words))


class Matches:
    """The matches of a pattern in one text, in order, and each as the span of the text's own characters."""

    def __init__(self, looked: Looked, starts: Sequence[int] | None, ends: Sequence[int], size: int = 0) -> None:
        """`starts` and `ends` in the folded text; without `starts`, each match is `size` long."""
        self.looked, self._starts, self._ends, self._size = looked, starts, ends, size

    def __len__(self) -> int:
        return len(self._ends)

    def _start(self, number: int) -> int:
        return self._ends[number] - self._size if self._starts is None else self._starts[number]

    def span(self, number: int) -> tuple[int, int]:
        return self.looked.folded.start(self._start(number)), self.looked.folded.end(self._ends[number])

    def _first(self, position: int) -> int:
        """The number of the first match that begins at this folded position or behind it."""
        return bisect_left(self._ends, position + self._size) if self._starts is None else bisect_left(self._starts, position)

    def behind(self, offset: int) -> int:
        """The number of the first match that begins at this offset of the text or later."""
        number = max(0, self._first(self.looked.folded.position(offset)) - 1)
        while number < len(self) and self.looked.folded.start(self._start(number)) < offset:
            number += 1
        return number

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(number, start, end) of the matches that touch this stretch of the text."""
        number = max(0, self.behind(start) - 1)
        while number < len(self):
            first, last = self.span(number)
            if first >= end:
                return
            if last > start:
                yield number, first, last
            number += 1

    def _of(self, group: int) -> range:
        """The numbers of the matches that begin in a group."""
        first, behind = self.looked.positions[group : group + 2]
        return range(self._first(first), self._first(behind))

    def groups(self) -> set[int]:
        """The groups in which there is a match."""
        return {group for group in range(len(self.looked.starts)) if self._of(group)}

    def of(self, groups: Iterable[int]) -> Matches:
        """Those that begin in these groups."""
        numbers = [number for group in sorted(groups) if group >= 0 for number in self._of(group)]
        starts = None if self._starts is None else [self._starts[number] for number in numbers]
        return Matches(self.looked, starts, [self._ends[number] for number in numbers], self._size)
