"""The summary cannot misquote: the rules that hold its quoted words to the quotes they link to. `check.RULES` lists them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from tui.briefing.anchor import Text
from tui.briefing.case import Case
from tui.briefing.document import Quote
from tui.briefing.fold import fold
from tui.briefing.problem import Problem, Severity
from tui.briefing.quotation import DOUBLE, EVERY
from tui.briefing.summary import Quoted, blocks, links, quoted

_ELLIPSIS = re.compile(r"[\[(](?:…|\.{3})[\])]|…|\.{3,}|\.(?:[ \u00a0]\.){2,}")
_AROUND = " .,;:!?。，、！？؟،–—-" + EVERY


def summary_misquote(case: Case) -> Iterator[Problem]:
    """Words that the summary puts in double quotation marks are not in the quote that they link to. Marks of
    every language count, and links into other briefings. A warning where they stand in reported speech alone: those are the
    source's words, not the speaker's. Single marks count if lang is en-GB, and give a warning: apostrophes look the same."""
    words = _Words()
    for found in _quoted(case):
        quotes = _quotes(case, found)
        if not quotes or not found.paired:
            continue
        parts = _parts(found.words)
        standing = [quote for quote in quotes.values() if words.stand_in(found.words, parts, quote)]
        names = (
            " or ".join(quotes) if not standing else " and ".join(name for name, quote in quotes.items() if quote in standing)
        )
        if not standing:
            message = f"“{found.words}” is not in {names}"
            hint = "quote its very words, or take the marks off"
            severity: Severity = "warning" if found.single else "error"
            yield case.in_summary("summary-misquote", severity, message, hint, found.block, found.words)
        elif not any(quote.direct for quote in standing):
            message = f"“{found.words}” stands in {names}, which is reported speech: the source's words, not the speaker's"
            yield case.in_summary("summary-misquote", "warning", message, "take the marks off", found.block, found.words)


def summary_unsupported(case: Case) -> Iterator[Problem]:
    """The summary has words in double quotation marks that link to no quote, or a mark without its partner (a warning), or a
    paragraph without any link (a note): a reader cannot see what supports it."""
    alone: set[int] = set()
    for found in _quoted(case):
        if not found.paired:
            if found.block in alone:
                continue
            alone.add(found.block)
            message = f"the quotation mark of {found.words!r} has no partner in its paragraph"
            hint = "write both marks, so that it can be seen whose words these are"
            yield case.in_summary("summary-unsupported", "warning", message, hint, found.block, found.words)
        elif found.words.strip() and not _quotes(case, found):
            message = f"the quoted words “{found.words}” link to no quote"
            yield case.in_summary("summary-unsupported", "warning", message, "link them to it", found.block, found.words)
    linked = {link.block for link in links(case.briefing.summary)}
    for number, block in enumerate(blocks(case.briefing.summary)):
        if block.kind == "paragraph" and number not in linked:
            message = "a paragraph of the summary links to nothing"
            yield case.in_summary("summary-unsupported", "note", message, "link what supports it", number)


def _quoted(case: Case) -> tuple[Quoted, ...]:
    """Return the words in quotation marks; British English has single ones."""
    return quoted(case.briefing.summary, single=case.briefing.lang.lower().startswith("en-gb"))


def _quotes(case: Case, found: Quoted) -> dict[str, Quote]:
    """Return the quotes that the words link to, each under the name that the summary has for it."""
    linked = ((link, case.linked(link)) for link in found.links)
    return {f"{link.file}#{link.id}" if link.file else repr(link.id): item for link, item in linked if isinstance(item, Quote)}


def _parts(words: str) -> tuple[str, ...]:
    """List what is to be found, in this order: the words between the ellipses, without the stops at their ends."""
    parts = (_plain(part).strip(_AROUND) for part in _ELLIPSIS.split(words))
    return tuple(part for part in parts if part)


def _plain(words: str) -> str:
    """Make every double mark the straight one: a mark within marks is typed in another way than the source types
    it."""
    return re.sub(DOUBLE, '"', words)


class _Words:
    """The words of quotes, prepared once for everything that is searched for in them."""

    def __init__(self) -> None:
        self._segments: dict[tuple[str, ...], list[Text]] = {}
        self._known: dict[tuple[str, tuple[str, ...]], bool] = {}

    def stand_in(self, words: str, parts: tuple[str, ...], quote: Quote) -> bool:
        """Test whether the parts of these words are in the quote, in order, between word boundaries, and none across
        two segments."""
        asked = (words, quote.text)
        if asked not in self._known:
            self._known[asked] = self._found(parts, quote.text)
        return self._known[asked]

    def _found(self, parts: tuple[str, ...], words: tuple[str, ...]) -> bool:
        if words not in self._segments:
            self._segments[words] = [Text(_plain(segment)) for segment in words]
        segments = iter(self._segments[words])
        text, at = next(segments), 0
        for part in parts:
            needle = fold(part)
            while (number := bisect_left(text.starts(needle), at)) == len(text.starts(needle)):
                following = next(segments, None)
                if following is None:
                    return False
                text, at = following, 0
            at = text.starts(needle)[number] + len(needle)
        return True
