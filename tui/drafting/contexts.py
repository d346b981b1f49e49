"""What stands around words, where it takes that to tell them from the same words elsewhere in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.briefing.anchor import SMALL, WORD, Text, find
from tui.briefing.document import Span
from tui.briefing.fold import fold

_RARE = 40
MOST_PLACES = 1_500
"""A quote whose segments can stand in more places than this is not looked for."""
PLACES = 60_000
"""So many places of words that stand in several are looked at in all: a text that says one thing for ever is left at that."""


class Contexts:
    """Finds the prefix and suffix that anchor words at the places they were taken from."""

    def __init__(self, text: Text) -> None:
        self.text, self.words = text, text.text
        self._budget = PLACES
        self._counts: dict[str, int] = {}

    def of(self, segments: tuple[str, ...], spans: Sequence[Span]) -> tuple[str, str] | None:
        """(prefix, suffix) of these segments, which stand at `spans`; None where nothing tells them apart."""
        cost = sum(map(self._places, segments))
        self._budget -= max(0, cost - 2 * len(segments))
        if cost > MOST_PLACES or (self._budget < 0 and cost > _RARE):
            return None
        if len(segments) == 1:  # most words stand in one place, and what `find` would say of them is then plain
            places = self.text.occurrences(segments[0])
            if len(places) < 2:
                return ("", "") if places and abs(self.text.folded.start(places[0][0]) - spans[0].start) <= 1 else None
        for reach in (0, 24, 60, 160):
            prefix = self._beside(max(self.text.body, spans[0].start - reach), spans[0].start, True) if reach else ""
            suffix = self._beside(spans[-1].end, spans[-1].end + reach, False) if reach else ""
            anchor = find(segments, self.text, prefix, suffix, "s1")
            if anchor.found and all(abs(got.start - want.start) <= 1 for got, want in zip(anchor.spans, spans)):
                return prefix, suffix
            if anchor.status == "orphan" and not reach:
                return None
        return None

    def _places(self, segment: str) -> int:
        """In how many places it can stand at most: as many as its rarest word, or in a small text its longest."""
        found = re.findall(WORD, segment)
        if found and len(self.words) > SMALL:
            index = self.text.index
            return min((len(index.get(word, ())) for word in re.findall(WORD, fold(segment))), default=0)
        word = max(found, key=len, default=segment)
        known = self._counts.get(word)
        if known is None:
            short = found and len(word) < 4  # as part of others it is no place
            known = self._counts[word] = len(re.findall(rf"\b{word}\b", self.words)) if short else self.words.count(word)
        return known

    def _beside(self, start: int, end: int, before: bool) -> str:
        words = self.words[start:end]
        if before and start > self.text.body:
            words = words.partition(" ")[2] or words
        elif not before and end < len(self.words):
            words = words.rpartition(" ")[0] or words
        return " ".join(words.split())
