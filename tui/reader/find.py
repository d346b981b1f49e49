"""Looking for words in a pane. What is typed becomes a `Pattern`; each pane offers its words as one `Looked` text or several;
`Matches` are the places, in the text's own characters.

Words are looked for in the folded text, so that a line break, a no-break space or a curly mark is no obstacle, and in small
letters unless a capital is typed. No Textual.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from time import monotonic

from tui.briefing.fold import Folded, fold

PATIENCE = 0.3
"""Seconds that a regular expression may take over everything looked through."""


GAP = "\0"
"""Between the fields of a row and between rows: no pattern of words crosses it, since it cannot be typed."""


class BadPattern(ValueError):
    """What is wrong with a pattern, in one line."""


class Looked:
    """A text to be looked through. `starts`: where in it each group (an entry, a paragraph, a block) begins."""

    def __init__(self, folded: Folded, starts: Sequence[int]) -> None:
        self.folded, self.starts = folded, starts

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
        cuts = [at for start in self.starts if (at := self.folded.position(start)) and text[at - 1] == " "]
        return "\n".join(text[a : b - 1] for a, b in zip([0, *cuts], [*cuts, len(text) + 1]))

    def group_at(self, offset: int) -> int:
        """The group in which an offset of the text stands."""
        return bisect_right(self.starts, offset) - 1


class Pattern:
    """What was typed: words, or behind `r:` a regular expression. A capital in it makes capitals matter."""

    def __init__(self, typed: str) -> None:
        """Raises BadPattern."""
        self.typed = typed
        self._exact = any(each.isupper() for each in typed.removeprefix("r:"))
        self._regex = None
        self._until = monotonic() + PATIENCE
        if typed.startswith("r:"):
            import regex  # unlike re it can be stopped; loaded by the first expression that is typed

            try:
                self._regex = regex.compile(typed[2:], 0 if self._exact else regex.IGNORECASE)
            except (regex.error, RecursionError, OverflowError, MemoryError) as error:
                raise BadPattern(f"no regular expression: {error}") from None
        else:
            self._words = fold(typed) if self._exact else fold(typed).lower()

    @property
    def empty(self) -> bool:
        return self.typed in ("", "r:") or (self._regex is None and not self._words)

    def places(self, looked: Looked) -> list[tuple[int, int]]:
        """(start, end) of every match, one behind the other, in the folded text. Raises BadPattern when it takes too long."""
        if self.empty:
            return []
        if self._regex is not None:
            left = self._until - monotonic()
            try:
                if left <= 0:
                    raise TimeoutError
                found = self._regex.finditer(looked.lines, timeout=left)
                return [each.span() for each in found if each.end() > each.start()]
            except TimeoutError:
                raise BadPattern(f"stopped after {PATIENCE} s: this expression takes too long") from None
        text, words = looked.folded.text if self._exact else looked.small, self._words
        size, places, at = len(words), [], text.find(words)
        while at >= 0:
            places.append((at, at + size))
            at = text.find(words, at + size)
        return places


class Matches:
    """The matches of a pattern in one text, each also as the span of the text's own characters."""

    def __init__(self, looked: Looked, places: Sequence[tuple[int, int]]) -> None:
        self.looked, self.places = looked, places

    def span(self, number: int) -> tuple[int, int]:
        start, end = self.places[number]
        return self.looked.folded.start(start), self.looked.folded.end(end)

    def behind(self, offset: int) -> int:
        """The number of the first match that begins at this offset of the text or later."""
        return bisect_left(self.places, offset, key=lambda place: self.looked.folded.start(place[0]))

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """(number, start, end) of the matches that touch this stretch of the text."""
        number = max(0, self.behind(start) - 1)
        while number < len(self.places):
            first, last = self.span(number)
            if first >= end:
                return
            if last > start:
                yield number, first, last
            number += 1

    def groups(self) -> set[int]:
        """The groups in which there is a match."""
        return {self.looked.group_at(self.looked.folded.start(start)) for start, _ in self.places}

    def where(self, kept: Callable[[int], bool]) -> Matches:
        """Those whose group is kept."""
        start, group_at = self.looked.folded.start, self.looked.group_at
        return Matches(self.looked, [place for place in self.places if kept(group_at(start(place[0])))])
