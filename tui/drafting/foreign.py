"""Words in marks, in a text whose language has no tables: they are quoted, and nobody is said to say them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.briefing.document import Span
from tui.drafting.marks import Marked

_ENDS = re.compile(r"[.!?。！？؟।]")
_COMMAS = ",，、،—–-"
LEAST = 4
"""Letters of a quote at least: fewer are a name or a single word."""
BETWEEN = 60
"""Characters at most that interrupt a quote which goes on."""


def quoted(text: str, marks: Sequence[Marked]) -> Iterator[tuple[int, list[Span]]]:
    """Yield the number of the marked words, and their spans; words that a clause interrupts are one quote."""
    number = 0
    while number < len(marks):
        first, spans = number, list(marks[number].spans)
        number += 1
        while number < len(marks) and _goes_on(text, marks[number - 1], marks[number]):
            spans += marks[number].spans
            number += 1
        if sum(character.isalpha() for start, end in spans for character in text[start:end]) >= LEAST:
            yield first, spans


def _goes_on(text: str, one: Marked, other: Marked) -> bool:
    """Tell whether the second words go on with the first: these end with a comma, and no sentence ends between them."""
    between = text[one.outer[-1].end : other.outer[0].start]
    interrupted = text[one.spans[-1].end - 1] in _COMMAS or between.strip()[:1] in _COMMAS
    return interrupted and bool(between.strip()) and len(between) <= BETWEEN and "\n" not in between and not _ENDS.search(between)
