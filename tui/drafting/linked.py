"""A sentence of the source as the summary has it: its marked words keep their marks and link to their quotes.

Without its marks, what the source only reports would be the briefing's own claim.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from tui.briefing.document import Span
from tui.briefing.fold import evenly
from tui.briefing.quotation import DOUBLE
from tui.drafting.marks import Marked

_MARK = re.compile(f"{DOUBLE}|``")
_MARKUP = re.compile(r"([\\`*_\[\]<>&#~|])")


def linked(text: str, span: Span, marks: Sequence[Marked], quote_of: Callable[[int], str]) -> str | None:
    """Return the words of a span as Markdown; None if some are in marks and no quote. `marks`: those of the text, in order;
    `quote_of`: the id of the quote that the marked words with a number are, "" for none."""
    parts, at = [], span.start
    first = bisect_left(marks, span.start, key=lambda each: each.outer[0].start)
    for number in range(max(0, first - 1), len(marks)):
        outer = marks[number].outer
        if outer[0].start >= span.end:
            break
        if outer[-1].end <= span.start:
            continue
        quote = quote_of(number)
        if not quote or len(outer) > 1 or outer[0].start < at or outer[0].end > span.end:
            return None
        parts += [_plain(text[at : outer[0].start]), f"[{_escaped(text[slice(*outer[0])])}](#{quote})"]
        at = outer[0].end
    parts.append(_plain(text[at : span.end]))
    return None if None in parts else evenly("".join(part or "" for part in parts))


def _plain(words: str) -> str | None:
    """Return words between the marked ones; None if a mark is left in them."""
    return None if _MARK.search(words) else _escaped(words)


def _escaped(words: str) -> str:
    return _MARKUP.sub(r"\\\1", words)
